"""Total earnings from a file, and a lump sum that is a percent of them on a real run (29 CFR 778.210)."""

import io
import json
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.urls import reverse

from audit.models import Entry
from compensation import facts
from compensation.change_words import sentences
from compensation.models import Earnings, PayPlan
from compensation.plans.checks import plan_problems
from compensation.services import import_earnings
from organization.refusal import Refused
from tests.compensation.test_runs import line_of, run_of
from tests.world import AT


def put(county, content, **options):
    asked = {"cycle_id": county.cycle.pk, "by": county.person("carl"), "at": AT} | options
    return import_earnings(content, "gross.csv", **asked)


def of(county, *keys):
    """A file of so many dollars for each of the people."""
    rows = "".join(f'{county.employees[key].number},"{amount}"\n' for key, amount in keys)
    return f"employee number,total earnings\n{rows}".encode()


def pays_earnings(plan):
    """Year two: a lump sum of one percent of total earnings from level 3 on."""
    plan.rules |= {
        "merit": None,
        "lump_sum": plan.rules["merit"]
        | {
            "gives": "earnings",
            "base_used": "new",
            "follows_fte": True,
            "from_adoption_on": False,
            "teams": [],
            "table": [{"level": level, "earnings": "1"} for level in (3, 4, 5)],
        },
    }
    for of_merit_alone in ("positions", "ends_at_step"):
        plan.rules["lump_sum"].pop(of_merit_alone, None)
    plan.save()


def test_a_file_is_put_on_record_and_the_same_again_changes_nothing(county):
    found = put(county, of(county, ("marisol", "$52,000.50"), ("denise", "0")))
    assert (found.people, found.added, found.changed, found.total) == (2, 2, 0, Decimal("52000.50"))
    again = put(county, of(county, ("marisol", "52000.5"), ("denise", "10")))
    assert (again.added, again.changed) == (0, 1)
    assert Earnings.objects.count() == 2
    act = Entry.objects.acts().filter(act="earnings.imported").latest("pk")
    assert (act.after["people"], act.after["changed"]) == (2, 1)


def test_what_cannot_be_used_is_named_by_row_and_nothing_is_kept(county):
    number = county.employees["marisol"].number
    content = (
        f"Emp ID,Gross Pay\n{number},x\n{number},5\n,5\n99999,5\n{county.employees['denise'].number},-1\n"
    )
    with pytest.raises(Refused) as refused:
        put(county, content.encode())
    assert [each["sentence"] for each in refused.value.details["refusals"]] == [
        "Row 2, column Gross Pay: “x” is not an amount.",
        f"Row 3, column Emp ID: “{number}” stands in row 2 already; a person has one row.",
        "Row 4, column Emp ID is empty.",
        "Row 5, column Emp ID: “99999” is nobody’s employee number on the roster.",
        "Row 6, column Gross Pay: “-1” is below zero.",
    ]
    assert not Earnings.objects.exists()


def test_people_who_are_not_on_the_roster_can_be_left_out(county):
    content = of(county, ("marisol", 5)) + b"99999,7\n"
    assert put(county, content, without_unknown=True)[:1] + put(county, content, without_unknown=True)[
        3:
    ] == (
        *(1, 5),
        1,
    )


def test_columns_in_doubt_are_asked_about_and_can_be_named(county):
    number = county.employees["marisol"].number
    content = f"person,base pay,year total\n{number},40000,45000\n".encode()
    with pytest.raises(Refused, match="Which column has the employee number"):
        put(county, content)
    named = {"number": "person", "earnings": "Year Total"}
    assert put(county, content, named=named).total == 45_000
    with pytest.raises(Refused, match="The file has no column gross"):
        put(county, content, named=named | {"earnings": "gross"})


def test_a_run_pays_a_percent_of_them_and_a_changed_figure_makes_its_line_stale(year_one, county):
    pays_earnings(year_one)
    (problem,) = [each for each in plan_problems(year_one) if each.field == "lump_sum.gives"]
    assert (problem.severity, "not on record for anyone" in problem.message) == ("refused", True)
    put(county, of(county, ("marisol", "52000.50")))
    (problem,) = [each for each in plan_problems(year_one) if each.field == "lump_sum.gives"]
    assert (problem.severity, "no total earnings on record" in problem.message) == ("warning", True)
    run = run_of(year_one, county)
    line = line_of(run, county, "marisol")
    assert (line.lump_base, line.lump_sum) == (5_200_050, 52_001)
    assert "lump:earnings_unknown" in line_of(run, county, "denise").reasons
    put(county, of(county, ("marisol", "53000")))
    (case,) = facts.stale_cases(run)
    assert sentences(case) == ["Total earnings from $52,000.50 to $53,000.00."]


def test_earnings_are_no_fact_of_a_plan_that_does_not_pay_by_them(year_one, county):
    run = run_of(year_one, county)
    put(county, of(county, ("marisol", "52000.50")))
    assert facts.stale_cases(run) == []
    assert run_of(PayPlan.objects.get(pk=year_one.pk), county).result_hash == run.result_hash


def test_payroll_and_hr_put_them_on_record_on_the_page(county, as_, tmp_path):
    path = tmp_path / "gross.csv"
    path.write_bytes(of(county, ("marisol", "52000.50")))
    for key in ("carl", "miguel"):
        with path.open("rb") as file:
            posted = {"file": file, "cycle": county.cycle.pk}
            page = as_(key).post(reverse("compensation:earnings"), posted, follow=True)
        assert "Earnings of 1 person are on record, $52,000.50 in all" in page.text
    path.write_bytes(b"Emp ID,Gross Pay\n99999,5\n")
    with path.open("rb") as file:
        page = as_("carl").post(reverse("compensation:earnings"), {"file": file, "cycle": county.cycle.pk})
    assert (page.status_code, "is nobody’s employee number" in page.text) == (422, True)
    with pytest.raises(Refused, match="Only Human Resources or a payroll clerk"):
        put(county, b"", by=county.person("ruth"))


def test_the_command_answers_in_json(county, tmp_path):
    path, out = tmp_path / "gross.csv", io.StringIO()
    path.write_bytes(of(county, ("marisol", "52000.50")))
    call_command("import_earnings", str(path), f"--cycle={county.cycle.name}", "--json", stdout=out)
    assert json.loads(out.getvalue()) == {
        **{"cycle": county.cycle.name, "people": 1, "added": 1, "changed": 0},
        **{"total": "52000.50", "left_out": 0},
    }
