"""A raise by tenure that begins on a day of its own, as a chart of law enforcement has it."""

from datetime import date

import pytest

from compensation.pay.calculation import award
from compensation.pay.checks import find_problems
from compensation.pay.dating import dates_of
from compensation.pay.explain import ledger
from compensation.pay.in_year import counting
from compensation.pay.policy import sentences
from compensation.pay.preparation import prepare
from compensation.pay.rules import (
    AcrossTheBoard,
    Band,
    Begin,
    LumpSum,
    Merit,
    Proration,
    Service,
    Tenure,
    Who,
)
from compensation.pay.schedule import Schedule, open_range

# Williamson County, 2017: a raise at six months, then 2.25% a year to year 18.
CHART = Tenure(
    "percent",
    (Service(6, 50_000), Service(18, 22_500), Service(222, 0)),
    begins=Begin(anniversary="hired_on"),
)
MERIT = Merit("percent", "level", tuple(Band(level, level + 1, 20_000) for level in (3, 4, 5)))
FIVE_PERCENT, A_STEP, NOTHING = 250_000, 112_500, 0


def found(case, rules, **facts):
    """The award of a case and its days."""
    plan, case = prepare(rules), case._replace(**facts)
    given = award(case, plan)
    return given, dates_of(case, plan, given)


@pytest.mark.parametrize(
    ("hired_on", "begins_on", "tenure"),
    [
        (date(2026, 7, 1), date(2027, 1, 1), FIVE_PERCENT),  # six months
        (date(2026, 8, 31), date(2027, 2, 28), FIVE_PERCENT),
        (date(2026, 3, 31), date(2027, 9, 30), A_STEP),  # 18 months
        (date(2026, 4, 1), date(2026, 10, 1), FIVE_PERCENT),  # on the first day of the year
        (date(2010, 5, 4), date(2026, 11, 4), A_STEP),
        (date(2008, 5, 4), date(2026, 11, 4), NOTHING),  # 18 years and six months
        (date(2027, 4, 1), date(2027, 10, 1), NOTHING),  # the day comes in the next year
    ],
)
def test_a_chart_raises_each_person_on_his_own_day_of_the_year(rules, case, hired_on, begins_on, tenure):
    given, days = found(case, rules._replace(tenure=CHART), hired_on=hired_on)
    assert (given.tenure, days.tenure_on, days.raise_on) == (tenure, begins_on, date(2026, 10, 1))


def test_one_day_for_all_counts_months_on_that_day(rules, case):
    january = CHART._replace(begins=Begin(on=date(2027, 1, 1)))
    for hired_on, tenure in ((date(2026, 7, 1), FIVE_PERCENT), (date(2026, 7, 2), NOTHING)):
        given, days = found(case, rules._replace(tenure=january), hired_on=hired_on)
        assert (given.tenure, days.tenure_on) == (tenure, date(2027, 1, 1))


def test_nothing_begins_before_the_raise_and_merit_not_before_the_tenure_it_is_taken_on(rules, case):
    own = rules._replace(
        effective_on=date(2026, 10, 3), across_the_board=AcrossTheBoard(20_000), tenure=CHART, merit=MERIT
    )
    given, days = found(case, own, hired_on=date(2020, 11, 4))  # 18 months and years: May 4
    assert (given.across_the_board, given.tenure, given.merit) == (100_000, 114_750, 104_295)
    assert (days.raise_on, days.tenure_on, days.merit_on) == (
        own.effective_on,
        date(2027, 5, 4),
        date(2027, 5, 4),
    )
    _, early = found(case, own, hired_on=date(2020, 4, 2))  # October 2, the day before the raise
    assert early.tenure_on == early.merit_on == own.effective_on
    ended, days = found(case, own, hired_on=date(2000, 11, 4))
    assert (ended.tenure, days.merit_on) == (0, own.effective_on)


def test_merit_by_months_counts_them_to_the_day_from_which_it_counts(rules, case):
    own = rules._replace(tenure=CHART, merit=MERIT, proration=Proration("months", components=("merit",)))
    given, days = found(case, own, hired_on=date(2026, 7, 1))
    assert (given.days, given.days_of, days.merit_on) == (6, 12, date(2027, 1, 1))


def test_a_raise_by_years_is_paid_within_the_year_from_its_own_day(rules, case):
    plan = prepare(rules._replace(tenure=CHART))
    person = case._replace(hired_on=date(2026, 9, 30))  # six months of service on March 30
    given = award(person, plan)
    march = 250_000 * 2 / 31
    assert counting(plan)(person, given)[1] == round((250_000 * 6 + march) / 12)


def test_the_ledger_tells_the_day_and_the_service_by_then(rules, case):
    own = rules._replace(across_the_board=AcrossTheBoard(20_000), tenure=CHART)
    person, plan = case._replace(hired_on=date(2020, 11, 4)), prepare(own)
    lines = {line.label: line.formula for line in ledger(person, award(person, plan), plan)}
    assert lines["Tenure, from May 4, 2027"] == "6 years and 6 months of service: 2.25% × $51,000.00"


