"""A layout of the payroll file: what it refuses, and the very characters of the file."""

from decimal import Decimal

import pytest

from payroll.layouts.columns import CENTS, plain
from payroll.layouts.examples import EXAMPLE_CSV, EXAMPLE_FIXED, EXAMPLES, MADE_UP, MADE_UP_TOTALS
from payroll.layouts.layout import CSV, FIXED, Column, Layout, dump, find_problems, parse, write


def written(layout, rows=MADE_UP):
    content, problems = write(layout, rows, MADE_UP_TOTALS)
    assert problems == []
    return content.decode()


@pytest.mark.parametrize("layout", EXAMPLES.values())
def test_an_example_has_no_problem_and_reads_back(layout):
    assert find_problems(layout) == []
    assert parse(dump(layout)) == layout
    assert written(layout)


def test_the_csv_example_says_each_line_in_its_columns():
    assert written(EXAMPLE_CSV).splitlines() == [
        "EmpNo,Position,Last,First,Code,Effective,Annual,Hourly,Amount",
        "10482,1,Quiñones,Ana María,BASE,2026-10-03,48503.75,23.3191,2223.75",
        "10483,2,Featherstonehaugh,Bartholomew,LUMP,2026-10-03,104800.00,,-312.50",
        "10484,1,Lee,Jo,LONG,2026-12-01,52000.00,25.0000,420.00",
    ]


def test_fixed_width_puts_each_figure_into_its_places():
    assert written(EXAMPLE_FIXED).split("\r\n") == [
        "HDR00000000120261006" + " " * 71,
        "PAY0000010482Ana Maria Quinones            BASE20261003000004850375000023319100000022237501",
        "PAY0000010483Bartholomew Featherstonehaugh LUMP202610030000104800000000000000-0000003125002",
        "PAY0000010484Jo Lee                        LONG2026120100000520000000002500000000000420000" + "1",
        "TRL000000003000000000222375000000000010750" + " " * 49,
        "",
    ]


def test_the_trailer_of_a_csv_has_count_and_sums_in_the_countys_own_words():
    layout = Layout(CSV, (Column("number"),), delimiter="bar", money=CENTS, base_word="REG", lump_word="ONE")

    assert written(layout).splitlines()[-4:] == [
        "Lines|3",
        "Sum of REG|222375",
        "Sum of ONE|-31250",
        "Sum of LONG|42000",
    ]


def test_no_cell_runs_as_a_formula_and_negative_figures_stay_figures():
    rows = [MADE_UP[1] | {"last_name": "=cmd()", "amount": Decimal("-1.00")}]

    assert "'=cmd()" in written(EXAMPLE_CSV, rows)
    assert ",-1.00" in written(EXAMPLE_CSV, rows)


def test_a_value_too_long_names_its_line_and_a_name_may_be_cut():
    narrow = EXAMPLE_FIXED._replace(
        columns=(Column("number", start=1, length=4), Column("name", start=5, length=40, cuts=True))
    )

    _, problems = write(narrow, MADE_UP, MADE_UP_TOTALS)

    assert [(each.column, each.text) for each in problems] == [
        (0, "“10482” on line 1 takes 5 places, and 4 are there.")
    ]


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ([], "The file has no column yet"),
        ([Column("text", start=1, length=50)], "Write the text that stands on each line"),
        ([Column("number", length=50)], "Say at which place it starts"),
        ([Column("number", start=1)], "Say how many places it takes"),
        ([Column("amount", start=1, length=50, pad="0")], "Zeros on the right would make another number"),
        ([Column("amount", start=1, length=50, cuts=True)], "Amount can’t be cut"),
        ([Column("number", start=1, length=8)], "First and last line take 42 places, and the lines only 8"),
        (
            [Column("name", start=8, length=50), Column("number", start=1, length=8)],
            "Place 8 is taken: Employee number goes from 1 to 8.",
        ),
    ],
)
def test_a_fixed_layout_that_cannot_be_is_refused_in_a_sentence(columns, said):
    (problem,) = find_problems(Layout(FIXED, tuple(columns)))

    assert said in problem.text


def test_two_columns_do_not_share_a_heading():
    (problem,) = find_problems(Layout(CSV, (Column("number", "No"), Column("line", "no"))))

    assert (problem.column, problem.part) == (1, "header")
    assert "Column 1 has the heading" in problem.text


def test_accents_are_taken_off_and_what_is_left_is_a_question_mark():
    assert plain("Nguyễn Đặng O’Neill 李") == "Nguyen Dang O'Neill ?"
