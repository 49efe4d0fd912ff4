"""Award tables on the page of a plan: by score, by position in the range; and what it has no slot for."""

import json

import pytest
from django.urls import reverse

from compensation.models import PayPlan
from compensation.pay.written_rules import dump, parse
from compensation.plans.form import PlanForm
from compensation.services import save_plan
from tests.compensation.conftest import plan_url, typed
from tests.world import AT

BY_SCORE = [
    {"from": "2.50", "below": "3.50", "percent": "2"},
    {"from": "3.50", "below": None, "percent": "3.5"},
]
MATRIX = {
    "positions": {"by": "compa_ratio", "cuts": ["80", "100"]},
    "table": [{"level": level, "percent": [str(level), "2", "1"]} for level in (3, 4, 5)],
}
LAW = {
    "name": "Law enforcement",
    "members": {"departments": ["SO"]},
    "rules": {"across_the_board": {"percent": "3"}},
}


def with_rules(plan, county, **changes):
    rules = json.loads(json.dumps(plan.rules))
    for name, value in changes.items():
        rules[name] = rules[name] | value if isinstance(value, dict) else value
    return save_plan(plan.pk, revision=plan.revision, rules=rules, by=county.person("miguel"), at=AT)


def table_of(plan):
    return PayPlan.objects.get(pk=plan.pk).rules["merit"]["table"]


@pytest.mark.parametrize(
    "changes",
    [
        {"merit": {"by": "score", "table": BY_SCORE}},
        {"merit": MATRIX},
        {"merit": {"by": "score", "table": [{"from": "2.50", "percent": ["3", "2", "0"]}],
                   "positions": MATRIX["positions"]}},
        {"groups": [LAW]},
        {"merit": {"table": [{"level": level, "percent": "0"} for level in (1, 2, 3, 4, 5)]}},
        {"who": {"kinds": ["temporary"], "grades_left_out": ["C1"], "months_since_merit": 12}},
        {"merit": {"gives": "steps", "table": [{"level": level, "steps": 1} for level in (3, 4, 5)]}},
    ],
)  # fmt: skip
def test_what_a_document_has_brought_is_kept_when_the_page_is_saved(year_one, county, as_, changes):
    plan = with_rules(year_one, county, **changes)
    assert as_("miguel").get(plan_url(plan)).status_code == 200
    assert as_("miguel").post(plan_url(plan), typed(plan)).status_code == 302
    assert PayPlan.objects.get(pk=plan.pk).rules == plan.rules


def test_a_matrix_and_groups_are_shown_and_their_figures_changed(year_one, county, as_):
    plan, client = with_rules(year_one, county, merit=MATRIX, groups=[LAW]), as_("miguel")
    text = client.get(plan_url(plan)).text
    assert "Below 80% of the midpoint" in text
    assert 'value="SO"' in text
    changed = typed(plan, merit_5_2="2.5", merit_cut_1="85")
    assert client.post(plan_url(plan), changed).status_code == 302
    assert table_of(plan)[2] == {"level": 5, "percent": ["5", "2.5", "1"]}
    assert PayPlan.objects.get(pk=plan.pk).rules["merit"]["positions"]["cuts"] == ["85.00", "100.00"]
    wrong = client.post(plan_url(plan), typed(PayPlan.objects.get(), merit_4_3="much"))
    assert "Merit, level 4: “much” is not a percentage." in wrong.text


def test_merit_goes_over_to_scores_with_what_each_level_earned(year_one, county, as_):
    assert as_("miguel").post(plan_url(year_one), typed(year_one, merit_by="score")).status_code == 302
    assert table_of(year_one) == [
        {"from": "2.50", "below": "3.50", "percent": "2"},
        {"from": "3.50", "below": "4.50", "percent": "2.75"},
        {"from": "4.50", "below": None, "percent": "3.5"},
    ]


