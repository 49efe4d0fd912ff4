from datetime import date, timedelta
from decimal import Decimal

import pytest

from audit.models import Entry
from organization.models import Assignment, Department, Employee, Headship, Job, RosterImport
from organization.person import Person
from organization.refusal import NotYours, Refused
from organization.roster import services
from organization.services import succeed_assignments
from tests.world import AT, ON

OCTOBER = date(2026, 10, 1)
KEYED = """Emp ID,Last Name,First Name,Dept,Job Title,Supv ID,Hire Date,FTE,FLSA,Pay Basis,Rate,Grade,Fund
1,Adeyemi,Josephine,CCLK,County Clerk,,5/2/23,1.00,E,A,"97,000.00",,010
2,Baumgartner,Leigh,CCLK,Deputy Clerk,1,8/14/17,1.00,N,A,"$46,280.00 ",12,010
3,Kim,Soo-jin,EMS,Paramedic,1,1/9/92,0.50,N,H,24.1500,11,032
"""
NAMELESS = """dept,title,salary
POL,Officer,50000.10
POL,Officer,50000.10
POL,Officer,50000.10
FIN,Analyst,61000
"""


def state(number, on=ON):
    return Assignment.objects.in_force(on).get(employee__number=number, slot=1)


def test_a_roster_brings_people_their_places_and_pay(import_text):
    kept, _ = import_text(KEYED)
    clerk, medic = state("2"), state("3")
    assert (clerk.employee.full_name, clerk.job.title, clerk.supervisor.number) == (
        *("Leigh Baumgartner", "Deputy Clerk", "1"),
    )
    assert (clerk.rate, clerk.basis, clerk.fte, clerk.exempt) == (Decimal(46280), "annual", 1, False)
    assert medic.employee.hired_on == date(1992, 1, 9)
    assert Employee.objects.get(number="1").hired_on == date(2023, 5, 2)
    # 97,000 + 46,280 + 24.15 x 2,080 x 0.5
    assert kept.result["sums"]["stored"] == "168396.00"
    assert state("1").unknown == {"grade": "The roster leaves it empty."}
    assert kept.state == RosterImport.State.APPLIED
    assert list(Department.objects.order_by("code").values_list("code", flat=True)) == ["CCLK", "EMS"]


def test_the_same_file_again_changes_nothing(import_text):
    import_text(KEYED)
    before = list(Assignment.objects.order_by("pk").values_list("pk", "starts_on", "ends_on"))
    again, _ = import_text(KEYED, OCTOBER, complete=True)
    assert (again.result["added"], again.result["changed"], again.result["gone"]) == (0, 0, 0)
    assert list(Assignment.objects.order_by("pk").values_list("pk", "starts_on", "ends_on")) == before


def test_exact_repeats_without_a_key_are_people_of_their_own_and_stay_so(import_text):
    first, _ = import_text(NAMELESS)
    assert first.result["sums"]["stored"] == "211000.30"
    assert list(Employee.objects.order_by("number").values_list("number", flat=True)) == [
        *("R-000001", "R-000002", "R-000003", "R-000004")
    ]
    again, _ = import_text(NAMELESS, OCTOBER, complete=True)
    assert (again.result["unchanged"], again.result["added"], again.result["gone"]) == (4, 0, 0)
    fewer, _ = import_text(NAMELESS.replace("POL,Officer,50000.10\n", "", 1), OCTOBER, complete=True)
    assert (fewer.result["unchanged"], fewer.result["gone"]) == (3, 1)


def test_a_grade_filled_in_later_does_not_make_a_second_person(import_text):
    text = "dept,title,salary,grade\nPOL,Officer,50000,\nPOL,Officer,50000,16\n"
    import_text(text)
    Assignment.objects.filter(grade="").update(grade="17", unknown={})
    again, _ = import_text(text, OCTOBER)
    assert (again.result["unchanged"], again.result["added"]) == (2, 0)


