import csv
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256

import pytest
from django.db import DatabaseError, transaction

from audit.models import Entry
from organization.models import Assignment
from organization.refusal import NotYours, Refused
from overtime import services
from overtime.export import payroll_file
from overtime.models import Worksheet
from overtime.needs import needs_of
from overtime.sources import source_of
from tests.overtime.lumps import NAMES, WEEKS, computed_lumps, drafted, kept, rows_of, upload
from tests.world import AT


def of(worksheet, number):
    return worksheet.people.get(number=number)


def test_a_year_of_equal_weeks_gives_half_of_the_increase_for_each_hour_of_overtime(world, batch):
    worksheet = upload(world, batch, rows_of("10482", overtime_in=(0, 3)))

    marisol = of(worksheet, "10482")
    # 1,125.00 over 52 weeks is 21.6346...; / 47 x 0.5 x 7 = 1.6111...
    assert (marisol.standing, marisol.lump, marisol.additional) == ("computed", 1_125_00, 2 * 1_61)
    assert sum(week.part for week in marisol.shown_weeks()) == 1_125_00
    assert [week.additional for week in marisol.shown_weeks()][:4] == [1_61, 0, 0, 1_61]
    # 1,125.00 over 2,094 hours x 0.5 x 7 = 1.8803... for each of the two weeks
    assert worksheet.by_method == {"weeks": 3_22, "hours": 3_76}


def test_everybody_with_a_lump_sum_is_told_what_came_of_it(world, batch):
    Assignment.objects.filter(employee=world.employees["denise"]).update(exempt=None)

    worksheet = upload(world, batch, rows_of("1010") + rows_of("1021"))

    assert dict(worksheet.people.values_list("number", "standing")) == {
        "1010": "exempt",
        "1011": "unknown",
        "10482": "no_row",
    }
    assert (worksheet.unused_rows, worksheet.refused_rows) == (2 * len(WEEKS), 0)


def test_who_was_exempt_for_a_part_of_the_period_is_left_to_a_person(world, batch):
    line = world.assignment("marisol")
    earlier = WEEKS[10]
    Assignment.objects.filter(pk=line.pk).update(ends_on=earlier)
    line.pk, line.starts_on, line.exempt = None, earlier, True
    line.save(force_insert=True)

    assert of(upload(world, batch, rows_of("10482")), "10482").standing == "mixed"


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("99,09/13/2025,40,0", "Row 54, column Employee number: “99” is the number of nobody on the roster."),
        (
            "10482,09/12/2026,40,0",
            "is no week of the service rewarded, which is September 1, 2025 to August 31",
        ),
        ("10482,09/13/2025,40,0", "stands for the same person in row 3 already"),
        ("10482,09/10/2025,40,0", "overlaps: other weeks of the person end on a Saturday"),
        ("10482,09/13/2025,6,7", "“7” is more than the hours worked."),
        ("10482,09/13/2025,169,7", "“169” is more than the 168 hours of a week."),
        ("10482,09/13/2025,-1,0", "“-1” is below zero."),
        ("10482,=A1+7,40,0", "Row 54, column Week ending: “=A1+7” is a formula without a result."),
        ("=10482,09/13/2025,40,0", "Row 54, column Employee number: “=10482” is the number of nobody"),
        ("10482,soon,40,0", "“soon” is not a date."),
        ("10482,09/13/2025,4O,0", "“4O” has the letter O in place of a zero."),
        ("10482,09/13/2025,40", "Row 54: “10482, 09/13/2025, 40” has 3 cells where there are 4 columns"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused_with_row_column_and_reason(world, batch, row, sentence):
    worksheet = upload(world, batch, rows_of("10482") + row + "\n")

    assert worksheet.refused_rows == 1
    assert sentence in worksheet.problems[0]["sentence"]


def test_whose_row_is_refused_is_not_worked_out_even_if_the_file_is_said_to_be_complete(world, batch):
    worksheet = upload(world, batch, rows_of("10482") + "10482,09/13/2025,6,7\n", complete=True)

    assert (of(worksheet, "10482").standing, of(worksheet, "10482").note) == ("row_refused", "Row 54")
    with pytest.raises(Refused, match="Nobody is worked out"):
        services.keep(worksheet.pk, without_refused=True, by=world.person("carl"), at=AT)


def test_a_week_that_is_missing_holds_back_unless_the_file_is_complete(world, batch):
    lines = rows_of("10482").splitlines(keepends=True)
    rows = "".join(lines[:5] + lines[6:])

    marisol = of(upload(world, batch, rows), "10482")
    assert (marisol.standing, marisol.note) == ("missing", "1 week, the first ending October 11, 2025")

    worksheet = upload(world, batch, rows, complete=True)
    assert len(of(worksheet, "10482").weeks) == len(WEEKS) - 1


def test_overtime_that_is_not_over_40_hours_is_used_and_told(world, batch):
    worksheet = upload(world, batch, rows_of("10482", hours=41, overtime_in=()))

    assert (worksheet.refused_rows, of(worksheet, "10482").standing) == (0, "computed")
    assert "“0” is not the 1 hours over 40" in worksheet.problems[0]["sentence"]


PERIODS = "Employee number,Week ending,Work period days,Hours worked,Overtime hours,Comp time hours\n"


def periods_of(number, hours=(171, 0, 0), *, first=date(2025, 9, 20)):
    """A row for each 28 days of the service; `hours` worked, of overtime and of comp time in the first."""
    days = [first + timedelta(28 * place) for place in range(13)]
    return "".join(
        f"{number},{day:%m/%d/%Y},28,{','.join(map(str, hours if place == 0 else (171, 0, 0)))}\n"
        for place, day in enumerate(days)
        if day <= date(2026, 8, 31)
    )


def test_work_periods_of_28_days_are_worked_out_as_they_are(world, batch):
    worksheet = upload(world, batch, periods_of("10482", (181, 10, 0)), names=PERIODS)

    marisol = of(worksheet, "10482")
    assert (marisol.standing, worksheet.problems) == ("computed", [])
    assert {week.days for week in marisol.shown_weeks()} == {28}
    assert len(marisol.weeks) == 13
    share = Decimal(1125) / 13 / 181 / 2 * 10
    assert marisol.additional == round(share * 100)


def test_a_work_period_that_is_missing_holds_back(world, batch):
    lines = periods_of("10482").splitlines(keepends=True)

    marisol = of(upload(world, batch, "".join(lines[:3] + lines[5:-1]), names=PERIODS), "10482")

    assert marisol.note == "3 work periods, the first ending December 13, 2025"


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            "10482,09/27/2025,7,40,0,0",
            "overlaps the period of the person from September 21, 2025 to October 18",
        ),
        (
            "1011,09/13/2025,7,40,0,0\n1011,10/18/2025,28,171,0,0\n1011,09/27/2025,7,40,0,0",
            "overlaps the period of the person from September 21, 2025 to October 18",
        ),
        ("1011,09/20/2025,30,171,0,0", "“30” is no number of days from 7 to 28"),
        ("1011,09/20/2025,7.5,40,0,0", "“7.5” is no number of days from 7 to 28"),
        ("1011,09/20/2025,14,337,0,0", "“337” is more than the 336 hours of 14 days."),
        ("1011,09/20/2025,28,181,10,11", "“11” is more than the overtime hours."),
        (
            "1011,09/20/2025,28,181,12,0",
            "“12” is not what lies over 171 hours in 28 days, for fire protection",
        ),
    ],
)
def test_a_work_period_that_cannot_be_so_is_told_with_row_column_and_reason(world, batch, row, sentence):
    worksheet = upload(world, batch, periods_of("10482") + row + "\n", names=PERIODS)

    assert sentence in worksheet.problems[0]["sentence"]


