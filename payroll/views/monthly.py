from django.shortcuts import render

from organization.audience import for_roles
from payroll.asking import ask, context_of
from payroll.checks import orders_for
from payroll.forms import ReleaseForm
from payroll.models import Release
from payroll.monthly import sum_up
from payroll.views.differences import READERS, run_of


@for_roles(*READERS)
def payments(request, number):
    """The monthly payments of a run that are due, those that come, and the release of what is due."""
    run = run_of(number)
    form = ReleaseForm(request.POST or None, request=request, orders=orders_for(run))
    answer, status = ask(request, run, form, Release.Kind.PAYMENTS)
    if answer:
        return answer
    standing = sum_up(run, on=request.on, reader=request.person.employee_id)
    return render(request, "payroll/payments.html", context_of(request, run, form, standing), status=status)
