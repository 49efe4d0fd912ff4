"""What HR changes of people: each an act with a form of its own."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from organization import services
from organization.audience import for_hr
from organization.forms.people import AddForm, AdvancementForm, ChangeForm, PersonForm, SeparationForm
from organization.models import Advancement, Assignment, Employee
from organization.refusal import Refused


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