def test_people_of_a_keyless_file_are_recognized_by_name_next_year(import_text):
    import_text(
        'Name,Department,Job Title,Annual Salary\n"AARON, JEFFERY M",POLICE,SERGEANT,"$55,314.00 "\n'
        '"LEE, ANN",POLICE,CLERK,40000\n"LEE, ANN",FIRE,CLERK,41000\n'
    )
    again, _ = import_text(
        "NAME ,DEPARTMENT ,Job Titles ,AnnualSalary \n"
        "Jeffery M. Aaron,Police,Lieutenant,60000.00\n"
        '"Lee, Ann",Fire,Clerk,42000\n"Lee, Ann",Police,Clerk,40000\n',
        OCTOBER,
        complete=True,
    )
    assert (again.result["added"], again.result["changed"], again.result["gone"]) == (0, 2, 0)
    assert again.result["sums"]["stored"] == "142000.00"
    assert Employee.objects.count() == 3
    assert sorted(line.rate for line in Assignment.objects.in_force(OCTOBER)) == [40000, 42000, 60000]


def test_chicago_mixes_annual_and_hourly_pay(import_text):
    kept, _ = import_text(
        "Name,Job Titles,Department,Full or Part-Time,Salary or Hourly,Typical Hours,"
        "Annual Salary,Hourly Rate\n"
        '"A, B",SERGEANT,POLICE,F,SALARY,,"$101,442.00",\n'
        '"C, D",CROSSING GUARD,POLICE,P,HOURLY,20,,$19.86\n'
        '"E, F",FOSTER GRANDPARENT,FAMILY,P,HOURLY,10,,$2.65\n'
        '"G, H",ALDERMAN,COUNCIL,F,SALARY,,0,\n'
    )
    # 101,442 + 19.86 x 1,040 + 2.65 x 520
    assert kept.result["sums"]["stored"] == "123474.40"
    guard = Assignment.objects.get(job__title="CROSSING GUARD")
    assert (guard.basis, guard.hours_per_year, guard.fte) == ("hourly", 1040, None)
    assert guard.unknown["fte"] == "The roster says part time, not which part."
    assert Assignment.objects.get(job__title="SERGEANT").fte == 1


def test_a_change_succeeds_the_assignment_and_empty_cells_erase_nothing(import_text):
    import_text(KEYED)
    later = 'Emp ID,Dept,Job Title,Supv ID,Pay Basis,Rate,Grade\n2,EMS,Deputy Clerk,,A,"47,000",\n'
    _, found = import_text(later, OCTOBER)
    old = state("2", date(2026, 9, 30))
    new = state("2", OCTOBER)
    assert (old.rate, old.ends_on, old.department.code) == (Decimal(46280), OCTOBER, "CCLK")
    assert (new.rate, new.grade, new.supervisor.number, new.department.code) == (47000, "12", "1", "EMS")
    assert (new.fte, new.exempt, new.fund.code) == (1, False, "010")
    assert found.by_field == [("Department", 1, Decimal(720))]


def test_a_second_import_of_the_same_day_puts_it_right_in_place(import_text):
    import_text(KEYED)
    kept, _ = import_text(KEYED.replace("46,280", "46,820"))
    assert kept.result["changed"] == 1
    assert [line.rate for line in Assignment.objects.filter(employee__number="2")] == [Decimal(46820)]


def test_missing_people_have_gone_only_if_the_file_is_complete(import_text):
    import_text(KEYED)
    without = "\n".join(line for line in KEYED.splitlines() if not line.startswith("3,"))
    kept, _ = import_text(without, OCTOBER)
    assert (kept.result["gone"], Employee.objects.get(number="3").separated_on) == (0, None)
    kept, _ = import_text(without, OCTOBER, complete=True)
    assert (kept.result["gone"], kept.result["sums"]["after"]) == (1, "143280.00")
    assert Employee.objects.get(number="3").separated_on == OCTOBER
    assert not Assignment.objects.in_force(OCTOBER).filter(employee__number="3").exists()


