from datetime import date

import pytest

from compensation.pay.checks import find_problems, is_refused
from compensation.pay.employer import EmployerRates
from compensation.pay.rules import (
    AcrossTheBoard,
    Band,
    LumpSum,
    Merit,
    Period,
    ScheduleRaise,
    Service,
    Tenure,
    Who,
)
from compensation.pay.schedule import Schedule, graded_steps, open_range

TWO = AcrossTheBoard(20_000)


def levels(**values):
    return tuple(Band(int(name[1:]), int(name[1:]) + 1, value) for name, value in values.items())


def merit(table, by="level", gives="percent"):
    return Merit(gives, by, table)


GOOD = merit(levels(l3=10_000, l4=20_000, l5=30_000))


def said(rules, **facts):
    return [(problem.field, problem.message) for problem in find_problems(rules, **facts)]


def test_a_sound_plan_has_no_problem(rules):
    lump = LumpSum("amount", "score", (Band(250, 350, 50_000), Band(350, None, 100_000)))
    rules = rules._replace(across_the_board=TWO, schedule=ScheduleRaise(), merit=GOOD, lump_sum=lump)
    table = Schedule((graded_steps("12", (3_000_000, 3_100_000)), open_range("A", 1_000_000, 2_000_000)))
    assert find_problems(rules, adopted_on=date(2025, 8, 26), tables=(table,)) == []


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (
            (Band(275, 300, 1), Band(310, None, 2)),
            "Nothing is said from a score of 3.00 to under a score of 3.10.",
        ),
        ((Band(275, 301, 1), Band(300, None, 2)), "A score of 3.00 is in two rows."),
        ((Band(275, None, 1), Band(300, None, 2)), "A score of 3.00 is in two rows."),
        ((Band(275, 300, 2), Band(300, None, 1)), "A score of 3.00 pays less than a score of 2.75."),
        (
            (Band(275, 300, 1), Band(300, 500, 2)),
            "Nothing is said from a score of 5.00 on. Leave the last row open.",
        ),
        ((Band(249, None, 1),), "A score of 2.49 would earn. Nothing is paid below a score of 2.50."),
        ((Band(300, 300, 1), Band(300, None, 1)), "The band from a score of 3.00 ends at a score of 3.00."),
        ((Band(250, None, 250_001),), "25.0001% is more than 25%."),
        ((), "No rating earns anything."),
    ],
)
def test_bands_of_scores(rules, table, message):
    assert said(rules._replace(merit=merit(table, "score"))) == [("merit.table", message)]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (levels(l3=1, l5=2), "Nothing is said for level 4."),
        (levels(l4=1, l5=2), "Nothing is said for level 3."),
        (levels(l3=1, l4=2), "Nothing is said for level 5."),
        (levels(l3=1, l4=2, l5=1), "Level 5 pays less than level 4."),
        (levels(l2=1, l3=1, l4=1, l5=1), "Level 2 would earn. Nothing is paid below level 3."),
        (levels(l3=-1, l4=1, l5=1), "From level 3 on it takes pay away."),
    ],
)
def test_rows_of_levels(rules, table, message):
    assert said(rules._replace(lump_sum=LumpSum("amount", "level", table))) == [("lump_sum.table", message)]


def test_a_higher_rating_may_have_to_pay_strictly_more(rules):
    equal = rules._replace(merit=merit(levels(l3=10_000, l4=10_000, l5=20_000)))
    assert said(equal) == []
    assert said(equal._replace(strictly_more=True)) == [
        ("merit.table", "Level 4 must pay more than level 3.")
    ]


def test_nothing_for_levels_below_fully_successful_may_be_said(rules):
    assert said(rules._replace(merit=merit(levels(l1=0, l2=0, l3=1, l4=1, l5=1)))) == []


@pytest.mark.parametrize(
    ("percent", "severity"), [(-1, "refused"), (100_000, None), (100_001, "warning"), (250_001, "refused")]
)
def test_percents_out_of_proportion(rules, percent, severity):
    found = find_problems(rules._replace(across_the_board=AcrossTheBoard(percent)))
    assert [problem.severity for problem in found] == ([severity] if severity else [])
    assert is_refused(found) is (severity == "refused")


