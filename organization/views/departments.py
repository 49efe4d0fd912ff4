"""Departments and offices: the list, a page with its people and reporting line, head, changes."""

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render

from accounts.audience import for_signed_in
from organization import services
from organization.audience import for_hr
from organization.forms.county import DepartmentForm, HeadForm, NewDepartmentForm
from organization.line import reporting_line
from organization.models import Assignment, Department, Headship
from organization.permissions import is_hr, may_set_head
from organization.refusal import Refused


def with_heads(departments, on):
    """Give each department its head on the day as `.head_now`, and count its people. Two queries more."""
    departments = list(departments)
    people = dict(
        Assignment.objects.in_force(on)
        .filter(department__in=departments)
        .order_by()
        .values_list("department")
        .annotate(Count("employee"))
    )
    ships = Headship.objects.in_force(on).select_related("employee") if departments else ()
    heads = {ship.department_id: ship.employee for ship in ships}
    for department in departments:
        department.head_now = heads.get(department.pk)
        department.people_count = people.get(department.pk, 0)
    return departments


@for_signed_in
def departments(request):
    words = " ".join(request.GET.get("words", "").split())[:100]
    found = Department.objects.select_related("parent", "fund")
    if words:
        found = found.filter(Q(name__icontains=words) | Q(code__icontains=words))
    kind = request.GET.get("kind", "")
    if kind in Department.Kind.values:
        found = found.filter(kind=kind)
    rows = with_heads(found, request.on)
    headless = [row for row in rows if not row.head_now]
    if request.GET.get("head") == "none":
        rows = headless
    return render(
        request,
        "organization/departments.html",
        {
            "departments": rows,
            "headless": len(headless),
            "kinds": Department.Kind.choices,
            "kind": kind,
            "words": words,
            "without_head": request.GET.get("head") == "none",
            "is_hr": is_hr(request.person),
        },
    )


@for_signed_in
def department(request, code):
    found = get_object_or_404(Department.objects.select_related("parent", "fund"), code=code)
    top, count, in_full, without = reporting_line(found, on=request.on)
    ships = Headship.objects.filter(department=found).select_related("employee").order_by("-starts_on")
    ships = list(ships[:8])
    head = next(
        (s for s in ships if s.starts_on <= request.on and (not s.ends_on or s.ends_on > request.on)), None
    )
    heads = {head.employee_id} if head else set()
    return render(
        request,
        "organization/department.html",
        {
            "department": found,
            "head": head,
            "ships": ships,
            "top": top,
            "count": count,
            "in_full": in_full,
            "without": len(without - heads),
            "parts": with_heads(found.parts.all(), request.on),
            "may_set_head": may_set_head(request.person, found),
            "is_hr": is_hr(request.person),
        },
    )


@for_hr
def set_head(request, code):
    found = get_object_or_404(Department, code=code)
    form = HeadForm(request.POST or None, initial={"on": request.on})
    if request.method == "POST" and form.is_valid():
        employee = form.cleaned_data["employee"]
        try:
            services.set_head(
                found.pk,
                employee.pk if employee else None,
                on=form.cleaned_data["on"],
                reason=form.cleaned_data["reason"],
                by=request.person,
                at=request.at,
            )
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, f"The head of {found} is on record.")
            return redirect("organization:department", code)
    context = {"department": found, "form": form, "title": "Name the head", "verb": "Name the head"}
    return render(request, "organization/department_form.html", context, status=422 if form.errors else 200)


@for_hr
def change_department(request, code):
    found = get_object_or_404(Department, code=code)
    form = DepartmentForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_department(found.pk, form.cleaned_data, by=request.person, at=request.at)
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, f"{found.name} is changed.")
            return redirect("organization:department", code)
    context = {"department": found, "form": form, "title": "Change the department", "verb": "Save"}
    return render(request, "organization/department_form.html", context, status=422 if form.errors else 200)


@for_hr
def add_department(request):
    form = NewDepartmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            found = services.add_department(form.cleaned_data, by=request.person, at=request.at)
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, f"{found} is added. Name its head next.")
            return redirect("organization:department", found.code)
    context = {"form": form, "title": "Add a department or office", "verb": "Add it"}
    return render(request, "organization/department_form.html", context, status=422 if form.errors else 200)
