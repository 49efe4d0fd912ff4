"""The sheet on which a head proposes: typed into like a table, each row saved by itself."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST

from compensation.audience import PAY_OFFICES
from look.formats import clock
from look.forms import whole_number
from look.views import conflict
from organization.audience import for_hr
from organization.refusal import Refused
from proposals import pages, permissions, services
from proposals.audience import for_those_who_propose
from proposals.forms import NoteForm
from proposals.sheets import Sheet
from proposals.views.fetching import address, find_sheet

FIELDS = ("proposed", "reason")


@for_those_who_propose
def sheet(request, year, version, code, *, note_form=None, status=200):
    stored = find_sheet(request, year, version, code)
    found = Sheet(stored, on=request.on, by=request.person)
    sort = request.GET.get("sort", "name")
    if sort.removeprefix("-") not in pages.SORTS:
        sort = "name"
    may_propose = permissions.may_propose(request.person, stored, found.chart)
    may_settle, ranks = permissions.may_settle(request.person), found.ranks()
    context = {
        "sheet": stored,
        "code": code,
        "rows": [(row, ranks.get(row.id)) for row in pages.sorted_rows(found, sort)],
        "sees_pools": any(role in PAY_OFFICES for role in request.person.roles),
        "sort": sort,
        "may_write": may_propose and stored.is_open,
        "may_accept": may_settle and stored.state == "sent",
        "note_form": (note_form or NoteForm()) if may_settle and not stored.is_open else None,
        "sign_in_url": reverse("account_login"),
        **_state(found),
    }
    return render(request, "proposals/sheet.html", context, status=status)


def _state(found):
    """What changes with every row."""
    return {
        "sheet": found.stored,
        "figures": pages.figures(found),
        "pools": found.pools,
        "bars": found.what_bars_sending,
        "totals": pages.totals(found),
        "component": found.component,
        "is_out_of_date": found.is_out_of_date,
    }


@for_those_who_propose
@require_POST
def save(request, year, version, code):
    """One field of one row, as autosave.js sends it."""
    stored = find_sheet(request, year, version, code)
    field, _, person = request.POST.get("field", "").partition("-")
    employee_id, base = whole_number(person), whole_number(request.POST.get("revision", ""))
    if field not in FIELDS or employee_id is None or base is None:
        return JsonResponse({"error": "This field is not on the sheet."}, status=422)
    try:
        result = services.save_field(
            stored.pk,
            employee_id,
            field,
            request.POST.get("value", ""),
            base=base,
            by=request.person,
            at=request.at,
        )
    except Refused as problem:
        return JsonResponse({"error": str(problem)}, status=422)
    if isinstance(result, services.Conflict):
        return JsonResponse({"revision": str(result.revision), "value": result.value}, status=409)
    return JsonResponse(
        {
            "revision": str(result.revision),
            "saved_at": clock(request.at, seconds=True),
            "parts": _parts(request, result.sheet, employee_id),
            "ranks": result.sheet.ranks(),
        }
    )


def _parts(request, found, employee_id):
    """The pieces of the page that a saved row changes, by selector."""
    row = next(row for row in found.rows if row.id == employee_id)
    state = _state(found)
    parts = {
        f"#{part}": render_to_string(f"proposals/sheet.html#{part}", state, request)
        for part in ("pool-state", "sums", "send")
    }
    for part in ("year", "once", "pay", "note"):
        parts[f"#{part}-{employee_id}"] = render_to_string(
            f"proposals/_row.html#{part}", {"row": row}, request
        ).strip()
    return parts


@for_those_who_propose
@require_POST
def send(request, year, version, code):
    stored = find_sheet(request, year, version, code)
    try:
        services.send_sheet(stored.pk, by=request.person, at=request.at)
    except Refused as problem:
        return _refused(request, stored, problem, "The sheet was not sent")
    messages.success(request, f"The proposals for {stored.name} are with HR.")
    return redirect(address(stored))


@for_hr
@require_POST
def send_back(request, year, version, code):
    stored = find_sheet(request, year, version, code)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return sheet(request, year, version, code, note_form=form, status=422)
    try:
        services.send_back(stored.pk, form.cleaned_data["note"], by=request.person, at=request.at)
    except Refused as problem:
        return _refused(request, stored, problem, "The sheet was not sent back")
    messages.success(request, f"The proposals for {stored.name} are with the head again.")
    return redirect("proposals:plan", year, version)


def _refused(request, stored, problem, title):
    return conflict(request, str(problem), title=title, url=address(stored), act="Back to the sheet")
