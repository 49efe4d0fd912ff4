"""Acts on an evaluation for which somebody writes a few words: each a page with one form."""

from django.contrib import messages
from django.shortcuts import redirect, render

from accounts.audience import for_signed_in
from evaluations.forms import ProgressForm, ReasonForm, RefusalForm
from evaluations.models import Evaluation
from evaluations.services import hr, plans, signing, under_way
from evaluations.views.fetching import get_evaluation, head_of, not_now, someone_was_faster
from evaluations.workflow import CannotMove
from organization.audience import for_employees
from organization.refusal import Refused


@for_employees
def progress(request, pk):
    evaluation = get_evaluation(request, pk)
    if elsewhere := not_now("review_progress", evaluation, request):
        return elsewhere
    form = ProgressForm(request.POST or None, initial={"on": request.on})
    about = "Both of you see it. It must have happened before the work can be rated."

    def act():
        under_way.add_progress_review(evaluation.pk, **form.cleaned_data, by=request.person, at=request.at)

    words = ("Write down a progress review", about, "Save the review", "The progress review is on record.")
    return _form(request, evaluation, form, act, *words)


@for_signed_in
def refusal(request, pk):
    evaluation = get_evaluation(request, pk)
    if elsewhere := not_now("record_refusal", evaluation, request):
        return elsewhere
    form = RefusalForm(request.POST or None)
    about = "The rating goes on record without the employee’s signature, before a witness."

    def act():
        values = form.cleaned_data
        signing.record_refusal(
            evaluation.pk,
            witness_id=values["witness"].pk,
            note=values["note"],
            by=request.person,
            at=request.at,
        )

    words = ("Record that it was not signed", about, "Put it on record", "The rating is of record, unsigned.")
    return _form(request, evaluation, form, act, *words)


# Acts that need a reason: service, title, what it does, label of the reason, button, what is said afterwards.
REASONS = {
    "begin_unacknowledged": (
        plans.begin_unacknowledged,
        "Begin without the acknowledgement",
        "The plan is in force although the employee has not acknowledged it.",
        "Why there is no acknowledgement",
        "Begin",
        "The plan is in force.",
    ),
    "waive": (
        hr.waive,
        "Allow a rating without what is missing",
        "The supervisor can rate without a progress review, or before the minimum period. The reason stays "
        "with the rating.",
        "Why this is right here",
        "Allow it",
        "The supervisor can rate now.",
    ),
    "step_back": (
        hr.step_back,
        "Move it back by one step",
        "The supervisor or reviewer can change it again. Signatures stay where nothing changes, and are "
        "struck where something does.",
        "Why it goes back",
        "Move it back",
        "It is back by one step.",
    ),
    "correct": (
        hr.correct,
        "Open it for a correction",
        "A new version begins with all that was written. The rating of record stays as it is until the new "
        "one is signed; no new award rests on it meanwhile.",
        "What is wrong",
        "Begin the correction",
        "The correction has begun, as a new version.",
    ),
    "withdraw_correction": (
        hr.withdraw_correction,
        "Withdraw the correction",
        "What was written for it goes, and the rating of record stays as it is.",
        "Why it is withdrawn",
        "Withdraw it",
        "The correction is withdrawn.",
    ),
}


@for_signed_in
def with_reason(request, pk, act):
    evaluation = get_evaluation(request, pk)
    if elsewhere := not_now(act, evaluation, request):
        return elsewhere
    service, title, about, label, verb, said = REASONS[act]
    form = ReasonForm(request.POST or None, label=label)

    def perform():
        service(evaluation.pk, reason=form.cleaned_data["reason"], by=request.person, at=request.at)

    return _form(request, evaluation, form, perform, title, about, verb, said)


def _form(request, evaluation, form, act, title, about, verb, said):
    """A page with one form for one act; a refusal keeps what was typed."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                act()
            except CannotMove as problem:
                return someone_was_faster(request, problem, evaluation)
            except Refused as problem:
                form.add_error(None, str(problem))
            else:
                messages.success(request, said)
                stands = Evaluation.objects.filter(pk=evaluation.pk).exists()
                return redirect("evaluations:show", evaluation.pk) if stands else redirect("evaluations:list")
    context = head_of(evaluation, request) | {"form": form, "title": title, "about": about, "verb": verb}
    return render(request, "evaluations/act.html", context, status=status)
