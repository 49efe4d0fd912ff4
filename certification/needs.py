"""What waits for heads, the County Judge and HR around certificates."""

from django.db.models import Count, Exists, OuterRef, Q, Subquery
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
        needs += _of_hr(person)
    return needs


def _to_sign(person):
    requests = unsettled(person)
    if not requests:
        return []
    chart = Signers.of(person)
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


def _of_hr(person):
    """Sets that somebody returned, and runs with awards that nobody has signed in time. One query or two.

    What is late of a fiscal year that ended before this calendar year stays on the pages of certification.
    """
    late = Q(state=Request.State.ASKED, due_on__lt=person.on, run__replaced_by=None)
    late &= Q(run__plan__state="adopted", run__plan__fiscal_year__gte=person.on.year)
    requests = Request.objects.filter(Q(state=Request.State.RETURNED) | late)
    requests = list(requests.select_related("run", "department").order_by("due_on"))
    returned = [request for request in requests if request.state == Request.State.RETURNED]
    due = {}
    for request in requests:
        if request.state == Request.State.ASKED:
            due.setdefault(request.run_id, request.due_on)
    return [*map(_returned, returned), *(_unsigned(person, due) if due else [])]


def _returned(request):
    return Need(
        f"Look at the set that {request.department or 'the County Judge'} returned",
        request.returned_note,
        reverse("certification:run", args=[request.run.number]),
        "Look",
        "undo-2",
    )


def _unsigned(person, due):
    """A line for each of these runs (id to the day that is over) with awards that nobody has signed."""
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
    runs = Run.objects.filter(pk__in=due).select_related("plan")
    runs = runs.annotate(
        unsigned=Subquery(unsigned.order_by().values("run").annotate(n=Count("pk")).values("n"))
    )
    return [
        Need(
            f"See to {plural(run.unsigned, 'award', 'awards')} of {run} that nobody has signed",
            f"Fiscal year {run.plan.fiscal_year}. The signers had until {record_date(due[run.pk])}. What is "
            "not signed is not paid.",
            reverse("certification:run", args=[run.number]),
            "Look",
            "stamp",
            due[run.pk],
            is_late=True,
        )
        for run in runs
        if run.unsigned
    ]
