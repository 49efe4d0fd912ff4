"""What several views of certification fetch, and who may come to them."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.audience import Audience, declare
from certification import permissions
from certification.sets import HEADS, AwardSet, Signers
from compensation.models import Run

for_certifiers = declare(
    Audience(
        "heads and whoever signs for them, the County Judge, HR administrators, payroll clerks and auditors",
        lambda person: person.has_role(*permissions.READERS) or permissions.signs_something(person),
    )
)
for_signers = declare(
    Audience("heads and whoever signs for them, and the County Judge", permissions.signs_something)
)


def readable_set(request, number, code):
    """(AwardSet, Signers) of an address, for those who may read it; a 404 for others."""
    found = get_object_or_404(
        Run.objects.select_related("plan__action", "plan__cycle").defer("plan__action__document"),
        number=number,
        state=Run.State.DONE,
    )
    chart = Signers(request.on)
    department = None if code == HEADS else chart.coded(code)
    if department is None and code != HEADS:
        raise Http404
    award_set = AwardSet(found, department)
    if not permissions.can_read(request.person, award_set, chart):
        raise Http404
    return award_set, chart
