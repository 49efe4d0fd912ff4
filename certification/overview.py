"""The sets of a run by department: for HR, who asks, and for heads, who sign."""

from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q

from certification.models import Closing, Request
from certification.sets import AwardSet
from certification.standing import CERTIFIED, HELD, READY, RELEASED, stand
from compensation.models import Run, RunLine
from organization.models import Headship


class Row(NamedTuple):
    """One set and how far it is; `state` is certified, not_asked, asked or returned."""

    award_set: AwardSet
    head: object
    awards: int
    merit: int
    lump: int
    ready: int
    held: int
    certified: int
    released: int
    request: Request | None

    @property
    def state(self):
        if self.awards and self.certified + self.released == self.awards:
            return "certified"
        if self.request is None:
            return "not_asked"
        return self.request.state


def rows_of(run, chart, comparison, *, minimum_service_weight, judges=()):
    """All sets of a run, by name, the heads' last, with a constant number of queries."""
    lines = (
        RunLine.objects.awards()
        .filter(run=run)
        .select_related("employee", "department", "case__rating")
        .order_by("pk")
    )
    requests = {request.department_id: request for request in Request.objects.filter(run=run)}
    by_set = {}
    for award in stand(lines, comparison, minimum_service_weight=minimum_service_weight):
        key = None if award.line.employee_id in chart.head_ids else award.line.department_id
        by_set.setdefault(key, []).append(award)
    rows = [_row(run, key, awards, chart, requests.get(key), judges) for key, awards in by_set.items()]
    return sorted(rows, key=lambda row: (row.award_set.department is None, row.award_set.name))


def _row(run, key, awards, chart, request, judges):
    department = chart.departments[key] if key else None
    head = chart.certifier(department) if department else next(iter(judges), None)
    states = [award.state for award in awards]
    return Row(
        AwardSet(run, department),
        head,
        len(awards),
        sum(award.line.merit for award in awards),
        sum(award.line.lump for award in awards),
        *(states.count(state) for state in (READY, HELD, CERTIFIED, RELEASED)),
        request,
    )


def sets_of(person, chart):
    """Requests whose sets a person signs: [Request], the latest run first."""
    return signed_by(person, chart, _with_runs(Request.objects.all()))


def signed_by(person, chart, requests):
    """Those of these requests whose sets a person signs."""
    mine = {pk for pk, department in chart.departments.items() if _signs(person, chart, department)}
    return [
        request
        for request in requests
        if (request.department_id in mine if request.department_id else person.is_county_judge)
    ]


def unsettled(person):
    """Requests that may wait for a person: with an award that is not final yet. In one query.

    Those of a fiscal year that ended before this calendar year stay on the page of certification alone.
    """
    final = Closing.objects.filter(
        fiscal_year=OuterRef("run__plan__fiscal_year"),
        employee=OuterRef("employee"),
        slot=OuterRef("case__slot"),
    )
    left = RunLine.objects.awards().filter(~Exists(final), run=OuterRef("run"))
    found = Q(Exists(left.filter(department=OuterRef("department"))), department__in=person.departments)
    if person.is_county_judge:
        heads = Headship.objects.in_force(person.on).values("employee")
        found |= Q(Exists(left.filter(employee__in=heads)), department=None)
    return _with_runs(
        Request.objects.filter(found, state=Request.State.ASKED, run__plan__fiscal_year__gte=person.on.year)
    )


def _with_runs(requests):
    return (
        requests.filter(run__state=Run.State.DONE)
        .select_related("run__plan__cycle", "department")
        .order_by("-run__number", "department__name")
    )


def _signs(person, chart, department):
    head = chart.certifier(department)
    return head is not None and head.pk == person.employee_id
