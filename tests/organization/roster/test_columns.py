import pytest

from organization.refusal import Refused
from organization.roster import columns
from organization.roster.services import read_file


def table(header, row):
    return read_file(f"{header}\n{row}\n".encode(), "roster.csv")


def guessed(header, row):
    found = table(header, row)
    matching = columns.guessed(found)
    return matching.names(found), [guess.header.name for guess in matching.doubts]


def test_columns_of_chicago():
    names, doubts = guessed(
        "Name,Job Titles,Department,Full or Part-Time,Salary or Hourly,Typical Hours,"
        "Annual Salary,Hourly Rate",
        '"AARON, JEFFERY M",SERGEANT,POLICE,F,SALARY,,"$101,442.00",',
    )
    assert doubts == []
    assert names == {
        "full_name": "Name",
        "job_title": "Job Titles",
        "department": "Department",
        "full_time": "Full or Part-Time",
        "basis": "Salary or Hourly",
        "hours": "Typical Hours",
        "annual_pay": "Annual Salary",
        "hourly_rate": "Hourly Rate",
    }


def test_last_and_first_alone_are_names():
    names, doubts = guessed("Emp ID,Last,First,Dept,Annual Salary", "10311,Adeyemi,Josephine,Clerk,38000.00")
    assert doubts == []
    assert (names["last_name"], names["first_name"]) == ("Last", "First")


def test_columns_of_baltimore_with_trailing_blanks():
    names, doubts = guessed(
        "Name ,JobTitle ,AgencyID,Agency ,HireDate,AnnualSalary ,GrossPay",
        '"Aaron,Patricia G",Facilities Coordinator,A03031,OED,10/24/79,"$55,314.00 ","$53,626.04 "',
    )
    assert doubts == []
    assert names == {
        "full_name": "Name",
        "job_title": "JobTitle",
        "department": "AgencyID",
        "department_name": "Agency",
        "hired_on": "HireDate",
        "annual_pay": "AnnualSalary",
    }


def test_columns_of_the_state_of_texas():
    names, doubts = guessed(
        "AGENCY,AGENCY NAME,LAST NAME,FIRST NAME,MI,CLASS CODE,CLASS TITLE,STATUS,EMPLOY DATE,HRLY RATE,"
        "HRS PER WK,MONTHLY,ANNUAL,STATENUM",
        "241,COMPTROLLER   ,ABE,ANN,J,0057,CLERK III,CRF - CLASSIFIED REGULAR FULL-TIME,02/18/88,0.00000,"
        "40.0,3810.33,45724,339371",
    )
    assert doubts == []
    assert names == {
        "department": "AGENCY",
        "department_name": "AGENCY NAME",
        "last_name": "LAST NAME",
        "first_name": "FIRST NAME",
        "middle_name": "MI",
        "job_code": "CLASS CODE",
        "job_title": "CLASS TITLE",
        "kind": "STATUS",
        "hired_on": "EMPLOY DATE",
        "hourly_rate": "HRLY RATE",
        "hours": "HRS PER WK",
        "annual_pay": "ANNUAL",
    }


def test_columns_of_new_york_leave_out_what_only_sounds_like_a_field():
    found = read_file(
        "\n".join(
            [
                "Payroll Number,Agency Name,Last Name,First Name,Agency Start Date,Title Description,"
                "Leave Status as of June 30,Base Salary,Pay Basis,Regular Hours,Regular Gross Paid",
                *[f"56,POLICE,ABE,ANN,04/0{day}/2019,CLERK,ACTIVE,61000,per Annum,1820,60999" for day in
                  (1, 2, 3, 4, 5, 6, 7, 8, 9, 1)],
            ]
        ).encode(),
        "nyc.csv",
    )  # fmt: skip
    matching = columns.guessed(found)
    assert matching.doubts == []
    assert [guess.header.name for guess in matching.unused()] == [
        *("Payroll Number", "Regular Hours", "Regular Gross Paid")
    ]


def test_a_column_that_sounds_like_a_field_is_left_out_where_another_is_enough():
    names, doubts = guessed("Department,Agency/Institution,Name,Salary", "Roads,Shop,Ann Abe,5000")
    assert (names["department"], doubts) == ("Department", [])
    assert "department_name" not in names


@pytest.mark.parametrize(
    ("header", "sure"),
    [
        *[(name, True) for name in ("Start", "Start Date", "Hired", "DOH", "Date of hire", "HIRE_DT")],
        *[(name, True) for name in ("Original Hire Date", "ORIG START", "Date Started", "Employ Date")],
        *[(name, False) for name in ("Service Date", "Adjusted Hire Date", "Seniority date", "Rehire Date")],
    ],
)
def test_the_hire_date_is_told_by_its_name_or_asked_about(header, sure):
    found = table(f"Emp ID,Dept,Salary,{header}", "1,FIN,5000,1/9/92")
    matching = columns.guessed(found)
    assert matching.names(found)["hired_on"] == header
    assert [guess.header.name for guess in matching.unsure(found)] == ([] if sure else [header])


def test_two_hire_dates_are_asked_about():
    found = table("Emp ID,Dept,Salary,ORIG START,DATE START", "1,FIN,5000,1/9/92,1/9/02")
    assert columns.guessed(found).unsure(found)[0].note == "Column E could be Hire date too"


def test_a_column_that_counts_the_rows_is_no_employee_number_without_asking():
    rows = "\n".join(f"{count},FIN,5000" for count in range(1, 12))
    found = table("Id,Dept,Salary", rows)
    assert [guess.header.name for guess in columns.guessed(found).unsure(found)] == ["Id"]
    named = table("Emp ID,Dept,Salary", rows)
    assert columns.guessed(named).unsure(named) == []


def test_a_saved_matching_finds_columns_written_otherwise():
    next_year = table("Employee ID ,Annual Salary,DEPT", "1,50000,FIN")
    names = {"number": "EmployeeID", "annual_pay": "AnnualSalary", "department": "Dept"}
    matching = columns.matched(next_year, names, {})
    assert matching.columns == {"number": 0, "annual_pay": 1, "department": 2}


@pytest.mark.parametrize(
    ("names", "options", "words"),
    [
        ({"salary": "Pay"}, {}, "There is no field salary"),
        ({"number": "Badge"}, {}, "no column “Badge”"),
        ({"number": "Pay", "annual_pay": "Pay"}, {}, "Two fields"),
        ({"number": "ID"}, {"dates": "European"}, "one of mdy"),
    ],
)
def test_a_matching_that_does_not_fit_is_refused(names, options, words):
    with pytest.raises(Refused, match=words):
        columns.matched(table("ID,Pay", "1,50000"), names, options)


def test_json_may_be_columns_alone_or_turned_round():
    assert columns.read_json('{"number": "ID"}') == ({"number": "ID"}, {})
    assert columns.read_json('{"columns": {"number": "ID"}, "options": {"dates": "dmy"}}') == (
        {"number": "ID"},
        {"dates": "dmy"},
    )
    assert columns.read_json('{"Emp ID": "number", "Badge": "leave out"}') == ({"number": "Emp ID"}, {})
    with pytest.raises(Refused, match="not JSON"):
        columns.read_json("number=ID")


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("Emp ID,Name,Salary", ""),
        ("Name,Salary", "Department"),
        ("Name,Department", "pay"),
        ("Department,Department head", ""),
        ("Employee number,Supervisor number", ""),
    ],
)
def test_what_a_file_must_tell(header, words):
    found = table(header, ",".join("7" for _ in header.split(",")))
    assert words.lower() in columns.guessed(found).problem().lower()
    assert bool(columns.guessed(found).problem()) == bool(words)