@pytest.mark.parametrize(
    ("adopted_on", "from_adoption_on", "fields"),
    [
        (date(2026, 8, 25), False, []),
        (date(2026, 10, 1), False, []),
        (date(2027, 1, 12), False, ["lump_sum.from_adoption_on"]),
        (date(2027, 1, 12), True, []),
        (date(2027, 9, 30), True, []),
        (date(2027, 10, 5), True, ["lump_sum"]),
        (date(2027, 10, 5), False, ["lump_sum"]),
        (None, False, []),
    ],
)
def test_a_lump_sum_rewards_service_after_its_adoption(rules, adopted_on, from_adoption_on, fields):
    """Texas Constitution art. III §53, for service from October 2026 to September 2027."""
    lump = LumpSum("amount", "level", levels(l3=1, l4=1, l5=1), from_adoption_on=from_adoption_on)
    served = Period(date(2026, 10, 1), date(2027, 9, 30))
    found = find_problems(rules._replace(lump_sum=lump, performance_period=served), adopted_on=adopted_on)
    assert [(problem.field, problem.severity) for problem in found] == [
        (field, "refused") for field in fields
    ]


def test_a_raise_of_base_pay_may_follow_the_service(rules):
    """Only what is paid once above the maximum is worth a word with counsel."""
    plan = rules._replace(across_the_board=TWO, merit=GOOD)
    found = find_problems(plan, adopted_on=date(2026, 8, 25))
    assert [(problem.field, problem.severity) for problem in found] == [("at_maximum", "warning")]
    assert find_problems(plan._replace(at_maximum="forfeit"), adopted_on=date(2026, 8, 25)) == []


def test_a_raise_never_counts_from_before_its_order(rules):
    plan = rules._replace(across_the_board=TWO)
    assert said(plan, adopted_on=date(2026, 10, 1)) == []
    message = "The raise counts from October 1, 2026, before the plan was adopted on October 2, 2026."
    assert said(plan, adopted_on=date(2026, 10, 2)) == [("effective_on", message)]
    by_period = find_problems(plan, adopted_on=date(2026, 9, 22), effective_on=date(2026, 9, 19))
    assert [problem.field for problem in by_period] == ["effective_on"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"who": Who(kinds=("regular", "elected"))}, "who.kinds"),
        ({"merit": GOOD._replace(who=Who(kinds=("elected",)))}, "merit.who.kinds"),
        ({"tenure": Tenure("amount", (Service(12, 100),), who=Who(kinds=("elected",)))}, "tenure.who.kinds"),
    ],
)
def test_elected_officials_take_part_in_nothing_but_the_raise_across_the_board(rules, change, field):
    assert [field] == [
        problem.field for problem in find_problems(rules._replace(across_the_board=TWO)._replace(**change))
    ]


def test_dates_in_the_wrong_order(rules):
    year = Period(date(2027, 9, 30), date(2026, 10, 1))
    assert said(rules._replace(across_the_board=TWO, fiscal_year=year)) == [
        ("fiscal_year", "It ends October 1, 2026, before it starts September 30, 2027.")
    ]
    assert said(rules._replace(across_the_board=TWO, effective_on=date(2027, 10, 1))) == [
        ("effective_on", "October 1, 2027 is not in the fiscal year, October 1, 2026 to September 30, 2027.")
    ]
    late = Who(hired_by=date(2026, 11, 1))
    assert said(rules._replace(across_the_board=TWO, who=late)) == [
        ("who.hired_by", "Hired by November 1, 2026 is later than the day it counts from, October 1, 2026.")
    ]


def test_months_of_participants_are_not_counted_after_the_fiscal_year(rules):
    late = rules._replace(merit=GOOD, who=Who(months_of_service=12, as_of=date(2027, 10, 1)))
    assert ("who.as_of", "Months are counted on October 1, 2027, after the fiscal year.") in said(late)


def test_a_table_of_many_steps_has_one_note(rules):
    bands = tuple(Band(300 + 100 * each, 400 + 100 * each, 10 + each) for each in range(6))
    many = rules._replace(merit=merit((*bands, Band(900, None, 17)), by="score", gives="steps"))
    assert said(many) == [("merit.table", "17 steps are unusually many. Are they meant?")]


def test_only_steps_end_at_a_step(rules):
    problem = ("merit.ends_at_step", "Only merit in steps can end at a step.")
    assert said(rules._replace(merit=GOOD._replace(ends_at_step=3))) == [problem]


