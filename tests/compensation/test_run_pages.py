"""The pages of runs and their lines: who comes and what they say."""

from decimal import Decimal

import pytest
from django.urls import reverse

from compensation import services
from compensation.models import Run, RunLine
from compensation.runs import computing, freezing
from organization.models import Assignment
from tests.compensation.conftest import plan_url
from tests.compensation.test_runs import begin, line_of, run_of, start
from tests.world import AT


def test_a_run_that_goes_on_moves_and_then_shows_its_result(year_one, county, as_):
    run = start(year_one, county)
    computing.compute_part(run.pk, run.parts.first().pk)
    url = reverse("compensation:run_progress", args=[run.number])
    assert "5 of 14 positions" in as_("miguel").get(url).text.replace("\n", " ")
    services.compute_here(run)
    assert as_("miguel").get(url).headers["HX-Refresh"] == "true"
    page = as_("miguel").get(reverse("compensation:run", args=[run.number])).text
    assert "One line for each position: 14 positions of 14 people." in page


def test_a_run_says_so_while_nothing_is_frozen_yet(year_one, county, as_):
    run = begin(year_one, county)
    page = as_("miguel").get(reverse("compensation:run", args=[run.number])).text
    assert "Taking down everybody’s pay and rating…" in page
    assert "0 positions" not in page
    url = reverse("compensation:run_progress", args=[run.number]) + "?until_frozen"
    assert url in page
    assert "Taking down" in as_("miguel").get(url).text
    freezing.freeze_run(run.pk)
    assert as_("miguel").get(url).headers["HX-Refresh"] == "true"


def test_a_run_that_could_not_be_frozen_says_why(year_one, county, as_):
    run = begin(year_one, county)
    year_one.revision += 1
    year_one.save()
    freezing.freeze_run(run.pk)
    page = as_("miguel").get(reverse("compensation:run", args=[run.number])).text
    assert f"{year_one} was changed after the run was begun." in page
    assert "The run holds nobody’s pay, and nothing of it was computed." in page


def test_a_run_whose_place_was_taken_leads_to_the_later_one(year_one, county, as_):
    first, second = run_of(year_one, county), run_of(year_one, county)
    url = reverse("compensation:run", args=[first.number])
    assert reverse("reports:run_steps", args=[first.number]) in as_("miguel").get(url).text
    services.replace_earlier(second)
    page = as_("miguel").get(url).text
    assert "Another run took its place" in page
    assert "Open pay run 2" in page
    for gone in ("reports:run_steps", "certification:run"):
        assert reverse(gone, args=[first.number]) not in page
    assert "by pay run 2" in as_("miguel").get(reverse("compensation:runs")).text


def test_lines_are_found_by_name_outcome_and_reason(year_one, county, as_):
    run = run_of(year_one, county)
    url = reverse("compensation:lines", args=[run.number])

    def names(**asked):
        return [line.employee.last_name for line in as_("miguel").get(url, asked).context["page"]]

    assert names(q="trevino") == ["Treviño"]
    assert names(outcome="below") == ["Villarreal"]
    assert names(reason="merit:elected") == ["Hargrove", "Kowalczyk"]
    assert names(outcome="awarded", sort="-merit")[0] == "Rosenthal"
    assert names(sort="nonsense", outcome="nonsense", reason="nonsense", page="x")[0] == "Castañeda"


def test_a_head_sees_the_lines_of_his_own_people(year_one, county, as_):
    run = run_of(year_one, county)
    page = as_("ruth").get(reverse("compensation:lines", args=[run.number])).context["page"]
    assert {line.department.code for line in page} == {"CC"}


def test_lines_are_exported_with_every_figure(year_one, county, as_):
    run = run_of(year_one, county)
    answer = as_("miguel").get(reverse("compensation:lines_export", args=[run.number, "csv"]), {"q": "10482"})
    head, line = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert head.startswith("Employee number,Name,Department")
    assert line.startswith(
        '10482,"Treviño, Marisol",County Clerk,C2,4,Awarded,46280.00,925.60,0.00,0.00,1298.15,48503.75,0.00'
    )


