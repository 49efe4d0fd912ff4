"""Groups with rules of their own, typed on the page of a plan."""

from datetime import date
from html import unescape

import pytest

from compensation.models import PayPlan
from compensation.pay.rules import Begin, Positions
from compensation.pay.schedule import Schedule as PayTable
from compensation.pay.schedule import graded_steps
from compensation.pay.written_rules import dump, parse
from compensation.plans.checks import _grades_of_other_schedules
from compensation.plans.form import PlanForm
from tests.compensation.conftest import plan_url, typed
from tests.compensation.test_plan_rows import after, rules_of

DEPUTIES = {
    "group_name_1": "Deputies",
    "group_grades_1": "N5, N6",
    "group_across_1": "own",
    "group_percent_1": "5",
    "group_tenure_1": "steps",
    "group_years_1": "12: 1; 120: 2",
    "group_merit_1": "none",
}


@pytest.fixture
def client(as_):
    return as_("miguel")


def with_a_group(client, plan, **typed_in):
    return after(client, plan, typed(plan), "group:add") | DEPUTIES | typed_in


def test_a_group_says_what_holds_for_it_instead(year_one, client):
    assert client.post(plan_url(year_one), with_a_group(client, year_one)).status_code == 302
    group = parse(rules_of(year_one)).groups[0]
    assert (group.name, group.members.grades) == ("Deputies", ("N5", "N6"))
    assert set(group.own) == {"across_the_board", "tenure", "merit"}
    assert (group.rules.across_the_board.percent, group.rules.merit) == (50_000, None)
    assert [tuple(row) for row in group.rules.tenure.table] == [(12, 1), (120, 2)]
    plan = PayPlan.objects.get(pk=year_one.pk)
    form = PlanForm(typed(plan), plan=plan)
    assert form.is_valid()
    assert not form.is_changed


def test_what_cannot_be_read_of_a_group_is_told_and_kept(year_one, client):
    wrong = {"group_years_1": "12 months: 1; 24: 2; much", "group_percent_1": "five"}
    answer = client.post(plan_url(year_one), with_a_group(client, year_one, **wrong))
    assert answer.status_code == 422
    assert (
        "Group 1, months of service and what they earn: “much” is not months of service and what they earn."
        in answer.text
    )
    assert answer.context["form"]["group_years_1"].value() == wrong["group_years_1"]
    answer = client.post(plan_url(year_one), with_a_group(client, year_one, group_percent_1="five"))
    assert "Group 1, across the board, percent: “five” is not a percentage." in answer.text
    answer = client.post(plan_url(year_one), with_a_group(client, year_one, group_name_1=""))
    assert "Group 1, name: “” is not a text." in answer.text
    assert rules_of(year_one)["groups"] == []


def test_groups_from_a_document_stay_as_they_are_until_a_slot_is_changed(year_one, client):
    rules = dump(parse(year_one.rules))
    bands = [
        {"from": "2.50", "below": "3.00", "percent": ["1.00", "0.50"]},
        {"from": "3.00", "below": None, "percent": ["2.00", "1.00"]},
    ]
    merit = {
        "gives": "percent",
        "by": "score",
        "positions": {"by": "penetration", "cuts": ["50"]},
        "table": bands,
        "begins": {"on": "2027-01-01"},
    }
    rules["groups"] = [
        {
            "name": "Clerks",
            "members": {"departments": ["CC"]},
            "rules": {"merit": merit, "order": "additive"},
        },
        {"name": "Others", "members": {"kinds": ["temporary"]}, "rules": {"merit": None}},
    ]
    year_one.rules = dump(parse(rules))
    year_one.save()
    form = PlanForm(typed(year_one), plan=year_one)
    assert form.is_valid()
    assert form.rules == year_one.rules
    assert form["group_meritrows_1"].value() == "2.50: 1.00 / 0.50; 3.00: 2.00 / 1.00"
    changed = typed(year_one, group_meritrows_1="2.50-2.75: 1.00 / 0.50; 3.00: 2.50 / 1.00")
    client.post(plan_url(year_one), changed)
    stored = rules_of(year_one)["groups"][0]["rules"]["merit"]
    assert [row["below"] for row in stored["table"]] == ["2.75", None]
    assert stored["begins"]["on"] == "2027-01-01"
    plan = PayPlan.objects.get(pk=year_one.pk)
    values = after(client, plan, typed(plan), "group:remove:1")
    assert client.post(plan_url(plan), values).status_code == 302
    assert [group["name"] for group in rules_of(plan)["groups"]] == ["Others"]
    assert rules_of(plan)["groups"][0]["members"]["kinds"] == ["temporary"]


MERIT_OF_A_GROUP = {
    "group_tenure_1": "percent",
    "group_since_1": "in_position_since",
    "group_years_1": "6: 5; 18: 2.25",
    "group_tenurehired_1": "2026-03-31",
    "group_tenureonce_1": "true",
    "group_tenurestarts_1": "service",
    "group_merit_1": "percent",
    "group_meritrows_1": "3: 3 / 2; 4: 4 / 3; 5: 5 / 4",
    "group_meritcuts_1": "100",
    "group_meritplace_1": "penetration",
    "group_meritleast_1": "600",
    "group_above_1": "true",
    "group_meritstarts_1": "day",
    "group_meritstarton_1": "2027-01-01",
    "group_lump_1": "amount",
    "group_lumpby_1": "team",
    "group_teams_1": "Patrol | | N5 | Calls in six minutes | 500 / 600 / 700; Jail | CC | | No escape | 400",
    "group_lumpstarts_1": "hired_on",
    "group_lumpstartrule_1": "first_period_on_or_after",
}


