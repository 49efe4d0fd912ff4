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
        "kind": "Full or Part-Time",
        "basis": "Salary or Hourly",
        "hours": "Typical Hours",
        "annual_pay": "Annual Salary",
        "hourly_rate": "Hourly Rate",
    }


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
