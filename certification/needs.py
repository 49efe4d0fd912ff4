"""What waits for heads, the County Judge and HR around certificates."""

from django.db.models import Count, Exists, Min, OuterRef, Q, Subquery
from django.urls import reverse

from certification.models import CertifiedLine, Closing, Request, Withholding
from certification.overview import ready_counts, signed_by, unsettled
from certification.permissions import signs_something
from certification.sets import AwardSet, Signers
from compensation.models import Run, RunLine
from look.formats import plural, record_date
from organization.models import Role
from organization.needs import Need


def needs_of(person):
    needs = []
    if signs_something(person):
        needs += _to_sign(person)
    if person.has_role(Role.HR):
        needs += [*_returned(), *_overdue(person)]
    return needs


def _to_sign(person):
    requests = list(unsettled(person))
    if not requests:
        return []
    chart = Signers(person.on)
    mine = signed_by(person, chart, requests)
    ready = ready_counts(mine, chart, person)
    return [_certify(request, ready[request.pk], chart, person) for request in mine if ready[request.pk]]


def _certify(request, count, chart, person):
    award_set = AwardSet(request.run, request.department)
    delegation = chart.authority(person, request.department).delegation
    why = f"For {delegation.principal}." if delegation else "Each rests on an evaluation that you answer for."
    return Need(
        f"Certify {count:,} award{'' if count == 1 else 's'} of {award_set.name}",
        f"{request.run}, {request.run.plan}. {why}",
        reverse("certification:set", args=[request.run.number, award_set.code]),
        "Certify",
        "stamp",
        request.due_on,
        is_late=request.due_on < person.on,
    )


def _returned():
    return [
        Need(
            f"Look at the set that {request.department or 'the County Judge'} returned",
            request.returned_note,
            reverse("certification:run", args=[request.run.number]),
            "Look",
            "undo-2",
        )
        for request in Request.objects.filter(state=Request.State.RETURNED).select_related(
            "run", "department"
        )
    ]


def _overdue(person):
    """Runs with awards that nobody has signed although the day for it is over. One query.

    Those of a fiscal year that ended before this calendar year stay on the pages of certification alone.
    """
    final = Closing.objects.filter(
        fiscal_year=OuterRef("run__plan__fiscal_year"),
        employee=OuterRef("employee"),
        slot=OuterRef("case__slot"),
    )
    signed = CertifiedLine.objects.filter(line=OuterRef("pk"), certificate__voiding=None)
    withheld = Withholding.objects.standing().filter(line=OuterRef("pk"))
    late_set = Request.objects.filter(run=OuterRef("run"), state="asked", due_on__lt=person.on)
    late_set = late_set.filter(Q(department=OuterRef("department")) | Q(department=None))
    unsigned = RunLine.objects.awards().filter(
        ~Exists(final), ~Exists(signed), ~Exists(withheld), Exists(late_set), run=OuterRef("pk")
    )
    late = Q(certification_requests__state="asked", certification_requests__due_on__lt=person.on)
    runs = (
        Run.objects.filter(
            late, replaced_by=None, plan__state="adopted", plan__fiscal_year__gte=person.on.year
        )
        .annotate(
            due_on=Min("certification_requests__due_on"),
            unsigned=Subquery(unsigned.order_by().values("run").annotate(n=Count("pk")).values("n")),
        )
        .filter(unsigned__gt=0)
        .select_related("plan")
    )
    return [
        Need(
            f"See to {plural(run.unsigned, 'award', 'awards')} of {run} that nobody has signed",
            f"Fiscal year {run.plan.fiscal_year}. The signers had until {record_date(run.due_on)}. What is "
            "not signed is not paid.",
            reverse("certification:run", args=[run.number]),
            "Look",
            "stamp",
            run.due_on,
            is_late=True,
        )
        for run in runs
    ]
