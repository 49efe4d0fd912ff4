"""The lines of a difference batch, and what is kept of each difference."""

import json
from decimal import Decimal

from django.core.serializers.json import DjangoJSONEncoder

from payroll.export import BASE, LONGEVITY, LUMP, Line
from payroll.models import BatchLine, Difference

LONGEST = BatchLine._meta.get_field("reason").max_length


class Named:
    """A Found with the columns of the file that tell whose line it is."""

    def __init__(self, found):
        employee, fund = found.line.employee, found.line.case.fund
        self.found = found
        self.number, self.first_name, self.last_name = (
            found.line.number,
            employee.first_name,
            employee.last_name,
        )
        self.department, self.fund = found.line.department.name, fund.code if fund else ""


def difference_lines(ready, *, fiscal_year):
    """[(Line, Named)]: base pay, then what is paid once, per position; amounts signed, numbered from 1.

    `old_annual` is what was released, `new_annual` what the plan gives; a sum paid once has the difference
    alone: nothing where only monthly payments that come are others.
    """
    made = []
    for found in ready:
        keys = (found.line.pk, found.line.employee_id, found.line.case.slot, fiscal_year)
        if found.base:
            base = _base(found)
            made.append((Line(len(made) + 1, *keys, *base), Named(found)))
        for once in found.once_differs:
            made.append((Line(len(made) + 1, *keys, *_once(found, once)), Named(found)))
    return made


def _base(found):
    pay = _dollars(found.base_was), _dollars(found.base_is)
    return (
        BASE.value,
        *found.covers,
        found.base_on,
        *pay,
        _hourly(found),
        _dollars(found.base),
        reason_of(found),
    )


def _once(found, once):
    annual = _dollars(found.base_is or (found.award or found.line).new_annual)
    return (
        str(once.element),
        False,
        False,
        False,
        once.on,
        annual,
        annual,
        _hourly(found),
        once.dollars,
        reason_of(found),
    )


def _hourly(found):
    """Where base pay is all that the plan gives; else a later line of merit says it."""
    award = found.award
    if award is None or award.new_hourly is None or found.base_is not in (0, award.new_annual):
        return None
    return Decimal(award.new_hourly).scaleb(-4)


def reason_of(found):
    """In words, as long as the file has places; the letter says all of it."""
    words = f"Difference: {' '.join(found.reasons)}"
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


def keep(batch, made, *, fiscal_year):
    """Write the lines and, of each position, what was computed. A second of the same turn is refused."""
    kept = {}
    for _, named in made:
        found = named.found
        if found.line.pk not in kept:
            kept[found.line.pk] = Difference(
                fiscal_year=fiscal_year,
                employee_id=found.line.employee_id,
                slot=found.line.case.slot,
                turn=found.turn,
                line=found.line,
                reasons=found.reasons,
                case=_plain(found.case),
                award=found.award and _plain(found.award),
                lump_total=_dollars(found.once_of(LUMP).now),
                longevity_total=_dollars(found.once_of(LONGEVITY).now),
                certificate=found.certificate,
                rating_id=found.rating_id,
            )
    Difference.objects.bulk_create(kept.values())
    BatchLine.objects.bulk_create(
        BatchLine(batch=batch, difference=kept[line.line_id], **line._asdict()) for line, _ in made
    )


def _plain(values):
    return json.loads(json.dumps(values._asdict(), cls=DjangoJSONEncoder))


def new_rates(ready):
    """What changes in assignments: (day, [(assignment id, dollars, step, None)]), the earliest day first."""
    days = {}
    for found in ready:
        if found.assignment_id:
            places = -4 if found.case.basis == "hourly" else -2
            rate = Decimal(found.rate).scaleb(places)
            days.setdefault(found.base_on, []).append((found.assignment_id, rate, found.step, None))
    return sorted(days.items())


def _dollars(cents):
    return Decimal(cents).scaleb(-2)
