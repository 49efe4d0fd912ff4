"""The home page: what needs somebody, gathered from all apps, then the few figures of his role."""

from datetime import date
from typing import NamedTuple

from django.db.models import Count
from django.urls import reverse

from audit.models import Link
from certification.needs import needs_of as certification_needs
from compensation.needs import needs_of as compensation_needs
from evaluations.models import Evaluation
from evaluations.needs import needs_of as evaluations_needs
from evaluations.states import State
from jobs.needs import needs_of as jobs_needs
from look import formats
from organization.models import Role
from organization.needs import needs_of as organization_needs
from overtime.needs import needs_of as overtime_needs
from payroll.needs import needs_of as payroll_needs
from proposals.needs import needs_of as proposals_needs

SOURCES = [
    organization_needs,
    jobs_needs,
    compensation_needs,
    proposals_needs,
    certification_needs,
    payroll_needs,
    overtime_needs,
]


def needs_of(person, at_hand):
    """Everything that waits for a person, what is late first, then by due date; what has none comes last.

    `at_hand` are the evaluations of `own_and_team`.
    """
    found = [*evaluations_needs(person, at_hand), *(need for source in SOURCES for need in source(person))]
    return sorted(found, key=lambda need: (not need.is_late, need.due_on or date.max))


STEPS = {
    "plans_due_on": "Plans are due",
    "progress_due_on": "Progress reviews are due",
    "self_due_on": "Self-evaluations are due",
    "ratings_due_on": "Ratings are due",
    "approvals_due_on": "Reviewers’ approvals are due",
    "release_due_on": "Ratings are released to employees",
    "signatures_due_on": "Signatures are due",
}


def dates_ahead(person, cycles):
    """The next steps of open cycles: [(date, words)], of which cycle where there is more than one."""
    steps = [(getattr(cycle, name), words, cycle) for cycle in cycles for name, words in STEPS.items()]
    ahead = sorted((on, words, cycle.name) for on, words, cycle in steps if on >= person.on)
    several = len(cycles) > 1
    return [(on, f"{words}, {name}" if several else words) for on, words, name in ahead[: len(STEPS)]]


def cycle_progress(person, cycle):
    """How far a cycle is among the people whom a head, HR or an auditor sees: [(words, count, state)].

    States in which nobody is do not appear.
    """
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
    return [(state.label, counts[state], state.value) for state in State if counts.get(state)]


def first_due(needs, today):
    """When the first dated need is due, such as `the first is due tomorrow`; empty where none has a date."""
    due = min((need.due_on for need in needs if need.due_on), default=None)
    if due is None:
        return ""
    off = formats.from_today(due, today)
    return f"the first is {off}" if due < today else f"the first is due {off}"


class Door(NamedTuple):
    """A page that one can go to from home."""

    title: str
    text: str
    url: str
    icon: str


def doors_of(person):
    """What there is for somebody who has no part in the work of others, such as most employees."""
    if person.employee_id:
        yield Door(
            "My evaluation",
            "Your plan, your own view of the year, your rating and the journal.",
            reverse("evaluations:mine"),
            "user-check",
        )
        yield Door(
            "My pay",
            "What you are paid, how it came about, and the letter about each raise.",
            reverse("reports:my_pay"),
            "receipt-text",
        )
    yield Door(
        "People",
        "Everyone in the county, with job, department, supervisor and work e-mail.",
        reverse("organization:directory"),
        "users",
    )
    yield Door(
        "Job descriptions",
        "What each job is for, what takes its time, and what customers get from it.",
        reverse("jobs:list"),
        "file-text",
    )
    yield Door(
        "Court actions",
        "The orders of the Commissioners Court that evaluations and pay rest on.",
        reverse("court:actions"),
        "gavel",
    )


def last_sealed(person):
    """The last link of the history, for an auditor: what stands before it cannot be changed unseen."""
    if not person.has_role(Role.AUDITOR):
        return None
    return Link.objects.order_by("-position").first()
