from datetime import date

from compensation.pay import explain
from compensation.pay.calculation import award
from compensation.pay.explain import arithmetic, employer_lines
from compensation.pay.preparation import prepare
from compensation.pay.rules import (
    AcrossTheBoard,
    Band,
    EmployerRates,
    LumpSum,
    Merit,
    Proration,
    ScheduleRaise,
)
from compensation.pay.schedule import Schedule, graded_steps, numbered_steps, open_range

BANDS = (Band(250, 350, 17_500), Band(350, 450, 27_500), Band(450, None, 35_000))


def ledger(case, rules, table=None, **facts):
    lines = arithmetic(case, award(case, prepare(rules, table, **facts)), rules)
    return [(line.section, line.label, line.formula, line.text) for line in lines]


def test_the_award_letter_of_a_deputy_clerk(rules, case):
    rules = rules._replace(
        across_the_board=AcrossTheBoard(20_000),
        schedule=ScheduleRaise(),
        merit=Merit("percent", "score", BANDS),
    )
    case = case._replace(rate=4_628_000, level=4, score=398)
    table = Schedule((open_range("12", 3_000_000, 4_740_000),))
    lines = arithmetic(case, award(case, prepare(rules, table)), rules, base_on=date(2026, 9, 30))
    assert [(line.label, line.formula, line.text) for line in lines] == [
        ("Base pay on September 30, 2026", "", "$46,280.00"),
        ("Across the board", "2.00% × $46,280.00", "+ $925.60"),
        ("Base pay after the raise", "", "$47,205.60"),
        ("Merit for a score of 3.98", "2.75% × $47,205.60", "+ $1,298.15"),
        ("Part above the range maximum, paid once", "$48,503.75 − $48,348.00", "− $155.75"),
        ("New base pay", "", "$48,348.00"),
        ("Above the range maximum", "", "+ $155.75"),
        ("Paid once", "", "$155.75"),
    ]


def test_a_step_of_a_chart_that_leaves_years_out_leads_to_the_next_year_that_it_has(rules, case):
    plan = prepare(
        rules._replace(merit=Merit("steps", "level", (Band(3, 4, 1), Band(4, 5, 3)))),
        Schedule((numbered_steps("12", {0: 3_000_000, 2: 3_100_000, 5: 3_200_000, 10: 3_300_000}),)),
    )
    case = case._replace(rate=3_100_000, step=2)
    for level, step, formula in ((3, 5, "1 step, step 2 to 5"), (4, 10, "3 steps, step 2 to 10, 1 beyond")):
        given = award(case._replace(level=level), plan)
        assert given.new_step == step
        formulas = [line.formula for line in explain.ledger(case._replace(level=level), given, plan)]
        assert any(words.startswith(formula) for words in formulas)


def test_an_hourly_part_time_rate_and_the_pay_of_a_year(rules, case):
    rules = rules._replace(across_the_board=AcrossTheBoard(20_000, amount=20_800))
    assert ledger(case._replace(basis="hourly", rate=182_500, fte=5_000), rules) == [
        ("rate", "Hourly rate", "", "$18.2500"),
        ("rate", "Across the board", "2.00% × $18.2500 + $208.00 / 2,080 hours", "+ $0.4650"),
        ("rate", "New hourly rate", "", "$18.7150"),
        ("year", "Annual pay before", "$18.2500 × 2,080 hours × 0.5 FTE", "$18,980.00"),
        ("year", "Across the board", "", "+ $483.60"),
        ("year", "New annual pay", "$18.7150 × 2,080 hours × 0.5 FTE", "$19,463.60"),
    ]


def test_a_percent_rounded_down_is_worked_with_and_stands_beside_what_was_published(rules, case):
    rules = rules._replace(across_the_board=AcrossTheBoard(27_000, rounded_down_to=5_000))
    assert ledger(case, rules)[1] == (
        "rate",
        "Across the board (2.70%, rounded down to a half percent)",
        "2.50% × $50,000.00",
        "+ $1,250.00",
    )


def test_steps_and_a_minimum(rules, case):
    rules = rules._replace(
        across_the_board=AcrossTheBoard(20_000),
        schedule=ScheduleRaise("increment", divisor=30),
        merit=Merit("steps", "level", (Band(3, 4, 1),)),
    )
    table = Schedule((graded_steps("12", (3_000_000, 3_100_000, 3_200_000)),))
    assert ledger(case._replace(rate=3_100_000, step=2), rules, table)[1:4] == [
        ("rate", "Across the board", "step 2 of the new schedule", "+ $620.00"),
        ("rate", "Base pay after the raise", "", "$31,620.00"),
        ("rate", "Merit for level 3", "1 step, step 2 to 3", "+ $1,020.00"),
    ]
    assert ledger(case._replace(rate=2_900_000, step=1, level=2), rules, table)[1:3] == [
        ("rate", "Across the board", "2.00% × $29,000.00", "+ $580.00"),
        ("rate", "To the minimum of grade 12", "minimum $30,600.00", "+ $1,020.00"),
    ]


def test_a_prorated_lump_sum(rules, case):
    table = tuple(Band(level, level + 1, 150_000) for level in (3, 4, 5))
    rules = rules._replace(
        lump_sum=LumpSum("amount", "level", table), proration=Proration("days", of="performance_period")
    )
    case = case._replace(hired_on=date(2025, 12, 13), fte=5_000)
    assert ledger(case, rules)[-2:] == [
        ("once", "Lump sum for level 3", "$1,500.00 × 0.5 FTE × 262/365 days", "+ $538.36"),
        ("once", "Paid once", "", "$538.36"),
    ]


def test_dollars_are_said_to_be_rounded_to_the_dollar(rules, case):
    rules = rules._replace(
        across_the_board=AcrossTheBoard(50_000, 300_000), rounding=rules.rounding._replace(place="dollar")
    )
    assert ledger(case._replace(rate=4_500_050), rules)[1:] == [
        (
            "rate",
            "Across the board",
            "the greater of 5.00% × $45,000.50 and $3,000.00, new figure rounded to the dollar",
            "+ $3,000.50",
        ),
        ("rate", "New base pay", "", "$48,001.00"),
    ]


def test_what_is_not_paid_above_the_maximum_is_said(rules, case):
    rules = rules._replace(merit=Merit("amount", "score", (Band(250, None, 200_000),)), at_maximum="forfeit")
    lines = ledger(case, rules, Schedule((open_range("12", 3_000_000, 5_100_000),)))
    assert lines[1:] == [
        ("rate", "Merit for a score of 3.00", "$2,000.00", "+ $2,000.00"),
        ("rate", "Part above the range maximum, not paid", "$52,000.00 − $51,000.00", "− $1,000.00"),
        ("rate", "New base pay", "", "$51,000.00"),
    ]


def test_the_employers_share_is_the_sum_of_its_lines(rules, case):
    rules = rules._replace(
        across_the_board=AcrossTheBoard(20_000), employer=EmployerRates(retirement=115_900)
    )
    assert employer_lines(award(case, prepare(rules))) == [
        ("FICA on the raise", 7_650),
        ("Retirement on the raise", 11_590),
        ("In all", 19_240),
    ]
