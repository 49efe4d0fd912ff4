"""The pages of the pay structure: what it counts, and tables that come and go as files."""

from datetime import date
from decimal import Decimal

from django.urls import reverse

from compensation.conditions import read_schedule
from compensation.models import Schedule
from compensation.pay import schedule as pay_schedule
from compensation.services.schedules import put_in_force
from tests.compensation.test_schedules import STEPS


def test_the_structure_counts_people_in_their_ranges(county, as_):
    county.schedule.grades.filter(code="C2").update(minimum=30_000, midpoint=40_000, maximum=46_280)
    page = as_("ruth").get(reverse("compensation:structure"), {"on": "2026-09-15"})
    assert (page.context["people"], page.context["at_maximum"]) == (12, 1)
    assert "1 person is at the maximum of the range or above" in page.text
    assert as_("ruth").get(reverse("compensation:structure"), {"on": "nonsense"}).status_code == 404
    county.schedule.grades.filter(code="C2").update(maximum=None, midpoint=None)
    page = as_("ruth").get(reverse("compensation:structure"), {"on": "2026-09-15"})
    assert (page.context["people"], page.context["at_maximum"]) == (12, 0)
    assert '<td class="num">open</td>' in page.text


def test_a_schedule_is_imported_by_page_and_exported_as_it_came(county, as_, tmp_path):
    path = tmp_path / "steps.csv"
    path.write_bytes(STEPS)
    with path.open("rb") as file:
        posted = {"file": file, "starts_on": "2026-10-03", "code": "GENERAL", "basis": "annual"}
        assert as_("miguel").post(reverse("compensation:structure_import"), posted).status_code == 302
    schedule = Schedule.objects.get(starts_on=date(2026, 10, 3))
    answer = as_("miguel").get(reverse("compensation:structure_export", args=[schedule.pk]))
    assert b"".join(answer.streaming_content).decode("utf-8-sig").splitlines() == [
        "grade,step_1,step_2,step_3",
        "A1,31250.00,32031.25,32832.03",
        "A2,40000.00,41000.00,",
    ]


def test_what_a_schedule_changed_is_listed_cell_by_cell(county, as_):
    url = reverse("compensation:structure_changes", args=[county.schedule.pk])
    assert "There is no other version of this schedule" in as_("ruth").get(url).text
    later = put_in_force(
        pay_schedule.regenerate(read_schedule(county.schedule), pay_schedule.Raise(20_000)),
        code=county.schedule.code,
        name="Raised",
        starts_on=date(2026, 10, 3),
    )
    page = as_("ruth").get(reverse("compensation:structure_changes", args=[later.pk]))
    assert len(page.context["changed"]) == page.context["cells"]
    first = page.context["changed"][0]
    assert first.after == first.before * Decimal("1.02")
    assert "2.0000% to 2.0000%" in page.text
    same = as_("ruth").get(url, {"than": later.pk})
    assert same.context["changed"][0].added < 0
    assert as_("ruth").get(url, {"than": "x"}).status_code == 200


def test_a_bad_schedule_is_shown_cell_by_cell(county, as_, tmp_path):
    path = tmp_path / "bad.csv"
    path.write_bytes(b"grade,step_1\nA,x1\n")
    with path.open("rb") as file:
        posted = {"file": file, "starts_on": "2026-10-03", "code": "GENERAL", "basis": "annual"}
        answer = as_("miguel").post(reverse("compensation:structure_import"), posted)
    assert answer.status_code == 422
    assert "Row 2, column step_1" in answer.text
