"""What moves a job description on, or gives it back with a word."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.audience import for_signed_in
from jobs import services
from jobs.forms import NoteForm
from jobs.models import JobDescription
from jobs.permissions import is_writer
from jobs.views.showing import get_description, shown
from jobs.workflow import MOVES, WRITER, CannotMove
from look.views import conflict
from organization.models import Job
from organization.refusal import Refused

BUTTONS = {  # act: service, what is said afterwards
    "send_to_hr": (services.send_to_hr, "The description is with HR."),
    "send_to_head": (services.send_to_head, "The description is with the head for approval."),
    "publish": (services.publish, "The description is published. Everyone in the job is asked to read it."),
    "acknowledge": (services.acknowledge, "Thank you. You have read the description of your job."),
}
NOTES = {"return_from_hr": services.return_from_hr, "return_from_head": services.return_from_head}


@for_signed_in
@require_POST
def begin(request, job_id):
    """Begin the next version of a job's description."""
    job = get_object_or_404(Job, pk=job_id)
    if not is_writer(request.person, JobDescription(job=job)):
        raise PermissionDenied(f"Only {WRITER} can do this.")
    try:
        draft = services.begin_description(job.pk, by=request.person, at=request.at)
    except Refused as problem:
        return conflict(request, str(problem), title="This cannot be begun")
    return redirect("jobs:edit", draft.pk)


def _only_for(act, description, request):
    """403 for a person to whom this act is never open; in another state the service refuses it."""
    move = MOVES[act]
    if not move.who(request.person, description):
        raise PermissionDenied(f"Only {move.whose} can do this.")


@for_signed_in
@require_POST
def press(request, pk, act):
    """An act of one button."""
    description = get_description(request, pk)
    _only_for(act, description, request)
    service, said = BUTTONS[act]
    try:
        service(description.pk, by=request.person, at=request.at)
    except services.NotReady as problem:
        context = shown(request, description, problems=problem.problems, problem=str(problem))
        return render(request, "jobs/show.html", context, status=422)
    except CannotMove as problem:
        return conflict(request, str(problem), title="This is not possible any more")
    messages.success(request, said)
    return redirect("jobs:show", pk)


@for_signed_in
@require_POST
def give_back(request, pk, act):
    description = get_description(request, pk)
    _only_for(act, description, request)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return render(request, "jobs/show.html", shown(request, description, note=form), status=422)
    try:
        NOTES[act](description.pk, note=form.cleaned_data["note"], by=request.person, at=request.at)
    except Refused as problem:
        return conflict(request, str(problem), title="This is not possible any more")
    messages.success(request, "The description was given back.")
    return redirect("jobs:list")