def test_a_second_run_at_the_same_time_is_told_about_the_first(year_one, county, as_):
    run = start(year_one, county)
    answer = as_("miguel").post(reverse("compensation:run_start"), {"plan": year_one.pk})
    assert answer.status_code == 409
    assert reverse("compensation:run", args=[run.number]) in answer.text
    assert Run.objects.count() == 1


@pytest.mark.parametrize(("key", "status"), [("susan", 403), ("carl", 403), ("ruth", 403), ("marisol", 403)])
def test_only_hr_presses_run(year_one, county, as_, key, status):
    assert as_(key).post(reverse("compensation:run_start"), {"plan": year_one.pk}).status_code == status


def test_a_stale_line_is_told_with_what_changed(year_one, county, as_):
    run = run_of(year_one, county)
    county.rate("marisol", 5)
    page = as_("miguel").get(reverse("reports:run_stale", args=[run.number])).text
    assert "One line is stale" in page
    assert "The rating of record was replaced: level from 4 to 5" in page


def test_the_page_of_a_stale_line_says_what_changed_and_what_to_do(year_one, county, as_):
    run = run_of(year_one, county)
    page = reverse("reports:award", args=[line_of(run, county, "marisol").pk])
    assert "stale" not in as_("miguel").get(page).text
    county.rate("marisol", 5)
    for key, act in (("miguel", "Run the plan again"), ("grace", "Human Resources must run the plan again.")):
        text = as_(key).get(page).text
        assert "This line is stale" in text
        assert "level from 4 to 5" in text
        assert act in text
    later = run_of(year_one, county)
    assert f"{later} was computed after it" in as_("miguel").get(page).text


def test_the_page_of_every_line_says_that_the_whole_run_is_stale(year_one, county, as_):
    run = run_of(year_one, county)
    year_one.rules["across_the_board"]["percent"] = "3"
    year_one.save()
    text = as_("grace").get(reverse("reports:award", args=[line_of(run, county, "quang").pk])).text
    assert "The whole pay run 1 is stale" in text
    assert "The rules of FY2027, version 1 were changed after the run." in text


def test_a_closed_gate_is_named_where_the_run_would_start(year_one, county, as_):
    year_one.rules["employer"]["retirement"] = "101"
    year_one.save()
    page = as_("miguel").get(plan_url(year_one)).text
    assert "101.00% of pay is not from 0% to 50%." in page
    assert "It can’t be run while a gate is open: Employer’s share: at most 50%." in page


def test_the_adopted_plan_of_the_coming_year_is_offered_first(year_one, county, as_):
    def offered():
        return as_("miguel").get(reverse("compensation:runs")).context["chosen"]

    later = services.create_plan(2028, "year_one", by=county.person("miguel"), at=AT)
    assert offered() == later  # nothing is adopted yet: the newest
    order = county.order("pay_plan")
    services.adopt_plan(year_one.pk, order.pk, revision=0, by=county.person("miguel"), at=AT)
    assert offered() == year_one


def test_totals_say_who_has_no_fte_and_how_to_cure_it(year_one, county, as_):
    Assignment.objects.filter(pk=county.assignment("quang").pk).update(fte=None)
    said = "1 position has no FTE on record: the pay counts as stated"
    assert said in as_("miguel").get(plan_url(year_one, "plan_effects")).text
    run = run_of(year_one, county)
    page = as_("miguel").get(reverse("compensation:run", args=[run.number])).text
    assert said in page
    assert f"Pay before is ${run.totals['old_annual'] / 100:,.2f} a year" in page


def test_two_positions_of_one_person_are_told_apart(year_one, county, as_):
    second = county.assignment("quang")
    second.pk, second.slot, second.fte = None, 2, Decimal("0.25")
    second.save()
    run = run_of(year_one, county)
    page = as_("miguel").get(reverse("compensation:run", args=[run.number])).text
    assert "One line for each position: 15 positions of 14 people." in page


def test_a_run_without_lines_yet_has_an_empty_list(year_one, county, as_):
    run = start(year_one, county)
    assert RunLine.objects.count() == 0
    assert (
        "Nothing is computed yet" in as_("miguel").get(reverse("compensation:lines", args=[run.number])).text
    )
