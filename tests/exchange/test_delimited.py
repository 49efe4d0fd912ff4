import pytest

from exchange.reading import Limits, UnreadableFile, read_table

ROSTER = 'Emp ID,Last Name ,Rate\n00123,Treviño,"$55,314.00 "\n00124,O\'Neil,24.15\n'
CELLS = [("00123", "Treviño", "$55,314.00"), ("00124", "O'Neil", "24.15")]


def read(text, name="roster.csv", **options):
    return read_table(text if isinstance(text, bytes) else text.encode(), name, **options)


def refusal(text, name="roster.csv", **options):
    with pytest.raises(UnreadableFile) as refused:
        read(text, name, **options)
    return str(refused.value)


def cells(table):
    return [row.cells for row in table.rows]


def names(table):
    return [header.name for header in table.headers]


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("utf-8", "Read as UTF-8."),
        ("utf-8-sig", "Read as UTF-8."),
        ("utf-16", "Read as UTF-16."),
        ("utf-16-le", "Read as UTF-16."),
        ("utf-16-be", "Read as UTF-16."),
        ("utf-32", "Read as UTF-32."),
        (
            "cp1252",
            "Read as Windows-1252, since it is not UTF-8. Check names with accents, such as “Treviño”.",
        ),
        (
            "latin-1",
            "Read as Windows-1252, since it is not UTF-8. Check names with accents, such as “Treviño”.",
        ),
    ],
)
def test_encodings(encoding, note):
    table = read(ROSTER.encode(encoding))

    assert names(table) == ["Emp ID", "Last Name", "Rate"]
    assert cells(table) == CELLS
    assert table.notes == (note, "Columns are separated by commas.")


@pytest.mark.parametrize(
    ("delimiter", "words"), [(",", "commas"), (";", "semicolons"), ("\t", "tabs"), ("|", "pipes")]
)
def test_separators(delimiter, words):
    rows = [["Name", "Pay", "Note"], *[[f'"Lee, A{number}"', '"1,234.50"', '"a; b"'] for number in range(9)]]
    table = read("\r\n".join(delimiter.join(row) for row in rows))

    assert cells(table) == [(f"Lee, A{number}", "1,234.50", "a; b") for number in range(9)]
    assert table.notes[1] == f"Columns are separated by {words}."


def test_commas_in_unquoted_text_do_not_hide_tabs():
    table = read("Name\tPay\nSmith, John A\t55,314.00\nLee, Ann B\t61,020.00\n")

    assert cells(table) == [("Smith, John A", "55,314.00"), ("Lee, Ann B", "61,020.00")]


def test_the_separator_that_excel_names_in_the_first_line():
    table = read("sep=^\nName^Pay\nLee^5\n")

    assert (cells(table), table.rows[0].number) == ([("Lee", "5")], 3)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_rows_are_numbered_as_a_spreadsheet_does(ending):
    lines = ["", "County roster,,", "Name,Pay,Grade", "Lee,5,12", ",,", '"two', 'lines",6,13', "", "Ray,7,14"]
    table = read(ending.join(lines))

    assert [(row.number, row.cells[1]) for row in table.rows] == [(4, "5"), (6, "6"), (8, "7")]
    assert table.notes[2:] == (
        "The column names are in row 3. Left out above them: “County roster”.",
        "2 blank rows skipped.",
    )


def test_repeated_and_empty_column_names():
    table = read("Rate,Name,,rate,Column 3\n1,2,3,4,5\n")

    assert names(table) == ["Rate (column A)", "Name", "Column 3", "rate (column D)", "Column 3 (column E)"]
    assert table.headers[3].letter == "D"


def test_names_with_a_gap_are_not_taken_for_a_title():
    assert names(read("Name,,Pay\nLee,x,5\n")) == ["Name", "Column 2", "Pay"]


def test_trailing_separators_make_no_columns():
    table = read("Name,Pay,,\nLee,5\nRay,6,,\n")

    assert (names(table), cells(table)) == (["Name", "Pay"], [("Lee", "5"), ("Ray", "6")])


def test_rows_of_the_wrong_length_are_problems():
    table = read("Name,Pay,Grade\nLee,5,12\nRay,6\nKim,55,314.00,9\nDee,8,13\nMay,9,14\n")

    assert [row.number for row in table.rows] == [2, 5, 6]
    assert [str(problem) for problem in table.problems] == [
        "Row 3: “Ray, 6” has 2 cells where there are 3 columns; one or more are missing.",
        "Row 4: “Kim, 55, 314.00, 9” has 4 cells where there are 3 columns; perhaps a cell holds a separator "
        "and is not in quotation marks.",
    ]


def test_one_long_row_does_not_hide_the_column_names():
    table = read("Name,Pay\nLee,5\nRay,6,7,8,9,10\nKim,8\n")

    assert (names(table), cells(table)) == (["Name", "Pay"], [("Lee", "5"), ("Kim", "8")])
    assert [problem.row for problem in table.problems] == [3]


