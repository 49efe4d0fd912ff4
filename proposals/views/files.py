"""Many proposals at once: to Excel and back, from the clipboard, scaled; looked at, then taken over."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from compensation.pay import proposed as texts
from exchange.writing import csv_response, xlsx_response
from look.formats import dollars_from_cents, plural
from look.forms import whole_number
from look.views import conflict
from organization.refusal import Refused
from proposals import pages, permissions, reading, services
from proposals.audience import for_those_who_propose
from proposals.scaling import scale_sheet
from proposals.sheets import Sheet
from proposals.views.fetching import address, find_sheet


@for_those_who_propose
def download(request, year, version, code, kind):
    """The sheet as a table; what is changed in Proposed and Reason can be read again."""
    if kind not in ("csv", "xlsx"):
        raise Http404
    stored = find_sheet(request, year, version, code)
    found = Sheet(stored, on=request.on, by=request.person)
    respond = csv_response if kind == "csv" else xlsx_response
    columns = [
        *(reading.NUMBER, reading.NAME, "Job", "Rating", "Base pay", "Guideline", "Least", "Most"),
        *(reading.PROPOSED, reading.REASON, "Merit a year", "Paid once", "New pay"),
    ]
    return respond(f"proposals-{year}v{version}-{code or 'heads'}.{kind}", columns, map(_cells, found.rows))


def _cells(row):
    room, award = row.room, row.award
    limits = (
        [room.write(value) for value in (room.guideline, room.least, room.most)] if room else ["", "", ""]
    )
    return [
        row.case.number,
        row.employee.sort_name,
        row.assignment.job.title if row.assignment.job else "",
        row.level_name,
        dollars_from_cents(row.base),
        *limits,
        texts.write(row.case.proposed) if row.case.proposed else "",
        "" if row.is_own else row.reason,
        *(dollars_from_cents(cents) for cents in (award.merit, award.awarded_once, award.new_annual)),
    ]


@for_those_who_propose
@require_POST
def read(request, year, version, code):
    """What a file or the clipboard says, beside what stands there: nothing is taken over yet."""
    return _beside(request, find_sheet(request, year, version, code), code, _read)


@for_those_who_propose
@require_POST
def scale(request, year, version, code):
    """What everybody would have if all were scaled to the pool, beside what stands there."""

    def scaled(request, found):
        return reading.Found(scale_sheet(found), []), "scaling to the pool"

    return _beside(request, find_sheet(request, year, version, code), code, scaled)


def _beside(request, stored, code, find):
    found = Sheet(stored, on=request.on, by=request.person)
    if not (permissions.may_propose(request.person, stored, found.chart) and stored.is_open):
        return _refused(request, stored, "Only the head proposes, while the sheet is open.")
    try:
        result, source = find(request, found)
    except Refused as problem:
        return _refused(request, stored, str(problem))
    entries = [entry for entry in result.entries if entry.changes]
    context = {
        "sheet": stored,
        "code": code,
        "back": address(stored),
        "source": source,
        "entries": entries,
        "preview": None if result.problems else pages.Preview(found, entries),
        "same": sum(1 for entry in result.entries if not entry.changes),
        "problems": result.problems,
    }
    return render(request, "proposals/read.html", context, status=422 if result.problems else 200)


def _read(request, found):
    """(Found, where it comes from), of the file or else of what was pasted."""
    file = request.FILES.get("file")
    if file is not None:
        if file.size > reading.LIMITS.size:
            raise Refused("The file is larger than 2 MB. A sheet of proposals is much smaller.")
        return reading.read_file(file.read(), file.name, found), file.name
    pasted = request.POST.get("pasted", "")
    if not pasted.strip():
        raise Refused("Choose a file, or paste a column into a field of the sheet.")
    rows = pages.sorted_rows(found, request.POST.get("sort", "name"))
    field = "reason" if request.POST.get("field") == "reason" else "proposed"
    start = whole_number(request.POST.get("start", ""))
    return reading.read_pasted(pasted, found, rows, start=start, field=field), "what was pasted"


@for_those_who_propose
@require_POST
def take(request, year, version, code):
    """Take over what was looked at: as pairs of fields, each held to the plan once more."""
    stored = find_sheet(request, year, version, code)
    try:
        changed = services.take_over(
            stored.pk,
            _looked_at(request.POST),
            source=request.POST.get("source", "")[:200],
            by=request.person,
            at=request.at,
            seen=_seen(request.POST),
        )
    except Refused as problem:
        return _refused(request, stored, str(problem))
    messages.success(request, f"{plural(changed, 'row was', 'rows were')} taken over.")
    return redirect(address(stored))


def _looked_at(posted):
    """(employee id, (Proposed or None, reason or None)) for each row that was shown."""
    entries = []
    for text in posted.getlist("row"):
        employee_id, value = whole_number(text), posted.get(f"proposed-{text}", "").strip()
        if employee_id is None:
            continue
        try:
            given = texts.read(value) if value else None
        except ValueError as problem:
            raise Refused(str(problem)) from None
        entries.append((employee_id, (given, posted.get(f"reason-{text}"))))
    return entries


def _seen(posted):
    """The revision of each row that was shown, by employee id."""
    shown = posted.getlist("row")
    return {whole_number(text): whole_number(posted.get(f"revision-{text}", "")) for text in shown}


def _refused(request, stored, problem):
    return conflict(
        request, problem, title="Nothing was taken over", url=address(stored), act="Back to the sheet"
    )
