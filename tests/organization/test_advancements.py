"""Promotions and merit raises on record: put there by HR, put right, taken off."""

from datetime import date

import pytest
from django.urls import reverse

from audit.models import Entry
from organization import services
from organization.models import Advancement, Assignment
from organization.person import Person
from organization.refusal import NotYours, Refused
from tests.world import AT

MARCH = date(2026, 3, 2)
JUNE = date(2026, 6, 1)


@pytest.fixture
def hr(world):
    return {"by": world.person("miguel"), "at": AT}


@pytest.fixture
def marisol(world):
    return world.employees["marisol"]


def on_record(employee):
    return list(employee.advancements.values_list("kind", "on", "source", "note"))


def test_hr_records_corrects_and_removes_one_and_the_history_says_why(marisol, hr):
    made = services.add_advancement(marisol.pk, "promotion", MARCH, reason="PA 7", **hr)
    services.correct_advancement(made.pk, "merit", JUNE, reason="It was merit", **hr)
    assert on_record(marisol) == [("merit", JUNE, "hr", "It was merit")]

    services.remove_advancement(made.pk, reason="Another person’s", **hr)

    assert on_record(marisol) == []
    told = Entry.objects.filter(act__startswith="advancement.").order_by("pk")
    assert [(each.act, each.subject_name, each.before, each.after, each.reason) for each in told] == [
        *(("advancement.added", "Marisol Treviño", None, {"what": "Promotion", "on": "2026-03-02"}, "PA 7"),),
        (
            *("advancement.corrected", "Marisol Treviño", {"what": "Promotion", "on": "2026-03-02"}),
            *({"what": "Merit raise", "on": "2026-06-01"}, "It was merit"),
        ),
        (
            *("advancement.removed", "Marisol Treviño", {"what": "Merit raise", "on": "2026-06-01"}),
            *(None, "Another person’s"),
        ),
    ]


@pytest.mark.parametrize(
    ("who", "whom", "on", "problem", "words"),
    [
        ("denise", "marisol", JUNE, NotYours, "Only an HR administrator"),
        ("miguel", "miguel", JUNE, NotYours, "Nobody changes his own record"),
        ("miguel", "marisol", MARCH, Refused, "of Marisol Treviño on March 2, 2026 is on record already"),
        ("miguel", "marisol", date(2062, 3, 2), Refused, "more than a year ahead"),
    ],
)
def test_what_is_refused(world, marisol, hr, who, whom, on, problem, words):
    services.add_advancement(marisol.pk, "merit", MARCH, reason="PA 7", **hr)
    with pytest.raises(problem, match=words):
        services.add_advancement(
            world.employees[whom].pk, "merit", on, reason="x", by=world.person(who), at=AT
        )
    assert Advancement.objects.count() == 1


def test_nobody_puts_his_own_merit_raise_right(world, hr):
    made = services.add_advancement(
        world.employees["miguel"].pk, "merit", MARCH, reason="PA 7", by=Person.system(MARCH), at=AT
    )
    for act in (
        lambda: services.correct_advancement(made.pk, "merit", JUNE, reason="x", **hr),
        lambda: services.remove_advancement(made.pk, reason="x", **hr),
    ):
        with pytest.raises(NotYours, match="Nobody changes his own record"):
            act()


def test_a_change_that_is_a_promotion_goes_on_record_with_it_or_not_at_all(marisol, hr):
    services.advance(marisol.pk, "promotion", {"grade": "15"}, on=JUNE, reason="PA 8", **hr)
    assert on_record(marisol) == [("promotion", JUNE, "hr", "PA 8")]
    with pytest.raises(Refused, match="on record already"):
        services.advance(marisol.pk, "promotion", {"grade": "16"}, on=JUNE, reason="PA 9", **hr)
    assert Assignment.objects.filter(employee=marisol, starts_on=JUNE).get().grade == "15"


def test_hr_finds_them_on_the_persons_page_and_puts_them_right_there(client, world, marisol):
    page = reverse("organization:person", args=["10482"])
    client.force_login(world.users["miguel"])
    assert "takes Marisol Treviño as never promoted" in client.get(page).text

    typed = {"kind": "merit", "on": "2026-03-02", "reason": "PA 7"}
    assert client.post(reverse("organization:add_advancement", args=["10482"]), typed).url == page
    correct = reverse("organization:correct_advancement", args=["10482", marisol.advancements.get().pk])
    text = client.get(page).text
    assert "Mar 2, 2026" in text
    assert "PA 7" in text
    assert correct in text
    assert client.post(correct, typed | {"reason": ""}).status_code == 422
    client.post(correct, typed | {"on": "2026-06-01"})
    assert on_record(marisol) == [("merit", JUNE, "hr", "PA 7")]
    client.post(correct, typed | {"remove": "yes", "reason": "Never was"})
    assert on_record(marisol) == []
    history = f"/history/?table=organization_employee&subject={marisol.pk}"
    assert history.replace("&", "&amp;") in client.get(page).text
    told = client.get(history).text
    assert "Promotion or merit raise taken off the record" in told
    assert "Never was" in told

    other = reverse("organization:correct_advancement", args=["1011", 1])
    assert client.get(other).status_code == 404


def test_a_change_on_the_page_can_be_a_promotion(client, world, marisol):
    client.force_login(world.users["miguel"])
    change = reverse("organization:change", args=["10482"])
    form = client.get(change).context["form"]
    shown = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    typed = {name: "" if value is None else getattr(value, "pk", value) for name, value in shown.items()}
    typed |= {"job": "Deputy Clerk II", "supervisor": "1011", "exempt": "False"}
    sent = client.post(change, typed | {"on": "2026-10-01", "grade": "C3", "advancement": "promotion"})
    assert sent.status_code == 302
    assert on_record(marisol) == [("promotion", date(2026, 10, 1), "hr", "")]


def test_who_sees_the_record_sees_them_and_others_do_not(client, world, marisol, hr):
    services.add_advancement(marisol.pk, "merit", MARCH, reason="PA 7", **hr)
    page = reverse("organization:person", args=["10482"])
    for who, sees in (("marisol", True), ("denise", True), ("tomas", False)):
        client.force_login(world.users[who])
        text = client.get(page).text
        assert ("PA 7" in text, "Record one" in text) == (sees, False)
