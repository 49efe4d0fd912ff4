from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from jobs.models import Acknowledgement, JobDescription, State
from organization.models import Assignment
from organization.needs import Need

MOST = 10  # of a home page; the list of job descriptions has them all


def needs_of(person):
    """Descriptions to read, to review and to approve: one query."""
    wanted = [_to_acknowledge(person), _to_review(person), _to_approve(person)]
    wanted = [each for each in wanted if each is not None]
    if not wanted:
        return []
    found = JobDescription.objects.filter(reduce(or_, wanted)).select_related("job")
    return [_said(description) for description in found[:MOST]]


def _to_acknowledge(person):
    if person.employee_id is None:
        return None
    mine = Assignment.objects.in_force(person.on).filter(employee=person.employee_id, job=OuterRef("job"))
    read = Acknowledgement.objects.filter(description=OuterRef("pk"), employee=person.employee_id)
    return Q(Exists(mine), ~Exists(read), state=State.PUBLISHED)


def _to_review(person):
    return Q(state=State.HR_REVIEW) if person.has_role("hr") else None


def _to_approve(person):
    if not person.is_head:
        return None
    held = Assignment.objects.in_force(person.on).filter(
        department__in=person.departments, job=OuterRef("job")
    )
    return Q(Exists(held), state=State.HEAD_APPROVAL)


def _said(description):
    if description.state == State.HR_REVIEW:
        return _need(description, "Review", "HR reviews it before the head approves.")
    if description.state == State.HEAD_APPROVAL:
        return _need(description, "Approve", "HR has reviewed it.")
    return Need(
        title=f"Read the description of your job, {description.job.title}",
        why=f"Version {description.version} is in force since {_date(description.published_on)}.",
        url=reverse("jobs:show", args=[description.pk]),
        verb="Read it",
        icon="file-text",
    )


def _need(description, verb, why):
    return Need(
        title=f"{verb} the job description {description.job.title}",
        why=f"Version {description.version}. {why}",
        url=reverse("jobs:show", args=[description.pk]),
        verb=verb,
        icon="file-text",
    )


def _date(day):
    return f"{day:%B} {day.day}, {day.year}"
