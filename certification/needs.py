"""What waits for heads, the County Judge and HR around certificates."""

from django.urls import reverse

from certification.models import Request
from certification.overview import ready_counts, signed_by, unsettled
from certification.permissions import signs_something
from certification.sets import AwardSet, Signers
from organization.models import Role
from organization.needs import Need


def needs_of(person):
    needs = []
    if signs_something(person):
        needs += _to_sign(person)
    if person.has_role(Role.HR):
        needs += _returned()
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