def test_overtime_given_as_comp_time_is_told_apart_and_counts_as_counsel_says(world, batch):
    counted = upload(world, batch, periods_of("10482", (181, 10, 4)), names=PERIODS)
    names = counted.columns

    left_out = services.match(
        counted.pk, names, method="weeks", complete=False, with_comp_time=False, by=world.person("carl")
    )

    assert left_out.comp_time_total == counted.comp_time_total > 0
    assert counted.additional_total - left_out.additional_total == left_out.comp_time_total
    assert of(left_out, "10482").shown_weeks()[0].overtime_paid == 6_00
    assert (
        ',6.00,"Overtime on the lump sum, equal for each week, without comp time"'
        in payroll_file(left_out).decode()
    )


def test_the_order_of_the_rows_and_dropped_zeros_change_nothing(world, batch):
    world.employees["marisol"].number = "0010482"
    world.employees["marisol"].save()
    batch.lines.first().line.run.lines.filter(number="10482").update(number="0010482")
    rows = rows_of("10482", overtime_in=(0, 9)).splitlines(keepends=True)

    there, back = upload(world, batch, "".join(rows)), upload(world, batch, "".join(reversed(rows)))

    assert of(there, "0010482").weeks == of(back, "0010482").weeks
    assert there.additional_total == back.additional_total > 0


def test_weeks_can_be_named_by_their_first_day(world, batch):
    names = "Emp ID,Week beginning,Total hours,OT hours\n"
    worksheet = upload(world, batch, "10482,8/31/2025,47,7\n", names=names, complete=True)

    assert of(worksheet, "10482").shown_weeks()[0].ends_on == WEEKS[0]


def test_columns_that_are_not_clear_wait_for_a_person(world, batch):
    worksheet = upload(world, batch, rows_of("10482"), names="Who,Week ending,Worked,Extra\n")
    assert not worksheet.people.exists()

    names = {"number": "Who", "week_ending": "Week ending", "hours": "Worked", "overtime": "Extra"}
    services.match(worksheet.pk, names, method="hours", complete=False, by=world.person("carl"))

    worksheet.refresh_from_db()
    assert (worksheet.method, of(worksheet, "10482").standing) == ("hours", "computed")


