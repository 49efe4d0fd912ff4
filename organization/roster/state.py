"""What the county knows of its people, in the words of a roster: codes of departments, numbers of people."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from organization.models import Advancement, Assignment, Employee
from organization.roster.names import name_key, text_key

PERSON, POST = Employee.STATED, Assignment.STATED
ADVANCED = {"last_promotion_on": Advancement.Kind.PROMOTION, "last_merit_on": Advancement.Kind.MERIT}
COLUMNS = {
    "department": "department__code",
    "job": "job__code",
    "supervisor": "supervisor__number",
    "fund": "fund__code",
}


@dataclass(slots=True, kw_only=True)
class State:
    """One person in one position. None is unknown; in a row of a file, also: the file does not say."""

    number: str = ""
    first_name: str | None = None
    last_name: str | None = None
    work_email: str | None = None
    hired_on: date | None = None
    department: str | None = None  # codes, as the database has them
    division: str | None = None
    job: str | None = None
    supervisor: str | None = None  # a number
    fte: Decimal | None = None
    exempt: bool | None = None
    basis: str | None = None
    rate: Decimal | None = None
    hours_per_year: int | None = None
    grade: str | None = None
    step: int | None = None
    fund: str | None = None
    kind: str | None = None
    pay_set_by: str | None = None
    in_position_since: date | None = None
    separated_on: date | None = None
    last_promotion_on: date | None = None
    last_merit_on: date | None = None

    @property
    def name(self):
        return f"{self.first_name or ''} {self.last_name or ''}".strip()

    @property
    def name_key(self):
        return name_key(self.first_name or "", self.last_name or "")


@dataclass(slots=True, kw_only=True)
class Known(State):
    """A person as the database has him on a day; `assignment_id` is None where he has no assignment then."""

    employee_id: int
    assignment_id: int | None = None
    slot: int = 1
    starts_on: date | None = None
    ends_on: date | None = None
    is_in_force: bool = False
    unknown: dict
    assignment_unknown: dict
    by_others: dict  # of ADVANCED, the last day that no roster told


def key_of(state, field):
    """A value as it is compared: neither case nor spacing of words is a difference."""
    if field == "name":
        return state.name_key
    value = getattr(state, field)
    return text_key(value) if field in ("division", "grade") and value else value


def known_people(on, *, advanced=False):
    """Every employee as he is on the day, or will be next: a list of `Known`, one for each slot.

    Two queries, and one more for the days of ADVANCED if they are asked for. Someone without an assignment
    then comes with his own fields alone.
    """
    last_days = _last_days(on) if advanced else {}
    own = ("pk", "number", *PERSON, "separated_on", "unknown")
    lines = (
        Assignment.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on))
        .order_by("employee_id", "slot", "starts_on")
        .values_list(
            *("employee_id", "pk", "slot", "starts_on", "ends_on", "unknown"),
            *(COLUMNS.get(name, name) for name in POST),
        )
    )
    by_employee, reasons = {}, {}
    for employee_id, pk, slot, starts_on, ends_on, unknown, *values in lines.iterator(chunk_size=5000):
        slots = by_employee.setdefault(employee_id, {})
        if slot not in slots:  # the first is in force on the day, or the next to come
            unknown = reasons.setdefault(repr(unknown), unknown)  # most are alike: one for all
            slots[slot] = (pk, starts_on, ends_on, unknown, values)
    found = []
    for pk, number, *rest in Employee.objects.order_by("pk").values_list(*own).iterator(chunk_size=5000):
        *person, separated_on, unknown = rest
        unknown = reasons.setdefault(repr(unknown), unknown)
        own_values = {name: empty_as_none(value) for name, value in zip(PERSON, person, strict=True)}
        common = {"employee_id": pk, "number": number, "separated_on": separated_on, "unknown": unknown}
        common |= last_days.get(pk, NEVER_ADVANCED)
        slots = by_employee.pop(pk, None)
        if not slots:
            found.append(Known(**common, **own_values, assignment_unknown={}))
            continue
        for slot in sorted(slots):
            assignment_id, starts_on, ends_on, post_unknown, values = slots[slot]
            found.append(
                Known(
                    **common,
                    **own_values,
                    **{name: empty_as_none(value) for name, value in zip(POST, values, strict=True)},
                    assignment_id=assignment_id,
                    slot=slot,
                    starts_on=starts_on,
                    ends_on=ends_on,
                    is_in_force=starts_on <= on and (separated_on is None or separated_on > on),
                    assignment_unknown=post_unknown,
                )
            )
    return found


NEVER_ADVANCED = {"by_others": {}}


def _last_days(on):
    """What `Known` keeps of promotions and merit raises, by employee id."""
    names, found = {kind: name for name, kind in ADVANCED.items()}, {}
    for employee_id, kind, last, of_others in Advancement.objects.last_days(on).iterator(chunk_size=5000):
        kept = found.setdefault(employee_id, {"by_others": {}})
        kept[names[kind]] = last
        if of_others:
            kept["by_others"][names[kind]] = of_others
    return found


def empty_as_none(value):
    return None if value == "" else value
