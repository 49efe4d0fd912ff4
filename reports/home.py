"""The home page: what needs somebody, gathered from all apps, then the few figures of his role."""

from datetime import date

from django.db.models import Count, Q, Sum

from certification.needs import needs_of as certification_needs
from compensation.needs import needs_of as compensation_needs
from evaluations.models import Cycle, Evaluation
from evaluations.needs import needs_of as evaluations_needs
from evaluations.states import State
from jobs.needs import needs_of as jobs_needs
from organization.needs import needs_of as organization_needs
from payroll.needs import needs_of as payroll_needs

SOURCES = [
    organization_needs,
    jobs_needs,
    evaluations_needs,
    compensation_needs,
    certification_needs,
    payroll_needs,
]


def needs_of(person):
    """Everything that waits for a person, what is late first, then by due date; what has none comes last."""
    found = [need for source in SOURCES for need in source(person)]
    return sorted(found, key=lambda need: (not need.is_late, need.due_on or date.max))


def team_of(person):
    """The open evaluations of direct reports, each with `rated_weight` of 100."""
    if not person.is_supervisor:
        return []
    return list(
        Evaluation.objects.to_be_rated_by(person)
        .select_related("employee", "job", "cycle")
        .annotate(
            rated_weight=Sum("elements__weight", filter=Q(elements__rating__level__isnull=False), default=0)
        )
        .order_by("employee__sort_name", "-cycle__starts_on")
    )


def dates_ahead(person, cycle):
    """The steps of the open cycle still to come: [(date, words)]."""
    if cycle is None:
        return []
    steps = [
        (cycle.plans_due_on, "Plans are due"),
        (cycle.progress_due_on, "Progress reviews are due"),
        (cycle.self_due_on, "Self-evaluations are due"),
        (cycle.ratings_due_on, "Ratings are due"),
        (cycle.approvals_due_on, "Reviewers’ approvals are due"),
        (cycle.release_due_on, "Ratings are released to employees"),
        (cycle.signatures_due_on, "Signatures are due"),
    ]
    return [(on, words) for on, words in steps if on >= person.on]


def open_cycle():
    return Cycle.objects.filter(state="open").order_by("-starts_on").first()


def cycle_progress(person, cycle):
    """How far a cycle is among the people whom a head, HR or an auditor sees: [(words, count)], by state."""
    if cycle is None or not (person.departments or person.sees_everyone):
        return []
    counts = dict(
        Evaluation.objects.visible_to(person)
        .filter(cycle=cycle, superseded_by=None)
        .exclude(employee=person.employee_id)
        .values_list("state")
        .annotate(Count("pk"))
        .order_by()
    )
    return [(state.label, counts.get(state.value, 0), state.value) for state in State]
