"""Roles and the county's settings."""

from calendar import month_name

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.audience import for_signed_in
from look.formats import record_date
from look.forms import whole_number
from organization import clock, services
from organization.audience import for_hr, for_hr_and_auditors
from organization.forms.county import (
    CalendarForm,
    CountyForm,
    GrantForm,
    HolidayForm,
    MoveDateForm,
    OutsideAccountForm,
)
from organization.models import Holiday, PayCalendar, RoleGrant
from organization.permissions import is_hr, may_grant_role, may_set_county
from organization.refusal import Refused


@for_hr_and_auditors
def roles(request):
    grants = RoleGrant.objects.select_related("user", "department").order_by(
        "role", "user__name", "starts_on"
    )
    held, coming, ended = [], [], []
    for grant in grants:
        grant.may_end = may_grant_role(request.person, grant.user)
        if grant.ends_on and grant.ends_on <= request.on:
            ended.append(grant)
        elif grant.starts_on > request.on:
            coming.append(grant)
        else:
            held.append(grant)
    context = {"held": held, "coming": coming, "ended": ended, "is_hr": is_hr(request.person)}
    return render(request, "organization/roles.html", context)


@for_hr
def grant_role(request):
    form = GrantForm(request.POST or None, initial={"starts_on": request.on})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            services.grant_role(values["who"].pk, **form.values(), by=request.person, at=request.at)
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(
                request, f"{values['who'].name} holds the role from {record_date(values['starts_on'])}."
            )
            return redirect("organization:roles")
    return render(request, "organization/role_grant.html", {"form": form}, status=422 if form.errors else 200)


@for_hr
def outside_account(request):
    """An account for someone who is not an employee; the page of the invitation follows."""
    form = OutsideAccountForm(request.POST or None, initial={"starts_on": request.on})
    if request.method == "POST" and form.is_valid():
        who = form.cleaned_data["name"], form.cleaned_data["email"]
        try:
            user = services.open_outside_account(*who, **form.values(), by=request.person, at=request.at)
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, f"{user.name} has an account. Send the invitation now.")
            return redirect("accounts:invite", user_id=user.pk)
    context = {"form": form}
    return render(request, "organization/outside_account.html", context, status=422 if form.errors else 200)


@for_hr
@require_POST
def revoke_role(request, grant_id):
    grant = get_object_or_404(RoleGrant.objects.select_related("user"), pk=grant_id)
    try:
        services.revoke_role(grant.pk, on=request.on, by=request.person, at=request.at)
    except Refused as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"{grant.user.name} no longer holds the role {grant.get_role_display()}.")
    return redirect("organization:roles")


@for_signed_in
def county(request):
    """The settings for HR; in the demo, the county's date for everyone."""
    person = request.person
    may_set = may_set_county(person)
    found = request.county
    calendar = PayCalendar.objects.order_by("pk").first()
    forms = {
        "settings": CountyForm(prefix="settings", instance=found),
        "calendar": CalendarForm(prefix="calendar", instance=calendar),
        "holiday": HolidayForm(prefix="holiday"),
        "date": MoveDateForm(prefix="date", today=request.on),
    }
    part = request.POST.get("part")
    if request.method == "POST" and part in forms:
        done = change_county(request, part, forms, found, calendar)
        if done:
            messages.success(request, done)
            return redirect("organization:county")
    year, ahead = request.on.year, found.demo_days_ahead
    context = {
        "forms": forms,
        "may_set": may_set,
        "found": found,
        "calendar": calendar,
        "holidays": Holiday.objects.filter(on__year__gte=year - 1).order_by("on"),
        "years": (year, year + 1),
        "fiscal_month": month_name[found.fiscal_year_starts_month],
        "demo": settings.DEMO,
        "today": request.on,
        "days_ahead": ahead,
        "days_behind": -ahead,
    }
    failed = any(form.is_bound and form.errors for form in forms.values())
    return render(request, "organization/county.html", context, status=422 if failed else 200)


def change_county(request, part, forms, found, calendar):
    """Do what one of the page's forms asks. Returns what was done, or nothing where the form has errors."""
    who = {"by": request.person, "at": request.at}
    if part == "settings":
        form = forms[part] = CountyForm(request.POST, prefix=part, instance=found)
    elif part == "calendar":
        form = forms[part] = CalendarForm(request.POST, prefix=part, instance=calendar)
    elif part == "holiday":
        form = forms[part] = HolidayForm(request.POST, prefix=part)
    else:
        form = forms[part] = MoveDateForm(request.POST, prefix=part, today=request.on)
    if not form.is_valid():
        return None
    try:
        if part == "settings":
            services.set_county(form.cleaned_data, **who)
            return "The county’s settings are changed."
        if part == "calendar":
            services.set_pay_calendar(form.cleaned_data, **who)
            return "The pay calendar is changed."
        if part == "holiday":
            services.add_holiday(form.cleaned_data["on"], form.cleaned_data["name"], **who)
            return "The holiday is added."
        services.move_county_date(form.cleaned_data["days"], **who)
        return f"The county’s date is {record_date(clock.today())} now."
    except Refused as problem:
        form.add_error(None, str(problem))
        return None


@for_hr
@require_POST
def fill_holidays(request):
    year = whole_number(request.POST.get("year", ""))
    if year is None or not 1990 <= year <= 2100:
        messages.error(request, "Choose a year between 1990 and 2100.")
        return redirect("organization:county")
    try:
        added = services.fill_holidays(year, by=request.person, at=request.at)
    except Refused as problem:
        messages.error(request, str(problem))
    else:
        messages.success(
            request, f"{added} holidays of {year} are added. Take out those the county does not keep."
        )
    return redirect("organization:county")


@for_hr
@require_POST
def remove_holiday(request):
    holiday = get_object_or_404(Holiday, pk=whole_number(request.POST.get("holiday", "")))
    services.remove_holiday(holiday.pk, by=request.person, at=request.at)
    messages.success(request, f"{holiday.name} is taken out.")
    return redirect("organization:county")
