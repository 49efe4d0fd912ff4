"""Months since the last promotion and the last merit raise: facts of a county that a plan can ask for."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from compensation import facts
from compensation.change_words import sentences
from compensation.models import RunCase
from compensation.plans.checks import plan_problems
from compensation.runs.recomputing import recompute
from organization import services
from organization.models import Advancement
from tests.compensation.conftest import plan_url, typed
from tests.compensation.test_runs import line_of, run_of
from tests.world import AT

BEFORE = date(2026, 5, 4)  # fewer than six months before October 1, 2026
LONG_AGO = date(2026, 3, 2)
AFTER = date(2026, 10, 3)  # the raise itself, after the day of the base pay


@pytest.fixture
def asking(year_one):
    """Year one, for those who had neither within six months, as in Texas Government Code 659.255."""
    year_one.rules["who"] |= {"months_since_promotion": 6, "months_since_merit": 6}
    year_one.save()
    return year_one


def advanced(county, key, kind, on):
    return services.add_advancement(
        county.employees[key].pk, kind, on, reason="PA", by=county.person("miguel"), at=AT
    )


def test_who_had_one_too_recently_has_no_merit_and_who_has_none_on_record_takes_part(asking, county):
    advanced(county, "marisol", "merit", BEFORE)
    advanced(county, "denise", "promotion", BEFORE)
    advanced(county, "joel", "merit", LONG_AGO)
    run = run_of(asking, county)
    reasons = {key: line_of(run, county, key).reasons for key in ("marisol", "denise", "joel", "priya")}
    assert reasons == {
        **{"marisol": ["merit:merit_recently"], "denise": ["merit:promoted_recently"]},
        **{"joel": [], "priya": []},
    }


def test_the_last_one_up_to_the_day_of_the_base_pay_is_the_fact_and_what_comes_later_changes_nothing(
    asking, county
):
    for on in (date(2024, 10, 5), LONG_AGO):
        advanced(county, "marisol", "merit", on)
    run = run_of(asking, county)
    assert RunCase.objects.get(run=run, number="10482").last_merit_on == LONG_AGO

    advanced(county, "marisol", "merit", AFTER)
    assert facts.stale_cases(run) == []
    assert recompute(run, by=county.person("miguel"), at=AT).is_same


def test_one_put_on_record_corrected_or_taken_off_makes_the_line_stale_and_says_so(asking, county):
    made = advanced(county, "marisol", "merit", LONG_AGO)
    run = run_of(asking, county)
    hr = {"reason": "PA", "by": county.person("miguel"), "at": AT}

    def said():
        return [sentence for case in facts.stale_cases(run) for sentence in sentences(case)]

    services.correct_advancement(made.pk, "merit", BEFORE, **hr)
    assert said() == ["Last merit raise from March 2, 2026 to May 4, 2026."]
    services.remove_advancement(made.pk, **hr)
    assert said() == ["Last merit raise is no longer on record; it was March 2, 2026."]
    advanced(county, "marisol", "promotion", BEFORE)
    assert said()[0] == "Last promotion is on record now: May 4, 2026."


def test_a_plan_that_does_not_ask_rests_on_none_of_them(year_one, county):
    advanced(county, "marisol", "merit", LONG_AGO)
    run = run_of(year_one, county)
    assert RunCase.objects.get(run=run, number="10482").last_merit_on is None
    advanced(county, "marisol", "merit", BEFORE)
    assert facts.stale_cases(run) == []


def test_a_plan_is_told_who_has_none_on_record(asking, county):
    def told():
        found = [each for each in plan_problems(asking) if each.rule == "facts on record"]
        return {each.field: (each.severity, each.message.partition(". Import")[0]) for each in found}

    none = "No {} up to September 15, 2026 is on record for anyone. All take part as if they never had one"
    assert told() == {
        "who.months_since_promotion": ("warning", none.format("promotion")),
        "who.months_since_merit": ("warning", none.format("merit raise")),
    }
    advanced(county, "marisol", "merit", LONG_AGO)
    advanced(county, "denise", "promotion", AFTER)
    assert told()["who.months_since_promotion"] == ("warning", none.format("promotion"))
    few = "A merit raise up to September 15, 2026 is on record for 1 of 14 people. The others take part as if"
    assert told()["who.months_since_merit"][1].startswith(few)
    Advancement.objects.put(
        {(each.pk, kind, LONG_AGO) for each in county.employees.values() for kind in ("promotion", "merit")},
        source="roster",
        note="roster.csv",
    )
    assert told() == {}


def test_a_plan_is_told_when_the_merit_of_last_year_misses_the_months_by_days(asking, county):
    asking.rules["who"] |= {"months_since_merit": 12, "months_since_promotion": 0}
    raised = {(county.employees[key].pk, "merit", date(2025, 10, 4)) for key in ("marisol", "denise", "joel")}
    Advancement.objects.put(raised, source="release", note="Batch 1")
    (problem,) = [each for each in plan_problems(asking) if each.rule == "facts on record"]
    assert problem.severity == "warning"
    assert problem.message == (
        "3 people were last given a merit raise within a month after October 1, 2025, and so miss the 12 "
        "months on October 1, 2026 by days. If they are to take part, ask for 11."
    )
    asking.rules["who"]["months_since_merit"] = 11
    assert [each for each in plan_problems(asking) if each.rule == "facts on record"] == []


def test_months_miss_by_days_on_the_day_of_each_component_as_the_run_counts_them(asking, county):
    def told():
        return [each.message for each in plan_problems(asking) if each.rule == "facts on record"]

    raised = {(county.employees[key].pk, "merit", date(2025, 10, 4)) for key in ("marisol", "denise", "joel")}
    Advancement.objects.put(raised, source="release", note="Batch 1")
    year = asking.rules["who"] | {"months_since_merit": 12, "months_since_promotion": 0}
    asking.rules |= {"who": year, "merit": asking.rules["merit"] | {"begins": {"on": "2027-01-01"}}}
    asking.save()
    assert line_of(run_of(asking, county), county, "marisol").reasons == []
    assert told() == []

    asking.rules["who"] = year | {"months_since_merit": 0}
    asking.rules["merit"] |= {"who": year, "begins": None}
    assert ["12 months on October 1, 2026 by days" in each for each in told()] == [True]


def test_the_page_has_a_place_for_both_and_shows_whom_they_leave_out(year_one, county, as_):
    advanced(county, "marisol", "merit", BEFORE)
    client = as_("miguel")
    sent = typed(year_one, months_since_promotion="6", months_since_merit="12")
    client.post(plan_url(year_one), sent)
    year_one.refresh_from_db()
    assert [year_one.rules["who"][f"months_since_{kind}"] for kind in ("promotion", "merit")] == [6, 12]
    effects = client.post(plan_url(year_one, "plan_effects"), sent | {"revision": year_one.revision}).text
    assert "Merit raise recently" in effects


def test_what_a_plan_is_told_takes_one_query_more(asking, county, as_):
    client, counts = as_("miguel"), []
    client.get(plan_url(asking))
    for months in (6, 0):
        asking.rules["who"] |= {"months_since_promotion": months, "months_since_merit": months}
        asking.save()
        with CaptureQueriesContext(connection) as asked:
            assert ("on record for anyone" in client.get(plan_url(asking)).text) == bool(months)
        counts.append(len(asked))
    assert counts[0] == counts[1] + 1


def test_the_explanation_tells_the_day_and_what_would_have_changed_it(asking, county, client):
    advanced(county, "marisol", "merit", BEFORE)
    line = line_of(run_of(asking, county), county, "marisol")
    client.force_login(county.users["miguel"])
    page = client.get(f"/pay/awards/{line.pk}/").text
    assert "Last merit raise May 4, 2026, later than April 1, 2026." in page
    assert "Last merit raise on April 1, 2026" in page