def test_somebody_who_left_and_is_back_is_taken_up_again(import_text):
    import_text(KEYED)
    import_text(KEYED.rsplit("3,Kim", 1)[0], OCTOBER, complete=True)
    kept, _ = import_text(KEYED, date(2026, 12, 1))
    assert kept.result["changed"] == 1
    assert Employee.objects.get(number="3").separated_on is None
    assert state("3", date(2026, 12, 1)).rate == Decimal("24.15")
    again, _ = import_text(KEYED, date(2026, 12, 1), complete=True)
    assert again.result["unchanged"] == 3


def test_leading_zeros_that_a_spreadsheet_took_are_forgiven(import_text):
    import_text("Emp ID,Dept,Salary,Supv ID\n0012,FIN,50000,\n0013,FIN,51000,0012\n")
    kept, _ = import_text("Emp ID,Dept,Salary,Supv ID\n12,FIN,50000,\n13,FIN,52000,12\n", OCTOBER)
    assert (kept.result["added"], kept.result["changed"]) == (0, 1)


def test_leading_zeros_matter_where_the_names_are_others(import_text):
    import_text("Emp ID,Name,Dept,Salary\n0012,Ann Lee,FIN,50000\n0013,Bo Day,FIN,51000\n")
    kept, _ = import_text("Emp ID,Name,Dept,Salary\n12,Cy Fox,FIN,40000\n13,Bo Day,FIN,51000\n", OCTOBER)
    assert (kept.result["added"], kept.result["unchanged"]) == (1, 1)


def test_a_second_row_of_a_number_is_a_second_position(import_text):
    text = "Emp ID,Dept,Job,Pay Basis,Rate\n7,LIB,Page,H,15\n7,PARKS,Guard,H,16\n"
    kept, _ = import_text(text)
    assert list(Assignment.objects.order_by("slot").values_list("slot", "rate")) == [(1, 15), (2, 16)]
    assert kept.result["people_after"] == 1
    again, _ = import_text(
        text.replace("7,LIB,Page,H,15\n7,PARKS,Guard,H,16", "7,PARKS,Guard,H,16\n7,LIB,Page,H,15")
    )
    assert again.result["unchanged"] == 2


def test_a_refused_row_says_nothing_of_its_person(import_text):
    head = "Emp ID,Dept,Job,Hire Date,Pay Basis,Rate\n"
    text = f"{head}7,LIB,Page,13/45/2020,H,15\n7,PARKS,Guard,01/02/2020,H,16\n"
    kept, _ = import_text(text, leave_out=True)
    assert kept.left_out_rows == [2]
    assert Employee.objects.get().hired_on == date(2020, 1, 2)


BAD = (
    KEYED
    + '4,Dole,Curtis,CCLK,Clerk,1,2/30/24,1.25,N,A,"12,5O",1,010\n'
    + "5,Ruiz,Ana,CCLK,Clerk,99,1/1/20,1,N,A,40000,1,010\n"
)


def test_every_bad_cell_is_named_and_nothing_is_written(import_text):
    with pytest.raises(Refused, match="2 rows have cells"):
        import_text(BAD)
    assert (Employee.objects.count(), Department.objects.count(), Job.objects.count()) == (0, 0, 0)
    kept = RosterImport.objects.get()
    _, _, found = services.preview(kept)
    assert [(problem.row, problem.column) for problem in found.problems] == [
        *((5, "Hire Date"), (5, "FTE"), (5, "Rate"), (6, "Supv ID")),
    ]
    assert str(found.problems[2]) == "Row 5, column Rate: “12,5O” has the letter O in place of a zero."


def test_bad_rows_are_left_out_only_by_a_choice_that_is_kept(import_text):
    kept, _ = import_text(BAD, leave_out=True)
    assert (kept.left_out_rows, kept.result["added"]) == ([5, 6], 3)
    assert Entry.objects.get(act="roster.applied").after["left_out_rows"] == [5, 6]


