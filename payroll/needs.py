"""What waits for payroll clerks: a run that the Court has released, monthly payments that are due, the second
word of another clerk, and what could not be released.

For who certifies: corrected awards. For the court clerk: a run with certificates and without an order that
would release it.
"""

from collections import Counter

from django.urls import reverse

from certification.permissions import signs_something
from certification.sets import Signers
from compensation.models import Run
from court.models import CourtAction
from court.permissions import can_record
from look import formats
from organization.needs import Need
from payroll import monthly, permissions
from payroll.checks import orders_for
from payroll.models import CorrectedSet, Release


def needs_of(person):
    return [*_to_certify(person), *_to_release_or_record(person)]


def _to_certify(person):
    """Corrected awards of released pay whose signature is this person's: one need a run."""
    if not signs_something(person):
        return []
    waiting = CorrectedSet.objects.select_related("run__plan", "department")
    if not (waiting := list(waiting.order_by("-run__number"))):
        return []
    chart, runs = Signers.of(person), Counter()
    for each in waiting:
        if authority := chart.authority(person, each.department):
            runs[each.run] += sum(not authority.is_own(key, person) for key in each.employees)
    return [_certify(run, count) for run, count in runs.items() if count]


def _certify(run, count):
    return Need(
        f"Certify {formats.plural(count, 'corrected award', 'corrected awards')}",
        f"{run}, {run.plan}: what the pay rests on was corrected after it was released.",
        reverse("payroll:certify_differences", args=[run.number]),
        "Certify",
        "stamp",
    )


def _to_release_or_record(person):
    releases, records = permissions.can_release(person), can_record(person)
    if not (releases or records):
        return []
    needs = [*_releases(person), *_payments_due(person)] if releases else []
    runs = Run.objects.filter(state="done", plan__state="adopted", replaced_by=None)
    waiting = Release.objects.filter(state__in=[Release.State.ASKED, Release.State.GOES_ON]).values("run")
    runs = runs.filter(certificates__isnull=False, batches=None).exclude(pk__in=waiting)
    for run in runs.select_related("plan__action").distinct():
        is_ordered = orders_for(run).exists()
        if releases and is_ordered:
            needs.append(_to_release(run))
        if records and not is_ordered:
            needs.append(_to_record(run))
    return needs


def _releases(person):
    """The last release of each run, if it waits for this clerk's word or came to nothing on it."""
    last = Release.objects.order_by("run_id", "-pk").distinct("run_id").values("pk")
    found = Release.objects.filter(pk__in=last, state__in=[Release.State.ASKED, Release.State.REFUSED])
    for each in found.select_related("run", "asked_by", "given_by", "action").defer("action__document"):
        if each.state == Release.State.REFUSED and each.word_by.pk == person.user_id:
            yield Need(
                f"Look again at the release of {each.run}, which was stopped",
                each.problem,
                reverse(each.page, args=[each.run.number]),
                "Look",
                "circle-alert",
            )
        if each.state == Release.State.ASKED and each.asked_by_id != person.user_id:
            yield Need(
                f"Give the second word for {each.run}",
                f"{each.asked_by} asked on order {each.action.number}; the batch holds a line of that clerk.",
                reverse("payroll:second_word", args=[each.pk]),
                "Read it",
                "file-check",
            )


def _payments_due(person):
    """The runs of which monthly payments can go out."""
    for run, people, day in monthly.count_due(person.on):
        yield Need(
            f"Release the monthly payments of {run}",
            f"A payment of what is paid once is due to {formats.plural(people, 'person', 'people')}.",
            reverse("payroll:payments", args=[run.number]),
            "Open",
            "calendar-clock",
            due_on=day,
            is_late=day < person.on,
        )


def _to_release(run):
    return Need(
        f"Release what is certified of {run}",
        f"{run.plan.title}. The Court has ordered it, and no batch of it has been released yet.",
        reverse("payroll:run", args=[run.number]),
        "Open",
        "file-output",
    )


def _to_record(run):
    return Need(
        f"Record the order that releases {run}, once the Court has voted",
        f"{run.plan.title}. Heads have certified awards; payroll releases nothing without the order.",
        reverse("court:record") + f"?purpose={CourtAction.Purpose.RELEASE}",
        "Record it",
        "gavel",
    )