def test_a_percent_of_total_earnings_is_taken_only_where_the_plan_pays_one(world, batch):
    with pytest.raises(Refused, match=r"778\.210"):
        upload(world, batch, rows_of("10482"), method="earnings")


def test_a_batch_is_adjusted_once_for_each_person(world, batch):
    first = kept(world, batch, rows_of("10482"))

    second = upload(world, batch, rows_of("10482") + rows_of("1011"))

    assert (of(second, "10482").standing, of(second, "10482").note) == ("earlier", f"Worksheet {first.pk}")
    assert of(second, "1011").standing == "computed"


def test_two_drafts_of_one_batch_cannot_both_be_kept(world, batch):
    first, second = (upload(world, batch, rows_of("10482")) for _ in range(2))
    services.keep(first.pk, without_refused=False, by=world.person("carl"), at=AT)

    with pytest.raises(Refused, match="Somebody kept a worksheet of this batch"):
        services.keep(second.pk, without_refused=False, by=world.person("carl"), at=AT)
    assert not second.people.filter(is_kept=True).exists()


def test_what_is_kept_stays(world, batch):
    worksheet = kept(world, batch, rows_of("10482"))

    with pytest.raises(Refused, match="stays as it is"):
        services.discard(worksheet.pk, by=world.person("carl"), at=AT)
    for rows in (Worksheet.objects.filter(pk=worksheet.pk), worksheet.people.all()):
        with pytest.raises(DatabaseError, match="it was kept"), transaction.atomic():
            rows.delete()
    assert Entry.objects.filter(act="overtime.kept", subject_id=str(worksheet.pk)).count() == 1


def test_refused_rows_stay_out_only_where_the_clerk_says_so(world, batch):
    worksheet = upload(world, batch, rows_of("10482") + "99,09/13/2025,40,0\n")

    with pytest.raises(Refused, match="1 row was refused"):
        services.keep(worksheet.pk, without_refused=False, by=world.person("carl"), at=AT)
    services.keep(worksheet.pk, without_refused=True, by=world.person("carl"), at=AT)


def test_lump_sums_that_are_not_released_give_an_estimate_that_nobody_can_keep(world):
    run = computed_lumps(world)
    worksheet = services.upload(
        source_of("run", run.number), (NAMES + rows_of("10482")).encode(), "overtime.csv",
        method="weeks", complete=False, by=world.person("carl"), at=AT,
    )  # fmt: skip

    assert of(worksheet, "10482").additional == 1_61
    with pytest.raises(Refused, match="estimate of a run"):
        services.keep(worksheet.pk, without_refused=False, by=world.person("carl"), at=AT)


def test_nobody_keeps_what_pays_himself(world, batch):
    worksheet = upload(world, batch, rows_of("10482"))
    worksheet.people.filter(number="10482").update(employee=world.employees["carl"])

    with pytest.raises(NotYours, match="another payroll clerk"):
        services.keep(worksheet.pk, without_refused=False, by=world.person("carl"), at=AT)
    services.keep(worksheet.pk, without_refused=False, by=world.person("fatima"), at=AT)


def test_only_payroll_clerks_make_worksheets(world, batch):
    with pytest.raises(NotYours):
        upload(world, batch, rows_of("10482"), who="miguel")


def test_the_file_for_payroll_has_control_totals_and_a_seal(world, batch):
    worksheet = kept(world, batch, rows_of("10482") + rows_of("1011", overtime_in=(1, 2)))

    content = payroll_file(worksheet)

    *above, seal = content.splitlines(keepends=True)
    assert seal.decode().strip() == f"SHA-256 of all lines above,{sha256(b''.join(above)).hexdigest()}"
    rows = list(csv.reader(content.decode().splitlines()))
    assert [(row[3], row[7], row[8]) for row in rows[1:3]] == [
        ("1011", "FLSA", "3.22"),
        ("10482", "FLSA", "1.61"),
    ]
    assert rows[3:5] == [["Lines", "2"], ["Sum of FLSA", "4.83"]]


def test_a_batch_waits_for_its_worksheet_until_the_next_payday(world, batch):
    (need,) = needs_of(world.person("carl"))
    # released September 15; periods end on Fridays, October 2 and September 18, with payday six days later
    assert (need.title, str(need.due_on)) == (
        f"Work out the overtime on the lump sums of Batch {batch.number}",
        "2026-09-24",
    )

    kept(world, batch, rows_of("10482"))
    assert needs_of(world.person("carl")) == []


def test_a_draft_that_is_discarded_leaves_only_its_trace(world):
    worksheet = drafted(world)
    services.discard(worksheet.pk, by=world.person("carl"), at=AT)

    assert not Worksheet.objects.exists()
    assert Entry.objects.filter(act="overtime.discarded").exists()
