"""One write of a comparison: people, assignments, departments, heads. The caller holds the transaction."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain, islice

from django.db import connection
from django.db.models import Sum
from psycopg2.extras import execute_values

from organization.dated import A_DAY
from organization.models import Advancement, Assignment, Department, Employee, Fund, Headship, Job, the_county
from organization.roster.advancements import write_advancements
from organization.roster.comparison import Merged
from organization.roster.state import PERSON, POST
from organization.roster.unknown import OF_PERSON, OF_POST, unknown_of
from organization.services.carrying import carry_on
from organization.services.people import drop, going_on

BATCH = 2000
KEYLESS = re.compile(r"R-(\d+)")


@dataclass(slots=True)
class Written:
    """Ids of what was written: the assignment of each row, for the sum as stored."""

    assignments: list = field(default_factory=list)
    employees: dict = field(default_factory=dict)  # number to id


def write(found, file_name):
    """Write everything that the comparison found. Returns `Written`."""
    file = found.file
    written = Written()
    create_references(found)
    ids = reference_ids()
    create_people(found, written)
    update_people(found, written)
    end_positions(found)
    start_positions(found, ids, written)
    written.assignments += [person.assignment_id for _, person in found.unchanged if person.assignment_id]
    write_advancements(found, written.employees, _of_file(file_name, file.on))
    change_heads(found, ids["department"], written, file.on)
    if found.acts > BATCH:
        renew_statistics()
    return written


def _of_file(file_name, on):
    """Which file tells something, as it is noted where it stands: `roster.csv, as of October 1, 2026`."""
    return f"{file_name[-160:]}, as of {on:%B} {on.day}, {on.year}"


def renew_statistics():
    """Tell the planner of many new rows at once: with the old counts the next pages could take minutes."""
    with connection.cursor() as cursor:
        for model in (Employee, Assignment, Job, Advancement):
            cursor.execute(f'ANALYZE "{model._meta.db_table}"')


def stored_pay(assignment_ids):
    """The sum of annual pay of these assignments as the database has it, in dollars."""
    rows = Assignment.objects.filter(pk__in=assignment_ids).with_annual_rate(the_county().hours_per_year)
    return rows.aggregate(total=Sum("annual_rate"))["total"] or Decimal(0)


def create_references(found):
    Fund.objects.bulk_create(Fund(code=code, name=name) for code, name in found.funds.items())
    Department.objects.bulk_create(
        Department(code=code, name=name) for code, name in found.departments.items()
    )
    Job.objects.bulk_create(Job(code=code, title=title) for code, title in found.jobs.items())


def reference_ids():
    return {
        "department": dict(Department.objects.order_by().values_list("code", "pk")),
        "job": dict(Job.objects.order_by().values_list("code", "pk")),
        "fund": dict(Fund.objects.order_by().values_list("code", "pk")),
    }


def create_people(found, written):
    """The people who are added. Without numbers of their own they get the next R-000001."""
    if found.additions and not found.file.has_numbers:
        number_rows(found.additions)
    new = []
    for row in found.additions:
        if row.number in found.positions:
            written.employees[row.number] = found.positions[row.number][0]
        elif row.number not in written.employees:
            written.employees[row.number] = None
            new.append(row)
    for rows in batches(new):
        for employee in Employee.objects.bulk_create(new_employee(row, found.file) for row in rows):
            written.employees[employee.number] = employee.pk


def batches(items):
    """Lists of at most BATCH items, so that few rows are ever held as objects."""
    items = iter(items)
    return iter(lambda: list(islice(items, BATCH)), [])


def number_rows(rows):
    taken = Employee.objects.filter(number__startswith="R-").values_list("number", flat=True)
    last = max((int(match[1]) for number in taken if (match := KEYLESS.fullmatch(number))), default=0)
    for count, row in enumerate(rows, start=last + 1):
        row.number = f"R-{count:06d}"


def new_employee(row, file):
    return Employee(
        number=row.number,
        first_name=row.first_name or "",
        last_name=row.last_name or "",
        sort_name=sort_name(row),
        work_email=row.work_email or "",
        hired_on=row.hired_on,
        separated_on=row.separated_on,
        unknown=unknown_of(row, file.columns.keys(), OF_PERSON, {}),
    )


def sort_name(state):
    return ", ".join(filter(None, (state.last_name, state.first_name)))


def update_people(found, written):
    """People's own fields, and the days on which they left."""
    emails, rows = [], []
    own = (*PERSON, "separated_on")
    for change in found.changes:
        person = change.known
        written.employees[person.number] = person.employee_id
        if not any(name in change.fields for name in own):
            continue
        after = Merged(change.row, person)
        if "work_email" in change.fields:
            emails.append(person.employee_id)
        separated_on = change.fields.get("separated_on", (None, person.separated_on))[1]
        unknown = unknown_of(after, found.file.columns.keys(), OF_PERSON, person.unknown)
        rows.append((person.employee_id, *person_values(after), separated_on, unknown))
    rows += [separation(person, found.file.on) for person in found.separations]
    if emails:  # first set free, so that people can swap
        Employee.objects.filter(pk__in=emails).update(work_email="")
    update_from(
        Employee,
        ("first_name", "last_name", "sort_name", "work_email", "hired_on", "separated_on", "unknown"),
        unique_by_first(rows),
    )


