"""Two fiscal years from an empty database: the file of each is right to the cent, and each line explained."""

import csv
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from hashlib import sha256
from itertools import groupby

import pytest
from django.core.management import call_command

from accounts.models import User
from audit import chain
from court.services import seat_member
from evaluations.library import load_standard_library
from evaluations.models import Evaluation, RatingOfRecord, Scale
from evaluations.services import cycles
from evaluations.services.filling import fill_cycle
from jobs import services as jobs
from organization.models import Assignment, Employee, Job
from organization.refusal import Refused
from organization.services.county import set_county, set_pay_calendar
from organization.services.roles import grant_role, open_account
from payroll.letters.letter import find_lines, frame_of, write_letter
from payroll.models import BatchLine
from tests.journeys.year import ADMINISTRATOR, Year

pytestmark = pytest.mark.django_db(transaction=True)

# As counties publish them: no number, name or supervisor, a row repeated, part-time pay, a grade missing.
ROSTER = """\
gender,department,department_name,division,assignment_category,employee_position_title,date_first_hired,\
current_annual_salary,Grade
F,CLK,County Clerk,Office of the Clerk,Elected,County Clerk,01/01/2015,97000.0,
M,CLK,County Clerk,Recording,Fulltime-Regular,Chief Deputy Clerk,03/04/2009,83061.00,M1
F,CLK,County Clerk,Recording,Fulltime-Regular,Deputy Clerk I,06/01/2020,39870.00,C1
F,CLK,County Clerk,Recording,Fulltime-Regular,Deputy Clerk I,06/01/2020,39870.00,C1
M,CLK,County Clerk,Recording,Parttime-Regular,Deputy Clerk I,06/01/2021,20150.55,C1
F,ITS,Information Technology,Director,Fulltime-Regular,IT Director,02/01/2011,132000.00,E2
M,ITS,Information Technology,Systems,Fulltime-Regular,Systems Analyst,02/11/2013,67000.50,C4
F,HRS,Human Resources,Director,Fulltime-Regular,Human Resources Director,09/15/2008,121000.00,E2
F,HRS,Human Resources,Records,Fulltime-Regular,Records Officer,09/15/2018,52310.33,
M,HRS,Human Resources,Payroll,Fulltime-Regular,Payroll Specialist,09/15/2016,57105.0,C4
M,HRS,Human Resources,Payroll,Fulltime-Regular,Payroll Specialist,09/15/2016,57105.0,C4
M,CJU,County Judge,Office of the Judge,Elected,County Judge,01/01/2019,118000.00,
"""
ANNUAL_PAY = "884472.38"
CLERK, DEPUTY, FRONT, TWIN, PART_TIME, IT_HEAD, ANALYST, HR_HEAD, RECORDS, PAYROLL_1, PAYROLL_2, JUDGE = (
    f"R-{number:06d}" for number in range(1, 13)
)
HEADS = {"CLK": CLERK, "ITS": IT_HEAD, "HRS": HR_HEAD, "CJU": JUDGE}
SUPERVISORS = {
    DEPUTY: CLERK, FRONT: DEPUTY, TWIN: DEPUTY, PART_TIME: DEPUTY, IT_HEAD: JUDGE, ANALYST: IT_HEAD,
    HR_HEAD: JUDGE, RECORDS: HR_HEAD, PAYROLL_1: HR_HEAD, PAYROLL_2: HR_HEAD,
}  # fmt: skip
ROLES = [(RECORDS, "court_clerk"), (PAYROLL_1, "payroll"), (PAYROLL_2, "payroll"), (JUDGE, "judge")]
SEATS = ["County Judge", *(f"Commissioner, Precinct {precinct}" for precinct in (1, 2, 3, 4))]
SCHEDULE = """\
grade,min,max
C1,36000,52000
C4,47000,68000
M1,68000,101000
E2,98000,147000
"""


@pytest.fixture
def year(tmp_path, monkeypatch):
    found = Year(tmp_path, SUPERVISORS, court_clerk=RECORDS)
    monkeypatch.setattr("organization.clock.now", lambda county=None: found.at)
    return found


