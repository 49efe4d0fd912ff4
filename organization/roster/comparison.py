"""What a roster would change in what is in force on its day. Computed, never stored half."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from exchange.problems import Severity, by_place, refused_rows
from organization.models import Headship, the_county
from organization.roster.checks import check_rows
from organization.roster.fields import BY_NAME, NAME_FIELDS
from organization.roster.matching import compared_fields, match
from organization.roster.pay import annual_pay, to_the_cent
from organization.roster.references import known_references, only_used, resolve
from organization.roster.rows import read_rows
from organization.roster.state import ADVANCED, PERSON, POST, key_of, known_people
from organization.roster.unknown import count_unknown
from organization.services.carrying import OF_THEIR_DAY

# The field under which a person's changes are counted: the first of these that changed.
LEADING = (
    "department",
    "job",
    "kind",
    "fte",
    "hours_per_year",
    "basis",
    "rate",
    "supervisor",
    "separated_on",
    *(
        name
        for name in POST
        if name not in ("department", "job", "kind", "fte", "basis", "rate", "supervisor")
    ),
    *PERSON,
    *ADVANCED,
)
LABELS = {name: field.label for name, field in BY_NAME.items()} | {
    "department": "Department",
    "job": "Job title",
    "kind": "Kind",
    "rate": "Annual pay or rate",
    "basis": "Annual or hourly basis",
    "hours_per_year": "Hours a year",
    "supervisor": "Supervisor",
    "separated_on": "Separation",
}


@dataclass(slots=True)
class Change:
    """A row that differs from what is known: field to (before, after)."""

    row: object
    known: object
    fields: dict

    @property
    def leading(self):
        return next(name for name in LEADING if name in self.fields)

    @property
    def of_assignment(self):
        return any(name in self.fields for name in POST)


@dataclass(slots=True)
class Comparison:
    """A roster against what is in force. Sums are dollars a year, exact."""

    file: object
    positions: dict = field(default_factory=dict)  # number of a known person to (his id, his highest slot)
    additions: list = field(default_factory=list)  # rows
    changes: list = field(default_factory=list)  # Change
    separations: list = field(default_factory=list)  # Known: no longer in a complete file
    ended: list = field(default_factory=list)  # Known: a position no longer in the file, of someone who stays
    unchanged: list = field(default_factory=list)  # (row, Known)
    already_gone: int = 0
    hours_per_year: int = 2080  # where a row states none
    heads: dict = field(default_factory=dict)  # department code to number, where the head changes
    departments: dict = field(default_factory=dict)  # new ones: code to name
    jobs: dict = field(default_factory=dict)
    funds: dict = field(default_factory=dict)
    sums: dict = field(default_factory=dict)
    people_before: int = 0
    people_after: int = 0
    by_field: list = field(default_factory=list)  # (label, people, dollars)
    unknown: list = field(default_factory=list)  # Unknown: of the people in the file

    @property
    def problems(self):
        return by_place(self.file.problems)

    @property
    def refused(self):
        return refused_rows(self.file.problems)

    @property
    def changes_anything(self):
        return bool(self.additions or self.changes or self.separations or self.ended or self.heads)

    @property
    def acts(self):
        """How many dated acts applying it would be."""
        return (
            len(self.additions)
            + len(self.changes)
            + len(self.separations)
            + len(self.ended)
            + len(self.heads)
        )


def compare(table, matching, *, on, complete=False):
    """The `Comparison` of a table with what is in force on a day. A dozen queries, however long the file."""
    file = read_rows(table, matching, on=on)
    known = known_people(on, advanced=bool(file.columns.keys() & ADVANCED.keys()))
    references = known_references()
    resolve(file.rows, references)
    check_rows(file, known)
    found = Comparison(file, {person.number: (person.employee_id, person.slot) for person in known})
    found.hours_per_year = the_county().hours_per_year
    refused = found.refused
    if file.names_people:
        good = [row for row in file.rows if row.at not in refused]
        pairs, missing, by_name = match(good, known, file)
        if by_name:
            file.notes.append(
                f"{by_name:,} people were recognized by name, since the file has no employee numbers."
            )
        sort_pairs(found, pairs, compared_fields(file))
        if complete:
            find_missing(found, missing, refused)
    find_heads(found, refused)
    find_new(found, references)
    add_up(found, known)
    if file.may_add:
        found.unknown = count_unknown(states_after(found), file.columns)
    note_nameless(found)
    return found


def sort_pairs(found, pairs, fields):
    """Each pair is an addition, a change, or as it was."""
    for row, person in pairs:
        if row.is_gone:
            if person is None or person.separated_on:
                found.already_gone += 1
            else:
                found.changes.append(Change(row, person, {"separated_on": (None, row.separated_on)}))
        elif person is None:
            found.additions.append(row)
        else:
            changed = differences(row, person, fields, found.file)
            if changed and comes_too_late(found.file, row, person):
                continue
            if changed:
                note_later(found.file, row, person, changed)
                found.changes.append(Change(row, person, changed))
            else:
                found.unchanged.append((row, person))


def differences(row, person, fields, file):
    """What the row says otherwise: field to (before, after). What it leaves empty stays as it is."""
    changed = {}
    if person.separated_on and person.separated_on <= file.on:
        changed["separated_on"] = (person.separated_on, None)  # hired again
    elif row.separated_on and row.separated_on != person.separated_on:
        changed["separated_on"] = (person.separated_on, row.separated_on)
    if not person.assignment_id and file.may_add:
        changed["department"] = (None, row.department)
    same_name = row.name_key == person.name_key
    if loses_full_time(row, person):
        changed["fte"] = (person.fte, None)
    for name in fields:
        after = getattr(row, name)
        if after is None or after == getattr(person, name) or stays_on_record(file, row, person, name):
            continue
        if name in ("first_name", "last_name"):
            if same_name:
                continue
        elif key_of(row, name) == key_of(person, name):
            continue
        changed[name] = (getattr(person, name), after)
    return changed


def stays_on_record(file, row, person, name):
    """Whether a later promotion or merit raise than the file knows was put on record by HR or a release."""
    other = person.by_others.get(name)
    if other is None or getattr(row, name) >= other:
        return False
    reason = (
        f"is earlier than {other:%B} {other.day}, {other.year}, which Human Resources or a release of pay "
        "has put on record; that one stays"
    )
    mend = "If it is wrong, put it right on the person’s page."
    file.object_to(row.at, name, reason, mend, Severity.LOOK)
    return True


def loses_full_time(row, person):
    """Whether the row says part time of somebody who was full time: the FTE is no longer known then."""
    return row.is_part_time and person.fte == 1


def comes_too_late(file, row, person):
    """Whether a later assignment stands in the way of what the file says of its day."""
    starts = max(file.on, row.hired_on) if row.hired_on else file.on
    later = person.starts_on
    if later is None or later <= file.on or later == starts:
        return False
    file.object_to(
        row.at,
        "number",
        f"has an assignment from {later:%B} {later.day}, {later.year}, later than the file",
        "Import the file as of a later day, or leave the row out.",
    )
    return True


def note_later(file, row, person, changed):
    """Say what a change of the past does to what began since."""
    if not person.assignment_id or person.ends_on is None or person.ends_on == person.separated_on:
        return
    if row.separated_on or not changed.keys() & set(POST):
        return
    of_its_day = changed.keys() & set(OF_THEIR_DAY)
    file.object_to(
        row.at,
        "number",
        f"has other records from {person.ends_on:%B} {person.ends_on.day}, {person.ends_on.year} on: "
        + (
            "pay and supervisor stay there as they are"
            if of_its_day
            else "where they said the same, they are corrected too"
        ),
        "Import pay and supervisors as of that day or a later." if of_its_day else "",
        severity=Severity.LOOK,
    )


def find_missing(found, missing, refused):
    """Who is not in a complete file has separated, unless his row is one of those that were refused."""
    numbers = {row.number for row in found.file.rows if row.at in refused}
    present = {row.number for row in found.file.rows if row.number}
    for person in missing:
        if not person.is_in_force or person.number in numbers:
            continue
        if person.number in present:
            found.ended.append(person)
        else:
            found.separations.append(person)


def states_after(found):
    """What is known of each person in the file once it is applied: (row number, state, earlier reasons)."""
    for row in found.additions:
        yield row.at, row, {}
    pairs = [(change.row, change.known) for change in found.changes if not change.row.is_gone]
    for row, person in pairs + found.unchanged:
        yield row.at, Merged(row, person), person.unknown | person.assignment_unknown


def note_nameless(found):
    """Say why people of a file without numbers and names come and go where their pay has changed."""
    if found.file.columns.keys() & {"number", *NAME_FIELDS} or not (found.additions and found.separations):
        return
    found.file.notes.append(
        "The file has neither employee numbers nor names, so a person is known only by what the row says: "
        "whoever changed in anything counts as one who went and one who came."
    )


def find_heads(found, refused):
    file = found.file
    if "head" not in file.columns:
        return
    now = dict(
        Headship.objects.in_force(file.on).values_list("department__code", "employee__number").order_by()
    )
    for row in file.rows:
        if row.head and row.department and row.at not in refused and now.get(row.department) != row.head:
            found.heads[row.department] = row.head


def find_new(found, references):
    rows = found.additions + [change.row for change in found.changes]
    found.departments = only_used(references.departments, {row.department for row in rows} | set(found.heads))
    found.jobs = only_used(references.jobs, {row.job for row in rows})
    found.funds = only_used(references.funds, {row.fund for row in rows})


def add_up(found, known):
    """The sums before and after, each part exact, and what each field's changes cost."""
    hours = found.hours_per_year
    here = [person for person in known if person.is_in_force]
    pay = {id(person): annual_pay(person, hours) for person in here}
    parts = defaultdict(Decimal)
    parts["before"] = sum(pay.values(), Decimal(0))
    parts["additions"] = sum((annual_pay(row, hours) for row in found.additions), Decimal(0))
    gone = found.separations + found.ended
    parts["separations"] = -sum((pay[id(person)] for person in gone), Decimal(0))
    counts, costs = Counter(), Counter()
    leavers = 0
    for change in found.changes:
        before = pay.get(id(change.known), Decimal(0))
        if change.row.is_gone:
            parts["separations"] -= before
            leavers += 1 if before or change.known.is_in_force else 0
            counts["separated_on"] += 1
            costs["separated_on"] -= before
            continue
        after = annual_pay(Merged(change.row, change.known), hours)
        parts["changes"] += after - before
        counts[change.leading] += 1
        costs[change.leading] += after - before
    parts["read"] = parts["additions"] + sum(
        (annual_pay(Merged(row, person), hours) for row, person in found.unchanged), Decimal(0)
    )
    staying = [change for change in found.changes if not change.row.is_gone]
    parts["read"] += sum((annual_pay(Merged(c.row, c.known), hours) for c in staying), Decimal(0))
    parts["after"] = parts["before"] + parts["additions"] + parts["separations"] + parts["changes"]
    parts["others"] = parts["after"] - parts["read"]
    found.sums = {name: parts[name] for name in SUMS}
    found.people_before = len({person.employee_id for person in here})
    returning = sum(1 for change in staying if not change.known.is_in_force)
    new = {row.number or row.at for row in found.additions} - found.positions.keys()
    found.people_after = found.people_before + len(new) + returning - len(found.separations) - leavers
    found.by_field = [(LABELS[name], counts[name], costs[name]) for name in LEADING if counts[name]]