def test_blanks_after_the_separator():
    assert cells(read('Name, Title, Pay\n"Lee, A", "Clerk, II", 5\n')) == [("Lee, A", "Clerk, II", "5")]


def test_a_file_whose_rows_all_differ_from_the_names_is_refused():
    assert refusal("Name,Pay\nLee,5,1\nRay,6,1\n") == (
        "Row 1 names 2 columns, but most rows have another number of cells; row 2 has 3 cells where there "
        "are 2 columns; perhaps a cell holds a separator and is not in quotation marks."
    )


def test_totals_and_footnotes_are_left_out():
    table = read("Name,Dept,Grade,Pay\nLee,A,12,5\nRay,B,13,6\nTotal,,,11\n\nPrinted 7/10/2026\n")

    assert [row.number for row in table.rows] == [2, 3]
    assert table.notes[2:] == (
        "Row 4 was left out as a total or footnote: “Total 11”.",
        "Row 6 was left out as a total or footnote: “Printed 7/10/2026”.",
    )


def test_a_person_named_total_stays_and_so_does_a_broken_last_row():
    table = read("Name,Dept,Grade,Pay\nLee,A,12,5\nRay,B,13,6\nTotal,B,13,6\n10")

    assert [row.number for row in table.rows] == [2, 3, 4]
    assert [problem.row for problem in table.problems] == [5]


def test_column_names_repeated_on_each_page():
    table = read("Name,Pay\nLee,5\nName,Pay\nRay,6\n")

    assert cells(table) == [("Lee", "5"), ("Ray", "6")]
    assert table.notes[2:] == ("Row 3 repeats the column names and was left out.",)


def test_a_file_without_column_names_says_so():
    assert read("00123,Lee,5/2/23\n00124,Ray,1/9/12\n").notes[2:] == (
        "Row 1 is read as the column names, though it holds “5/2/23”. If the file has no column names, add a "
        "row of them at the top.",
    )


def test_numbers_kept_as_text_by_a_formula():
    assert cells(read('ID,Name\n="00123",Lee\n')) == [("00123", "Lee")]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf \r\n\r\n", "The file is empty."),
        (b"Name,Pay\n", "There are no rows below the column names in row 1."),
        (
            b'Name,Pay\nLee,5\n"Ray,6\nKim,7\n',
            "Row 3: a quotation mark is opened and never closed.",
        ),
        (
            b'Name,Pay\nLee,"5" each\nRay,6\n',
            "Row 2: a cell goes on after its closing quotation mark, or one before it was never closed. "
            "Inside a quoted cell write a quotation mark twice.",
        ),
        (
            b"Name,Pay\nLee,5\x00\n",
            "Row 2, column B has a zero byte (NUL); the file is damaged or not a text file.",
        ),
        (
            b"Name,Pay\nLe\x07e,5\n",
            "Row 2, column A has an unseen control character (0x07); the file is damaged or not a text file.",
        ),
        (
            b"Name,Pay\nLe\x81e,5\n",
            "Line 2 can’t be read as UTF-8 or Windows-1252: it has the byte 0x81. Save it again as "
            "“CSV UTF-8”.",
        ),
        (
            "Name,Pay\nTreviño,5\n".encode() + b"Nu\xf1ez,6\n",
            "Line 3 has the byte 0xF1, which is not UTF-8 as the rest of the file is. Save it again as "
            "“CSV UTF-8”.",
        ),
        (
            b"Name,Pay\nLee," + b"x" * 4001,
            "Row 2, column B has a cell of more than 4,000 characters; perhaps a quotation mark is opened "
            "there and never closed.",
        ),
        (
            b"Name,Pay\n" + b"," * 800_001,
            "Line 2 has more than 800,000 characters; the file is no table.",
        ),
        (
            b'Name,Pay\nLee,"' + b"5\n" * 100_000,
            "Row 2: a cell is too long. Perhaps a quotation mark is opened there and never closed.",
        ),
    ],
)
def test_what_cannot_be_read_is_named(text, sentence):
    assert refusal(text) == sentence


def test_limits():
    small = Limits(size=60, rows=2, columns=3, cells=5)

    assert refusal("A,B\n1,2\n3,4\n5,6\n", limits=small) == (
        "The file has more than 2 rows, the most that is taken. Split it."
    )
    assert refusal("A,B,C,D\n1,2,3,4\n", limits=small) == (
        "The file has more than 3 columns, the most that is taken."
    )
    assert refusal("A,B,C\n1,2,3\n4,5,6\n", limits=small) == (
        "The file has more than 5 cells, the most that is taken. Leave out the columns that are not needed, "
        "or split it."
    )
    assert refusal("A,B\n" + "1,2\n" * 20, limits=small).startswith("The file is larger than")
