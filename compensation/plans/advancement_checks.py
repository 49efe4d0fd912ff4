"""What a plan is told that asks for months since the last promotion or merit raise."""

from datetime import timedelta

from django.db.models import Count, Max, Q

from compensation.pay import periods
from compensation.pay.rules import MONTHS_SINCE, Problem
from look import formats
from organization.models import Advancement, Assignment

FEW = 10  # one of so many: fewer are told
MANY = 4
A_MONTH = timedelta(days=31)


def advancement_problems(plan, rules):
    """That none or few are on record, as the others take part; and that many miss the months by days."""
    if not rules.advancements:
        return
    asked = _asked(rules)
    counts = _counted(plan.base_on, rules.advancements, asked)
    for kind in rules.advancements:
        if counts[kind] * FEW < counts["people"]:
            yield _warning(kind, _unknown(kind, counts[kind], counts["people"], plan.base_on))
    for number, (kind, months, day) in enumerate(asked):
        missed = counts[f"missed_{number}"]
        if missed and missed * MANY >= counts[kind]:
            yield _warning(kind, _by_days(kind, missed, months, day))


def _asked(rules):
    """(kind, months, the day on which they are counted) of all that the plan and its groups ask for."""
    of_all = (rules, *(group.rules for group in rules.groups))
    gates = [(own.who_of(part), own.months_on(part)) for own in of_all for part in own.gated]
    asked = ((kind, getattr(who, MONTHS_SINCE[kind]), day) for who, day in gates for kind in MONTHS_SINCE)
    return sorted({(kind, months, day) for kind, months, day in asked if months})


def _counted(on, kinds, asked):
    """Of the people employed on a day how many have one on record, and how many miss the months by days."""
    people = Assignment.objects.in_force(on).filter(slot=1).order_by()
    told, counts = "employee__advancements", {"people": Count("pk")}
    for kind in kinds:
        of_kind = Q((f"{told}__kind", kind), (f"{told}__on__lte", on))
        people = people.annotate(**{f"last_{kind}": Max(f"{told}__on", filter=of_kind)})
        counts[kind] = Count(f"last_{kind}")
    for number, (kind, months, day) in enumerate(asked):
        first = periods.months_before(day, months)
        within = Q((f"last_{kind}__gt", first), (f"last_{kind}__lte", first + A_MONTH))
        counts[f"missed_{number}"] = Count(f"last_{kind}", filter=within)
    return people.aggregate(**counts)


def _unknown(kind, known, people, on):
    found = f"{Advancement.Kind(kind).label.lower()} up to {periods.say(on)} is on record for"
    if known:
        first = f"A {found} {known:,} of {people:,} people. The others take part"
    else:
        first = f"No {found} anyone. All take part"
    cure = "Import a roster with a column for it, or record it on people’s pages."
    return f"{first} as if they never had one. {cure}"


def _by_days(kind, missed, months, day):
    """Raises begin with the first pay period of a year: twelve months later days are missing."""
    who = formats.plural(missed, "person was", "people were")
    what = {"promotion": "last promoted", "merit": "last given a merit raise"}[kind]
    first = periods.say(periods.months_before(day, months))
    return (
        f"{who} {what} within a month after {first}, and so miss the {months} months on "
        f"{periods.say(day)} by days. If they are to take part, ask for {months - 1}."
    )


def _warning(kind, message):
    return Problem(f"who.{MONTHS_SINCE[kind]}", "facts on record", message, "warning")