def person_values(state):
    return (
        state.first_name or "",
        state.last_name or "",
        sort_name(state),
        state.work_email or "",
        state.hired_on,
    )


def separation(person, on):
    day = max(on, person.hired_on + A_DAY) if person.hired_on else on
    return (person.employee_id, *person_values(person), day, person.unknown)


def unique_by_first(rows):
    """One row for each id: a person with two positions comes twice."""
    return list({row[0]: row for row in rows}.values())


def end_positions(found):
    """End what is succeeded or given up; an assignment that began on the day itself goes altogether."""
    on = found.file.on
    ends, left = {}, {person.assignment_id: on for person in found.separations + found.ended}
    for change in found.changes:
        person = change.known
        if not person.assignment_id:
            continue
        if change.row.separated_on:
            left[person.assignment_id] = change.row.separated_on
        if change.row.is_gone:
            left_on = change.row.separated_on
            ends[person.assignment_id] = left_on if left_on > person.starts_on else on
        elif change.of_assignment and person.starts_on < on:
            ends[person.assignment_id] = on
        elif change.row.separated_on and "separated_on" in change.fields:
            ends[person.assignment_id] = change.row.separated_on
    ends |= {person.assignment_id: on for person in found.separations + found.ended}
    starts = {p.assignment_id: p.starts_on for p in known_of(found) if p.assignment_id}
    drop_later_pay(left, ends, starts)
    never = [pk for pk, day in ends.items() if starts[pk] >= day]
    Assignment.objects.filter(pk__in=never).delete()
    update_from(Assignment, ("ends_on",), [(pk, day) for pk, day in ends.items() if starts[pk] < day])


def drop_later_pay(left, ends, starts):
    """Take away what goes on with other pay alone after somebody has left a position: days by assignment id.

    What goes on before that day ends on it, in place of the one that it goes on from.
    """
    people = Assignment.objects.filter(pk__in=left).values("employee")
    lines = Assignment.objects.filter(employee__in=people).order_by("employee", "slot", "starts_on")
    dropped = []
    for former, line in going_on(lines):
        day = left.get(former.pk)
        if day is None:
            continue
        left[line.pk] = day
        if line.starts_on >= day:
            dropped.append(line.pk)
        elif ends.get(former.pk) == day:
            del ends[former.pk]
            ends[line.pk], starts[line.pk] = day, line.starts_on
    drop(dropped)


def known_of(found):
    return [change.known for change in found.changes] + found.separations + found.ended