def test_who_leaves_before_his_day_has_no_raise_by_years(rules, case):
    left = {"hired_on": date(2026, 7, 1), "separated_on": date(2027, 1, 1)}
    given, _ = found(case, rules._replace(tenure=CHART), **left)
    assert (given.tenure, given.reasons) == (0, ("tenure:separated",))


def test_the_policy_says_on_which_day_of_a_year(rules):
    said = dict(
        sentences(
            rules._replace(tenure=CHART, merit=MERIT),
            effective_on=rules.effective_on,
            base_on=date(2026, 9, 30),
        )
    )
    assert said["Tenure"].startswith(
        "By whole months of service since the hire on each person’s own day, whatever the rating,"
        " of base pay: 5.00% from 6 months on, 2.25% from 1 year and 6 months on,"
        " 0.00% from 18 years and 6 months on."
    )
    assert said["Tenure"].endswith(
        "It counts from the day of the fiscal year on which 6 months since the hire, or whole years more,"
        " have passed."
    )
    assert said["Merit"].endswith("Whom tenure raises on a later day has merit from that day.")


@pytest.mark.parametrize(
    ("tenure", "field", "sentence"),
    [
        (
            CHART._replace(table=(Service(6, 50_000), Service(12, 22_500))),
            "tenure.table",
            "6 months and 1 year can both be reached in one fiscal year, and tenure raises once a year. On a"
            " day of each person’s own, rows are whole years apart. Or begin with 1 year, for people hired by"
            " March 31, 2026, and change the pay of those hired later on their own pages, at 6 months and at"
            " 1 year.",
        ),
        (
            CHART._replace(table=(Service(6, 50_000), Service(12, 22_500), Service(18, 10_000))),
            "tenure.table",
            "6 months and 1 year can both be reached in one fiscal year, and tenure raises once a year. On a"
            " day of each person’s own, rows are whole years apart.",
        ),
        (
            CHART._replace(since="in_position_since"),
            "tenure.begins",
            "Tenure is counted from one day, and the raise begins on the anniversary of another.",
        ),
        (
            CHART._replace(begins=Begin(on=date(2026, 9, 1))),
            "tenure.begins.on",
            "Tenure would begin September 1, 2026, before the raise on October 1, 2026.",
        ),
    ],
)
def test_a_chart_that_cannot_have_one_raise_a_year_is_refused(rules, tenure, field, sentence):
    problems = find_problems(rules._replace(tenure=tenure))
    assert [(each.field, each.message, each.severity) for each in problems] == [(field, sentence, "refused")]


@pytest.mark.parametrize(
    ("hired_on", "begins_on", "tenure", "reasons"),
    [
        (date(2026, 3, 31), date(2027, 3, 31), A_STEP, ()),  # six months were the last day of the year before
        (date(2026, 4, 1), date(2027, 4, 1), NOTHING, ("tenure:hired_too_late",)),  # two raises this year
        (date(2020, 11, 4), date(2026, 11, 4), A_STEP, ()),
        (date(2008, 11, 4), date(2026, 11, 4), NOTHING, ("tenure:service_earns_nothing",)),
    ],
)
def test_a_raise_at_six_months_and_then_each_anniversary_is_written_without_the_first(
    rules, case, hired_on, begins_on, tenure, reasons
):
    yearly = CHART._replace(table=(Service(12, 22_500), Service(216, 0)), who=Who(hired_by=date(2026, 3, 31)))
    own = rules._replace(tenure=yearly)
    assert find_problems(own) == []
    given, days = found(case, own, hired_on=hired_on)
    assert (given.tenure, days.tenure_on, given.reasons) == (tenure, begins_on, reasons)


def test_a_chart_counted_on_one_day_may_begin_on_anniversaries(rules, case):
    counted = CHART._replace(table=(Service(6, 50_000), Service(12, 22_500)), as_of=date(2026, 10, 1))
    own = rules._replace(tenure=counted)
    assert find_problems(own) == []
    given, days = found(case, own, hired_on=date(2025, 12, 1))  # ten months on October 1, 18 on June 1
    assert (given.tenure, days.tenure_on) == (FIVE_PERCENT, date(2027, 6, 1))


def test_a_raise_by_years_stops_at_the_maximum_and_leaves_its_step(rules, case):
    plan = prepare(rules._replace(tenure=CHART), Schedule((open_range("12", 4_000_000, 5_050_000),)))
    given = award(case._replace(hired_on=date(2020, 11, 4)), plan)
    assert (given.tenure, given.tenure_rate, given.fica_tenure) == (50_000, 5_050_000, 3_825)


LONGEVITY = Tenure("amount", (Service(12, 12_000), Service(60, 60_000)), paid_once=True)