def test_what_is_given_in_dollars_has_no_least(rules):
    words = "What is given in dollars is the amount itself: only percents and steps have a least raise."
    dollars = merit(GOOD.table, gives="amount")._replace(at_least=36_000)
    assert ("merit.at_least", words) in said(rules._replace(merit=dollars))
    assert [field for field, _ in said(rules._replace(merit=GOOD._replace(at_least=-1)))] == [
        "merit.at_least"
    ]
    assert said(rules._replace(merit=GOOD._replace(at_least=36_000))) == []


def test_a_plan_that_pays_nobody(rules):
    nobody = "The plan gives no raise, no merit and no lump sum yet, so nobody would be paid."
    assert said(rules) == [("rules", nobody)]
    assert said(rules._replace(across_the_board=AcrossTheBoard())) == [
        ("across_the_board.percent", "It raises nobody's pay.")
    ]


def test_schedules_that_do_not_come_out(rules):
    plan = rules._replace(across_the_board=TWO, schedule=ScheduleRaise("increment"))
    falling = Schedule((graded_steps("12", (3_000_000, 2_900_000)),))
    assert said(plan, tables=(falling,)) == [
        ("schedule", "Grade 12: the minimum, $30,000.00, is above the maximum, $29,000.00."),
        ("schedule", "Grade 12: step 2, $29,000.00, is not above step 1, $30,000.00."),
    ]
    assert said(plan, tables=(Schedule((open_range("B22", 3_000_000, 4_000_000),)),)) == [
        ("schedule", "Grade B22 has no steps, so it can't be raised by a fixed increment.")
    ]


def test_a_schedule_that_parts_from_pay_is_a_warning(rules):
    plan = rules._replace(across_the_board=TWO, schedule=ScheduleRaise(percent=10_000))
    assert [(problem.field, problem.severity) for problem in find_problems(plan)] == [
        ("schedule.percent", "warning")
    ]


@pytest.mark.parametrize(
    ("rates", "fields"),
    [
        ({"retirement": 1_010_000}, ["employer.retirement"]),
        ({"retirement": 500_000}, []),
        ({"retirement": -1}, ["employer.retirement"]),
        (
            {"social_security": 260_000, "medicare": 260_000},
            ["employer.social_security", "employer.medicare"],
        ),
        ({"wage_base": 0}, ["employer.wage_base"]),
        ({"wage_base": 0, "social_security": 0}, []),
    ],
)
def test_rates_of_the_employer_that_no_county_has(rules, rates, fields):
    plan = rules._replace(across_the_board=TWO, employer=EmployerRates(**rates))
    assert [problem.field for problem in find_problems(plan)] == fields


@pytest.mark.parametrize(
    ("gives", "value", "severity"),
    [
        ("amount", 2_500_000, None),
        ("amount", 2_500_001, "warning"),
        ("amount", 10_000_001, "refused"),
        ("steps", 10, None),
        ("steps", 11, "warning"),
    ],
)
def test_awards_out_of_proportion(rules, gives, value, severity):
    table = merit(levels(l3=0, l4=0, l5=value), gives=gives)
    found = [problem.severity for problem in find_problems(rules._replace(merit=table))]
    assert found == ([severity] if severity else [])


def test_dollars_across_the_board_out_of_proportion(rules):
    plan = rules._replace(across_the_board=AcrossTheBoard(20_000, at_least=-1, amount=10_000_001))
    assert said(plan) == [
        ("across_the_board.at_least", "−$0.01 is below zero."),
        ("across_the_board.amount", "$100,000.01 is more than $100,000.00."),
    ]


@pytest.mark.parametrize(
    ("across", "said"),
    [
        (AcrossTheBoard(4_999, rounded_down_to=5_000),
         ["0.4999%, rounded down to a half percent, is nothing. It raises nobody's pay."]),
        (AcrossTheBoard(27_000, rounded_down_to=30_000),
         ["2.70%, rounded down to a multiple of 3.00%, is nothing. It raises nobody's pay."]),
        (AcrossTheBoard(5_000, rounded_down_to=5_000), []),
        (AcrossTheBoard(4_999, amount=50_000, rounded_down_to=5_000), []),
    ],
)  # fmt: skip
def test_a_raise_that_rounds_down_to_nothing_is_told(rules, across, said):
    found = find_problems(rules._replace(across_the_board=across))
    assert [problem.message for problem in found if problem.severity == "refused"] == said