def test_who_is_missing_from_a_complete_file_has_no_pay_that_was_to_begin_later(import_text, world):
    import_text(KEYED)
    later = date(2027, 3, 6)
    changes = [(state(number).pk, Decimal(50), None, None) for number in ("2", "3")]
    succeed_assignments(changes, on=later, by=world.person("miguel"), at=AT)
    import_text("\n".join(KEYED.split("\n")[:3]) + "\n", OCTOBER, complete=True)
    assert [line.employee.number for line in Assignment.objects.filter(starts_on=later)] == ["2"]
    assert Assignment.objects.get(employee__number="3").ends_on == OCTOBER


def test_who_will_leave_has_the_pay_that_begins_before_and_none_after(import_text, world):
    leaving = KEYED.replace("Fund\n", "Fund,Last day worked\n").replace(",032\n", ",032,{}\n")
    leaving = leaving.replace(",010\n", ",010,\n")
    import_text(leaving.format(""))
    for on, rate in ((date(2026, 12, 1), 50), (date(2027, 3, 6), 51)):
        changes = [(state("3", on).pk, Decimal(rate), None, None)]
        succeed_assignments(changes, on=on, by=world.person("miguel"), at=AT)
    import_text(leaving.format("1/19/2027"), OCTOBER)
    lines = Assignment.objects.filter(employee__number="3").order_by("starts_on")
    assert [line.ends_on for line in lines] == [date(2026, 12, 1), date(2027, 1, 20)]


def test_a_refused_row_of_a_complete_file_separates_nobody(import_text):
    import_text(KEYED)
    kept, _ = import_text(KEYED.replace("24.1500", "24.15O"), OCTOBER, complete=True, leave_out=True)
    assert (kept.result["gone"], kept.result["unchanged"]) == (0, 2)
    assert kept.result["sums"]["others"] == "25116.00"


def test_without_numbers_a_complete_file_cannot_leave_rows_out(import_text):
    import_text(NAMELESS)
    with pytest.raises(Refused, match="cannot be told whose rows"):
        import_text(NAMELESS.replace("61000", "61O00"), OCTOBER, complete=True, leave_out=True)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("3,Kim", "2,Kim", ""),  # another position of 2
        (
            "1,Adeyemi,Josephine,CCLK,County Clerk,,",
            "1,Adeyemi,Josephine,CCLK,County Clerk,2,",
            "closes a circle",
        ),
        ("EMS,Paramedic", ",Paramedic", "column Dept is empty"),
        ("24.1500", "-24.15", "is below zero"),
        ("24.1500", "", "column Rate is empty"),
        (",H,24.1500", ",per diem,24.1500", "neither annual nor hourly"),
        ("3,Kim", ",Kim", "column Emp ID is empty"),
        ("1/9/92", "1/9/2092", "more than a year ahead"),
    ],
)
def test_what_a_row_must_hold(import_text, old, new, words):
    assert old in KEYED
    if not words:
        kept, _ = import_text(KEYED.replace(old, new))
        assert kept.result["added"] == 3
        return
    with pytest.raises(Refused):
        import_text(KEYED.replace(old, new))
    _, _, found = services.preview(RosterImport.objects.get())
    assert any(words in str(problem) for problem in found.problems)


def test_a_second_file_names_supervisors_and_heads(import_text):
    import_text(KEYED)
    kept, _ = import_text("Employee number,Supervisor number\n3,2\n", OCTOBER)
    assert (kept.result["changed"], state("3", OCTOBER).supervisor.number) == (1, "2")
    kept, _ = import_text("Department,Department head\nCCLK,1\nEMS,3\n", OCTOBER)
    assert kept.result["heads"] == 2
    assert Headship.objects.get(department__code="EMS").employee.number == "3"
    again, _ = import_text("Department,Department head\nCCLK,1\nEMS,3\n", OCTOBER)
    assert again.result["heads"] == 0
    with pytest.raises(Refused, match="One row"):
        import_text("Employee number,Supervisor number\n77,2\n", OCTOBER)