SUMS = ("before", "additions", "separations", "changes", "after", "read", "others")


class Merged:
    """The row with what it leaves empty taken from the person."""

    __slots__ = ("person", "row")

    def __init__(self, row, person):
        self.row, self.person = row, person

    def __getattr__(self, name):
        value = getattr(self.row, name)
        if value is not None or (name == "fte" and loses_full_time(self.row, self.person)):
            return value
        return getattr(self.person, name)


def summary(found):
    """Counts and sums, ready for JSON: what a page shows, a command prints and an import keeps."""
    file = found.file
    return {
        "rows": len(file.table.rows) + len(file.table.problems),
        "added": len(found.additions),
        "changed": len([change for change in found.changes if not change.row.is_gone]),
        "gone": len(found.separations) + len([change for change in found.changes if change.row.is_gone]),
        "positions_ended": len(found.ended),
        "unchanged": len(found.unchanged),
        "already_gone": found.already_gone,
        "refused_rows": len(found.refused),
        "heads": len(found.heads),
        "new_departments": len(found.departments),
        "new_jobs": len(found.jobs),
        "people_before": found.people_before,
        "people_after": found.people_after,
        "sums": {name: str(to_the_cent(value)) for name, value in found.sums.items()},
        "by_field": [[label, people, str(to_the_cent(cost))] for label, people, cost in found.by_field],
        "unknown": [str(unknown) for unknown in found.unknown],
    }
