from django.db.models import Exists, OuterRef
from django.urls import reverse

from jobs.models import Acknowledgement, JobDescription, State
from organization.models import Assignment
from organization.needs import Need


def needs_of(person):
    """Descriptions to read, to review and to approve: three queries at most."""
    return [*_to_acknowledge(person), *_to_review(person), *_to_approve(person)]


def _to_acknowledge(person):
    if person.employee_id is None:
        return []
    mine = Assignment.objects.in_force(person.on).filter(employee=person.employee_id, job=OuterRef("job"))
    read = Acknowledgement.objects.filter(description=OuterRef("pk"), employee=person.employee_id)
    found = JobDescription.objects.published().filter(Exists(mine), ~Exists(read)).select_related("job")
    return [
        Need(
            title=f"Read the description of your job, {description.job.title}",
            why=f"Version {description.version} is in force since {_date(description.published_on)}.",
            url=reverse("jobs:show", args=[description.pk]),
            verb="Read it",
            icon="file-text",
        )
        for description in found
    ]


def _to_review(person):
    if not person.has_role("hr"):
        return []
    found = list(JobDescription.objects.filter(state=State.HR_REVIEW).select_related("job"))
    return [
        _need(description, "Review", "HR reviews it before the head approves.") for description in found[:5]
    ]


def _to_approve(person):
    if not person.is_head:
        return []
    held = Assignment.objects.in_force(person.on).filter(
        department__in=person.departments, job=OuterRef("job")
    )
    found = JobDescription.objects.filter(Exists(held), state=State.HEAD_APPROVAL).select_related("job")
    return [_need(description, "Approve", "HR has reviewed it.") for description in found]


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
