"""What must hold between the rows of a roster, and between them and the people who are known."""

from exchange.problems import Severity, refused_rows
from organization.roster.matching import Numbers, number_key
from organization.roster.state import ADVANCED, PERSON, POST, key_of

LOOK = Severity.LOOK


def check_rows(file, known):
    """Note every problem in the rows of `file`, and turn what they say of others into their numbers."""
    rows = file.rows
    if file.has_numbers:
        use_known_numbers(rows, known)
        check_repeats(file, rows)
        keep_first_of_person(file, rows)
        if not file.may_add:
            check_all_known(file, rows, known)
    check_emails(file, rows, known)
    settle_supervisors(file, rows, known)
    settle_heads(file, rows, known)
    leave_open(file, rows, known)


def use_known_numbers(rows, known):
    """Write the rows' numbers as the county does; zeros are not forgiven where the names are others."""
    numbers = Numbers(person.number for person in known)
    names = {person.number: person.name_key for person in known}
    for row in rows:
        number = numbers.find(row.number)
        if number is None or number == row.number:
            continue
        said, there = set(row.name_key.split()), set(names[number].split())
        if said & there or not (said and there):
            row.number = number


def check_repeats(file, rows):
    """A number with the same position twice is a row too many; with another one it is a second position."""
    first = {}
    for row in rows:
        if not row.number:
            continue
        content = (number_key(row.number), *(key_of(row, name) for name in POST))
        if content in first:
            file.object_to(
                row.at,
                "number",
                f"is in row {first[content]:,} with the same content",
                "Take one of them out.",
            )
        else:
            first[content] = row.at


def keep_first_of_person(file, rows):
    """What is the person's own is taken from his first row, if a later position says otherwise.

    A row that is refused says nothing of him.
    """
    first, refused = {}, refused_rows(file.problems)
    for row in rows:
        if row.at in refused:
            continue
        kept = first.setdefault(row.number, row)
        if kept is row or not row.number:
            continue
        for name in (*PERSON, *ADVANCED):
            value = getattr(row, name)
            if value is not None and value != getattr(kept, name):
                column = "full_name" if name not in file.columns and name.endswith("name") else name
                reason = f"is not what row {kept.at:,} says of the same person; that is kept"
                file.object_to(row.at, column, reason, severity=LOOK)
            setattr(row, name, getattr(kept, name))


def check_all_known(file, rows, known):
    numbers = {person.number for person in known}
    for row in rows:
        if row.number and row.number not in numbers:
            file.object_to(
                row.at,
                "number",
                "is not the number of anyone in County HR",
                "The file tells neither department nor pay, so nobody can be added from it.",
            )


def check_emails(file, rows, known):
    """An address belongs to one person."""
    if "work_email" not in file.columns:
        return
    owners = {person.work_email: person.number for person in known if person.work_email}
    in_file = {}
    for row in rows:
        if not row.work_email:
            continue
        other = in_file.setdefault(row.work_email, row)
        if other is not row and not (row.number and other.number == row.number):
            file.object_to(row.at, "work_email", f"is in row {other.at:,} too", "One address, one person.")
    moving = {row.number: row.work_email for row in rows if row.number and row.work_email}
    for row in rows:
        owner = owners.get(row.work_email)
        if owner is None or not file.has_numbers or owner == row.number:
            continue
        if moving.get(owner, row.work_email) == row.work_email:
            file.object_to(row.at, "work_email", f"is the address of employee {owner}")


def settle_supervisors(file, rows, known):
    """Turn supervisors' numbers into those of people in the file or in County HR."""
    if "supervisor" not in file.columns:
        return
    gone = {person.number: person.separated_on for person in known if person.separated_on}
    gone = {number: day for number, day in gone.items() if day <= file.on}
    gone |= {row.number: row.separated_on for row in rows if row.is_gone}
    for row in rows:
        if not row.is_gone:
            gone.pop(row.number, None)
    people = Numbers([person.number for person in known] + [row.number for row in rows if row.number])
    for row in rows:
        if not row.supervisor:
            continue
        number = people.find(row.supervisor)
        if number is None:
            file.object_to(
                row.at,
                "supervisor",
                "is not the number of anyone in the file or in County HR",
                "Name another.",
            )
        elif number_key(number) == number_key(row.number):
            file.object_to(
                row.at, "supervisor", "is the person’s own number; kept without a supervisor", severity=LOOK
            )
            number = None
        elif number in gone:
            left_on = gone[number]
            file.object_to(
                row.at,
                "supervisor",
                f"is the number of a person who left by {left_on:%B} {left_on.day}, {left_on.year}",
                "Name the new supervisor.",
            )
        row.supervisor = number
    check_circles(file, rows, known)


def leave_open(file, rows, known):
    """Leave supervisors and heads open who are in refused rows alone, and say so: they are not added.

    Comes last, when it is known which rows are refused.
    """
    refused = refused_rows(file.problems)
    if not refused:
        return
    there = {person.number for person in known}
    there |= {row.number for row in rows if row.at not in refused}
    out = {row.number: row.at for row in rows if row.number and row.number not in there}
    for row in rows:
        for name in ("supervisor", "head"):
            if getattr(row, name) in out and row.at not in refused:
                place = f"{out[getattr(row, name)]:,}"
                reason = f"is the number in row {place}, which is refused; left open if that row is left out"
                file.object_to(row.at, name, reason, severity=LOOK)
                setattr(row, name, None)


def check_circles(file, rows, known):
    """A reporting line that comes back to where it began has nobody at its top."""
    line = {person.number: person.supervisor for person in known if person.slot == 1 and person.supervisor}
    places = {}
    for row in rows:
        if row.number and row.number not in places:
            places[row.number] = row.at
            if row.supervisor:
                line[row.number] = row.supervisor
    settled = set()
    for start in places:
        path, number = [], start
        while number in line and number not in settled and number not in path:
            path.append(number)
            number = line[number]
        if number in path:
            circle = path[path.index(number) :]
            way = " to ".join([*circle, number][:8])
            for member in circle:
                if member in places:
                    file.object_to(places[member], "supervisor", f"closes a circle: {way}", "Name another.")
        settled.update(path)


def settle_heads(file, rows, known):
    """Turn the numbers of departments' heads into those of people who are here."""
    if "head" not in file.columns:
        return
    here = [person.number for person in known if person.is_in_force]
    people = Numbers(here + [row.number for row in rows if row.number and not row.is_gone])
    heads = {}
    for row in rows:
        if not row.head:
            continue
        number = people.find(row.head)
        place = row.department or row.department_name
        if number is None:
            file.object_to(row.at, "head", "is not the number of anyone in the file or in County HR")
        elif heads.setdefault(place, (number, row.at))[0] != number:
            other = heads[place][1]
            file.object_to(row.at, "head", f"is another head than row {other:,} names for the department")
        row.head = number
