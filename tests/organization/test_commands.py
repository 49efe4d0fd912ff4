import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from organization.models import Employee, RosterImport
from tests.organization.roster.test_import import BAD, KEYED


@pytest.fixture
def run(db, tmp_path):
    """Run import_roster on a text; gives (exit code, answer)."""

    def act(text, *options, **files):
        for name, content in {"roster.csv": text, **files}.items():
            (tmp_path / name.replace("_json", ".json").replace("_csv", ".csv")).write_text(content)
        out = StringIO()
        args = [option.replace("DIR", str(tmp_path)) for option in options]
        try:
            call_command("import_roster", str(tmp_path / "roster.csv"), "--json", *args, stdout=out)
        except SystemExit as ended:
            return ended.code, json.loads(out.getvalue())
        return 0, json.loads(out.getvalue())

    return act


def test_a_new_database_takes_a_roster(run):
    code, told = run(KEYED, "--as-of", "2026-09-15")
    assert (code, told["rows_read"], told["people_added"], told["refusals"]) == (0, 3, 3, [])
    assert (told["annual_pay_read"], told["annual_pay_stored"]) == ("168396.00", "168396.00")
    assert told["columns"]["supervisor"] == "Supv ID"


def test_a_dry_run_keeps_nothing(run):
    code, told = run(KEYED, "--dry-run")
    assert (code, told["annual_pay_stored"], "import" in told) == (0, "168396.00", False)
    assert (Employee.objects.count(), RosterImport.objects.count()) == (0, 0)


def test_refusals_name_row_column_and_reason(run):
    code, told = run(BAD)
    assert (code, told["people_added"]) == (1, 3)
    assert told["refusals"][0] == {
        "row": 5,
        "column": "Hire Date",
        "value": "2/30/24",
        "reason": "is not a date; February 2024 had 29 days",
        "mend": "Write month, day, year, such as 3/1/2026.",
        "sentence": "Row 5, column Hire Date: “2/30/24” is not a date; February 2024 had 29 days.",
    }
    assert Employee.objects.count() == 0
    code, told = run(BAD, "--leave-out-bad-rows")
    assert (code, told["left_out_rows"]) == (0, [5, 6])


def test_it_tells_which_column_is_what_and_what_comes_in_as_unknown(run):
    code, told = run("Emp ID,Dept,FT/PT,Salary,Gross\n1,FIN,F,50000,5\n2,FIN,P,20000,5\n3,FIN,P,20000,5\n")
    assert code == 0
    assert [(each["column"], each["label"]) for each in told["columns_read"]][2] == (
        *("FT/PT", "Full or part time"),
    )
    assert [each["column"] for each in told["columns_not_used"]] == ["Gross"]
    assert told["unknown"][0] == {
        "field": "fte",
        "label": "FTE",
        "people": 2,
        "reason": "The roster says part time, not which part.",
        "first_rows": [3, 4],
        "sentence": "FTE of 2 people: The roster says part time, not which part. (rows 3, 4)",
    }


def test_what_is_told_in_words_has_columns_and_unknowns_too(db, tmp_path):
    (tmp_path / "roster.csv").write_text("Name,Dept,Salary,Grade,Gross\nAnn Lee,FIN,50000,,5\n")
    out = StringIO()
    call_command("import_roster", str(tmp_path / "roster.csv"), "--dry-run", stdout=out)
    assert "Columns not used: Gross\n" in out.getvalue()
    assert "Unknown: Grade of 1 person: The roster leaves it empty. (row 2)\n" in out.getvalue()
    assert "Unknown: FTE of 1 person: The roster has no column for it.\n" in out.getvalue()


def test_doubtful_columns_are_refused_until_they_are_named(run):
    text = "Who,Where,Paid\nAnn Lee,FIN,50000\n"
    code, told = run(text)
    assert (code, told["refused"]) == (1, "No column is matched to Department.")
    mapping = json.dumps({"full_name": "Who", "department": "Where", "annual_pay": "Paid"})
    code, told = run(text, "--mapping", "DIR/map.json", map_json=mapping)
    assert (code, told["annual_pay_stored"]) == (0, "50000.00")
    code, told = run("Emp ID,Employee No,Department,Salary\n1,2,FIN,1\n")
    assert code == 1
    assert told["refused"].startswith("The columns cannot be told for sure: Emp ID as Employee number")


def test_a_second_file_comes_with_the_first_or_not_at_all(run):
    plain = "Emp ID,Dept,Salary\n1,FIN,50000\n2,FIN,40000\n"
    options = ("--as-of", "2026-09-15", "--supervisors", "DIR/lines.csv")
    code, told = run(plain, *options, lines_csv="Emp ID,Supervisor number\n2,9\n")
    assert (code, Employee.objects.count()) == (1, 0)
    code, told = run(plain, *options, lines_csv="Emp ID,Supervisor number\n2,1\n")
    assert (code, told["supervisors"]["people_changed"]) == (0, 1)


def test_who_acts_and_what_is_not_there(run, world, tmp_path):
    code, told = run(KEYED, "--by", world.users["denise"].email)
    assert (code, told["refused"]) == (1, "Only an HR administrator can import a roster.")
    code, told = run(KEYED, "--by", "nobody@caprock.example")
    assert told["refused"].startswith("Nobody signs in as")
    code, told = run(KEYED, "--mapping", "Payroll")
    assert told["refused"].startswith("There is no saved mapping “Payroll”")
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_roster", str(tmp_path / "absent.csv"))


def test_the_first_administrator(world):
    out = StringIO()
    call_command("grant_role", world.users["susan"].email, "hr", "--as-of", "2026-09-15", stdout=out)
    assert "Susan Brandt" in out.getvalue()
    assert world.person("susan").has_role("hr")
