"""Steps of a schedule: merit in steps, and what is paid above a step."""

from datetime import date

import pytest

from compensation.pay.calculation import award
from compensation.pay.preparation import prepare
from compensation.pay.rules import Merit, ScheduleRaise, Service, Tenure, Who
from compensation.pay.schedule import Schedule, graded_steps
from tests.compensation.pay.test_calculation import STEPPED, TABLE, TWO, earning

STEPPED_LATER = Schedule((graded_steps("12", (4_080_000, 4_182_000, 4_335_000)),))
BY_HOUR = Schedule((graded_steps("12", (200_000, 210_000, 225_000)),), "hourly")


def test_hourly_steps_of_an_annual_schedule_are_rounded_half_up(rules, case):
    """OPM: the hourly rate is the annual rate / 2,087 to the cent. GS-13 step 10 of 2025 is 56.08."""
    table = Schedule((graded_steps("12", (9_002_500, 11_703_400)),))
    rules = rules._replace(
        merit=earning(Merit, "steps", 1), rounding=rules.rounding._replace(hourly_decimals=2)
    )
    given = award(
        case._replace(basis="hourly", rate=431_400, hours_per_year=2087, step=1), prepare(rules, table)
    )
    assert (given.new_rate, given.new_step) == (560_800, 2)


def test_annual_people_on_an_hourly_schedule(rules, case):
    plan = prepare(
        rules._replace(across_the_board=TWO, schedule=ScheduleRaise(), merit=earning(Merit, "steps", 1)),
        BY_HOUR,
    )
    given = award(case._replace(rate=4_160_000, step=1), plan)
    assert (given.raised_rate, given.new_rate) == (4_243_200, 4_455_360)


def test_one_hourly_step(rules, case):
    plan = prepare(
        rules._replace(across_the_board=TWO, schedule=ScheduleRaise(), merit=earning(Merit, "steps", 1)),
        BY_HOUR,
    )
    given = award(case._replace(basis="hourly", rate=210_000, step=2), plan)
    assert (given.raised_rate, given.new_rate, given.new_step) == (214_200, 229_500, 3)


def test_two_steps_from_the_last_but_one_pay_one_of_them_once(rules, case):
    plan = prepare(rules._replace(merit=earning(Merit, "steps", 2)), STEPPED)
    given = award(case._replace(rate=4_100_000, step=2), plan)
    assert (given.new_rate, given.new_step, given.lump) == (4_250_000, 3, 150_000)


@pytest.mark.parametrize(("step", "merit", "reasons"), [(2, 150_000, ()), (3, 0, ("merit:merit_ends",))])
def test_nothing_beyond_the_step_at_which_merit_ends_is_paid_also_where_the_grade_ends_there(
    rules, case, step, merit, reasons
):
    ending = earning(Merit, "steps", 2, ends_at_step=3)
    plan = prepare(rules._replace(merit=ending, at_maximum="split"), STEPPED)
    rate = (4_000_000, 4_100_000, 4_250_000)[step - 1]
    given = award(case._replace(rate=rate, step=step), plan)
    assert (given.merit, given.lump, given.new_step, given.reasons) == (merit, 0, 3, reasons)


@pytest.mark.parametrize(
    ("keeps", "raised", "by_years"),
    [(False, 4_284_000, 4_335_000), (True, 4_282_000, 4_435_000)],
)
def test_what_is_above_the_step_stays_on_top_of_the_next(rules, case, keeps, raised, by_years):
    """$1,000 above step 2: the table rises by 2% to $41,820 and $43,350, where tenure leads."""
    tenure = Tenure("step", (Service(0, 3),))
    plan = rules._replace(
        across_the_board=TWO, schedule=ScheduleRaise(), keeps_above_step=keeps, at_maximum="none"
    )
    case = case._replace(rate=4_200_000, step=2)
    assert award(case, prepare(plan, STEPPED)).raised_rate == raised
    given = award(case, prepare(plan._replace(tenure=tenure), STEPPED))
    assert (given.tenure_rate, given.new_step) == (by_years, 3)
    again = award(case._replace(rate=given.new_rate, step=3), prepare(plan, STEPPED_LATER))
    assert again.raised_rate - 4_421_700 == (100_000 if keeps else 0)


@pytest.mark.parametrize("hired_by", [date(2019, 1, 1), None])
def test_what_is_above_the_step_stays_whether_or_not_somebody_has_the_raise(rules, case, hired_by):
    """$500 above step 1, with the raise or only with the next step of the table that it raised."""
    plan = rules._replace(
        across_the_board=TWO._replace(who=Who(hired_by=hired_by)),
        schedule=ScheduleRaise(),
        keeps_above_step=True,
        tenure=Tenure("step", (Service(0, 2),)),
    )
    given = award(case._replace(rate=4_050_000, step=1), prepare(plan, STEPPED))
    assert (given.raised_rate, given.tenure_rate) == (4_130_000 if hired_by is None else 4_050_000, 4_232_000)


def test_what_is_above_the_step_stops_at_the_maximum_and_below_the_step_nothing_is_kept(rules, case):
    tenure = Tenure("step", (Service(0, 3),))
    plan = prepare(rules._replace(tenure=tenure, keeps_above_step=True), STEPPED)
    given = award(case._replace(rate=4_180_000, step=2), plan)
    assert (given.new_rate, given.new_step) == (4_250_000, 3)
    assert award(case._replace(rate=4_050_000, step=2), plan).new_rate == 4_250_000
    assert award(case._replace(rate=4_250_000, step=2), plan).reasons == ("tenure:at_maximum",)


def test_who_is_off_the_table_is_raised_by_the_dollars_of_the_step(rules, case):
    plan = prepare(rules._replace(merit=earning(Merit, "steps", 1)), STEPPED)
    given = award(case._replace(rate=4_050_000, step=1), plan)
    assert (given.new_rate, given.new_step, given.lump) == (4_150_000, 2, 0)
    given = award(case._replace(rate=4_240_000, step=2), plan)
    assert (given.new_rate, given.new_step, given.lump) == (4_250_000, 3, 140_000)


@pytest.mark.parametrize(
    ("change", "table", "reason"),
    [
        ({"step": None}, STEPPED, "merit:step_unknown"),
        ({"step": 4}, STEPPED, "merit:step_unknown"),
        ({"step": 0}, STEPPED, "merit:step_unknown"),
        ({"step": 1}, TABLE, "merit:grade_without_steps"),
        ({"step": 1, "grade": "13"}, TABLE, "merit:grade_unknown"),
        ({"step": 1, "fte": None}, STEPPED, "merit:fte_unknown"),
        ({"step": 3, "rate": 4_250_000}, STEPPED, "merit:last_step"),
    ],
)
def test_what_a_merit_step_needs(rules, case, change, table, reason):
    plan = prepare(rules._replace(merit=earning(Merit, "steps", 1), at_maximum="forfeit"), table)
    given = award(case._replace(**change), plan)
    assert (given.new_rate, given.lump, given.reasons) == (given.old_rate, 0, (reason,))


def test_a_new_step_below_the_old_rate_takes_nothing_away(rules, case):
    rules = rules._replace(across_the_board=TWO, schedule=ScheduleRaise("increment", divisor=300))
    given = award(case._replace(rate=4_250_000, step=3), prepare(rules, STEPPED))
    assert (given.new_rate, given.across_the_board) == (4_250_000, 0)
