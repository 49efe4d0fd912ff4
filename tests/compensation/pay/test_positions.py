"""Merit by rating and by where the rate stands in the range (PAY-2)."""

import pytest

from compensation.pay.calculation import award
from compensation.pay.checks import find_problems
from compensation.pay.preparation import prepare
from compensation.pay.reasons import sentence
from compensation.pay.rules import AcrossTheBoard, Band, Merit, Positions, ScheduleRaise
from compensation.pay.schedule import Schedule, open_range
from compensation.pay.written_rules import dump, parse

MATRIX = (
    Band(3, 4, (30_000, 25_000, 20_000, 10_000)),
    Band(4, 5, (45_000, 40_000, 35_000, 20_000)),
    Band(5, 6, (60_000, 50_000, 40_000, 25_000)),
)
RATIOS = Positions("compa_ratio", (8_000, 10_000, 12_000))
RANGE = Schedule((open_range("12", 3_500_000, 7_000_000, midpoint=5_000_000),))


@pytest.fixture
def matrix(rules):
    return rules._replace(merit=Merit("percent", "level", MATRIX, positions=RATIOS))


def given(plan, case, rate, level=3, **facts):
    line = award(case._replace(rate=rate, level=level, **facts), plan)
    return line.merit_value, line.new_rate


@pytest.mark.parametrize(
    ("level", "rate", "expected"),
    [  # the worked example of shared data: ratings 5, 3 and 4; the edges belong to the column above
        (5, 3_900_000, (60_000, 4_134_000)),
        (3, 5_000_000, (20_000, 5_100_000)),
        (4, 4_725_000, (40_000, 4_914_000)),
        (3, 3_999_999, (30_000, 4_119_999)),
        (3, 4_000_000, (25_000, 4_100_000)),
        (3, 6_000_000, (10_000, 6_060_000)),
        (2, 3_900_000, (0, 3_900_000)),
    ],
)
def test_the_compa_ratio_chooses_the_column(matrix, case, level, rate, expected):
    assert given(prepare(matrix, RANGE), case, rate, level) == expected


def test_the_position_is_that_after_the_raise_in_the_new_range(matrix, case):
    """The range rises by 10%, the rate does not: its compa-ratio falls from 100 to 90.91."""
    raised = matrix._replace(schedule=ScheduleRaise(percent=100_000))
    assert given(prepare(raised, RANGE), case, 5_000_000) == (25_000, 5_125_000)
    both = raised._replace(across_the_board=AcrossTheBoard(100_000))
    assert given(prepare(both, RANGE), case, 5_000_000)[0] == 20_000


def test_the_way_from_minimum_to_maximum_chooses_the_column(matrix, case):
    way = matrix._replace(
        merit=Merit("percent", "level", MATRIX, positions=Positions("penetration", (2_500, 5_000, 7_500)))
    )
    plan = prepare(way, RANGE)
    assert [given(plan, case, rate)[0] for rate in (4_374_999, 4_375_000, 5_250_000, 6_125_000)] == [
        30_000,
        25_000,
        20_000,
        10_000,
    ]


def test_an_hourly_rate_is_held_against_the_range_by_the_hour(matrix, case):
    plan = prepare(matrix, RANGE)
    midpoint = 240_385  # 50,000.00 / 2,080, half up to four decimals
    assert given(plan, case, midpoint, basis="hourly")[0] == 20_000
    assert given(plan, case, midpoint - 1, basis="hourly")[0] == 25_000


@pytest.mark.parametrize(
    ("facts", "reason"),
    [({"fte": None}, "merit:fte_unknown"), ({"grade": None}, "merit:grade_unknown")],
)
def test_without_a_place_in_a_range_there_is_no_merit_and_a_reason(matrix, case, facts, reason):
    line = award(case._replace(**facts), prepare(matrix, RANGE))
    assert (line.merit, reason in line.reasons) == (0, True)


def test_a_matrix_is_read_as_it_is_written(matrix):
    written = dump(matrix)
    assert written["merit"]["table"][0] == {"level": 3, "percent": ["3", "2.5", "2", "1"]}
    assert written["merit"]["positions"] == {"by": "compa_ratio", "cuts": ["80.00", "100.00", "120.00"]}
    assert parse(written) == matrix


def test_a_higher_rating_never_pays_less_at_the_same_position(matrix):
    assert find_problems(matrix) == []
    worse = (*MATRIX[:2], Band(5, 6, (60_000, 50_000, 30_000, 25_000)))
    found = find_problems(matrix._replace(merit=matrix.merit._replace(table=worse)))
    assert [(problem.field, problem.message) for problem in found] == [
        ("merit.table", "Level 5 pays less than level 4.")
    ]


@pytest.mark.parametrize("cuts", [(), (0, 100), (10_000, 8_000), (8_000, 8_000)])
def test_cuts_that_do_not_rise_are_refused(matrix, cuts):
    merit = Merit("percent", "level", MATRIX, positions=Positions("compa_ratio", cuts))
    found = find_problems(matrix._replace(merit=merit))
    assert "merit.positions.cuts" in [problem.field for problem in found]


@pytest.mark.parametrize(("by", "point"), [("compa_ratio", "midpoint"), ("penetration", "maximum")])
def test_an_open_range_without_the_point_has_no_place_in_it(matrix, case, by, point):
    rules = matrix._replace(merit=matrix.merit._replace(positions=RATIOS._replace(by=by)))
    table = Schedule((open_range("12", 3_500_000, None),))
    line = award(case._replace(rate=3_900_000), prepare(rules, table))
    assert (line.reasons, line.new_rate) == (("merit:range_is_open",), 3_900_000)
    assert "no maximum" in sentence(line.reasons[0], case, rules)
    (warning,) = [each for each in find_problems(rules, tables=(table,)) if each.field == "merit.positions"]
    assert warning.message == f"No {point}, so no merit by the position in the range: grade 12."


def test_the_midpoint_that_a_county_states_is_the_place_in_an_open_range(matrix, case):
    plan = prepare(matrix, Schedule((open_range("12", 3_500_000, None, 5_000_000),)))
    assert given(plan, case, 30_000_000, level=5) == (25_000, 30_750_000)  # and no cap holds
