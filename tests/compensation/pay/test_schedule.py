import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compensation.pay.schedule import (
    BadSchedule,
    Grade,
    Raise,
    Schedule,
    difference,
    dump,
    graded_steps,
    numbered_steps,
    open_range,
    parse,
    problems,
    raise_rate,
    regenerate,
    step_percents,
)

PUBLISHED = Path(__file__).parents[4] / "shared" / "data" / "payplans"
BEFORE = (3125000, 3203125, 3283203, 3365283, 3449415, 3535650, 3624041, 3714642, 3807508, 3902696)
TABLE = Schedule((graded_steps("12", BEFORE),))
TWO = Raise(20_000)


def steps(table):
    return table.grades[0].steps


def test_cells_are_raised_each_by_itself():
    assert steps(regenerate(TABLE, TWO)) == (
        *(3187500, 3267188, 3348867, 3432589, 3518403),
        *(3606363, 3696522, 3788935, 3883658, 3980750),
    )


@pytest.mark.parametrize("between", [25_000, None])
def test_minimum_is_raised_and_the_steps_rebuilt_by_percent(between):
    """The percent between the steps is stated, or read off the table."""
    assert steps(regenerate(TABLE, TWO, "minimum", between=between)) == (
        *(3187500, 3267188, 3348868, 3432590, 3518405),
        *(3606365, 3696524, 3788937, 3883660, 3980752),
    )


def test_increment_is_a_part_of_the_new_first_step():
    raised = regenerate(TABLE, TWO, "increment", place=100)
    assert steps(raised) == tuple(cents * 100 for cents in range(31875, 41443, 1063))


def test_general_schedule_grades_come_out_to_the_dollar():
    """OPM, 2024 raised 1.7% to 2025; raising each cell would give 117,035 for GS-13 step 10."""
    of_2024 = Schedule(
        (
            graded_steps("GS-05", (3387800, 3500700, 3613600)),
            graded_steps("GS-13", tuple(8852000 + step * 295100 for step in range(10))),
        )
    )
    raised = regenerate(of_2024, Raise(17_000), "increment", place=100).by_code
    assert raised["GS-05"].minimum == 3445400
    assert (raised["GS-13"].minimum, raised["GS-13"].maximum) == (9002500, 11703400)
    assert raise_rate(11507900, Raise(17_000), place=100) == 11703500


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published tables are not beside the project")
def test_all_130_published_cells_of_grades_3_to_15():
    def read(year):
        with (PUBLISHED / f"gs_base_{year}.csv").open() as file:
            rows = list(csv.DictReader(file))[2:]
        return Schedule(
            tuple(graded_steps(row.pop("grade"), [int(cell) * 100 for cell in row.values()]) for row in rows)
        )

    old, new = read(2024), read(2025)
    raised = regenerate(old, Raise(17_000), "increment", place=100)
    assert sum(len(grade.steps) for grade in raised.grades) == 130
    assert difference(raised, new) == []


def test_range_and_midpoint_move_with_the_percent():
    """Kent County, Delaware: 40,000 to 60,000 raised 2%."""
    raised = regenerate(Schedule((open_range("1", 4_000_000, 6_000_000),)), TWO).grades[0]
    assert raised == Grade("1", 4_080_000, 5_100_000, 6_120_000)


def test_greater_of_percent_and_dollars_is_built_into_the_ranges():
    """Texas, group A10 of fiscal year 2024: the greater of 5% and $3,000, of minimum and maximum too."""
    raised = regenerate(Schedule((open_range("A10", 2_791_000, 3_957_100),)), Raise(50_000, 300_000)).grades[
        0
    ]
    assert (raised.minimum, raised.maximum) == (3_091_000, 4_257_100)


def test_a_midpoint_of_its_own_is_raised_like_a_cell():
    raised = regenerate(Schedule((open_range("1", 4_000_000, 6_000_000, midpoint=4_800_000),)), TWO)
    assert raised.grades[0].midpoint == 4_896_000


def test_an_open_range_keeps_its_spread_when_the_minimum_leads():
    raised = regenerate(Schedule((open_range("1", 3_333_333, 5_000_000),)), TWO, "minimum").grades[0]
    assert (raised.minimum, raised.maximum) == (3_400_000, 5_100_001)


def test_an_increment_needs_steps():
    with pytest.raises(BadSchedule, match="Grade B22 has no steps"):
        regenerate(Schedule((open_range("B22", 1, 2),)), TWO, "increment")