def test_a_supervisor_or_head_in_a_row_that_is_left_out_is_told_and_left_open(import_text):
    text = "Emp ID,Dept,Salary,Supv ID,Head\n1,FIN,50000,2,2\n2,LIB,5O000,,\n3,LIB,50000,2,\n"
    _, found = import_text(text, leave_out=True)
    assert [str(problem) for problem in found.problems if problem.severity == "look"] == [
        f"Row {row}, column {column}: “2” is the number in row 3, which is refused; left open if that row is "
        "left out."
        for row, column in ((2, "Supv ID"), (2, "Head"), (4, "Supv ID"))
    ]
    assert (state("1").supervisor, state("3").supervisor, Headship.objects.count()) == (None, None, 0)


def test_who_becomes_part_time_loses_the_fte_of_full_time(import_text):
    import_text("Emp ID,Dept,FT/PT,Salary\n1,FIN,F,50000\n")
    kept, _ = import_text("Emp ID,Dept,FT/PT,Salary\n1,FIN,P,50000\n", OCTOBER)
    assert (kept.result["changed"], state("1", OCTOBER).fte) == (1, None)
    assert state("1", OCTOBER).unknown["fte"] == "The roster says part time, not which part."
    again, _ = import_text("Emp ID,Dept,FT/PT,Salary\n1,FIN,P,50000\n", OCTOBER)
    assert again.result["unchanged"] == 1


PART_TIME = """Emp ID,Dept,FTE,Std Hours,Pay Basis,Rate
1,FIN,0.5,20,H,20
2,FIN,0.75,20,H,20
3,FIN,0.5,40,H,20
"""


@pytest.mark.parametrize(
    ("chosen", "paid_hours", "looks"),
    [
        ("auto", (1040, 780, 1040), 2),  # 20 hours and 0.5 say the same; 20 and 0.75 do not
        ("worked", (1040, Decimal("1040.25"), 2080), 0),  # hours of full time are whole
        ("full_time", (520, 780, 1040), 0),
    ],
)
def test_hours_below_full_time_and_an_fte_are_not_counted_twice(import_text, chosen, paid_hours, looks):
    kept, found = import_text(PART_TIME, options={"part_time_hours": chosen})
    assert Decimal(kept.result["sums"]["stored"]) == 20 * sum(paid_hours)
    assert len(found.problems) == looks
    if chosen == "auto":
        assert str(found.problems[0]).endswith("“20” says the same as the FTE; counted once.")
        assert (state("1").hours_per_year, state("1").fte) == (2080, Decimal("0.5"))


def test_annual_pay_at_the_fte_is_kept_as_the_full_time_rate_by_choice_alone(import_text):
    text = "Emp ID,Dept,FTE,Salary\n1,FIN,0.5,25000\n2,FIN,1,50000\n3,FIN,0.3,10000\n"
    kept, found = import_text(text, OCTOBER, options={"part_time_pay": "actual"})
    assert [state(number, OCTOBER).rate for number in "123"] == [50000, 50000, Decimal("33333.3333")]
    assert kept.result["sums"]["stored"] == "133333.33"
    assert "$35,000.00 in all; kept as the full-time rates" in found.file.notes[-1]
    again, _ = import_text(text, OCTOBER, options={"part_time_pay": "actual"})
    assert again.result["unchanged"] == 3
    _, found = import_text(text, date(2026, 12, 1))
    assert state("1", date(2026, 12, 1)).rate == 25000
    assert "taken as the full-time rate" in found.file.notes[-1]
    with pytest.raises(Refused, match="no column is matched to FTE"):
        import_text("Emp ID,Dept,Salary\n1,FIN,1\n", OCTOBER, options={"part_time_pay": "actual"})


def test_what_a_file_leaves_unknown_is_counted_with_its_reason(import_text):
    _, found = import_text(KEYED)
    assert [str(unknown) for unknown in found.unknown] == [
        "Grade of 1 person: The roster leaves it empty. (row 2)"
    ]


