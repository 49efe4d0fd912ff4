"""The record of an evaluation, and the steps from the finished rating to the signature."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_POST

from accounts.audience import for_signed_in
from evaluations.checks import minimum_service_weight, problems_of_rating
from evaluations.content import content_hash, elements_of
from evaluations.forms import ReasonForm, SignatureForm, SignForm
from evaluations.models import Evaluation, Signature
from evaluations.rating_pdf import pdf_of
from evaluations.services import plans, ratings, signing
from evaluations.services.locking import NotReady
from evaluations.services.signatures import STATEMENTS
from evaluations.sheet import Sheet, plain
from evaluations.states import FROM_RATING_ON, State
from evaluations.views.fetching import address, get_evaluation, head_of, not_now, only_for, someone_was_faster
from evaluations.workflow import MOVES, can
from jobs.models import State as DescriptionState
from organization.audience import for_employees
from organization.models import Employee
from organization.refusal import Refused

# Acts of one button: view name, service, and what is said afterwards.
BUTTONS = {
    "issue_plan": (plans.issue_plan, "The plan was issued. The employee is asked to read it."),
    "take_back_plan": (plans.take_back_plan, "The plan was taken back. Change it and issue it again."),
    "acknowledge_plan": (plans.acknowledge_plan, "Thank you. Your plan is in force."),
    "release": (ratings.release, "The rating was released. The employee is asked to sign."),
}


@for_signed_in
def show(request, pk):
    """What the evaluation says, as far as this person may see it. Prints as a record."""
    evaluation = get_evaluation(request, pk)
    return render(request, "evaluations/show.html", _record(request, evaluation))


@for_signed_in
def rating_pdf(request, pk):
    """The rating of record as one document, for who may read it on the page."""
    evaluation = get_evaluation(request, pk)
    shown = _record(request, evaluation)
    if shown["record"] is None or not shown["shows_result"]:
        raise Http404
    answer = HttpResponse(pdf_of(shown, request.county, on=request.on), content_type="application/pdf")
    name = f"rating-{evaluation.employee.number}-{slugify(evaluation.cycle)}-{shown['record'].version}.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _record(request, evaluation):
    person = request.person
    context = head_of(evaluation, request)
    people = Employee.objects.in_bulk(
        {one for one in (evaluation.rater_id, evaluation.reviewer_id, evaluation.head_id) if one}
    )
    sheet = Sheet.of(evaluation, person)
    released = not context["own"] or evaluation.shown_state == evaluation.state
    signatures = (
        evaluation.signatures.select_related("by", "witness").order_by("at", "pk") if released else []
    )
    versions = Evaluation.objects.filter(cycle=evaluation.cycle_id, employee=evaluation.employee_id)
    return context | {
        "sheet": sheet,
        "signatures": list(signatures),
        "reviews": list(evaluation.progress_reviews.select_related("by")),
        "record": getattr(evaluation, "rating_of_record", None) if released else None,
        "versions": list(versions.order_by("version"))
        if evaluation.version > 1 or evaluation.superseded_by_id
        else [],
        "rater": people.get(evaluation.rater_id),
        "reviewer": people.get(evaluation.reviewer_id),
        "can": {act: can(act, evaluation, person) for act in MOVES},
        "shows_ratings": sheet.has_ratings,
        "shows_result": sheet.has_ratings and evaluation.shown_state in FROM_RATING_ON,
        "minimum": plain(minimum_service_weight(evaluation.cycle, county=request.county)),
        "description_changed": bool(
            evaluation.description_id and evaluation.description.state == DescriptionState.SUPERSEDED
        ),
        "today": request.on,
    }


def _seen(record):
    """The hash of what stands on the page, so that nobody signs anything else."""
    elements = [item.element for item in record["sheet"].items]
    return {"seen": content_hash(record["evaluation"], elements)}


@for_signed_in
@require_POST
def press(request, pk, act):
    """An act of one button."""
    evaluation = get_evaluation(request, pk)
    only_for(act, evaluation, request)
    service, said = BUTTONS[act]
    try:
        service(evaluation.pk, by=request.person, at=request.at)
    except NotReady as problem:
        messages.error(request, str(problem))
        return redirect("evaluations:plan", pk)
    except Refused as problem:
        return someone_was_faster(request, problem, evaluation)
    messages.success(request, said)
    return redirect(
        "evaluations:mine" if evaluation.employee_id == request.person.employee_id else address("show", pk)
    )


@for_employees
def submit(request, pk):
    """What still stands in the way, or the last look before the rating goes to the reviewer."""
    evaluation = get_evaluation(request, pk)
    if elsewhere := not_now("submit_rating", evaluation, request):
        return elsewhere
    sheet = Sheet.of(evaluation, request.person)
    problems = problems_of_rating(
        evaluation,
        elements_of(evaluation),
        sheet.levels,
        has_progress_review=evaluation.has_progress_review,
        on=request.on,
    )
    form, status = SignForm(request.POST or None, request=request), 200
    if request.method == "POST" and form.is_valid():
        try:
            ratings.submit_rating(evaluation.pk, by=request.person, at=request.at)
        except NotReady as problem:
            problems, status = problem.problems, 422
        except Refused as problem:
            return someone_was_faster(request, problem, evaluation)
        else:
            messages.success(request, f"Your rating of {evaluation.employee.full_name} is with the reviewer.")
            return redirect("evaluations:list")
    elif request.method == "POST":
        status = 422
    context = head_of(evaluation, request) | {
        "sheet": sheet,
        "problems": problems,
        "form": form,
        "statement": STATEMENTS[Signature.As.RATER],
    }
    return render(request, "evaluations/submit.html", context, status=status)


@for_signed_in
def review(request, pk):
    """The reviewer reads the rating, approves it under his signature or gives it back."""
    evaluation = get_evaluation(request, pk)
    if elsewhere := not_now("approve", evaluation, request):
        return elsewhere
    giving_back = request.POST.get("act") == "return"
    record = _record(request, evaluation)
    sign = SignForm(None if giving_back else request.POST or None, request=request, initial=_seen(record))
    note = ReasonForm(
        request.POST if giving_back else None,
        label="What should be changed",
        help_text="The supervisor reads it.",
        prefix="note",
    )
    if request.method == "POST" and (note if giving_back else sign).is_valid():
        try:
            if giving_back:
                text = note.cleaned_data["reason"]
                ratings.return_rating(evaluation.pk, note=text, by=request.person, at=request.at)
                messages.success(request, "The rating is back with the supervisor.")
            else:
                ratings.approve(
                    evaluation.pk, seen=sign.cleaned_data["seen"], by=request.person, at=request.at
                )
                messages.success(request, "The rating is approved. The supervisor can release it now.")
            queue = f"cycle={evaluation.cycle_id}&scope=all&state={State.RATED}"
            return redirect(f"{address('list')}?{queue}")
        except Refused as problem:
            return someone_was_faster(request, problem, evaluation)
    context = record | {
        "sign": sign,
        "note": note,
        "statement": STATEMENTS[Signature.As.REVIEWER],
    }
    return render(
        request, "evaluations/review.html", context, status=422 if request.method == "POST" else 200
    )


@for_employees
def sign(request, pk):
    """The employee reads the rating and signs, which is not agreement."""
    evaluation = get_evaluation(request, pk)
    if elsewhere := not_now("sign", evaluation, request):
        return elsewhere
    record = _record(request, evaluation)
    form = SignatureForm(request.POST or None, request=request, initial=_seen(record))
    if request.method == "POST" and form.is_valid():
        try:
            said = {name: form.cleaned_data[name] for name in ("comment", "seen")}
            signing.sign_evaluation(evaluation.pk, **said, by=request.person, at=request.at)
        except Refused as problem:
            return someone_was_faster(request, problem, evaluation)
        messages.success(request, "You have signed. The rating is of record.")
        return redirect("evaluations:mine")
    context = record | {"form": form, "statement": STATEMENTS[Signature.As.EMPLOYEE]}
    return render(request, "evaluations/sign.html", context, status=422 if request.method == "POST" else 200)
