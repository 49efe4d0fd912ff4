from django.shortcuts import render

from organization.audience import for_roles
from payroll import permissions
from payroll.asking import ask
from payroll.checks import orders_for
from payroll.difference_views import READERS, run_of
from payroll.forms import ReleaseForm
from payroll.models import Release
from payroll.monthly import sum_up


@for_roles(*READERS)
def payments(request, number):
    """The monthly payments of a run that are due, those that come, and the release of what is due."""
    run = run_of(number)
    orders = orders_for(run)
    form = ReleaseForm(request.POST or None, request=request, orders=orders)
    answer, status = ask(request, run, form, Release.Kind.PAYMENTS)
    if answer:
        return answer
    shown = {
        "run": run,
        "form": form,
        "orders": orders,
        "standing": sum_up(run, on=request.on, reader=request.person.employee_id),
        "can_release": permissions.can_release(request.person),
        "last": run.releases.select_related("asked_by", "given_by").first(),
    }
    return render(request, "payroll/payments.html", shown, status=status)