def test_a_group_has_a_day_columns_and_teams_of_its_own(year_one, client):
    assert (
        client.post(plan_url(year_one), with_a_group(client, year_one, **MERIT_OF_A_GROUP)).status_code == 302
    )
    rules = parse(rules_of(year_one)).groups[0].rules
    assert (rules.merit.at_least, rules.keeps_above_step) == (60_000, True)
    form = PlanForm(plan=PayPlan.objects.get(pk=year_one.pk))
    assert (form["group_meritleast_1"].value(), form["group_above_1"].value()) == ("600.00", "true")
    assert (rules.merit.positions, rules.merit.table[1].value) == (
        Positions("penetration", (10_000,)),
        (40_000, 30_000),
    )
    assert (rules.tenure.begins, rules.merit.begins, rules.lump_sum.begins) == (
        Begin(anniversary="in_position_since"),
        Begin(on=date(2027, 1, 1)),
        Begin(anniversary="hired_on", rule="first_period_on_or_after"),
    )
    assert form["group_tenureonce_1"].value() == "true"
    assert (rules.tenure.who.hired_by, rules.tenure.paid_once) == (date(2026, 3, 31), True)
    form = PlanForm(plan=PayPlan.objects.get(pk=year_one.pk))
    assert form["group_tenurestarts_1"].value() == "service"
    patrol, jail = rules.lump_sum.teams
    assert (patrol.members.grades, patrol.value, jail.members.departments, jail.value) == (
        *(("N5",), (50_000, 60_000, 70_000)),
        *(("CC",), 40_000),
    )
    plan = PayPlan.objects.get(pk=year_one.pk)
    form = PlanForm(typed(plan), plan=plan)
    assert form.is_valid()
    assert not form.is_changed


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"group_teams_1": "Patrol; N5"}, "Group 1, teams: “Patrol” is not a team: name | departments"),
        ({"group_teams_1": "Patrol | | N5 | Met | much"}, "Group 1, teams: “much” is not an amount"),
        (
            {"group_meritcuts_1": "low"},
            "Group 1, position in the range, cut at percents: “low” is not a score.",
        ),
        (
            {"group_meritcuts_1": ""},
            "Group 1, ratings and what merit they earn: It has 2 values, and the range",
        ),
    ],
)
def test_what_does_not_fit_in_them_is_told_at_its_field(year_one, client, wrong, said):
    answer = client.post(plan_url(year_one), with_a_group(client, year_one, **MERIT_OF_A_GROUP | wrong))
    assert answer.status_code == 422
    assert said in unescape(answer.text)


def test_a_day_of_a_group_before_its_raise_bars_adoption(year_one, client):
    early = MERIT_OF_A_GROUP | {"group_meritstarton_1": "2026-09-01"}
    client.post(plan_url(year_one), with_a_group(client, year_one, **early))
    text = client.get(plan_url(PayPlan.objects.get(pk=year_one.pk))).text
    assert "Deputies: Merit would begin September 1, 2026, before the raise on" in text


def test_a_code_that_nobody_has_is_noticed(year_one, client):
    typed_in = {"group_departments_1": "CC, CLERK"}
    client.post(plan_url(year_one), with_a_group(client, year_one, **typed_in))
    text = client.get(plan_url(PayPlan.objects.get(pk=year_one.pk))).text
    assert "Deputies names CLERK, and no department has that code." in text
    assert "Deputies names N5 and N6, and no schedule has those grades." in text


def test_a_group_named_by_who_sets_its_pay_gets_its_own_raise(year_one, client):
    reporters = {"group_name_1": "Court reporters", "group_grades_1": "", "group_setter_1": "judges"}
    values = with_a_group(client, year_one, **reporters, group_percent_1="3", group_tenure_1="none")
    assert client.post(plan_url(year_one), values).status_code == 302
    rules = parse(rules_of(year_one))
    assert rules.across_the_board.who.court_only
    own = rules.groups[0].rules.across_the_board
    assert (own.percent, own.who.court_only) == (30_000, False)


def test_steps_for_grades_of_another_schedule_are_noted(year_one, client):
    values = with_a_group(client, year_one, group_grades_1="C1, D9")
    assert client.post(plan_url(year_one), values).status_code == 302
    said = "GENERAL lacks D9: nobody there gets a step."
    assert said in client.get(plan_url(year_one)).text
    rules = PayPlan.objects.get(pk=year_one.pk).rules
    both = dict.fromkeys(("GENERAL", "LAW"), PayTable((graded_steps("C1", (1, 2)),)))
    assert "GENERAL and LAW lack D9:" in next(_grades_of_other_schedules(parse(rules), both)).message