@pytest.mark.parametrize(
    ("hired_on", "fte", "paid"),
    [
        (date(2021, 10, 1), 10_000, 60_000),
        (date(2021, 10, 2), 10_000, 12_000),
        (date(2021, 10, 1), 5_000, 30_000),
        (date(2026, 1, 1), 10_000, 0),
    ],
)
def test_longevity_is_paid_once_by_years_and_base_pay_stays(rules, case, hired_on, fte, paid):
    given, days = found(case, rules._replace(tenure=LONGEVITY), hired_on=hired_on, fte=fte, level=None)
    assert (given.lump, given.longevity, given.lump_value, given.tenure, given.merit) == (paid, paid, 0, 0, 0)
    assert (given.new_rate, given.reasons) == (
        given.old_rate,
        () if paid else ("tenure:service_earns_nothing",),
    )
    assert days.tenure_on == date(2026, 10, 1)


def test_a_percent_of_longevity_is_of_the_new_base_pay_and_paid_on_each_persons_own_day(rules, case):
    plan = rules._replace(
        across_the_board=AcrossTheBoard(20_000),
        tenure=Tenure(
            "percent", (Service(120, 15_000),), begins=Begin(anniversary="hired_on"), paid_once=True
        ),
    )
    given, days = found(case, plan, rate=5_000_000, hired_on=date(2016, 3, 15))
    assert (given.new_annual, given.lump, days.tenure_on) == (5_100_000, 76_500, date(2027, 3, 15))
    assert (given.fica_tenure, given.fica_lump) == (5_852, 0)
    case = case._replace(rate=5_000_000, hired_on=date(2016, 3, 15))
    shares = counting(prepare(plan))(case, given)
    assert shares[-2:] == (76_500, 5_852)  # whole, whenever in the year it is paid
    told = ledger(case, given, prepare(plan))
    assert [(line.label, line.formula) for line in told if line.section == "longevity"] == [
        ("Tenure, 11 years of service", "1.50% × $51,000.00"),
        ("Longevity pay, on March 15, 2027", ""),
    ]
    said = dict(sentences(plan, effective_on=plan.effective_on, base_on=plan.effective_on))["Tenure"]
    assert said.startswith("Paid once, by whole months of service since the hire on each person’s own day,")
    assert "of the new base pay: 1.50% from 10 years on." in said
    merit = dict(
        sentences(plan._replace(merit=MERIT), effective_on=plan.effective_on, base_on=plan.effective_on)
    )["Merit"]
    assert "tenure raises" not in merit


def test_longevity_is_paid_beside_merit_and_a_lump_sum_each_of_its_own_day(rules, case):
    """A Texas county: merit by rating, what passes the maximum paid once, and longevity in December."""
    december = Begin(on=date(2026, 12, 1))
    plan = rules._replace(
        merit=MERIT._replace(begins=Begin(on=date(2027, 1, 1))),
        lump_sum=LumpSum("amount", "level", (Band(3, 4, 100_000),)),
        tenure=LONGEVITY._replace(begins=december),
    )
    at_maximum = {"rate": 4_990_000, "grade": None, "hired_on": date(2010, 1, 4), "level": 3}
    given, days = found(case, plan, **at_maximum)
    assert (given.lump_sum, given.longevity, given.lump) == (100_000, 60_000, 160_000)
    assert (days.once_on, days.tenure_on, days.merit_on) == (
        plan.effective_on,
        date(2026, 12, 1),
        date(2027, 1, 1),
    )
    assert given.merit == 99_800
    told = ledger(case._replace(**at_maximum), given, prepare(plan))
    assert [(line.section, line.label, line.amount) for line in told if line.section != "rate"] == [
        ("once", "Lump sum for level 3", 100_000),
        ("once", "Paid once, on October 1, 2026", 100_000),
        ("longevity", "Tenure, 16 years and 10 months of service", 60_000),
        ("longevity", "Longevity pay, on December 1, 2026", 60_000),
    ]


def test_social_security_ends_for_longevity_after_all_else(rules, case):
    """The wage base is used up by pay and the lump sum first: only Medicare is left for longevity."""
    plan = rules._replace(
        lump_sum=LumpSum("amount", "level", (Band(3, 4, 100_000),)), tenure=LONGEVITY, merit=None
    )
    given, _ = found(case, plan, rate=18_350_000, hired_on=date(2010, 1, 4), level=3, grade=None)
    assert (given.fica_lump, given.fica_tenure) == (6_200 + 1_450, 870)


def test_longevity_may_stand_beside_merit_and_is_no_step(rules):
    def problems(**parts):
        return {problem.field for problem in find_problems(rules._replace(**parts))}

    assert problems(tenure=LONGEVITY) == set()
    assert problems(tenure=LONGEVITY, merit=MERIT) == set()
    steps = Tenure("steps", (Service(12, 1),), paid_once=True)
    assert problems(tenure=steps) == {"tenure.gives"}
    late = find_problems(rules._replace(tenure=LONGEVITY), adopted_on=date(2026, 10, 13))
    assert [problem.severity for problem in late if problem.field == "tenure.paid_once"] == ["warning"]