def start_positions(found, ids, written):
    """The new assignments. One that began on the file's day is put right in place: the history keeps both."""
    on, file = found.file.on, found.file
    numbers = supervisor_ids(found, written)
    columns = [COLUMNS.get(name, name) for name in POST] + ["unknown"]
    slots = dict(found.positions.values())
    in_place, corrected = [], {}

    def of_additions():
        for row in found.additions:
            employee_id = written.employees[row.number]
            slots[employee_id] = slots.get(employee_id, 0) + 1
            assignment = new_assignment(row, employee_id, {}, file, ids, numbers)
            assignment.slot = slots[employee_id]
            yield assignment

    def of_changes():
        for change in found.changes:
            person = change.known
            if change.row.is_gone:
                continue
            if not change.of_assignment and person.assignment_id:
                written.assignments.append(person.assignment_id)
                continue
            unknown = person.assignment_unknown
            after = Merged(change.row, person)
            assignment = new_assignment(after, person.employee_id, unknown, file, ids, numbers)
            assignment.slot = person.slot
            if person.assignment_id and person.ends_on and not change.row.separated_on:
                corrected[person.assignment_id] = assignment
            if person.assignment_id and person.starts_on >= on:
                in_place.append((person.assignment_id, *(getattr(assignment, name) for name in columns)))
            else:
                assignment.ends_on = change.row.separated_on or person.ends_on
                yield assignment

    for new in batches(chain(of_additions(), of_changes())):
        written.assignments += [assignment.pk for assignment in Assignment.objects.bulk_create(new)]
    were = Assignment.objects.in_bulk(corrected)
    carry_on([(were[pk], assignment) for pk, assignment in corrected.items()])
    update_from(Assignment, columns, in_place)
    written.assignments += [row[0] for row in in_place]


COLUMNS = {name: f"{name}_id" for name in ("department", "job", "fund", "supervisor")}


def supervisor_ids(found, written):
    """Ids by number, of those who are named as supervisors or heads."""
    rows = found.additions + [change.row for change in found.changes]
    named = {row.supervisor for row in rows if row.supervisor} | set(found.heads.values())
    named |= {change.known.supervisor for change in found.changes if change.known.supervisor}
    ids = dict(Employee.objects.filter(number__in=named).order_by().values_list("number", "pk"))
    written.employees.update(ids)
    return ids


def new_assignment(state, employee_id, unknown, file, ids, supervisors):
    starts_on = max(file.on, state.hired_on) if state.hired_on else file.on
    return Assignment(
        employee_id=employee_id,
        department_id=ids["department"][state.department],
        division=state.division or "",
        job_id=ids["job"].get(state.job),
        supervisor_id=supervisors.get(state.supervisor),
        fte=state.fte,
        exempt=state.exempt,
        basis=state.basis,
        rate=state.rate,
        hours_per_year=state.hours_per_year,
        grade=state.grade or "",
        step=state.step,
        fund_id=ids["fund"].get(state.fund),
        kind=state.kind or Assignment.Kind.REGULAR,
        pay_set_by=state.pay_set_by or Assignment.PaySetBy.COURT,
        in_position_since=state.in_position_since,
        unknown=unknown_of(state, file.columns.keys(), OF_POST, unknown),
        starts_on=starts_on,
        ends_on=state.separated_on,
    )


def change_heads(found, departments, written, on):
    """Succeed the heads that the file names otherwise."""
    if not found.heads:
        return
    people = dict(
        Employee.objects.filter(number__in=found.heads.values()).order_by().values_list("number", "pk")
    )
    for code, number in found.heads.items():
        set_headship(departments[code], people[number], on)


def set_headship(department_id, employee_id, on):
    """Let someone head a department from a day on, until the next who is named already."""
    same = Headship.objects.filter(department_id=department_id)
    same.filter(starts_on=on).delete()
    same.in_force(on).update(ends_on=on)
    later = same.filter(starts_on__gt=on).order_by("starts_on").values_list("starts_on", flat=True).first()
    return Headship.objects.create(
        department_id=department_id, employee_id=employee_id, starts_on=on, ends_on=later
    )


def update_from(model, columns, rows):
    """Set these columns of many rows, each (id, value, ...), in few statements."""
    if not rows:
        return
    fields = [model._meta.get_field(column.removesuffix("_id")) for column in columns]
    types = [
        item.rel_db_type(connection) if item.is_relation else item.db_type(connection) for item in fields
    ]
    sets = ", ".join(f'"{c}" = new."{c}"::{t}' for c, t in zip(columns, types, strict=True))
    names = ", ".join(f'"{column}"' for column in ("id", *columns))
    statement = (
        f'UPDATE "{model._meta.db_table}" AS old SET {sets} '  # noqa: S608 (names of our own columns)
        f"FROM (VALUES %s) AS new ({names}) WHERE old.id = new.id::bigint"
    )
    prepared = [
        (row[0], *(f.get_db_prep_save(value, connection) for f, value in zip(fields, row[1:], strict=True)))
        for row in rows
    ]
    with connection.cursor() as cursor:
        execute_values(cursor.cursor, statement, prepared, page_size=BATCH)
