"""What waits for payroll clerks: a run that the Court has released, and the second word of another clerk."""

from django.urls import reverse

from compensation.models import Run
from organization.needs import Need
from payroll import permissions
from payroll.models import SecondRelease


def needs_of(person):
    if not permissions.can_release(person):
        return []
    needs = [
        Need(
            f"Give the second word for {asked.run}",
            f"{asked.asked_by} asked on order {asked.action.number}; the batch holds a line of that clerk.",
            reverse("payroll:second_word", args=[asked.pk]),
            "Read it",
            "file-check",
        )
        for asked in SecondRelease.objects.filter(given_by=None)
        .exclude(asked_by=person.user_id)
        .select_related("run", "asked_by", "action")
    ]
    runs = Run.objects.filter(state="done", plan__state="adopted", certificates__isnull=False, batches=None)
    needs += [
        Need(
            f"Release what is certified of {run}",
            f"{run.plan.title}. No batch of it has been released yet.",
            reverse("payroll:run", args=[run.number]),
            "Open",
            "file-output",
        )
        for run in runs.select_related("plan").distinct()
    ]
    return needs
