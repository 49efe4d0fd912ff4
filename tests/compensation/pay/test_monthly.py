"""What is paid once in monthly payments: how much each is, when, and what the plan may say of it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compensation.pay.checks import find_problems
from compensation.pay.in_year import counting
from compensation.pay.monthly import first_of, formula, in_words, paid_by, payments_of
from compensation.pay.policy import sentences
from compensation.pay.preparation import prepare
from compensation.pay.rules import AcrossTheBoard, BadRules, Band, Begin, LumpSum, Merit
from compensation.pay.scenario import summarize
from compensation.pay.written_rules import dump, parse

TABLE = tuple(Band(level, level + 1, 125_000) for level in (3, 4, 5))
LUMP = LumpSum("amount", "level", TABLE)


@given(
    st.integers(0, 10_000_000),
    st.dates(date(2020, 1, 1), date(2040, 12, 31)),
    st.integers(1, 12),
    st.dates(date(2020, 1, 1), date(2042, 12, 31)),
)
def test_payments_sum_to_the_lump_differ_by_a_cent_and_follow_month_by_month(cents, first_on, count, day):
    paid = payments_of(cents, first_on, count)

    assert sum(each.cents for each in paid) == cents
    amounts = [each.cents for each in paid]
    assert amounts == sorted(amounts, reverse=True)
    assert not amounts or amounts[0] - amounts[-1] <= 1
    assert len(paid) == min(count, cents)
    months = [each.on.year * 12 + each.on.month for each in paid]
    assert months == list(range(months[0], months[0] + len(paid))) if paid else True
    assert sum(each.on <= day for each in payments_of(count, first_on, count)) == paid_by(
        day, first_on, count
    )
    by_then = first_of(cents, paid_by(day, first_on, count), count)
    assert by_then == sum(each.cents for each in paid if each.on <= day)


def test_a_payment_of_the_31st_is_on_the_last_day_of_a_shorter_month():
    days = [each.on for each in payments_of(100_00, date(2026, 12, 31), 4)]
    assert days == [date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31)]


def test_payments_in_words_sum_to_the_lump():
    assert in_words(1_500_00, 12) == "12 monthly payments of $125.00"
    assert in_words(125_00, 12) == "8 monthly payments of $10.42 and 4 of $10.41"
    assert in_words(1, 12) == "1 monthly payment of $0.01"
    assert formula(125_00, 12) == "8 × $10.42 + 4 × $10.41, month by month"


def plan_of(rules, **parts):
    return rules._replace(**{"across_the_board": AcrossTheBoard(20_000), "lump_sum": LUMP} | parts)


def test_payments_that_go_on_after_the_fiscal_year_are_warned_of(rules):
    assert find_problems(plan_of(rules, monthly_payments=12)) == []
    own = plan_of(rules, monthly_payments=12, lump_sum=LUMP._replace(begins=Begin(on=date(2027, 3, 1))))
    (problem,) = find_problems(own)
    assert (problem.field, problem.severity) == ("monthly_payments", "warning")
    assert "can fall on February 1, 2028, after the fiscal year ends on September 30, 2027" in problem.message


def test_a_plan_that_pays_nothing_once_pays_nothing_in_months(rules):
    raise_alone = rules._replace(across_the_board=AcrossTheBoard(20_000), monthly_payments=12)
    (problem,) = find_problems(raise_alone)
    assert (problem.field, problem.severity) == ("monthly_payments", "refused")
    capped = raise_alone._replace(across_the_board=AcrossTheBoard(20_000, stops_at_maximum=True))
    assert find_problems(capped) == []


@pytest.mark.parametrize("count", [0, 13, "12"])
def test_more_than_twelve_payments_are_no_rule(rules, count):
    with pytest.raises(BadRules):
        parse(dump(plan_of(rules)) | {"monthly_payments": count})


def test_the_plan_says_who_has_no_payment_and_nothing_where_it_pays_one_sum(rules):
    say = {"effective_on": rules.effective_on, "base_on": rules.effective_on}
    words = dict(sentences(plan_of(rules, monthly_payments=6), **say))
    assert words["Monthly payments"].startswith("What is paid once is paid in 6 equal payments")
    assert "Monthly payments" not in dict(sentences(plan_of(rules), **say))


def test_the_year_is_charged_with_the_payments_that_fall_into_it(rules, case):
    merit = Merit("percent", "level", tuple(Band(level, level + 1, 20_000) for level in (3, 4, 5)))
    whole = plan_of(rules, merit=merit, monthly_payments=12)
    assert counting(prepare(whole)) is None  # October to September
    late = whole._replace(effective_on=date(2027, 3, 1))
    summary = summarize([(case, None)], prepare(late))
    assert summary.cost.once == 125_000
    assert summary.in_year.once == first_of(125_000, 7, 12)  # March to September
