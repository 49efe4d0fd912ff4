"""Which row is which person.

With employee numbers by number; a second row of a number is a second position. Without, by all that the file
says, in order among equals; then, where the file names people, by name and what makes it certain (ORG-4).
"""

from collections import defaultdict

from organization.roster.state import ADVANCED, PERSON, POST, key_of

# What tells people of one name apart, from the most certain. Only those of one job may be several.
BY_NAME = (
    ("name", "hired_on"),
    ("name", "department", "job"),
    ("name", "department"),
    ("name", "job"),
    ("name",),
)
NAMES = {"first_name", "last_name"}


def number_key(number):
    """Spreadsheets take the zeros off the front: 00123 is 123 where nobody else is."""
    return number.lstrip("0").casefold() if number.isdigit() else number.casefold()


class Numbers:
    """Finds a number as it is written, else without its leading zeros where that is certain."""

    def __init__(self, numbers):
        self.exact = set()
        self.loose = {}
        for number in numbers:
            if number in self.exact:
                continue
            self.exact.add(number)
            key = number_key(number)
            self.loose[key] = number if key not in self.loose else None

    def find(self, number):
        if number in self.exact:
            return number
        return self.loose.get(number_key(number))


def compared_fields(file):
    """The fields of a person and his position on which the file has something to say."""
    columns = file.columns.keys()
    fields = [name for name in (*PERSON, *POST, *ADVANCED) if name in columns]
    if columns & {"full_name", "first_name", "last_name"}:
        fields = [name for name in fields if name not in NAMES] + ["first_name", "last_name"]
    if columns & {"annual_pay", "hourly_rate", "rate"}:
        fields += ["rate"] if "rate" not in fields else []
        fields += ["basis"] if "basis" not in fields else []
    for name, others in (
        ("department", {"department_name"}),
        ("job", {"job_title", "job_code"}),
        ("hours_per_year", {"hours"}),
        ("fte", {"kind", "full_time"}),
    ):
        if name not in fields and columns & others:
            fields.append(name)
    return fields


def match(rows, known, file):
    """(pairs of row and `Known` or None in the file's order, `Known` without a row, how many by name)."""
    if file.has_numbers:
        return (*match_by_number(rows, known), 0)
    return match_by_content(rows, known, compared_fields(file))


def match_by_number(rows, known):
    people = defaultdict(list)
    for person in known:
        people[person.number].append(person)
    found = defaultdict(list)
    for row in rows:
        found[row.number].append(row)
    pairs = {}
    for number, same in found.items():
        positions = people.get(number, [])
        if len(same) == 1 and len(positions) <= 1:
            pairs[same[0].at] = positions[0] if positions else None
        else:
            pairs |= match_positions(same, positions)
    taken = {id(person) for person in pairs.values()}
    return [(row, pairs[row.at]) for row in rows], [person for person in known if id(person) not in taken]


def match_positions(rows, positions):
    """Rows of one person to his positions: by department and job, then in order."""
    pairs, left = {}, list(positions)
    for fields in (("department", "job", "rate"), ("department", "job"), ()):
        for row in rows:
            if row.at in pairs:
                continue
            for position in left:
                if all(getattr(row, name) == getattr(position, name) for name in fields):
                    pairs[row.at] = position
                    left.remove(position)
                    break
    return {row.at: pairs.get(row.at) for row in rows}


def match_by_content(rows, known, fields):
    """By all that the file says; then without what it leaves empty; then by name."""
    here = [person for person in known if person.assignment_id]
    pairs = {}
    same_name = set(fields) >= NAMES
    compared = [name for name in fields if name not in NAMES] + (["name"] if same_name else [])
    left = pair_in_order(rows, here, compared, pairs)
    by_filled = defaultdict(list)
    for row in rows:
        if row.at not in pairs:
            filled = tuple(name for name in compared if key_of(row, name) not in (None, ""))
            by_filled[filled].append(row)
    for filled in sorted(by_filled, key=len, reverse=True):
        if len(filled) < len(compared):
            left = pair_in_order(by_filled[filled], left, filled, pairs)
    by_name = 0
    if same_name:
        before = len(pairs)
        for wanted in BY_NAME:
            if set(wanted) <= set(compared):
                left = pair_if_certain(rows, left, wanted, pairs)
        by_name = len(pairs) - before
    return (
        [(row, pairs.get(row.at)) for row in rows],
        left + [p for p in known if not p.assignment_id],
        by_name,
    )


def grouped(states, fields):
    groups = defaultdict(list)
    for state in states:
        groups[tuple(key_of(state, name) for name in fields)].append(state)
    return groups


def pair_in_order(rows, people, fields, pairs):
    """Pair equals in order: the first row with the first person. Returns who is left."""
    groups = grouped(people, fields)
    taken = set()
    for key, same in grouped((row for row in rows if row.at not in pairs), fields).items():
        for row, person in zip(same, groups.get(key, ()), strict=False):
            pairs[row.at] = person
            taken.add(id(person))
    return [person for person in people if id(person) not in taken]


def pair_if_certain(rows, people, fields, pairs):
    """Pair groups that have as many rows as people, all with a name. Returns who is left."""
    groups = grouped(people, fields)
    taken = set()
    for key, same in grouped((row for row in rows if row.at not in pairs), fields).items():
        others = groups.get(key, ())
        if len(same) != len(others) or not all(key):
            continue
        if len(same) > 1 and fields != ("name", "department", "job"):
            continue
        for row, person in zip(same, others, strict=True):
            pairs[row.at] = person
            taken.add(id(person))
    return [person for person in people if id(person) not in taken]
