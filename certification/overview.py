"""The sets of a run by department: for HR, who asks, and for heads, who sign."""

from collections import Counter
from typing import NamedTuple

from django.db.models import Case, Exists, OuterRef, Q, When

from certification.counting import count
from certification.models import Closing, Delegation, Request
from certification.services import minimum_service_weight
from certification.sets import AwardSet
from certification.standing import CERTIFIED, HELD, READY, RELEASED, glance
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

    is_vacant: bool
    excepted: int

    @property
    def state(self):
        if self.awards and self.certified + self.released == self.awards:
            return "certified"
        if self.request is None:
            return "not_asked"
        return self.request.state


def rows_of(run, chart, comparison, *, county):
    """All sets of a run, by name, the heads' last, with a constant number of queries."""
    requests = {request.department_id: request for request in Request.objects.filter(run=run)}
    by_set = {}
    minimum = {run.pk: minimum_service_weight(run, county)}
    for group in count(comparison, chart.head_ids, minimum_service_weights=minimum):
        by_set.setdefault(group.department_id, []).append(group)
    rows = [_row(run, key, groups, chart, requests.get(key)) for key, groups in by_set.items()]
    return sorted(rows, key=lambda row: (row.award_set.department is None, row.award_set.name))


def _row(run, key, groups, chart, request):
    department = chart.departments[key] if key else None
    return Row(
        AwardSet(run, department),
        chart.certifier(department),
        *(sum(getattr(group, name) for group in groups) for name in ("awards", "merit", "lump")),
        *(
            sum(group.awards for group in groups if group.state == state)
            for state in (READY, HELD, CERTIFIED, RELEASED)
        ),
        request,
        chart.is_vacant(department),
        sum(group.awards for group in groups if group.is_excepted),
    )


def ready_counts(requests, chart, person):
    """How many awards of each request's set a person can sign now, by request id; two queries at most."""
    found, keys = Counter(), {(each.run_id, each.department_id): each.pk for each in requests}
    if not keys:
        return found
    own = {person.employee_id, *(chart.authority(person, each.department).principal.pk for each in requests)}
    runs = list({each.run_id: each.run for each in requests}.values())
    departments = {each.department_id for each in requests}
    departments = None if None in departments else list(departments)  # heads are in any department
    for group in count(
        glance(runs, departments=departments),
        chart.head_ids,
        minimum_service_weights={run.pk: minimum_service_weight(run, person.county) for run in runs},
        departments=departments,
        without=own,
    ):
        if group.state == READY and (key := keys.get((group.run_id, group.department_id))):
            found[key] += group.awards
    return found


def sets_of(person, chart):
    """Requests whose sets a person signs: [Request], the latest run first."""
    return signed_by(person, chart, _with_runs(Request.objects.all()))


def signed_by(person, chart, requests):
    """Those of these requests whose sets a person signs."""
    keys = {request.department_id for request in requests}
    mine = {key for key in keys if chart.authority(person, key and chart.departments[key])}
    return [request for request in requests if request.department_id in mine]


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
    # Only a first sieve, in one query: `signed_by` decides.
    delegated = Delegation.objects.standing().in_force(person.on).filter(delegate=person.employee_id)
    heads = Headship.objects.in_force(person.on).values("employee")
    wanted = Q(department__in=person.departments) | Q(department__in=delegated.values("department"))
    if person.is_county_judge:  # signs for the heads, and for whatever has no head
        headed = Headship.objects.in_force(person.on).filter(department=OuterRef("department"))
        headed = headed.exclude(employee__separated_on__lte=person.on)
        wanted |= Q(department=None) | ~Q(Exists(headed))
    else:
        wanted |= Q(Exists(delegated.filter(department=None)), department=None)
    found = Request.objects.filter(
        wanted, state=Request.State.ASKED, run__plan__fiscal_year__gte=person.on.year
    )
    # As a column it is asked of what is his alone, which the planner does not see to in a condition.
    is_left = Case(
        When(department=None, then=Exists(left.filter(employee__in=heads))),
        default=Exists(left.filter(department=OuterRef("department"))),
    )
    return [request for request in _with_runs(found.annotate(is_left=is_left)) if request.is_left]


def _with_runs(requests):
    return (
        requests.filter(run__state=Run.State.DONE)
        .select_related("run__plan__cycle", "department")
        .order_by("-run__number", "department__name")
    )
