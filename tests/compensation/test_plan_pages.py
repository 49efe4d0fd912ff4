"""The pages of plans: who comes and what they say."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from compensation import services
from compensation.models import PayPlan
from compensation.pay.pool_rules import Pools
from compensation.pay.rules import Group, Members, Problem, Service, Tenure
from compensation.pay.written_rules import dump, parse
from compensation.plans.pages import title_of
from look import formats
from tests.compensation.conftest import plan_url, typed
from tests.compensation.test_runs import run_of
from tests.world import AT


def test_a_plan_that_nobody_touched_is_saved_as_it_was(year_one, county, as_):
    answer = as_("miguel").post(plan_url(year_one), typed(year_one))
    assert answer.status_code == 302
    saved = PayPlan.objects.get(pk=year_one.pk)
    assert (saved.rules, saved.revision) == (year_one.rules, 1)


def test_a_lump_sum_plan_that_nobody_touched_is_saved_as_it_was(year_two, county, as_):
    assert as_("miguel").post(plan_url(year_two), typed(year_two)).status_code == 302
    assert PayPlan.objects.get(pk=year_two.pk).rules == year_two.rules


def test_slots_become_rules(year_one, county, as_):
    changed = typed(
        year_one, across_percent="2.5%", merit_5="4", lump_gives="amount", lump_3="500", merit_gives="none"
    ) | {"lump_4": "600", "lump_5": "600", "strictly": "true"}
    as_("miguel").post(plan_url(year_one), changed)
    rules = PayPlan.objects.get(pk=year_one.pk).rules
    assert (rules["across_the_board"]["percent"], rules["merit"]) == ("2.5", None)
    assert rules["lump_sum"]["table"][0] == {"level": 3, "amount": "500.00"}
    assert rules["strictly_more"] is True


def test_an_empty_slot_of_a_table_is_a_gap_that_bars_adoption(year_two, county, as_):
    client = as_("miguel")
    assert client.post(plan_url(year_two), typed(year_two, lump_4=" ")).status_code == 302
    page = client.get(plan_url(year_two)).text
    assert "Nothing is said for level 4." in page
    assert "It can’t be run while a gate is open: Lump sum: no gap." in page
    assert "a gate is open</a>: Lump sum: no gap. Settle it" in page
    order = county.order("pay_plan")
    bars = client.get(plan_url(year_two, "plan_adopt"), {"action": order.pk}).text
    assert "Nothing is said for level 4." in bars
    assert "Adopt the plan by order" not in bars


@pytest.mark.parametrize(
    ("slot", "typed_in", "message"),
    [
        ("retirement", "", "Employer’s retirement deposit, percent: this is empty. Type 0 for nothing."),
        ("months_in_position", " ", "Months in the position: this is empty. Type 0 for nothing."),
        ("across_at_least", "", "At least, dollars a year: this is empty. Type 0 for nothing."),
        ("effective_on", "9999-12-31", "Base pay changes on: 9999 is not a year from 1900 to 2199."),
        ("hired_by", "0001-01-01", "Hired by: 1 is not a year from 1900 to 2199."),
    ],
)
def test_what_is_empty_or_out_of_reach_is_refused_and_nothing_is_saved(
    year_one, county, as_, slot, typed_in, message
):
    answer = as_("miguel").post(plan_url(year_one), typed(year_one, **{slot: typed_in}))
    assert answer.status_code == 422
    assert message in answer.text
    assert PayPlan.objects.get(pk=year_one.pk).revision == 0


def test_what_an_order_adopts_is_read_before_it_is_adopted(year_one, county, as_):
    client, url, order = as_("miguel"), plan_url(year_one, "plan_adopt"), county.order("pay_plan")
    assert client.get(url, {"action": "x"}).status_code == 422
    text = client.get(url, {"action": order.pk}).text
    for words in (
        "2025-0983",
        "August 26, 2025",
        "Adopted, 5 to none",
        "2.00% of base pay on September 15, 2026. For regular positions; pay set by",
        "of base pay after the raise: 3.50% for level 5, 2.75% for level 4, 2.00% for level 3.",
        "service elements weigh at least 30 of 100",
        "New base pay begins on October 3, 2026.",
        "The raised schedule GENERAL is in force from October 3, 2026.",
    ):
        assert words in text
    assert PayPlan.objects.get(pk=year_one.pk).state == "draft"
    assert client.post(url, {"action": order.pk, "revision": "7"}).status_code == 409
    assert client.post(url, {"action": order.pk, "revision": "0"}).status_code == 302
    assert PayPlan.objects.get(pk=year_one.pk).state == "adopted"


def test_what_the_court_would_adopt_is_read_before_there_is_an_order(year_one, county, as_):
    page = as_("miguel").get(plan_url(year_one, "plan_adopt")).text
    assert "2.00% of base pay on September 15, 2026. For regular positions" in page
    assert "If the Court adopted it today" in page  # the county's today is after the rated service began
    assert "Merit above the maximum is paid once" in page
    early = county.order("pay_plan")
    assert (
        "Merit above the maximum"
        not in as_("miguel")
        .get(plan_url(year_one, "plan_adopt"), {"action": early.pk})
        .text.partition("What it adopts")[0]
    )


def test_a_superseded_version_is_named_with_the_order_that_had_adopted_it(year_one, county, as_):
    by = county.person("miguel")
    first, later = county.order("pay_plan"), county.order("pay_plan", number="2026-7")
    services.adopt_plan(year_one.pk, first.pk, by=by, at=AT)
    second = services.copy_plan(year_one.pk, by=by, at=AT)
    services.adopt_plan(second.pk, later.pk, by=by, at=AT)
    page = as_("miguel").get(plan_url(second)).text
    assert "adopted by order 2025-0983 of August 26, 2025 and superseded since" in page


def test_a_plan_begun_with_nothing_is_written_rule_by_rule(county, as_):
    client = as_("miguel")
    begun = client.post(reverse("compensation:plan_new"), {"fiscal_year": "2027", "kind": "nothing"})
    plan = PayPlan.objects.get()
    assert begun.headers["Location"] == plan_url(plan)
    assert "the plan cannot be adopted or run" in client.get(plan_url(plan)).text
    assert parse(plan.rules).who.months_in_position == 0  # what nobody wrote keeps nobody out
    assert "Nothing is paid yet" in client.get(plan_url(plan, "plan_effects")).text
    slots = {"across_percent": "2.00", "merit_gives": "percent", "hired_by": "2026-06-30"}
    slots |= {"merit_3": "2.00", "merit_4": "2.00", "merit_5": "2.00"}
    assert client.post(plan_url(plan), typed(plan, **slots)).status_code == 302
    plan.refresh_from_db()
    assert plan.rules["across_the_board"]["percent"] == "2"
    assert parse(plan.rules).merit.table[2].value == 20_000
    assert "None is open" in client.get(plan_url(plan)).text


def test_what_is_typed_is_saved_before_one_reads_what_is_adopted(year_one, county, as_):
    client = as_("miguel")
    answer = client.post(plan_url(year_one), typed(year_one, across_percent="2.50", adopt="1"))
    assert answer.headers["Location"] == plan_url(year_one, "plan_adopt")
    year_one.refresh_from_db()
    assert (year_one.rules["across_the_board"]["percent"], year_one.revision) == ("2.5", 1)
    client.post(plan_url(year_one), typed(year_one, adopt="1"))
    year_one.refresh_from_db()
    assert year_one.revision == 1  # nothing was typed
    refused = client.post(plan_url(year_one), typed(year_one, across_percent="x", adopt="1"))
    assert refused.status_code == 422
    assert 'value="x"' in refused.text


def test_only_orders_that_can_adopt_the_plan_are_offered(year_one, county, as_):
    by = county.person("miguel")
    for number, purpose, day in (
        ("2019-1", "pay_plan", date(2019, 8, 27)),
        ("2027-9", "pay_plan", date(2027, 12, 1)),
        ("2025-7", "budget", date(2025, 8, 26)),
    ):
        county.order(purpose, number=number, meeting_on=day)
    next_year = services.plans.copy_to_year(year_one.pk, 2028, cycle_id=county.cycle.pk, by=by, at=AT)
    used = county.order("pay_plan", number="2025-8")
    PayPlan.objects.filter(pk=next_year.pk).update(action=used, state="adopted")
    url = plan_url(year_one, "plan_adopt")
    assert "No order on record can adopt this plan" in as_("miguel").get(url).text
    county.order("pay_plan")
    page = as_("miguel").get(url)
    assert [action.number for action in page.context["form"].fields["action"].queryset] == ["2025-0983"]
    refused = as_("miguel").get(url, {"action": used.pk})
    assert "adopted no other year’s plan" in refused.text


def test_a_note_is_told_apart_from_an_open_gate(year_one, county, as_):
    order = county.order("pay_plan", meeting_on=date(2026, 8, 25))
    services.adopt_plan(year_one.pk, order.pk, revision=0, by=county.person("miguel"), at=AT)
    page = as_("miguel").get(plan_url(year_one)).text
    assert "None is open; 1 note bars nothing, and wants to be read" in page
    assert "Ask county counsel." in page


def test_a_slot_that_cannot_be_read_is_named_and_nothing_is_lost(year_one, county, as_):
    answer = as_("miguel").post(plan_url(year_one), typed(year_one, across_percent="2,5x", merit_4="lots"))
    assert answer.status_code == 422
    assert "Across the board, percent: “2,5x” is not a percentage." in answer.text
    assert "Merit, level 4: “lots” is not a percentage." in answer.text
    assert 'value="lots"' in answer.text
    assert PayPlan.objects.get(pk=year_one.pk).revision == 0


def test_who_saves_an_old_draft_is_told(year_one, county, as_):
    old = typed(year_one)
    as_("miguel").post(plan_url(year_one), typed(year_one, title="First"))
    assert as_("miguel").post(plan_url(year_one), old | {"title": "Second"}).status_code == 409
    assert PayPlan.objects.get(pk=year_one.pk).title == "First"


def test_what_is_typed_is_computed_for_the_county_and_not_kept(year_one, county, as_):
    url = plan_url(year_one, "plan_effects")
    assert as_("miguel").get(url).context["effects"].across_the_board == 17_658_48
    answer = as_("miguel").post(url, typed(year_one, across_percent="3"))
    assert answer.context["effects"].across_the_board == 26_487_72
    assert PayPlan.objects.get(pk=year_one.pk).revision == 0


def test_the_head_of_the_page_follows_what_is_typed_as_its_gates_do(year_two, county, as_):
    client, url = as_("miguel"), plan_url(year_two, "plan_effects")
    client.post(plan_url(year_two), typed(year_two, lump_4=" "))
    stored = PayPlan.objects.get(pk=year_two.pk)
    with CaptureQueriesContext(connection) as queries:
        cured = client.post(url, typed(stored, lump_4="1125")).text
    assert len(queries) - 3 <= 15
    assert "With what you typed no gate is open. Save the draft to run it." in cured
    assert "Save, and read what is adopted" in cured
    as_stored = client.post(url, typed(stored)).text
    assert "It can’t be run while a gate is open: Lump sum: no gap." in as_stored
    assert "Save, and read what is adopted" not in as_stored
    worse = client.post(url, typed(stored, lump_5=" ")).text
    assert "With what you typed it can’t be run while a gate is open: Lump sum: no gap." in worse


def test_effects_agree_with_the_run(year_one, county, as_):
    effects = as_("miguel").get(plan_url(year_one, "plan_effects")).context["effects"]
    totals = run_of(year_one, county).totals
    assert (effects.awards, effects.merit, effects.fica) == (
        totals["awarded"],
        totals["merit"],
        totals["fica"],
    )
    assert effects.people - effects.eligible == totals["left_out"]


def test_each_rule_says_what_it_does_to_the_county(year_one, county, as_):
    rules = parse(year_one.rules)._replace(
        tenure=Tenure("percent", (Service(12, 10_000),)),
        pools=Pools(percent=20_000, small_people=4, small_percent=40_000),
    )
    clerks = Group(
        "Clerks", Members(departments=("CC",)), rules._replace(pools=None, tenure=None), ("tenure",)
    )
    nobody = rules._replace(across_the_board=None, schedule=None, tenure=None, merit=None, pools=None)
    out = ("across_the_board", "schedule", "tenure", "merit")
    visitors = Group("Fairs", Members(departments=("HR",)), nobody, out)
    year_one.rules = dump(rules._replace(groups=(clerks, visitors)))
    year_one.save()
    page = as_("miguel").get(plan_url(year_one, "plan_effects"))
    effects = page.context["effects"]
    served = [county.assignment(key) for key in ("joel", "priya", "tomas")]
    assert effects.by_years == len(served)  # clerks and Human Resources have none
    assert effects.tenure == sum(each.rate for each in served) * Decimal("1.02")  # 1%, in cents
    assert page.context["by_group"][1] == ("Fairs", 5, 0)
    assert page.context["pools"].count
    assert page.context["pools"].small == ("County Clerk", "Information Technology")
    assert "2 small offices<" in page.text
    assert 'Fairs<small>5 positions</small></th><td class="num">nothing' in page.text


def test_the_head_of_a_plan_says_what_it_costs_who_is_unrated_and_leads_to_scenarios(year_one, county, as_):
    client = as_("miguel")
    begins = client.get(plan_url(year_one)).text
    assert reverse("compensation:scenarios_begin", args=[2027, 1]) in begins
    page = client.get(plan_url(year_one, "plan_effects"))
    head = page.text.partition('id="plan-cost"')[2].partition("</p>")[0]
    assert formats.money_from_cents(page.context["effects"].cost) in head
    unrated = dict(page.context["effects"].left_out)["No rating of record"]
    assert f"{unrated} positions have no rating of record yet" in head
    services.begin_scenarios(year_one.pk, by=county.person("miguel"), at=AT)
    assert reverse("compensation:scenario", args=[2027, 1, "A"]) in client.get(plan_url(year_one)).text


def test_a_gate_is_named_with_the_part_of_the_plan_that_it_is_about():
    gap = Problem("proposals.limits", "no gap", "Nothing is said of what may be proposed for level 3.")
    assert title_of(gap) == "What heads may propose: no gap"


def test_an_adopted_plan_is_read_only(year_one, county, as_):
    order = county.order("pay_plan")
    services.adopt_plan(year_one.pk, order.pk, revision=0, by=county.person("miguel"), at=AT)
    page = as_("miguel").get(plan_url(year_one)).text
    main = page[page.index("<main") : page.index("</main>")]
    for control in ("<select", 'type="text"', 'type="date"', "Save the draft", "Add a row"):
        assert control not in main
    for words in ("As the Court adopted them", "2.00% of base pay on September 15, 2026", "New version"):
        assert words in main
    late = as_("miguel").post(plan_url(year_one), typed(year_one, title="Other"))
    assert (late.status_code, "is adopted by now" in late.text) == (409, True)
    assert PayPlan.objects.get(pk=year_one.pk).title == year_one.title
