"""Tenure, teams, days of their own and columns by position, typed on the page of a plan."""

from compensation.models import PayPlan
from compensation.pay.written_rules import parse
from tests.compensation.conftest import plan_url, typed


def rules_of(plan):
    return PayPlan.objects.get(pk=plan.pk).rules


def after(client, plan, values, act):
    """The values of the form after a row or column more or less."""
    form = client.post(plan_url(plan), values | {"row": act}).context["form"]
    return {name: "" if form[name].value() is None else form[name].value() for name in form.fields}


def test_merit_has_a_day_of_its_own(year_one, as_):
    client = as_("miguel")
    own = {"merit_starts": "day", "merit_starts_on": "2027-01-01"}
    chosen = own | {"merit_starts_rule": "first_period_on_or_after"}
    assert client.post(plan_url(year_one), typed(year_one, **chosen)).status_code == 302
    begins = rules_of(year_one)["merit"]["begins"]
    assert begins == {"on": "2027-01-01", "anniversary": None, "rule": "first_period_on_or_after"}
    plan = PayPlan.objects.get(pk=year_one.pk)
    assert "It counts from the first pay period" not in client.get(plan_url(plan)).text
    client.post(plan_url(plan), typed(plan, merit_starts_on="2026-09-15"))
    text = client.get(plan_url(PayPlan.objects.get(pk=plan.pk))).text
    assert "Merit would begin September 15, 2026, before the raise on" in text
    plan = PayPlan.objects.get(pk=plan.pk)
    client.post(plan_url(plan), typed(plan, merit_starts="raise"))
    assert rules_of(plan)["merit"]["begins"] is None


def test_years_of_service_are_rows_of_the_policy(year_one, as_):
    client = as_("miguel")
    values = after(client, year_one, typed(year_one, tenure_gives="percent"), "tenure:add")
    values = after(client, year_one, values | {"tenure_months_1": "12", "tenure_value_1": "1"}, "tenure:add")
    values |= {"tenure_months_2": "120", "tenure_value_2": "2.25"}
    assert client.post(plan_url(year_one), values).status_code == 302
    tenure = rules_of(year_one)["tenure"]
    assert (tenure["gives"], tenure["since"]) == ("percent", "hired_on")
    assert tenure["table"] == [{"months": 12, "percent": "1"}, {"months": 120, "percent": "2.25"}]
    plan = PayPlan.objects.get(pk=year_one.pk)
    wrong = client.post(plan_url(plan), typed(plan, tenure_months_2="ten", tenure_value_1="much"))
    assert "Tenure, row 2, months of service: “ten” is not a whole number." in wrong.text
    assert "Tenure, row 1, earns: “much” is not a percentage." in wrong.text
    client.post(plan_url(plan), typed(plan, tenure_months_2="6"))
    text = client.get(plan_url(PayPlan.objects.get(pk=plan.pk))).text
    assert "The row from 6 months follows the one from 1 year." in text


def test_years_of_service_count_from_a_day_of_each_persons_own(year_one, as_):
    client, own = as_("miguel"), {"tenure_since": "in_position_since", "tenure_starts": "service"}
    values = after(client, year_one, typed(year_one, tenure_gives="percent"), "tenure:add")
    values |= own | {"tenure_months_1": "6", "tenure_value_1": "2.25", "tenure_hired_by": "2026-03-31"}
    assert client.post(plan_url(year_one), values).status_code == 302
    assert rules_of(year_one)["tenure"]["who"]["hired_by"] == "2026-03-31"
    begins = rules_of(year_one)["tenure"]["begins"]
    assert begins == {"on": None, "anniversary": "in_position_since", "rule": "on_date"}
    plan = PayPlan.objects.get(pk=year_one.pk)
    form = client.get(plan_url(plan)).context["form"]
    assert form["tenure_starts"].value() == "service"
    client.post(plan_url(plan), typed(plan, tenure_since="hired_on"))  # the day goes with the count
    plan = PayPlan.objects.get(pk=year_one.pk)
    assert rules_of(plan)["tenure"]["begins"]["anniversary"] == "hired_on"
    client.post(plan_url(plan), typed(plan, tenure_starts="raise"))
    assert rules_of(plan)["tenure"]["begins"] is None


