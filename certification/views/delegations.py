"""Having somebody else sign for a time."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from certification import services
from certification.forms import DelegateForm, set_key
from certification.models import Delegation
from certification.sets import AwardSet, Signers
from certification.views.fetching import for_certifiers, for_signers
from organization.refusal import Refused


@for_certifiers
def delegations(request):
    """One's own delegations, given and held; for HR and auditors those of the county."""
    chart = Signers(request.on)
    sets = services.sets_to_delegate(request.person, chart)
    form, status = _form(request, sets), 200
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            made = services.delegate(**form.asked(), by=request.person, at=request.at)
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, f"{made[0].delegate} can sign for you, and was told by e-mail.")
            return redirect("certification:delegations")
    if form is not None and form.errors:
        status = 422
    found = Delegation.objects.visible_to(request.person)
    found = found.select_related("principal", "delegate", "department")
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    for each in page:
        each.set_name = AwardSet(None, each.department).name
        each.state = _state(each, chart)
        each.state_word = STATES[each.state]
        each.can_revoke = each.principal_id == request.person.employee_id and each.state in LIVE
    return render(request, "certification/delegations.html", {"page": page, "form": form}, status=status)


LIVE = ("in_force", "coming")
STATES = {
    "in_force": "In force",
    "coming": "To come",
    "revoked": "Revoked",
    "ended": "Ended",
    "lapsed": "Lapsed",
}


def _state(delegation, chart):
    if delegation.revoked_at is not None:
        return "revoked"
    if delegation.ends_on <= chart.on:
        return "ended"
    department = delegation.department and chart.departments[delegation.department_id]
    if delegation.principal_id not in [each.pk for each in chart.principals(department)]:
        return "lapsed"
    return "coming" if delegation.starts_on > chart.on else "in_force"


def _form(request, sets):
    """The form to delegate, for those who answer for a set themselves."""
    if not sets:
        return None
    people = services.possible_delegates(request.person.employee, on=request.on)
    names = [(set_key(each), AwardSet(None, each).name) for each in sets]
    return DelegateForm(request.POST or None, sets=sets, names=names, people=people, on=request.on)


@for_signers
@require_POST
def revoke(request, pk):
    found = get_object_or_404(Delegation.objects.of(request.person), pk=pk)
    try:
        services.revoke(found.pk, by=request.person, at=request.at)
    except Refused as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"{found.delegate} no longer signs for you.")
    return redirect("certification:delegations")
