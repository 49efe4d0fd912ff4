from datetime import date
from urllib.parse import quote

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.audience import for_signed_in
from court import permissions, services
from court.forms import ActionForm, SeatForm
from court.models import CourtAction, Seat
from court.tally import count
from organization.audience import for_roles
from organization.models import Role
from organization.refusal import Refused


@for_signed_in
def actions(request):
    found = CourtAction.objects.with_votes().select_related("corrects", "corrected_by")
    words, purpose = request.GET.get("words", "").strip(), request.GET.get("purpose", "")
    if words:
        found = found.filter(
            Q(number__icontains=words) | Q(title__icontains=words) | Q(motion__icontains=words)
        )
    if purpose in CourtAction.Purpose.values:
        found = found.filter(purpose=purpose)
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    return render(
        request,
        "court/actions.html",
        {
            "page": page,
            "words": words,
            "purpose": purpose,
            "purposes": CourtAction.Purpose.choices,
            "can_record": permissions.can_record(request.person),
        },
    )


@for_signed_in
def action(request, number):
    found = get_object_or_404(
        CourtAction.objects.select_related("corrects", "corrected_by", "recorded_by"), number=number
    )
    votes = list(found.votes.all())
    return render(
        request,
        "court/action.html",
        {
            "action": found,
            "votes": votes,
            "tally": count(vote.vote for vote in votes),
            "rests": _what_rests_on(found),
            "can_record": permissions.can_record(request.person),
        },
    )


@for_roles(Role.COURT_CLERK)
def record_action(request):
    seats = list(Seat.objects.in_force(_meeting_day(request)))
    corrects = CourtAction.objects.filter(number=request.GET.get("corrects", "")).first()
    form = ActionForm(
        request.POST or None,
        request.FILES or None,
        seats=seats,
        today=request.on,
        initial=_initial(request, corrects),
    )
    if request.method == "POST" and form.is_valid():
        document = form.cleaned_data["document"]
        content = None
        if document:
            document.seek(0)
            content = document.read()
        try:
            recorded = services.record_action(
                form.fields_of_action(),
                form.votes(),
                by=request.person,
                at=request.at,
                document=content,
                document_name=document.name[:200] if document else "",
                corrects=corrects,
            )
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, f"Order {recorded.number} is on record.")
            return redirect("court:action", recorded.number)
    return render(
        request,
        "court/record.html",
        {"form": form, "seats": seats, "corrects": corrects},
        status=422 if form.errors else 200,
    )


def _meeting_day(request):
    """The day of the meeting as typed: those who sat on the Court then voted. Today until it is typed."""
    try:
        return date.fromisoformat(request.POST.get("meeting_on", ""))
    except ValueError:
        return request.on


def _initial(request, corrects):
    if corrects is None:
        asked = request.GET.get("purpose", "")
        purpose = {"purpose": asked} if asked in CourtAction.Purpose.values else {}
        return {"meeting_on": request.on, "effective_on": request.on, **purpose}
    names = ("purpose", "title", "meeting_on", "agenda_item", "motion", "mover", "seconder", "effective_on")
    return {name: getattr(corrects, name) for name in names}


@for_signed_in
def document(request, number):
    """The signed order. Orders of the Court are public records."""
    found = get_object_or_404(CourtAction, number=number)
    if not found.document:
        raise Http404("No signed order is attached.")
    answer = HttpResponse(bytes(found.document), content_type="application/pdf")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.document_name)}"
    return answer


@for_roles(Role.COURT_CLERK)
def members(request):
    form = SeatForm(request.POST or None, initial={"starts_on": request.on})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            seat = services.seat_member(
                data["position"],
                data["title"],
                data["member"],
                starts_on=data["starts_on"],
                by=request.person,
                at=request.at,
            )
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(
                request, f"{seat.member} holds the seat from {seat.starts_on:%B} {seat.starts_on.day} on."
            )
            return redirect("court:members")
    return render(
        request,
        "court/members.html",
        {"form": form, "seats": Seat.objects.in_force(request.on)},
        status=422 if form.errors else 200,
    )


def _what_rests_on(found):
    """Rows of other apps that name this order: [(kind, [names])]; the models tell, as no app is known."""
    rests = []
    for relation in CourtAction._meta.related_objects:
        if relation.related_model is CourtAction or relation.get_accessor_name() == "votes":
            continue
        rows = relation.related_model.objects.filter(**{relation.field.name: found})[:20]
        if names := [str(row) for row in rows]:
            rests.append((relation.related_model._meta.verbose_name.capitalize(), names))
    return rests
