from decimal import Decimal as D
from types import SimpleNamespace

import pytest

from evaluations.scoring import Part, band_range, level_of, score_of, service_weight, total_weight

BANDS = [(2, D("1.00")), (3, D("2.50")), (4, D("3.50")), (5, D("4.50"))]


def rated(*pairs, critical=()):
    return [
        Part(f"E{place}", D(weight), level, is_critical=place in critical)
        for place, (weight, level) in enumerate(pairs)
    ]


def element(weight, kind="non_critical", is_service=False):
    return SimpleNamespace(weight=D(weight), kind=kind, is_service=is_service)


def test_the_summary_is_the_weighted_mean():
    score = score_of(rated((40, 4), (30, 3), (20, 5), (10, 3)), BANDS)

    assert (score.score, score.level, score.points, score.weight) == (D("3.80"), 4, D(380), D(100))


def test_a_critical_element_at_level_1_decides_alone():
    score = score_of(rated((40, 1), (30, 5), (20, 5), (10, 5), critical={0}), BANDS)

    assert (score.score, score.level, score.decided_by) == (D("3.40"), 1, "E0")


def test_a_non_critical_element_at_level_1_does_not_decide():
    assert score_of(rated((40, 1), (30, 5), (20, 5), (10, 5)), BANDS).level == 3


def test_a_low_total_alone_never_gives_level_1():
    assert score_of(rated((50, 1), (50, 1)), BANDS).level == 2


def test_a_part_left_out_is_renormalised():
    score = score_of(rated((40, 5), (30, 5), (30, None)), BANDS)

    assert (score.score, score.weight) == (D("5.00"), D(70))


def test_nothing_rated_has_no_score():
    assert score_of(rated((60, None), (40, None)), BANDS)[1:] == (0, 0, None, None, "")


def test_additional_elements_do_not_count():
    extra = Part("Extra", D(0), 1, is_critical=False, counts=False)

    assert score_of([*rated((100, 4)), extra], BANDS).lines == score_of(rated((100, 4)), BANDS).lines


def test_the_arithmetic_of_the_score_so_far():
    score = score_of(rated((15, 4), (15, 5), (20, 4), (10, 3), (10, D("3.80")), (30, None)), BANDS)

    assert [line.points for line in score.lines] == [60, 75, 80, 30, D("38.00")]
    assert (score.points, score.weight, score.score) == (D("283.00"), D(70), D("4.04"))


@pytest.mark.parametrize(
    ("mean", "score", "level"),
    [  # a North Carolina county's board, 2022: round to two decimals first
        ("2.995", "3.00", 3),
        ("3.595", "3.60", 5),
        ("2.745", "2.75", 2),
        ("2.744", "2.74", 1),
        ("3.949", "3.95", 6),
    ],
)
def test_scores_are_rounded_half_up_before_the_bands_are_asked(mean, score, level):
    board = [(1, D(0)), (2, D("2.75")), (3, D("3.00")), (4, D("3.25")), (5, D("3.60")), (6, D("3.95"))]
    found = score_of([Part("All", D(100), D(mean))], board)

    assert (found.score, found.level) == (D(score), max(2, level))


@pytest.mark.parametrize(
    ("score", "level"),
    [("1.00", 2), ("2.49", 2), ("2.50", 3), ("3.49", 3), ("3.50", 4), ("4.49", 4), ("4.50", 5), ("5.00", 5)],
)
def test_bands_are_half_open_and_without_gaps(score, level):
    assert level_of(D(score), BANDS) == level


def test_weighted_points_to_a_level():
    """OPM, Basic SES Appraisal System, How are the ratings derived; its points are hundredths of ours."""
    ranges = [(5, D("4.75")), (4, D("4.00")), (3, D("3.00")), (2, D("2.00"))]
    score = score_of(rated((10, 4), (10, 5), (10, 3), (10, 4), (60, 4)), ranges)

    assert [line.points for line in score.lines] == [40, 50, 30, 40, 240]
    assert (score.points, score.level) == (400, 4)


@pytest.mark.parametrize(
    ("pairs", "critical", "points", "level"),
    [
        ([(50, 5), (30, 5), (20, 1)], {2}, 420, 1),
        ([(50, 2), (30, 2), (20, 2)], {0, 1, 2}, 200, 2),
        ([(25, 5), (25, 5), (25, 5), (25, 4)], set(), 475, 5),
    ],
)
def test_one_unacceptable_critical_element_decides(pairs, critical, points, level):
    """5 CFR 430.208(b), with the ranges of OPM's executives."""
    ranges = [(5, D("4.75")), (4, D("4.00")), (3, D("3.00")), (2, D("2.00"))]
    score = score_of(rated(*pairs, critical=critical), ranges)

    assert (score.points, score.level) == (points, level)


def test_three_thirds_are_not_a_hundred():
    assert total_weight([element("33.33")] * 3) == D("99.99")


def test_additional_elements_carry_no_weight():
    elements = [element(60, is_service=True), element(40), element(30, "additional", is_service=True)]

    assert (total_weight(elements), service_weight(elements)) == (100, 60)


def test_the_scores_of_a_band():
    assert [band_range(level, BANDS) for level in (1, 2, 4, 5)] == [
        None,
        (D("1.00"), D("2.49")),
        (D("3.50"), D("4.49")),
        (D("4.50"), D("5.00")),
    ]
