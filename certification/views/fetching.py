"""What several views of certification fetch, and who may come to them."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.audience import Audience, declare
from certification import permissions
from certification.sets import AwardSet, Signers
from compensation.models import Run

for_certifiers = declare(
    Audience(
        "heads and whoever signs for them, the County Judge, HR administrators, payroll clerks and auditors",
        lambda person: person.has_role(*permissions.READERS) or permissions.signs_something(person),
    )
)
for_readers_of_certificates = declare(
    Audience(
        "whoever certifies or may read it, and those who signed once, such as former heads",
        permissions.reads_certificates,
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
    department = code and chart.coded(code)
    if code and department is None:
        raise Http404
    award_set = AwardSet(found, department)
    if not permissions.can_read(request.person, award_set, chart):
        raise Http404
    return award_set, chart
