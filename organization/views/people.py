"""The directory, the page of a person, and the acts on him."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.audience import for_signed_in
from accounts.permissions import can_invite
from exchange.writing import csv_response, xlsx_response
from look.charts import pay_history
from look.formats import estimate
from organization import directory, services
from organization.audience import for_hr
from organization.dated import is_in_force
from organization.forms.people import AddForm, AdvancementForm, ChangeForm, PersonForm, SeparationForm
from organization.line import chain_above
from organization.models import Advancement, Assignment, Department, Employee, Job
from organization.permissions import is_hr, may_change_employee, may_see_record
from organization.refusal import Refused

PER_PAGE = 25


def asked(request):
    """What the address asks of the directory: words, department, state, checked."""
    code = request.GET.get("department")
    department = Department.objects.filter(code=code).first() if code else None
    state = request.GET.get("state", "")
    if state not in directory.STATES or (state and not request.person.sees_everyone):
        state = ""
    return {
        "words": " ".join(request.GET.get("words", "").split())[:100],
        "department": department,
        "state": state,
    }


def found_people(request, filters):
    department = filters["department"]
    return directory.find_people(
        request.on,
        words=filters["words"],
        department=department.pk if department else None,
        state=filters["state"],
    )


@for_signed_in
def people(request):
    filters = asked(request)
    found, sort = directory.in_order(found_people(request, filters), request.GET.get("sort", "name"))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = directory.with_lines(page.object_list, request.on)
    return render(
        request,
        "organization/directory.html",
        {
            "page": page,
            "sort": sort,
            "departments": Department.objects.all(),
            "states": directory.STATES.items() if request.person.sees_everyone else (),
            "is_hr": is_hr(request.person),
            "chips": chips(request, filters),
            **filters,
        },
    )


def chips(request, filters):
    """The filters that are set, each with the address without it."""
    words = {
        "words": f"“{filters['words']}”" if filters["words"] else "",
        "department": str(filters["department"] or ""),
        "state": directory.STATES[filters["state"]] if filters["state"] else "",
    }
    found = []
    for name, label in words.items():
        if label:
            rest = request.GET.copy()
            rest.pop(name, None)
            rest.pop("page", None)
            found.append((label, f"?{rest.urlencode()}"))
    return found


@for_signed_in
def export(request, kind):
    """The list as a file: what everyone may see; pay and dates for those who see everyone."""
    filters = asked(request)
    found, _ = directory.in_order(found_people(request, filters), request.GET.get("sort", "name"))
    columns = directory.COLUMNS + (directory.COLUMNS_FOR_HR if request.person.sees_everyone else ())
    rows = directory.rows_for_file(found, request.person, request.county.hours_per_year)
    name = f"people-{request.on.isoformat()}"
    if kind == "xlsx":
        return xlsx_response(f"{name}.xlsx", columns, rows, sheet="People")
    return csv_response(f"{name}.csv", columns, rows)


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


@for_hr
def change(request, number):
    """One dated change of what somebody does, where, for whom and for what pay."""
    employee = get_object_or_404(Employee, number=number)
    lines = Assignment.objects.in_force(request.on).select_related("department", "job", "supervisor", "fund")
    now = lines.filter(employee=employee, slot=1).first()
    initial = {"on": request.on}
    if now:
        initial |= {name: getattr(now, name) for name in ChangeForm.base_fields if hasattr(now, name)}
        initial["rate"] = plain(now.rate)
        initial["fte"] = plain(now.fte)
    form = ChangeForm(request.POST or None, initial=initial)

    def act():
        said = {name: form.cleaned_data[name] for name in ("on", "reason")}
        said |= {"by": request.person, "at": request.at}
        if kind := form.cleaned_data["advancement"]:
            services.advance(employee.pk, kind, form.values(), **said)
        else:
            services.change_assignment(employee.pk, form.values(), **said)
        return f"The change of {employee} is on record."

    if now is None:
        messages.error(request, f"{employee} has no assignment today, so there is nothing to change.")
        return redirect("organization:person", number)
    return answer(request, employee, form, act, title="Record a change", verb="Record this change")


def plain(number):
    """A Decimal without needless zeros: 46280, 24.15."""
    return None if number is None else f"{number.normalize():f}"


@for_hr
def correct(request, number):
    employee = get_object_or_404(Employee, number=number)
    initial = {name: getattr(employee, name) for name in PersonForm.base_fields}
    form = PersonForm(request.POST or None, initial=initial)

    def act():
        services.change_person(employee.pk, form.cleaned_data, by=request.person, at=request.at)
        return "The personal data are put right."

    return answer(request, employee, form, act, title="Name, e-mail and hire date", verb="Save")


@for_hr
def add_advancement(request, number):
    """A promotion or a merit raise that is not on record."""
    employee = get_object_or_404(Employee, number=number)
    form = AdvancementForm(request.POST or None)

    def act():
        made = services.add_advancement(employee.pk, **form.cleaned_data, by=request.person, at=request.at)
        return f"The {made.get_kind_display().lower()} is on record."

    return answer(request, employee, form, act, title="Record a promotion or merit raise", verb="Record it")


@for_hr
def correct_advancement(request, number, advancement_id):
    """One that is on record and wrong: another kind or day, or never had."""
    found = get_object_or_404(
        Advancement.objects.select_related("employee"), pk=advancement_id, employee__number=number
    )
    form = AdvancementForm(request.POST or None, initial={"kind": found.kind, "on": found.on})

    def act():
        who = {"by": request.person, "at": request.at}
        if "remove" in request.POST:
            services.remove_advancement(found.pk, reason=form.cleaned_data["reason"], **who)
            return f"The {found.get_kind_display().lower()} is off the record."
        services.correct_advancement(found.pk, **form.cleaned_data, **who)
        return "The record is put right."

    title = f"Put a {found.get_kind_display().lower()} right"
    also = ("remove", "Take it off the record")
    return answer(request, found.employee, form, act, title=title, verb="Save", also=also)


@for_hr
def separate(request, number):
    employee = get_object_or_404(Employee, number=number)
    form = SeparationForm(request.POST or None, initial={"last_day": request.on})

    def act():
        services.separate_employee(employee.pk, **form.cleaned_data, by=request.person, at=request.at)
        return f"The separation of {employee} is on record."

    return answer(request, employee, form, act, title="Record a separation", verb="Record this separation")


def answer(request, employee, form, act, *, title, verb, also=None):
    """A form about one person: do the act, or show the form with what is wrong. `also` is the name and label
    of a second button.
    """
    if request.method == "POST" and form.is_valid():
        try:
            done = act()
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, done)
            return redirect("organization:person", employee.number)
    context = {"employee": employee, "form": form, "title": title, "verb": verb, "also": also}
    return render(request, "organization/person_form.html", context, status=422 if form.errors else 200)


@for_hr
def add(request):
    """Someone who is in no roster yet."""
    form = AddForm(request.POST or None, initial={"hired_on": request.on})
    if request.method == "POST" and form.is_valid():
        try:
            employee = services.add_employee(
                form.cleaned_data["number"],
                form.own(),
                form.values(),
                on=request.on,
                by=request.person,
                at=request.at,
            )
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, f"{employee} is added.")
            return redirect("organization:person", employee.number)
    return render(request, "organization/person_add.html", {"form": form}, status=422 if form.errors else 200)


@for_hr
@require_POST
def open_account(request, number):
    employee = get_object_or_404(Employee, number=number)
    try:
        user = services.open_account(employee.pk, by=request.person, at=request.at)
    except Refused as problem:
        messages.error(request, str(problem))
        return redirect("organization:person", number)
    messages.success(request, f"{employee} has an account now. Send an invitation to set the password.")
    return redirect("accounts:invite", user.pk)


@for_signed_in
def suggest_people(request):
    """Options for a field that names a person, while one types."""
    words = suggested_words(request)
    found = directory.find_people(request.on, words=words)[:8] if len(words) > 1 else []
    lines = directory.with_lines(found, request.on) if words else []
    options = [
        (f"{employee.number} {employee.full_name}", employee.line_now.job if employee.line_now else "")
        for employee in lines
    ]
    return render(request, "organization/suggestions.html", {"options": options})


@for_signed_in
def suggest_jobs(request):
    words = suggested_words(request)
    found = Job.objects.filter(title__icontains=words)[:8] if len(words) > 1 else []
    return render(
        request, "organization/suggestions.html", {"options": [(job.title, job.code) for job in found]}
    )


def suggested_words(request):
    """What is typed in the one field that asks, whatever its name."""
    return " ".join(next(iter(request.GET.values()), "").split())[:80]
