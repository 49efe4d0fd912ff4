"""What most pages of an evaluation begin with."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from evaluations.models import Evaluation, ProgressReview
from evaluations.sheet import steps_of
from evaluations.workflow import MOVES, CannotMove, next_state
from look.formats import record_date
from look.views import conflict


def get_evaluation(request, pk):
    """The evaluation with its line, or 404 for who may not see it."""
    reviews = ProgressReview.objects.filter(evaluation=OuterRef("pk"))
    evaluations = (
        Evaluation.objects.visible_to(request.person)
        .with_line(request.on)
        .with_result_for(request.person)
        .annotate(has_progress_review=Exists(reviews))
        .select_related("cycle__scale", "employee", "department", "job", "description")
    )
    return get_object_or_404(evaluations, pk=pk)


def not_now(act, evaluation, request):
    """None where the person can do the act now; else a way to the record, with the reason as a message.

    Raises PermissionDenied for a person to whom this act is never open.
    """
    only_for(act, evaluation, request)
    try:
        next_state(act, evaluation, request.person)
    except CannotMove as problem:
        messages.info(request, str(problem))
        return redirect("evaluations:show", evaluation.pk)


def only_for(act, evaluation, request):
    """403 with the sentence of the workflow for a person to whom this act is never open."""
    if not MOVES[act].who(request.person, evaluation):
        try:
            next_state(act, evaluation, request.person)
        except CannotMove as problem:
            raise PermissionDenied(str(problem)) from None


def someone_was_faster(request, problem, evaluation):
    return conflict(
        request, str(problem), title="This is not possible any more", url=address("show", evaluation.pk)
    )


def address(view, *args):
    return reverse(f"evaluations:{view}", args=args)


def head_of(evaluation, request):
    """Crumbs, steps and the line below the name, which all pages of one evaluation share."""
    own = evaluation.employee_id == request.person.employee_id
    cycle = evaluation.cycle
    crumbs = (
        [("My evaluation", address("mine"))]
        if own
        else [
            ("Evaluations", address("list")),
            (cycle.name, f"{address('list')}?cycle={cycle.pk}"),
            (
                evaluation.department.name,
                f"{address('list')}?cycle={cycle.pk}&department={evaluation.department_id}",
            ),
        ]
    )
    steps = steps_of(evaluation, on=request.on, has_progress_review=evaluation.has_progress_review, own=own)
    return {
        "evaluation": evaluation,
        "cycle": cycle,
        "own": own,
        "crumbs": crumbs,
        "steps": steps,
        "period": period_of(cycle),
    }


def period_of(cycle):
    """`September 1, 2025 to August 31, 2026`: people name the last day, the database the day after it."""
    return f"{record_date(cycle.starts_on)} to {record_date(last_day(cycle))}"


def last_day(cycle):
    return cycle.ends_on.fromordinal(cycle.ends_on.toordinal() - 1)
