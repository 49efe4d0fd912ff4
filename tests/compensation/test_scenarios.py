"""Scenarios of a plan: begun, turned, sought, put into the plan; who comes and what they see."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from compensation import services
from compensation.models import PayPlan, Scenario, ScenarioSet
from compensation.pay import dials as pay_dials
from compensation.pay import money
from compensation.pay.written_rules import parse
from compensation.scenarios import decision_sheet
from compensation.scenarios import pages as scenario_pages
from compensation.scenarios import people as scenario_people
from compensation.scenarios import sums as scenario_sums
from look import formats
from organization.models import Assignment
from organization.refusal import Refused
from tests.compensation.test_runs import run_of
from tests.world import AT


@pytest.fixture
def begun(year_one, county):
    services.begin_scenarios(year_one.pk, by=county.person("miguel"), at=AT)
    return Scenario.objects.get()


def url_of(scenario, name="scenario"):
    plan = scenario.set.plan
    return reverse(f"compensation:{name}", args=[plan.fiscal_year, plan.version, scenario.letter])


def posted(**changes):
    kept = {
        "revision": "0",
        "title": "The plan as it is",
        "across": "2.00",
        "merit_gives": "percent",
        "merit_3": "2.00",
        "merit_4": "0.75",
        "merit_5": "1.50",
        "lump_gives": "none",
        "budget": "",
        "budget_for": "by_rating",
    }
    return kept | changes


def test_the_first_scenario_is_the_plan_and_costs_what_its_run_costs(begun, year_one, county):
    assert pay_dials.read(begun.dials) == pay_dials.Dials(20_000, "percent", (20_000, 7_500, 15_000))
    run = run_of(year_one, county)
    assert begun.totals["pay"] == sum(
        run.totals[name] for name in ("across_the_board", "lift", "tenure", "merit", "lump")
    )
    assert begun.totals["all"] - begun.totals["pay"] == run.totals["fica"] + run.totals["retirement"]
    assert begun.totals["awards"] == run.totals["awarded"]
    assert begun.totals["all_in_year"] == run.totals["in_year"] < begun.totals["all"]


def test_what_comes_again_is_told_as_a_part_of_it_all(begun):
    """It is more than merit and lump sums alone, below which it stands."""
    told = dict(scenario_pages.side_by_side(begun)["lines"])
    assert told["Of it all, again every year"][0][0] == money.dollars(begun.totals["every_year"])
    assert begun.totals["by_rating"] < begun.totals["every_year"] <= begun.totals["all"]


def test_two_who_begin_share_one_set(begun, year_one, county):
    again = services.begin_scenarios(year_one.pk, by=county.person("susan"), at=AT)
    assert (again.pk, ScenarioSet.objects.count()) == (begun.set_id, 1)


def test_a_dial_that_is_turned_is_computed_and_kept(begun, as_):
    page = as_("miguel").post(
        url_of(begun), posted(merit_3="2.2507", budget="$2,000.00"), headers={"HX-Request": "true"}
    )
    assert page.status_code == 200
    assert page.content.strip().startswith(b'<div class="stack-7" id="results"')
    begun.refresh_from_db()
    assert pay_dials.read(begun.dials).merit == (22_507, 7_500, 15_000)
    assert (begun.revision, begun.set.budget) == (1, 200_000)
    assert money.dollars(begun.totals["by_rating"]) in page.text
    assert "Over the budget" in page.text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"merit_3": "a lot"}, "Merit, fully successful: “a lot” is not a percentage."),
        ({"merit_3": "-1"}, "Merit, fully successful: -1 is not from 0 to 25.00%."),
        ({"across": "26"}, "Across the board: 26 is not from 0 to 25.00%."),
        ({"merit_gives": "steps", "merit_3": "1.5"}, "“1.5” is not a whole number."),
        ({"lump_gives": "amount", "lump_3": "60000"}, "is not from 0 to $50,000.00."),
        ({"budget": "0"}, "greater than or equal to"),
        ({"title": ""}, "required"),
    ],
)
def test_a_figure_that_cannot_be_used_is_told_and_nothing_is_kept(begun, as_, changes, said):
    for headers in ({}, {"HX-Request": "true"}):
        page = as_("miguel").post(url_of(begun), posted(**changes), headers=headers)
        assert (page.status_code, said in page.text) == (422, True)
    begun.refresh_from_db()
    assert begun.revision == 0


def test_the_same_sent_twice_is_kept_once(begun, as_):
    """The page sends a changed figure by itself, and the button sends it again with the old revision."""
    for _ in range(2):
        assert as_("miguel").post(url_of(begun), posted(across="1")).status_code == 302
    begun.refresh_from_db()
    assert (begun.revision, begun.title) == (1, "Scenario A")


def test_who_is_second_is_told(begun, as_):
    as_("miguel").post(url_of(begun), posted(across="1"))
    page = as_("miguel").post(url_of(begun), posted(across="3"))
    assert page.status_code == 409
    begun.refresh_from_db()
    assert pay_dials.read(begun.dials).across == 10_000


def kept_form(page):
    return {field.html_name: field.value() for field in page.context["keep_form"]}


def test_the_largest_percent_within_an_amount_is_shown_and_kept_on_demand_as_another(begun, as_):
    target = begun.totals["by_rating"] + 50_000
    asked = {"seek-dial": "merit", "seek-target": f"{target / 100:.2f}"}
    page = as_("susan").post(url_of(begun, "scenario_seek"), asked)
    assert "nothing is kept yet" in page.text
    assert f'action="{url_of(begun)}"' in page.text  # a dial turned on this page is kept where it belongs
    assert Scenario.objects.get().dials == begun.dials

    as_("susan").post(url_of(begun, "scenario_keep"), kept_form(page))

    first, second = Scenario.objects.all()
    assert (first.title, first.dials, first.revision) == (begun.title, begun.dials, begun.revision)
    found = pay_dials.read(second.dials)
    assert second.title == f"Merit {formats.percent(found.merit[0])}"
    assert second.totals["by_rating"] <= target
    more = found._replace(merit=(found.merit[0] + 1, *found.merit[1:]))
    assert scenario_sums.summary_of(begun.set, more).cost.by_rating > target
    assert f"{money.dollars(target - second.totals['by_rating'])} is left" in page.text


def test_what_was_found_is_not_kept_over_a_change_of_another(begun, as_):
    asked = {"seek-dial": "merit", "seek-target": f"{begun.totals['by_rating'] / 100 + 500:.2f}"}
    found = kept_form(as_("susan").post(url_of(begun, "scenario_seek"), asked))
    as_("miguel").post(url_of(begun), posted(across="1"))

    page = as_("susan").post(url_of(begun, "scenario_keep"), found, follow=True)

    assert "Find it again." in page.text
    assert Scenario.objects.count() == 1


@pytest.mark.parametrize("figure", ["all_in_year", "by_rating_in_year", "every_year", "five_years"])
def test_any_figure_of_the_cost_can_be_the_target(begun, as_, figure):
    target = begun.totals[figure] + 50_000
    asked = {"seek-dial": "merit", "seek-figure": figure, "seek-target": f"{target / 100:.2f}"}
    page = as_("susan").post(url_of(begun, "scenario_seek"), asked)
    as_("susan").post(url_of(begun, "scenario_keep"), kept_form(page))
    found = Scenario.objects.get(letter="B")
    assert 0 <= target - found.totals[figure] < 500  # a ten-thousandth of a percent is less
    assert f"comes to {money.dollars(found.totals[figure])}" in page.text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"seek-dial": "lump", "seek-target": "5000"}, "not given in the scenario"),
        ({"seek-dial": "merit", "seek-target": ""}, "Write the amount"),
        ({"seek-dial": "merit", "seek-target": "1"}, "Even with nothing here it comes to $"),
        ({"seek-dial": "merit", "seek-target": "999999999999"}, "Even the highest value of this dial"),
    ],
)
def test_what_cannot_be_sought_is_refused_in_a_sentence_and_stays_typed(begun, as_, asked, said):
    page = as_("miguel").post(url_of(begun, "scenario_seek"), asked)
    assert (page.status_code, said in page.text) == (422, True)
    assert page.context["seek_form"]["target"].value() == asked["seek-target"]
    assert Scenario.objects.get().dials == begun.dials


def test_up_to_five_stand_side_by_side(begun, as_, county):
    for _ in range(4):
        as_("miguel").post(url_of(begun, "scenario_add"))
    page = as_("miguel").post(url_of(begun, "scenario_add"), follow=True)
    assert "Five scenarios stand side by side already" in page.text
    assert [each.letter for each in Scenario.objects.all()] == list("ABCDE")
    for each in list(Scenario.objects.all())[:4]:
        services.remove_scenario(begun.set_id, each.letter, by=county.person("miguel"), at=AT)
    with pytest.raises(Refused, match="The last scenario stays"):
        services.remove_scenario(begun.set_id, "E", by=county.person("miguel"), at=AT)


def test_the_people_stay_those_of_the_day_until_they_are_taken_again(begun, year_one, county):
    before = scenario_sums.summary_of(begun.set, pay_dials.read(begun.dials)).cost
    Assignment.objects.filter(employee=county.employees["marisol"]).update(rate=60_000)
    assert scenario_sums.summary_of(begun.set, pay_dials.read(begun.dials)).cost == before
    services.take_again(begun.set_id, by=county.person("miguel"), at=AT + timedelta(hours=1))
    begun.refresh_from_db()
    assert begun.totals["pay"] > before.pay


def test_a_scenario_becomes_the_draft_and_the_rest_of_the_draft_stays(begun, year_one, as_, county):
    by = county.person("miguel")
    dials = pay_dials.read(begun.dials)._replace(across=30_000)
    kept = {"title": "Three", "budget": None, "budget_for": "all", "by": by, "at": AT}
    services.save_scenario(begun.set_id, "A", revision=0, dials=dials, **kept)
    before = parse(year_one.rules)
    as_("miguel").post(url_of(begun, "scenario_propose"))
    year_one.refresh_from_db()
    assert parse(year_one.rules) == before._replace(
        across_the_board=before.across_the_board._replace(percent=30_000)
    )
    PayPlan.objects.update(state="superseded", action=county.order("budget"))
    assert as_("miguel").post(url_of(begun, "scenario_propose")).status_code == 409


def test_a_budget_officer_compares_and_does_not_change_the_plan(begun, as_, county):
    assert as_("susan").get(url_of(begun)).status_code == 200
    assert "into the plan" not in as_("susan").get(url_of(begun)).text
    with pytest.raises(Refused, match="Only an HR administrator"):
        services.propose_scenario(begun.set_id, "A", by=county.person("susan"), at=AT)
    with pytest.raises(Refused, match="Only an HR administrator or a budget officer"):
        services.add_scenario(begun.set_id, "A", by=county.person("denise"), at=AT)


def test_the_decision_sheet_pays_the_same_three_ways(begun, as_):
    sheet = decision_sheet.of(begun)
    base, lump, mix = sheet.choices
    assert base.every_year > mix.every_year > lump.every_year == 0
    assert base.five_years > mix.five_years > lump.five_years == lump.full_year
    # each award is rounded to the cent by itself, and the employer's share on it
    assert max(abs(base.full_year - other.full_year) for other in (lump, mix)) <= 4 * begun.totals["awards"]
    assert sum(amounts[1] for _, amounts in sheet.by_fund.rows) == base.whole.in_year.all
    assert base.in_year < base.full_year
    assert base.five_years == base.in_year + 4 * base.full_year
    page = as_("miguel").get(url_of(begun, "scenario_sheet")).text
    for cents in (base.five_years, base.in_year, base.full_year):
        assert money.dollars(cents) in page
    assert "Left to the Court" in page


def test_the_sheet_pays_the_same_people_where_merit_has_its_own(year_one, county):
    """Merit is for level 4 and above here; so is each of the three choices."""
    year_one.rules["merit"]["who"] = year_one.rules["who"] | {"at_least_level": 4}
    year_one.save()
    services.begin_scenarios(year_one.pk, by=county.person("miguel"), at=AT)
    scenario = Scenario.objects.get()
    sheet = decision_sheet.of(scenario)
    assert 0 < scenario.totals["awards"] < 5
    base, *others = sheet.choices
    assert max(abs(base.full_year - other.full_year) for other in others) <= 4 * scenario.totals["awards"]


def test_the_sheet_pays_no_lump_sum_to_a_group_that_has_no_merit(year_one, county):
    members = {"departments": ["CC"], "grades": [], "kinds": [], "pay_set_by": []}
    year_one.rules["groups"] = [{"name": "Clerks", "members": members, "rules": {"merit": None}}]
    year_one.save()
    services.begin_scenarios(year_one.pk, by=county.person("miguel"), at=AT)
    scenario = Scenario.objects.get()
    base, *others = decision_sheet.of(scenario).choices
    assert 0 < scenario.totals["awards"] < 5
    assert max(abs(base.full_year - other.full_year) for other in others) <= 4 * scenario.totals["awards"]


def test_the_sheet_is_a_tagged_pdf_of_one_page(begun, as_):
    answer = as_("miguel").get(url_of(begun, "scenario_sheet_pdf"))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert b"/MarkInfo" in answer.content
    assert b"/Type/Pages/Count 1/" in answer.content


def test_a_sheet_of_steps_is_refused_in_a_sentence(begun, as_):
    as_("miguel").post(url_of(begun), posted(merit_gives="steps", merit_3="1", merit_4="0", merit_5="1"))
    page = as_("miguel").get(url_of(begun, "scenario_sheet"), follow=True)
    assert "needs merit or a lump sum by rating alone, as a percent or in dollars" in page.text


def test_the_pages_take_few_queries_however_many_people(begun, as_, county):
    client = as_("miguel")
    client.get(url_of(begun))
    for url in (url_of(begun), url_of(begun, "scenario_sheet"), reverse("compensation:scenarios")):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        assert len(queries) - 3 <= 15, url


def test_a_plan_without_people_cannot_begin(year_one, county, as_):
    PayPlan.objects.update(base_on=date(1990, 1, 1))
    page = as_("miguel").post(
        reverse("compensation:scenarios_begin", args=[year_one.fiscal_year, year_one.version]), follow=True
    )
    assert "Nobody is employed on the day" in page.text


def test_who_is_second_to_take_a_scenario_away_is_told(begun, as_, county):
    for _ in range(2):
        services.add_scenario(begun.set_id, "A", by=county.person("miguel"), at=AT)
    services.remove_scenario(begun.set_id, "B", by=county.person("susan"), at=AT)
    acts = (services.remove_scenario, services.add_scenario, services.propose_scenario)
    for act in acts:
        with pytest.raises(Refused, match="Somebody else took scenario B away"):
            act(begun.set_id, "B", by=county.person("miguel"), at=AT)


def test_a_budget_that_is_all_but_used_is_not_told_to_be_left_and_totals_stand_under_each_column(
    begun, as_, county
):
    cost = begun.totals["by_rating"]
    as_("miguel").post(url_of(begun), posted(budget=f"{(cost + 1) / 100:.2f}"))
    page = as_("miguel").get(url_of(begun)).text
    assert "More than 99% of the budget of" in page
    assert "Left in the budget for merit and lump sums" in page
    pay = as_("miguel").get(url_of(begun)).context["added"]
    assert (
        page.count(f'<span class="sum">{money.dollars(pay)}</span>') == 4
    )  # department, fund, rating, grade


def test_the_budget_of_one_is_not_undone_from_the_page_of_another(begun, as_, county):
    services.add_scenario(begun.set_id, "A", by=county.person("miguel"), at=AT)
    as_("susan").post(url_of(Scenario.objects.get(letter="B")), posted(budget="5000"))
    page = as_("miguel").post(url_of(begun), posted(across="1"))  # opened before, without a budget
    begun.set.refresh_from_db()
    assert (page.status_code, begun.set.budget) == (409, 500_000)


def test_facts_that_come_late_are_never_taken_for_those_of_before(begun, county):
    before, late = ScenarioSet.objects.get(), ScenarioSet.objects.defer("facts").get()
    Assignment.objects.filter(employee=county.employees["marisol"]).update(rate=60_000)
    scenario_people._ready.clear()
    services.take_again(begun.set_id, by=county.person("miguel"), at=AT)
    scenario_people._ready.clear()
    assert scenario_people.people_of(late) != scenario_people.people_of(before)


def test_the_sheet_of_an_additive_plan_takes_both_on_the_base_before_the_raise(begun, year_one, county):
    PayPlan.objects.filter(pk=year_one.pk).update(rules=year_one.rules | {"order": "additive"})
    services.take_again(begun.set_id, by=county.person("miguel"), at=AT)
    begun.set.refresh_from_db()
    base, lump, _ = decision_sheet.of(begun).choices
    assert abs(base.pay - lump.pay) <= begun.totals["awards"]  # rounded to the cent, each by itself
