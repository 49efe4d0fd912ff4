import pytest
from django.db.models import Q, Sum

from evaluations.library import BANDS, load_standard_library
from evaluations.models import LibraryElement, Scale, Template, TemplateElement
from organization.person import Person
from tests.world import AT, ON

pytestmark = pytest.mark.django_db


@pytest.fixture
def scale():
    return load_standard_library(Person.system(ON), AT)


def test_the_scale_has_five_described_levels_and_bands_for_four(scale):
    assert [(level.number, bool(level.description)) for level in scale.levels.all()] == [
        (5, True),
        (4, True),
        (3, True),
        (2, True),
        (1, True),
    ]
    assert list(scale.bands.order_by("level").values_list("level", flat=True)) == [
        level for level, _ in BANDS
    ]


def test_each_template_passes_the_rules_of_a_plan(scale):
    weights = Template.objects.annotate(
        total=Sum("elements__weight"), service=Sum("elements__weight", filter=Q(elements__is_service=True))
    ).values_list("level", "total", "service")

    assert sorted(weights) == [("front_line", 100, 45), ("head", 100, 35), ("supervisor", 100, 40)]
    assert TemplateElement.objects.filter(kind="critical", is_service=True).count() == 3


def test_every_element_says_its_standard_and_what_is_seen_at_each_level(scale):
    assert {len(element.anchors) for element in LibraryElement.objects.all()} == {5}
    assert not LibraryElement.objects.filter(standard="").exists()


def test_loading_again_changes_nothing(scale):
    LibraryElement.objects.filter(name="Safety at work").update(standard="Ours.")

    load_standard_library(Person.system(ON), AT)

    assert LibraryElement.objects.get(name="Safety at work").standard == "Ours."
    assert Scale.objects.count() == 1
    assert Template.objects.count() == 3