def test_a_lump_sum_goes_by_the_result_of_teams(year_one, as_):
    client = as_("miguel")
    chosen = {"lump_gives": "amount", "lump_by": "team"}
    values = after(client, year_one, typed(year_one, **chosen), "team:add")
    row = {
        "name": "Clerks",
        "departments": "CC, IT",
        "result": "Filed in a day: 94%",
        "earns": "500; 600; 700",
    }
    values |= {f"team_{kind}_1": text for kind, text in row.items()}
    assert client.post(plan_url(year_one), values).status_code == 302
    team = parse(rules_of(year_one)).lump_sum.teams[0]
    assert (team.members.departments, team.result) == (("CC", "IT"), "Filed in a day: 94%")
    assert team.value == (50_000, 60_000, 70_000)
    plan = PayPlan.objects.get(pk=year_one.pk)
    assert client.post(plan_url(plan), typed(plan)).status_code == 302
    assert rules_of(plan) == plan.rules
    plan = PayPlan.objects.get(pk=plan.pk)
    wrong = client.post(plan_url(plan), typed(plan, team_earns_1="500; many; 700"))
    assert "Team, row 1, earns: “many” is not an amount of dollars." in wrong.text


def test_columns_by_position_in_the_range_come_and_go(year_one, as_):
    client = as_("miguel")
    values = after(client, year_one, typed(year_one, merit_5="4"), "merit:cut")
    assert (values["merit_cuts"], values["merit_5"], values["merit_5_2"]) == ("1", "4", "4")
    values |= {"merit_cut_1": "100", "merit_5_2": "2.5", "merit_4_2": "2", "merit_3_2": "1"}
    values = after(client, year_one, values, "merit:cut") | {"merit_cut_2": "110"}
    assert values["merit_5_3"] == "2.5"
    assert client.post(plan_url(year_one), values).status_code == 302
    merit = rules_of(year_one)["merit"]
    assert merit["positions"] == {"by": "compa_ratio", "cuts": ["100.00", "110.00"]}
    assert merit["table"][2]["percent"] == ["4", "2.5", "2.5"]
    plan = PayPlan.objects.get(pk=year_one.pk)
    fewer = after(client, plan, after(client, plan, typed(plan), "merit:uncut"), "merit:uncut")
    assert client.post(plan_url(plan), fewer).status_code == 302
    assert rules_of(plan)["merit"]["positions"] is None
    assert rules_of(plan)["merit"]["table"][2] == {"level": 5, "percent": "4"}


def test_columns_out_of_order_bar_adoption(year_one, as_):
    client = as_("miguel")
    values = after(client, year_one, typed(year_one), "merit:cut")
    values = after(client, year_one, values | {"merit_cut_1": "110"}, "merit:cut") | {"merit_cut_2": "90"}
    assert client.post(plan_url(year_one), values).status_code == 302
    text = client.get(plan_url(PayPlan.objects.get(pk=year_one.pk))).text
    assert "The cuts between positions must rise, from above zero." in text


def test_a_percent_of_total_earnings_bars_adoption_while_no_earnings_are_on_record(year_one, as_):
    chosen = {"lump_gives": "earnings", "lump_3": "1", "lump_4": "1.5", "lump_5": "2"}
    assert as_("miguel").post(plan_url(year_one), typed(year_one, **chosen)).status_code == 302
    text = as_("miguel").get(plan_url(PayPlan.objects.get(pk=year_one.pk))).text
    assert "Total earnings of the performance period are not on record for anyone" in text


def test_full_time_people_grades_left_out_and_no_raise_below_a_score_are_typed(year_one, as_):
    client = as_("miguel")
    said = {"least_fte": "1", "grades_left_out": "E1, E2", "across_least_score": "3.60"}
    assert client.post(plan_url(year_one), typed(year_one, **said)).status_code == 302
    rules = parse(rules_of(year_one))
    assert (rules.who.at_least_fte, rules.who.grades_left_out) == (10_000, ("E1", "E2"))
    assert rules.across_the_board.who.at_least_score == 360
    plan = PayPlan.objects.get(pk=year_one.pk)
    shown = client.get(plan_url(plan)).text
    assert 'value="E1, E2"' in shown
    client.post(plan_url(plan), typed(plan))
    assert parse(rules_of(plan)) == rules
    plan = PayPlan.objects.get(pk=year_one.pk)
    wrong = client.post(plan_url(plan), typed(plan, least_fte="full", across_least_score="good"))
    assert "Least FTE: “full” is not an FTE." in wrong.text
    assert "Across the board, least score: “good” is not" in wrong.text
    assert wrong.text.count('aria-invalid="true"') == 2  # what the page marks
    client.post(plan_url(plan), typed(plan, grades_left_out="", across_least_score="", least_fte="0"))
    assert parse(rules_of(plan)) == parse(year_one.rules)