def test_rows_by_score_are_added_and_removed_without_saving(year_one, county, as_):
    plan, client = with_rules(year_one, county, merit={"by": "score", "table": BY_SCORE}), as_("miguel")
    more = client.post(
        plan_url(plan), typed(plan, merit_below_2="4.50", title="Typed") | {"row": "merit:add"}
    )
    assert more.status_code == 200
    assert "Not saved yet." in more.text
    form = more.context["form"]
    values = {name: form[name].value() for name in form.fields}
    assert (values["merit_rows"], values["merit_from_3"], values["title"]) == ("3", "4.50", "Typed")
    fewer = client.post(plan_url(plan), values | {"merit_score_3": "4", "row": "merit:remove:1"})
    form = fewer.context["form"]
    values = {name: form[name].value() for name in form.fields}
    assert (values["merit_rows"], values["merit_from_1"], values["merit_score_2"]) == ("2", "3.50", "4")
    assert PayPlan.objects.get(pk=plan.pk).title == plan.title
    assert client.post(plan_url(plan), values).status_code == 302
    assert table_of(plan) == [
        {"from": "3.50", "below": "4.50", "percent": "3.5"},
        {"from": "4.50", "below": None, "percent": "4"},
    ]


@pytest.mark.parametrize("act", ["", "x", "merit:remove:9", "merit:remove:x", "x:add", "lump:add"])
def test_no_act_on_rows_loses_what_is_typed(year_one, county, as_, act):
    answer = as_("miguel").post(plan_url(year_one), typed(year_one, title="Typed") | {"row": act})
    assert answer.context["form"]["title"].value() == "Typed"


def test_a_wrong_cell_of_a_row_by_score_is_named(year_one, county, as_):
    plan = with_rules(year_one, county, merit={"by": "score", "table": BY_SCORE})
    answer = as_("miguel").post(plan_url(plan), typed(plan, merit_from_2="high", merit_score_1="2x"))
    assert "Merit, row 2, from a score of: “high” is not a score." in answer.text
    assert "Merit, row 1, earns: “2x” is not a percentage." in answer.text


def test_pools_and_limits_are_typed_on_the_page(year_one, county):
    rules = year_one.rules | {"merit": {"gives": "percent", "by": "level", "table": TABLE}}
    year_one.rules = dump(parse(rules))
    form = PlanForm(posted(PlanForm(plan=year_one)) | POOLED, plan=year_one)
    assert form.is_valid(), form.errors
    pools, proposals = form.rules["pools"], form.rules["proposals"]
    assert (pools["percent"], pools["small_people"], pools["small_percent"]) == ("2.5", 4, "4")
    assert pools["own"] == [{"department": "CC", "percent": "3"}, {"fund": "512", "amount": "12000.00"}]
    assert proposals["limits"][-1] == {"level": 5, "percent": ["3", "4"]}

    year_one.rules = form.rules
    again = PlanForm(posted(PlanForm(plan=year_one)), plan=year_one)
    assert again.is_valid(), again.errors
    assert again.rules == form.rules


def test_a_pool_that_can_not_be_read_is_told_at_its_slot(year_one):
    form = PlanForm(posted(PlanForm(plan=year_one)) | POOLED | {"own_size_1": "much"}, plan=year_one)
    assert not form.is_valid()
    assert "“much” is not a percentage" in str(form.errors["own_size_1"])


TABLE = [{"level": level, "percent": value} for level, value in ((3, "2"), (4, "2.75"), (5, "3.5"))]
POOLED = {
    "pools_component": "merit",
    "pools_percent": "2.5",
    "pools_small_people": "4",
    "pools_small_percent": "4",
    "own_department_1": "CC",
    "own_size_1": "3%",
    "own_fund_2": "512",
    "own_size_2": "$12,000",
    "proposals_by": "heads",
    **{f"limit_least_{level}": low for level, low in ((3, "1.5"), (4, "2.25"), (5, "3"))},
    **{f"limit_most_{level}": high for level, high in ((3, "2.5"), (4, "3.25"), (5, "4"))},
}


def posted(form):
    """What the browser sends back of a form as it is shown."""
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else str(value) for name, value in values.items()}


def test_a_percent_is_typed_as_published_and_the_page_says_what_comes_of_it(year_one, county, as_):
    sent = typed(year_one) | {"across_percent": "2.7", "across_down_to": "0.5"}
    effects = reverse("compensation:plan_effects", args=[year_one.fiscal_year, year_one.version])
    assert "2.70%, rounded down to a half percent: 2.50%." in as_("miguel").post(effects, sent).text
    page = as_("miguel").post(plan_url(year_one), sent | {"across_down_to": "0"})
    assert "Rounded down to a multiple of, percent: “0” is not a percent above zero" in page.text
    assert as_("miguel").post(plan_url(year_one), sent).status_code == 302
    kept = PayPlan.objects.get(pk=year_one.pk).rules["across_the_board"]
    assert (kept["percent"], kept["rounded_down_to"]) == ("2.7", "0.5")


