"""The operators' commands: a run without workers, and one line explained."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from compensation.models import Run, RunLine


def answer(*words):
    out = io.StringIO()
    call_command(*words, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_a_run_by_command_and_the_same_as_a_dry_run(year_one, county):
    tried = answer("pay_run", "FY2027", "--dry-run", "--by", county.users["miguel"].email)
    assert (tried["dry_run"], tried["run"], Run.objects.count()) == (True, None, 0)
    kept = answer("pay_run", "fy2027v1")
    assert (kept["positions"], kept["people"], kept["awarded"]) == (14, 14, 5)
    assert kept["merit"] == tried["merit"]
    assert kept["result_hash"] == tried["result_hash"] == Run.objects.get().result_hash


def test_a_plan_that_is_not_there(year_one):
    with pytest.raises(CommandError, match=r"There is no pay plan FY2031. Plans: FY2027v1"):
        call_command("pay_run", "FY2031")


def test_who_may_not_run_is_refused(year_one, county):
    with pytest.raises(CommandError, match="Only an HR administrator"):
        call_command("pay_run", "FY2027", "--by", county.users["carl"].email)


def test_a_line_is_explained_to_the_cent(year_one, county):
    answer("pay_run", "FY2027")
    (line,) = answer("explain", "10482", "1")["lines"]
    assert [(each["label"], each["amount"]) for each in line["arithmetic"]["rate"]] == [
        ("Base pay on September 15, 2026", "$46,280.00"),
        ("Across the board", "+ $925.60"),
        ("Base pay after the raise", "$47,205.60"),
        ("Merit for level 4", "+ $1,298.15"),
        ("New base pay", "$48,503.75"),
    ]
    assert line["same_when_computed_again"]
    assert line["page"].endswith(f"/pay/awards/{RunLine.objects.get(number='10482').pk}/")
    assert {finding["met"] for found in line["eligibility"].values() for finding in found} == {True}


def test_a_stale_line_is_told(year_one, county):
    answer("pay_run", "FY2027")
    (line,) = answer("explain", "10482", "1")["lines"]
    assert line["stale"] == {"is_stale": False, "run": [], "line": [], "later_run": None}
    county.rate("marisol", 5)
    changed = "The rating of record was replaced: level from 4 to 5, score from 4.00 to 5.00."
    (line,) = answer("explain", "10482", "1")["lines"]
    assert (line["stale"]["is_stale"], line["stale"]["line"]) == (True, [changed])
    out = io.StringIO()
    call_command("explain", "10482", "1", stdout=out)
    assert f"STALE: this line can't be certified or released.\n  {changed}\n" in out.getvalue()


def test_a_head_reads_his_own_people_alone(year_one, county):
    answer("pay_run", "FY2027")
    call_command("explain", "10482", "1", "--by", county.users["ruth"].email, stdout=io.StringIO())
    with pytest.raises(CommandError, match="has no line in pay run 1"):
        call_command("explain", "1021", "1", "--by", county.users["ruth"].email)