def test_two_years_from_an_empty_database(year):
    take_over_the_county(year)
    year.turn_to(date(2025, 8, 26))
    year.order("2025-0982", "initiative")
    cycle, next_cycle = prepare_cycle(year, 2026), prepare_cycle(year, 2027)
    plan = year.adopt(2027, "year_one", cycle, "2025-0983")
    describe_a_job(year)
    levels = {FRONT: 4, PART_TIME: 3, ANALYST: 4, PAYROLL_1: 5, IT_HEAD: 3}
    work_and_rate(year, cycle, levels)

    run = year.run(plan)
    year.ask(run)
    for code, who in (("CLK", CLERK), ("ITS", IT_HEAD), ("HRS", HR_HEAD), ("heads", JUDGE)):
        year.certify(run, code, who)
    year.turn_to(date(2026, 10, 6))
    asked = year.ask_to_release(run, year.order("2026-1301", "release"), PAYROLL_1)
    with pytest.raises(Refused, match="Another payroll clerk"):
        year.give_second_word(asked, PAYROLL_1)
    batch = year.give_second_word(asked, PAYROLL_2)

    expected = year_one_of(levels)
    assert lines_of(batch) == expected
    check_file(batch)
    check_letters_and_explanations(year, batch)
    raised = rates_on(date(2026, 10, 3))
    new_rates = {number: pay[1] for (number, element), pay in expected.items() if element == "BASE"}
    assert raised == rates_on(date(2026, 10, 2)) | new_rates

    year.turn_to(date(2026, 10, 20))
    plan = year.adopt(2028, "year_two", next_cycle, "2026-1402")
    work_and_rate(year, next_cycle, {FRONT: 5, TWIN: 3, ANALYST: 4, RECORDS: 2})
    run = year.run(plan)
    year.ask(run)
    year.certify(run, "CLK", CLERK)
    year.certify(run, "ITS", IT_HEAD)
    year.turn_to(date(2027, 10, 5))
    batch = year.ask_to_release(run, year.order("2027-1290", "release"), PAYROLL_1)

    assert lines_of(batch) == year_two_of(
        {FRONT: 1500, TWIN: 750, ANALYST: 1125}, adopted_on=date(2026, 10, 20)
    )
    check_file(batch)
    check_letters_and_explanations(year, batch)
    assert rates_on(date(2027, 10, 2)) == raised
    call_command("audit", "seal")
    assert (chain.verify().problem, chain.state().not_sealed) == ("", 0)


def take_over_the_county(year):
    """The first account, the people, who leads and supervises whom, accounts and roles, pay and the Court."""
    User.objects.create_superuser(ADMINISTRATOR, "Pat Doe", "a county of honest work")
    call_command("grant_role", ADMINISTRATOR, "hr", "--as-of", "2025-08-01")
    found = year.command("import_roster", file=("roster.csv", ROSTER))
    assert (found["people_added"], found["annual_pay_stored"]) == (12, ANNUAL_PAY)
    again = year.command("import_roster", file=("roster.csv", ROSTER))
    assert (again["people_unchanged"], again["people_added"], again["people_changed"]) == (12, 0, 0)
    heads = "".join(f"{code},{number}\n" for code, number in HEADS.items())
    year.command("import_roster", file=("heads.csv", f"department,head\n{heads}"))
    supervisors = "".join(f"{number},{other}\n" for number, other in SUPERVISORS.items())
    year.command("import_roster", file=("lines.csv", f"number,supervisor\n{supervisors}"))
    for employee in Employee.objects.all():
        open_account(employee.pk, **year.acting)
    for number, role in ROLES:
        grant_role(year.by(number).user_id, role, starts_on=year.on, **year.acting)
    set_county({"name": "Plain County", "state": "Texas"}, **year.acting)
    biweekly = {"name": "Biweekly", "anchor_on": date(2025, 8, 9), "length_days": 14, "pay_lag_days": 6}
    set_pay_calendar(biweekly, **year.acting)
    year.command("import_schedule", file=("schedule.csv", SCHEDULE))
    clerk = {"starts_on": year.on, "by": year.by(RECORDS), "at": year.at}
    for position, title in enumerate(SEATS, start=1):
        seat_member(position, title, f"Member {position}", **clerk)
    load_standard_library(year.by(), year.at)


def prepare_cycle(year, ends_in):
    fields = {
        "name": f"Fall {ends_in}",
        "starts_on": date(ends_in - 1, 9, 1),
        "ends_on": date(ends_in, 9, 1),
        "scale": Scale.objects.get(),
        "plans_due_on": date(ends_in - 1, 10, 1),
        "progress_due_on": date(ends_in, 3, 31),
        "self_due_on": date(ends_in, 8, 31),
        "ratings_due_on": date(ends_in, 9, 15),
        "approvals_due_on": date(ends_in, 9, 22),
        "release_due_on": date(ends_in, 9, 25),
        "signatures_due_on": date(ends_in, 10, 8),
    }
    return cycles.create_cycle(fields, **year.acting)


def describe_a_job(year):
    """The description of the deputy clerks' job is written by HR and approved by the head."""
    job = Job.objects.get(title="Deputy Clerk I")
    draft = jobs.begin_description(job.pk, **year.acting)
    texts = dict.fromkeys(jobs.TEXTS, "Serves the public.") | {"exempt": False, "grade": "C1"}
    duties = [jobs.DutyRow("Counter", Decimal("60.00"), True), jobs.DutyRow("Deeds", Decimal("40.00"), False)]
    draft.refresh_from_db()
    jobs.save_description(draft.pk, texts, duties, base=jobs.revision_of(draft), **year.acting)
    jobs.send_to_hr(draft.pk, **year.acting)
    jobs.send_to_head(draft.pk, **year.acting)
    jobs.publish(draft.pk, by=year.by(CLERK), at=year.at)