def test_the_schedule_rises_by_its_own_percent_and_lifts_nobody(year_one, as_):
    sent = typed(year_one, schedule_percent="3", schedule_lift="false")
    assert as_("miguel").post(plan_url(year_one), sent).status_code == 302
    kept = PayPlan.objects.get(pk=year_one.pk).rules["schedule"]
    assert (kept["percent"], kept["lift_to_minimum"]) == ("3", False)
    as_("miguel").post(plan_url(year_one), typed(PayPlan.objects.get(pk=year_one.pk), schedule_percent=""))
    assert PayPlan.objects.get(pk=year_one.pk).rules["schedule"]["percent"] is None


def test_merit_in_steps_ends_at_a_step_and_percents_at_none(year_one, as_):
    by_steps = {"merit_gives": "steps", "merit_ends_at": "7"} | {f"merit_{level}": "1" for level in (3, 4, 5)}
    as_("miguel").post(plan_url(year_one), typed(year_one, **by_steps))
    plan = PayPlan.objects.get(pk=year_one.pk)
    assert plan.rules["merit"]["ends_at_step"] == 7
    assert "“seven” is not" in as_("miguel").post(plan_url(plan), typed(plan, merit_ends_at="seven")).text
    assert as_("miguel").post(plan_url(plan), typed(plan, merit_gives="percent")).status_code == 302
    assert PayPlan.objects.get(pk=plan.pk).rules["merit"]["ends_at_step"] is None


def test_merit_is_at_least_so_many_dollars_and_in_dollars_it_is_the_amount(year_one, county, as_):
    as_("miguel").post(plan_url(year_one), typed(year_one, merit_at_least="360"))
    plan = PayPlan.objects.get(pk=year_one.pk)
    assert plan.rules["merit"]["at_least"] == "360.00"
    page = as_("miguel").get(plan_url(plan)).text
    assert 'value="360.00"' in page
    assert (
        "Merit is at least, dollars a year: "
        in as_("miguel").post(plan_url(plan), typed(plan, merit_at_least="much")).text
    )
    as_("miguel").post(plan_url(plan), typed(plan, merit_gives="amount"))
    assert PayPlan.objects.get(pk=plan.pk).rules["merit"]["at_least"] == "0.00"


def test_what_is_paid_above_a_step_stays_on_top_where_the_page_says_so(year_one, as_):
    assert as_("miguel").post(plan_url(year_one), typed(year_one, above_step="true")).status_code == 302
    assert PayPlan.objects.get(pk=year_one.pk).rules["keeps_above_step"] is True


def test_tenure_is_paid_once_where_the_page_says_so_and_its_effect_is_told(year_one, as_):
    sent = typed(year_one, tenure_gives="amount", tenure_once="true", merit_gives="none")
    sent |= {"tenure_rows": "1", "tenure_months_1": "12", "tenure_value_1": "600"}
    assert as_("miguel").post(plan_url(year_one), sent).status_code == 302
    assert PayPlan.objects.get(pk=year_one.pk).rules["tenure"]["paid_once"] is True
    page = as_("miguel").get(plan_url(year_one) + "effects/").text
    assert "once</strong>for" in page


def test_months_are_counted_on_a_day_that_the_page_names(year_one, as_):
    sent = typed(year_one, months_of_service="12", counted_on="2026-09-30")
    assert as_("miguel").post(plan_url(year_one), sent).status_code == 302
    assert PayPlan.objects.get(pk=year_one.pk).rules["who"]["as_of"] == "2026-09-30"


def test_a_group_has_a_percent_as_published_of_its_own(year_one, county, as_):
    plan = with_rules(year_one, county, groups=[LAW])
    sent = typed(plan) | {"group_percent_1": "3.2", "group_down_1": "0.5"}
    assert as_("miguel").post(plan_url(plan), sent).status_code == 302
    (group,) = parse(PayPlan.objects.get(pk=plan.pk).rules).groups
    assert group.rules.across_the_board.given == 30_000