def test_people_without_name_or_number_who_change_are_told_to_come_and_go(import_text):
    import_text(NAMELESS)
    _, found = import_text(NAMELESS.replace("61000", "62000"), OCTOBER, complete=True)
    assert (len(found.additions), len(found.separations)) == (1, 1)
    assert "whoever changed in anything" in found.file.notes[-1]


def test_subtotals_between_people_are_named_and_not_added_up(import_text):
    text = "Department,Name,Salary\nFIN,Ann Abe,50000\nFIN Total,,50000\nLIB,Bo Day,40000\n"
    _, found = import_text(text, leave_out=True)
    assert [str(problem) for problem in found.problems] == ["Row 3 looks like a total, not a person."]
    assert found.sums["read"] == 90000


def test_pay_that_has_no_place_is_named(import_text):
    with pytest.raises(Refused, match="One row"):
        import_text("Emp ID,Dept,Salary\n1,FIN,99999999999\n")


@pytest.mark.parametrize(
    ("values", "shares"), [("100,50", (1, Decimal("0.5"))), ("1,0.5", (1, Decimal("0.5")))]
)
def test_an_fte_in_percent_is_told_by_the_name_of_the_column(import_text, values, shares):
    full, half = values.split(",")
    import_text(f"Emp ID,Dept,Salary,FTE %\n1,FIN,50000,{full}\n2,FIN,50000,{half}\n")
    assert (state("1").fte, state("2").fte) == shares


def test_a_later_assignment_stands_in_the_way(import_text):
    import_text(KEYED, OCTOBER)
    with pytest.raises(Refused, match="One row"):
        import_text(KEYED.replace("46,280", "47,280"), ON)


def test_a_late_correction_goes_on_into_what_began_since_but_not_its_pay(import_text):
    import_text(KEYED)
    succeed_assignments(
        [(state("3").pk, Decimal("25.00"), None, None)], on=OCTOBER, by=Person.system(ON), at=AT
    )

    _, found = import_text(KEYED.replace(",0.50,N,H,24.1500", ",0.75,N,H,24.1500"), ON + timedelta(days=1))

    assert [str(state("3", day).fte) for day in (ON, ON + timedelta(days=1), OCTOBER)] == [
        *("0.5000", "0.7500", "0.7500")
    ]
    assert state("3", OCTOBER).rate == 25
    assert any(
        "where they said the same, they are corrected too" in str(each) for each in found.file.problems
    )


def test_people_can_swap_addresses(import_text):
    text = "Emp ID,Dept,Salary,E-mail\n1,FIN,1000,a@x.example\n2,FIN,2000,b@x.example\n"
    import_text(text)
    swapped = text.replace("a@", "c@").replace("b@", "a@").replace("c@", "b@")
    kept, _ = import_text(swapped, OCTOBER)
    assert kept.result["changed"] == 2
    assert Employee.objects.get(number="1").work_email == "b@x.example"
    with pytest.raises(Refused):
        import_text(text.replace("b@", "a@"), OCTOBER)


def test_only_hr_imports_and_only_what_was_seen_is_applied(world, import_text):
    with pytest.raises(NotYours):
        import_text(KEYED, by=world.person("denise"))
    hr = world.person("miguel")
    kept = services.upload_roster(KEYED.encode(), "roster.csv", as_of=ON, by=hr, at=AT)
    seen = services.token_of(services.preview(kept)[2])
    Assignment.objects.filter(employee=world.employees["tomas"]).update(rate=Decimal(99_999))
    with pytest.raises(services.ChangedSince):
        services.apply_roster(kept.pk, seen=seen, by=hr, at=AT)
    services.apply_roster(kept.pk, by=hr, at=AT)
    with pytest.raises(services.ChangedSince, match="applied already"):
        services.apply_roster(kept.pk, by=hr, at=AT)


def test_row_changes_of_an_import_carry_its_transaction(import_text):
    import_text(KEYED)
    act = Entry.objects.get(act="roster.applied")
    rows = Entry.objects.filter(act="row.inserted", transaction=act.transaction)
    assert rows.filter(subject_type="organization_assignment").count() == 3