def work_and_rate(year, cycle, levels):
    begins = cycle.starts_on.year
    year.turn_to(max(date(begins, 9, 1), year.on))
    cycles.open_cycle(cycle.pk, **year.acting)
    fill_cycle(cycle.pk, on=year.on, at=year.at)  # a worker would do it on the day of the clock
    assert Evaluation.objects.filter(cycle=cycle).count() == len(SUPERVISORS)  # all but the elected officials
    year.plan(cycle, levels)
    year.turn_to(date(begins + 1, 3, 12))
    year.review_progress(cycle, levels)
    year.turn_to(date(begins + 1, 9, 25))
    year.rate(cycle, levels)
    records = RatingOfRecord.objects.filter(cycle=cycle).values_list("employee__number", "level")
    assert dict(records) == levels


def cents(amount):
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def year_one_of(levels):
    """What the file of year one must hold, worked out anew: (number, element) to (old, new) or an amount.

    Two percent for all but the elected; then merit of 2, 2.75 or 3.5 percent for levels 3, 4, 5 on the new
    base, up to the maximum of the raised range where the FTE is known; the rest is paid once.
    """
    maximum = {"C1": 52_000, "C4": 68_000, "M1": 101_000, "E2": 147_000}
    percent = {3: Decimal("2"), 4: Decimal("2.75"), 5: Decimal("3.5")}
    expected = {}
    for place, row in enumerate(csv.DictReader(ROSTER.splitlines()), start=1):
        number, old = f"R-{place:06d}", Decimal(row["current_annual_salary"])
        if row["assignment_category"] == "Elected":
            continue
        raised = old + cents(old * 2 / 100)
        new = raised + cents(raised * percent[levels[number]] / 100 if number in levels else Decimal(0))
        if row["Grade"] and row["assignment_category"] == "Fulltime-Regular":
            most = cents(maximum[row["Grade"]] * Decimal("1.02"))
            if new > most:
                expected[number, "LUMP"] = new - most
                new = most
        expected[number, "BASE"] = (cents(old), new)
    return expected


def year_two_of(amounts, *, adopted_on):
    """What the file of year two must hold: each amount for the days from the adoption on, of 365."""
    days = (date(2027, 9, 1) - adopted_on).days
    return {(number, "LUMP"): cents(Decimal(amount) * days / 365) for number, amount in amounts.items()}


def lines_of(batch):
    """What the file of a batch says, in the form of `year_one_of`."""
    rows = csv.DictReader(bytes(batch.content).decode().splitlines()[: batch.lines_count + 1])
    return {
        (row["Employee number"], row["Element"]): (
            Decimal(row["Old annual pay"]),
            Decimal(row["New annual pay"]),
        )
        if row["Element"] == "BASE"
        else Decimal(row["Amount"])
        for row in rows
    }


def check_file(batch):
    """Count, sums and hash at its end agree with its lines, and with what the batch says of itself."""
    content = bytes(batch.content)
    end = content.rindex(b"SHA-256 of all lines above")
    rows = list(csv.reader(content.decode().splitlines()))
    lines, control = rows[1:-5], rows[-5:-1]
    for row in lines:
        if row[7] == "BASE":
            assert Decimal(row[9]) - Decimal(row[8]) == Decimal(row[11])
    sums = {
        element: sum((Decimal(row[11]) for row in lines if row[7] == element), Decimal("0.00"))
        for element in ("BASE", "LUMP", "LONG")
    }
    assert control == [
        ["Lines", str(len(lines))],
        *([f"Sum of {name}", str(each)] for name, each in sums.items()),
    ]
    paid = sums["BASE"], sums["LUMP"] + sums["LONG"]
    assert (batch.lines_count, batch.base_total, batch.lump_total) == (len(lines), *paid)
    assert rows[-1][1] == sha256(content[:end]).hexdigest()
    assert batch.content_hash == sha256(content).hexdigest()


def check_letters_and_explanations(year, batch):
    """Each person's letter, and `explain`, show the figures of the file."""
    lines = find_lines(BatchLine.objects.filter(batch=batch)).order_by("line_id", "number")
    frame = frame_of(batch)
    for _, of_person in groupby(lines, key=lambda each: each.line_id):
        of_person = list(of_person)
        line = of_person[0].line
        figures = {
            f"${each.new_annual if each.element == 'BASE' else each.amount:,.2f}" for each in of_person
        }
        letter = write_letter(of_person, frame)
        assert figures <= {amount_of(row.amount) for table in letter.tables for row in table.rows}
        [told] = year.command("explain", line.number, line.run.number)["lines"]
        assert figures <= {amount_of(step["amount"]) for part in told["arithmetic"].values() for step in part}
        assert told["same_when_computed_again"] is True


def amount_of(words):
    return words.removeprefix("+ ")


def rates_on(day):
    found = Assignment.objects.in_force(day).values_list("employee__number", "rate")
    return {number: cents(rate) for number, rate in found}
