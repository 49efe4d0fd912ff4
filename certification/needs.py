"""What waits for heads, the County Judge and HR around certificates."""

from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse

from certification.models import CertifiedLine, Closing, Request, Withholding
from certification.overview import ready_counts, signed_by, unsettled
from certification.permissions import signs_something
from certification.sets import AwardSet, Signers
from compensation.models import Run, RunLine
from look.formats import plural, record_date
from organization.needs import ASKED_OF_HR, Need, asked_of_hr


def needs_of(person):
    needs = []
    if signs_something(person):
        needs += _to_sign(person)
    return needs + _of_hr(person)


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
    """Sets that somebody returned, and runs with awards that nobody has signed in time."""
    found = asked_of_hr(person)
    if found is None:
        return []
    late = [_unsigned(told) for told in found["late_runs"] if told["unsigned"]]
    return [*map(_returned, found["returned_sets"]), *late]


def _sets_returned(on):
    """Sets that their signers returned, as a column."""
    found = Request.objects.filter(state=Request.State.RETURNED).order_by("due_on")
    told = JSONObject(department="department__name", note="returned_note", run="run__number")
    return ArraySubquery(found.values(told=told))


ASKED_OF_HR["returned_sets"] = _sets_returned


def _returned(told):
    return Need(
        f"Look at the set that {told['department'] or 'the County Judge'} returned",
        told["note"],
        reverse("certification:run", args=[told["run"]]),
        "Look",
        "undo-2",
    )


def _late_runs(on):
    """Runs with awards that nobody has signed by the day that was asked for, as a column.

    What is late of a fiscal year that ended before this calendar year stays on the pages of certification.
    """
    final = Closing.objects.filter(
        fiscal_year=OuterRef("run__plan__fiscal_year"),
        employee=OuterRef("employee"),
        slot=OuterRef("case__slot"),
    )
    signed = CertifiedLine.objects.filter(line=OuterRef("pk"), certificate__voiding=None)
    withheld = Withholding.objects.standing().filter(line=OuterRef("pk"))
    late = Request.objects.filter(state=Request.State.ASKED, due_on__lt=on)
    late_set = late.filter(Q(department=OuterRef("department")) | Q(department=None), run=OuterRef("run"))
    unsigned = RunLine.objects.awards().filter(
        ~Exists(final), ~Exists(signed), ~Exists(withheld), Exists(late_set), run=OuterRef("pk")
    )
    late = late.filter(run=OuterRef("pk"))
    runs = Run.objects.filter(
        Exists(late), replaced_by=None, plan__state="adopted", plan__fiscal_year__gte=on.year
    ).annotate(
        due_on=Subquery(late.order_by("due_on").values("due_on")[:1]),
        unsigned=Subquery(unsigned.order_by().values("run").annotate(n=Count("pk")).values("n")),
    )
    told = JSONObject(number="number", year="plan__fiscal_year", due_on="due_on", unsigned="unsigned")
    return ArraySubquery(runs.order_by("due_on").values(told=told))


ASKED_OF_HR["late_runs"] = _late_runs


def _unsigned(told):
    run, due_on = Run(number=told["number"]), date.fromisoformat(told["due_on"])
    return Need(
        f"See to {plural(told['unsigned'], 'award', 'awards')} of {run} that nobody has signed",
        f"Fiscal year {told['year']}. The signers had until {record_date(due_on)}. What is not signed is not"
        " paid.",
        reverse("certification:run", args=[run.number]),
        "Look",
        "stamp",
        due_on,
        is_late=True,
    )
