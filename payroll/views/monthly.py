from organization.audience import for_roles
from payroll.models import Release
from payroll.permissions import READERS
from payroll.views.asking import release_page
from payroll.views.fetching import find_adopted_run


@for_roles(*READERS)
def payments(request, number):
    """The monthly payments of a run that are due, those that come, and the release of what is due."""
    return release_page(request, find_adopted_run(number), Release.Kind.PAYMENTS, "payroll/payments.html")
