from time import time

import pytest
from django.urls import reverse

from evaluations.models import Cycle, Template
from tests.evaluations.conftest import fields_of

MOST_QUERIES = 15


def test_a_cycle_is_prepared_with_proposed_dates(world, sees, sends):
    page = sees("miguel", "new_cycle")
    form = fields_of(page)

    response = sends("miguel", "new_cycle", data=form)

    cycle = Cycle.objects.get(name="Fall 2027")
    assert response.status_code == 302
    assert [str(cycle.starts_on), str(cycle.ends_on)] == ["2026-09-01", "2027-09-01"]
    assert [str(getattr(cycle, name)) for name in form if name.endswith("due_on")] == [
        "2026-10-01",
        "2027-03-31",
        "2027-08-31",
        "2027-09-15",
        "2027-09-22",
        "2027-09-25",
        "2027-10-08",
    ]


def test_a_cycle_is_closed_knowing_what_stays_unfinished(desk, world, sees, sends):
    desk.under_way()
    assert "1 evaluation may stay unfinished for good" in sees("miguel", "cycle", world.cycle.pk).text

    for data in ({"unfinished": "1"}, {"unfinished": "0", "sure": "on"}):
        sends("miguel", "close_cycle", world.cycle.pk, data=data)
        assert Cycle.objects.get().state == "open"

    sends("miguel", "close_cycle", world.cycle.pk, data={"unfinished": "1", "sure": "on"})
    assert Cycle.objects.get().state == "closed"


def test_the_progress_of_opening_is_asked_for(world, sees):
    Cycle.objects.update(state="opening", people_found=14, people_opened=5)
    assert "5 of 14 people" in sees("miguel", "filling", world.cycle.pk).text

    Cycle.objects.update(state="open", people_opened=14)
    assert sees("miguel", "filling", world.cycle.pk).response["HX-Refresh"] == "true"


def test_going_on_is_offered_only_where_opening_stands_still(world, client):
    Cycle.objects.update(state="opening", people_found=14, people_opened=5)
    client.force_login(world.users["miguel"])

    def offers(opened, seconds):
        address = reverse("evaluations:filling", args=[world.cycle.pk])
        asked = {"opened": opened, "since": int(time()) - seconds}
        return "It stands still." in client.get(address, asked).content.decode()

    assert "stands still" not in client.get(f"/cycles/{world.cycle.pk}/").content.decode()
    assert [offers(5, 5), offers(4, 60), offers(5, 60)] == [False, False, True]


def test_opening_says_what_is_wrong_with_a_template(desk, world, sees, sends):
    desk.template().elements.filter(position=1).update(weight=20)
    Cycle.objects.update(state="draft")

    sends("miguel", "open_cycle", world.cycle.pk)

    assert "Template Front line: The weights total 90.00." in sees("miguel", "cycle", world.cycle.pk).text


def test_a_page_of_an_act_that_is_over_leads_to_the_record(desk, sees):
    evaluation = desk.rated()

    page = sees("denise", "rate", evaluation.pk, status=302)

    assert page.response.url == reverse("evaluations:show", args=[evaluation.pk])


def test_steps_out_of_order_are_named(world, sees, sends):
    form = fields_of(sees("miguel", "new_cycle")) | {"self_due_on": "2026-12-01"}

    response = sends("miguel", "new_cycle", data=form)

    assert response.status_code == 422
    assert "It lies before “Progress reviews held”." in response.content.decode()


def test_the_pages_of_a_cycle(desk, world, sees, sends):
    desk.template()
    desk.rated()
    world.rate("tomas", 4)

    page = sees("miguel", "cycle", world.cycle.pk)

    assert "100% are rated “Exceeds”" in page.text
    assert page.queries <= MOST_QUERIES
    assert "Fall 2026" in sees("grace", "cycles").text
    sees("miguel", "change_cycle", world.cycle.pk)
    sees("denise", "cycles", status=403)


def test_a_template_is_changed_and_kept_out_of_use_while_it_is_wrong(desk, world, sees, sends):
    template = desk.template()
    page = sees("miguel", "template", template.pk)
    form = fields_of(page) | {"name": "Front line", "level": "front_line", "in_use": "on"}

    assert sends("miguel", "template", template.pk, data=form | {"row-0-weight": "31"}).status_code == 422
    assert sends("miguel", "template", template.pk, data=form | {"row-0-weight": "29", "row-1-weight": "16"})
    assert [str(one.weight) for one in template.elements.all()][:2] == ["29.00", "16.00"]
    form.pop("in_use")
    form["base"] = fields_of(sees("miguel", "template", template.pk))["base"]
    assert sends("miguel", "template", template.pk, data=form | {"row-0-weight": "31"}).status_code == 302
    assert not Template.objects.get(pk=template.pk).in_use


def test_a_new_county_loads_the_standard_templates(world, sees, sends):
    Template.objects.all().delete()
    Cycle.objects.all().delete()
    world.scale.delete()

    assert sees("miguel", "new_cycle", status=302).response.url == reverse("evaluations:templates")
    assert "Load the standard templates" in sees("miguel", "templates").text
    assert sends("denise", "load_standard").status_code == 403
    sends("miguel", "load_standard")

    assert "Department heads" in sees("miguel", "templates").text
    assert "Five levels" in sees("miguel", "new_cycle").text


def test_library_and_templates_are_read_by_auditors_and_kept_by_hr(desk, world, sees, sends):
    desk.template()
    data = {
        "name": "Phone manners",
        "kind": "critical",
        "nature": "skill",
        "standard": "Three rings.",
        "anchor_3": "x",
    }

    assert sends("miguel", "new_library_element", data=data).status_code == 302
    for key in ("miguel", "grace"):
        assert "Phone manners" in sees(key, "library").text
        assert "Front line" in sees(key, "templates").text
    sees("grace", "new_library_element", status=403)


@pytest.mark.parametrize(
    ("starts_on", "last_on"), [("2028-02-29", "2029-02-27"), ("9999-12-31", "2027-08-31")]
)
def test_dates_are_proposed_for_any_first_day(world, sends, starts_on, last_on):
    page = sends("miguel", "new_cycle", data={"act": "propose", "starts_on": starts_on})
    assert (page.status_code, fields_of(page)["last_on"]) == (200, last_on)
