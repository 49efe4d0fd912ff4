"""The page of a person."""

from django.shortcuts import get_object_or_404, render

from accounts.audience import for_signed_in
from accounts.permissions import can_invite
from look.charts import pay_history
from look.formats import estimate
from organization.dated import is_in_force
from organization.line import chain_above
from organization.models import Assignment, Employee
from organization.permissions import is_hr, may_change_employee, may_see_record


@for_signed_in
def person(request, number):
    """What everyone may know of a person; his record for those who may see it."""
    employee = get_object_or_404(Employee.objects.select_related("user"), number=number)
    sees = may_see_record(request.person, employee)
    lines = Assignment.objects.filter(employee=employee).select_related(
        "job", "department", "supervisor", "fund"
    )
    lines = list(lines.with_annual_pay(request.county.hours_per_year).order_by("-starts_on", "slot"))
    now = next((line for line in lines if line.slot == 1 and is_in_force(line, request.on)), None)
    reports = (
        Assignment.objects.in_force(request.on)
        .filter(supervisor=employee, slot=1)
        .select_related("employee", "job")
        .order_by("employee__sort_key", "employee__number")
    )
    return render(
        request,
        "organization/person.html",
        {
            "employee": employee,
            "sees": sees,
            "now": now,
            "lines": told_lines(lines, request.on) if sees else [],
            "second": [line for line in lines if line.slot > 1 and is_in_force(line, request.on)],
            "advancements": list(employee.advancements.all()) if sees else [],
            "chart": pay_chart(lines, request.on) if sees else None,
            "above": chain_above(employee, on=request.on),
            "reports": list(reports[:51]),
            "unknown": unknown_of(employee, now) if sees else [],
            "may_change": may_change_employee(request.person, employee),
            "may_open_account": is_hr(request.person) and employee.user is None,
            "may_invite": employee.user is not None and can_invite(request.person, employee.user),
        },
    )


def told_lines(lines, on):
    """Each assignment with what set it apart from the one before it in its slot, the latest first."""
    told, before = [], {}
    for line in reversed(lines):
        previous = before.get(line.slot)
        words = what_changed(previous, line) if previous else ["First assignment on record"]
        change = line.annual_pay - previous.annual_pay if previous else None
        told.append(
            {"line": line, "what": ", ".join(words), "change": change, "is_now": is_in_force(line, on)}
        )
        before[line.slot] = line
    return told[::-1]


def what_changed(previous, line):
    words = {
        "department_id": f"to {line.department}",
        "job_id": f"now {line.job}",
        "supervisor_id": f"supervisor {line.supervisor or 'open'}",
        "rate": "pay",
        "basis": f"{line.get_basis_display().lower()} basis",
        "fte": "FTE",
        "hours_per_year": "hours",
        "grade": f"grade {line.grade or 'open'}",
        "step": f"step {line.step or 'open'}",
        "division": "division",
        "kind": line.get_kind_display().lower(),
        "fund_id": "fund",
        "exempt": "FLSA status",
        "pay_set_by": "who sets the pay",
    }
    changed = [text for name, text in words.items() if getattr(previous, name) != getattr(line, name)]
    if not changed:
        return ["Taken up again"]
    return [changed[0][0].upper() + changed[0][1:], *changed[1:]]


def pay_chart(lines, on):
    """Base pay since the first assignment on record, where it has changed at least once."""
    steps = []
    for line in sorted((line for line in lines if line.slot == 1), key=lambda line: line.starts_on):
        if line.starts_on <= on and (not steps or steps[-1][1] != line.annual_pay):
            steps.append((line.starts_on, line.annual_pay, str(line.job or "Pay")))
    if len(steps) < 2:
        return None
    since = f"{steps[0][0]:%B %Y}"
    title = f"{estimate(steps[-1][1])} a year, {estimate(steps[0][1])} in {since}"
    return pay_history(title, f"Base pay since {since}, dollars a year", steps, until=on)


def unknown_of(employee, now):
    """What no file has told, in words: (what, why)."""
    labels = {"name": "Name", "hired_on": "Hire date", "fte": "FTE", "exempt": "FLSA status", "job": "Job"}
    reasons = employee.unknown | (now.unknown if now else {})
    return [(labels.get(name, name.capitalize()), why) for name, why in reasons.items()]