def test_percents_between_steps_are_read_off_grade_by_grade():
    assert step_percents(graded_steps("1", BEFORE)) == [25_000] * 9
    assert step_percents(graded_steps("2", (3_000_000, 3_150_000, 3_228_750))) == [50_000, 25_000]
    assert step_percents(graded_steps("3", (100, 109, 150), first_step=0)) == [90_000, 380_000]


@given(
    st.integers(1_500_000, 20_000_000),
    st.integers(1, 90_000),
    st.integers(2, 15),
    st.sampled_from((1, 100)),
    st.sampled_from(("half_up", "half_even", "down")),
)
def test_a_table_built_by_percent_is_rebuilt_from_its_own_first_step(first, between, count, place, mode):
    """Raised by nothing, "minimum" gives back every table that was made by a percent from step to step."""
    first = first // place * place
    table = regenerate(
        Schedule((graded_steps("1", (first,) * count),)),
        Raise(),
        "minimum",
        between=between,
        place=place,
        mode=mode,
    )
    assert regenerate(table, Raise(), "minimum", place=place, mode=mode) == table


def test_what_is_wrong_with_a_schedule_is_said_by_grade():
    wrong = Schedule(
        (
            graded_steps("1", (3_000_000, 2_900_000, 3_100_000)),
            open_range("2", 5_000_000, 4_000_000),
            open_range("2", 4_000_000, 5_000_000, midpoint=6_000_000),
            open_range("3", 0, 5_000_000),
        )
    )
    assert problems(wrong) == [
        "Grade 2 is there more than once.",
        "Grade 1: step 2, $29,000.00, is not above step 1, $30,000.00.",
        "Grade 2: the minimum, $50,000.00, is above the maximum, $40,000.00.",
        "Grade 2: the midpoint, $60,000.00, is not between minimum and maximum.",
        "Grade 3: the minimum, $0.00, is not above zero.",
    ]
    assert problems(TABLE) == []
    assert problems(Schedule(())) == ["The schedule has no grades."]


def test_difference_names_the_cells():
    assert difference(TABLE, regenerate(TABLE, Raise(amount=1)))[:2] == [
        ("12", "step 1", 3125000, 3125001),
        ("12", "step 2", 3203125, 3203126),
    ]


def test_a_schedule_reads_back_from_what_a_run_keeps():
    chart = numbered_steps("CO", {0: 1, 1: 2, 5: 9})
    ranges = open_range("A", 1, 3), open_range("E", 5, None), open_range("F", 5, None, 8)
    table = Schedule((graded_steps("12", BEFORE, first_step=0), chart, *ranges), "hourly")
    assert not problems(table)
    assert parse(dump(table)) == table


@pytest.mark.parametrize("method", ["cells", "minimum"])
def test_an_open_range_is_raised_without_a_maximum(method):
    table = Schedule((open_range("E", 10_000_00, None), open_range("F", 10_000_00, None, 15_000_00)))
    raised = regenerate(table, TWO, method)
    assert raised.grades == (
        open_range("E", 10_200_00, None),
        open_range("F", 10_200_00, None, 15_300_00),
    )
    assert difference(table, raised)[1:] == [
        ("F", "minimum", 10_000_00, 10_200_00),
        ("F", "midpoint", 15_000_00, 15_300_00),
    ]


def test_equal_amounts_count_the_years_that_a_chart_leaves_out():
    chart = Schedule((numbered_steps("CO", {0: 30_000, 1: 31_000, 3: 33_000}),))
    assert steps(regenerate(chart, Raise(), "increment", divisor=30)) == (30_000, 31_000, 33_000)
    assert difference(chart, regenerate(chart, TWO))[2] == ("CO", "step 3", 33_000, 33_660)


def test_a_midpoint_below_the_minimum_of_an_open_range_is_named():
    assert problems(Schedule((open_range("E", 500, None, 400),))) == [
        "Grade E: the midpoint, $4.00, is not between minimum and maximum."
    ]


def test_a_published_chart_of_hourly_rates_comes_out_of_the_former_one_twice():
    """Salt Lake City police by completed years of service: 3.3% in January 2026, 2% in June 2027."""
    former = (355_200, 376_500, 399_100, 423_100, 448_400, 475_300, 503_900)
    chart = Schedule((numbered_steps("PO", dict(zip(range(0, 13, 2), former, strict=True))),), "hourly")
    first = regenerate(chart, Raise(33_000), place=100)
    second = regenerate(first, Raise(20_000), place=100)
    assert steps(first) == (366_900, 388_900, 412_300, 437_100, 463_200, 491_000, 520_500)
    assert steps(second) == (374_200, 396_700, 420_500, 445_800, 472_500, 500_800, 530_900)
