"""The journal: what happened, written when it happened."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from evaluations.forms import JournalForm
from evaluations.models import JournalEntry
from evaluations.permissions import may_write_about
from evaluations.services import journal
from organization.audience import for_employees
from organization.models import Employee
from organization.refusal import Refused


@for_employees
def entries(request, number):
    """The journal about one person, as far as it is mine to see, with a line to write in."""
    employee = get_object_or_404(Employee, number=number)
    may_write = may_write_about(request.person, employee.pk)
    found = JournalEntry.objects.visible_to(request.person).filter(employee=employee).select_related("author")
    if not may_write and not found.exists():
        return get_object_or_404(Employee.objects.none())
    own = employee.pk == request.person.employee_id
    form, status = JournalForm(request.POST or None, initial={"on": request.on}), 200
    if own:
        form.fields["shared"].label = "Show it to my supervisor"
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                journal.add_entry(employee.pk, **form.cleaned_data, by=request.person, at=request.at)
            except Refused as problem:
                form.add_error(None, str(problem))
            else:
                messages.success(request, "The entry is in the journal.")
                return redirect("evaluations:journal", number)
    context = {
        "employee": employee,
        "own": own,
        "may_write": may_write,
        "form": form,
        "page": Paginator(found, 50).get_page(request.GET.get("page")),
    }
    return render(request, "evaluations/journal.html", context, status=status)


@for_employees
@require_POST
def share(request, pk):
    entry = get_object_or_404(
        JournalEntry.objects.filter(author=request.person.employee_id).select_related("employee"), pk=pk
    )
    journal.share_entry(entry.pk, by=request.person, at=request.at)
    messages.success(request, "The entry is shared.")
    return redirect("evaluations:journal", entry.employee.number)
