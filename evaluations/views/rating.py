"""The rating page and the self-evaluation: typed into for an hour, saved field by field (EVL-6)."""

from django.contrib import messages
from django.db.models import Subquery
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST

from evaluations.models import Element, JournalEntry, RatingOfRecord
from evaluations.services import journal, saving, under_way
from evaluations.services.saving import Conflict
from evaluations.sheet import Sheet
from evaluations.views.fetching import address, get_evaluation, head_of, not_now, someone_was_faster
from evaluations.workflow import CannotMove
from look.formats import clock
from look.forms import whole_number
from organization.audience import for_employees
from organization.refusal import Refused

ENTRIES = 30


@for_employees
def rate(request, pk):
    """The rating page. Without JavaScript its buttons save the whole form."""
    evaluation = get_evaluation(request, pk)
    if elsewhere := not_now("rate", evaluation, request):
        return elsewhere
    if request.method != "POST":
        return _rating_page(request, evaluation)
    try:
        present = _values(Sheet.of(evaluation, request.person), "rating", "summary")
        conflicts = _save_form(request, evaluation, saving.save_rating, "summary", present)
        anchor = _act(request, evaluation)
    except CannotMove as problem:
        return someone_was_faster(request, problem, evaluation)
    except Refused as problem:
        return _rating_page(request, evaluation, problem=str(problem), status=422)
    if conflicts:
        return _rating_page(request, evaluation, conflicts=conflicts, status=409)
    if request.POST.get("act") == "close":
        messages.success(request, f"What you wrote about {evaluation.employee.full_name} is saved.")
        return redirect("evaluations:list")
    return redirect(f"{address('rate', pk)}{anchor}")


@for_employees
@require_POST
def save_rating(request, pk):
    """One field of the rating, as autosave.js sends it."""
    evaluation = get_evaluation(request, pk)
    return _save_field(request, evaluation, saving.save_rating, "summary", _rating_parts)


@for_employees
def self_evaluation(request, pk):
    """The employee's own view, saved in the same way."""
    evaluation = get_evaluation(request, pk)
    if elsewhere := not_now("write_self", evaluation, request):
        return elsewhere
    if evaluation.self_submitted_at:
        return redirect("evaluations:show", pk)
    if request.method != "POST":
        return _self_page(request, evaluation)
    try:
        present = _values(Sheet.of(evaluation, request.person), "own", "self_summary")
        conflicts = _save_form(request, evaluation, saving.save_self, "self_summary", present)
        if conflicts:
            return _self_page(request, evaluation, conflicts=conflicts, status=409)
        if request.POST.get("act") == "send":
            under_way.submit_self(evaluation.pk, by=request.person, at=request.at)
            messages.success(request, "Your self-evaluation was sent to your supervisor.")
            return redirect("evaluations:mine")
    except CannotMove as problem:
        return someone_was_faster(request, problem, evaluation)
    except Refused as problem:
        return _self_page(request, evaluation, problem=str(problem), status=422)
    if request.POST.get("act") == "close":
        return redirect("evaluations:mine")
    messages.success(request, "Your self-evaluation is saved.")
    return redirect("evaluations:self", pk)


@for_employees
@require_POST
def save_self(request, pk):
    evaluation = get_evaluation(request, pk)
    return _save_field(request, evaluation, saving.save_self, "self_summary", lambda *_: {})


def _rating_page(request, evaluation, *, conflicts=None, problem="", status=200):
    sheet = Sheet.of(evaluation, request.person)
    opened = request.GET.get("open", "") or request.POST.get("for", "")
    current = sheet.item(whole_number(opened))
    current = current or sheet.next_to_rate() or sheet.items[0]
    entries = list(
        JournalEntry.objects.visible_to(request.person).filter(employee=evaluation.employee_id)[: ENTRIES + 1]
    )
    used = {
        evidence.entry_id: item.element.name
        for item in sheet.items
        for evidence in item.evidence
        if evidence.entry_id
    }
    context = head_of(evaluation, request) | {
        "sheet": sheet,
        "current": current,
        "conflicts": _named(conflicts or [], sheet),
        "problem": problem,
        "entries": [(entry, used.get(entry.pk)) for entry in entries[:ENTRIES]],
        "more_entries": len(entries) > ENTRIES,
        "last_year": _last_year(evaluation),
        "duties": evaluation.description.duties.all() if evaluation.description else [],
        "description_key": f"Version {evaluation.description.version}" if evaluation.description else "",
        "saved_at": _saved_at(item.rating for item in sheet.items),
        "sign_in_url": f"{reverse('account_login')}?next={request.path}",
        "minimum": evaluation.cycle.minimum_service_weight,
    }
    return render(request, "evaluations/rate.html", context, status=status)


def _self_page(request, evaluation, *, conflicts=None, problem="", status=200):
    sheet = Sheet.of(evaluation, request.person)
    context = head_of(evaluation, request) | {
        "sheet": sheet,
        "conflicts": _named(conflicts or [], sheet),
        "problem": problem,
        "saved_at": _saved_at(item.own for item in sheet.items),
        "sign_in_url": f"{reverse('account_login')}?next={request.path}",
    }
    return render(request, "evaluations/self.html", context, status=status)


def _saved_at(rows):
    return max((row.saved_at for row in rows if row and row.saved_at), default=None)


def _last_year(evaluation):
    """The score of the rating of record before this cycle, its elements and their levels: one query."""
    record = (
        RatingOfRecord.objects.filter(
            employee=evaluation.employee_id, cycle__ends_on__lte=evaluation.cycle.starts_on
        )
        .order_by("-cycle__ends_on", "-version")
        .values("evaluation")[:1]
    )
    elements = list(
        Element.objects.filter(evaluation=Subquery(record))
        .order_by("position")
        .values_list("evaluation__score", "name", "rating__level")
    )
    return {"score": elements[0][0], "levels": [each[1:] for each in elements]} if elements else None


def _save_field(request, evaluation, save, summary, parts):
    """Answers autosave.js as docs/look.md says."""
    name, revision = request.POST.get("field", ""), whole_number(request.POST.get("revision", ""))
    field, _, element = name.partition("-")
    if field not in ("level", "narrative", summary) or revision is None:
        return JsonResponse({"error": "This field is not known. Load the page again."}, status=422)
    try:
        result = save(
            evaluation.pk,
            element_id=whole_number(element),
            field=field,
            value=request.POST.get("value", ""),
            base=revision,
            by=request.person,
            at=request.at,
        )
    except CannotMove as problem:
        return JsonResponse({"error": str(problem)}, status=403)
    except Refused as problem:
        return JsonResponse({"error": str(problem)}, status=422)
    if isinstance(result, Conflict):
        value = "" if result.value is None else str(result.value)
        return JsonResponse({"revision": str(result.revision), "value": value}, status=409)
    return JsonResponse(
        {
            "revision": str(result.revision),
            "saved_at": clock(result.at, seconds=True),
            "parts": parts(request, evaluation, field, element),
        }
    )


def _rating_parts(request, evaluation, field, element):
    """What changes on the page with a saved field: marks and needs of its element, rail, score, the rest."""
    if field == "summary":
        return {}
    sheet = Sheet.of(evaluation, request.person)
    item = sheet.item(int(element))
    parts = {f"#needs-{element}": render_to_string("evaluations/_needs.html", {"item": item})}
    if field == "level":
        parts |= {
            f"#summary-{element}": render_to_string("evaluations/_element_summary.html", {"item": item}),
            "#rail": render_to_string("evaluations/_rail.html", {"sheet": sheet}),
            "#score": render_to_string("evaluations/_score.html", {"sheet": sheet}),
            "#left": render_to_string("evaluations/_left.html", {"sheet": sheet}),
            "#next": render_to_string("evaluations/_next.html", {"sheet": sheet, "evaluation": evaluation}),
        }
    return parts


def _save_form(request, evaluation, save, summary, present):
    """Save every field that was changed; returns the conflicts: field name, what was typed, what is saved.

    `present` are the values on record by name; a field that is as it was costs nothing.
    """
    conflicts = []
    for name, value in request.POST.items():
        field, _, element = name.partition("-")
        if field not in ("level", "narrative", summary) or _same(value, present.get(name)):
            continue
        revision = whole_number(request.POST.get(f"revision-{name}", ""))
        result = save(
            evaluation.pk,
            element_id=whole_number(element),
            field=field,
            value=value,
            base=-1 if revision is None else revision,
            by=request.person,
            at=request.at,
        )
        if isinstance(result, Conflict):
            conflicts.append((name, value, result.value))
    return conflicts


def _named(conflicts, sheet):
    """The conflicts for the page: which field in words, mine, theirs."""
    named = []
    for name, mine, theirs in conflicts:
        field, _, element = name.partition("-")
        item = sheet.item(int(element)) if element else None
        named.append((f"{item.element.name}: {field}" if item else "Summary", mine, theirs))
    return named


def _values(sheet, what, summary):
    """The values on record by field name; `what` is `rating` or `own`."""
    values = {summary: getattr(sheet.evaluation, summary)}
    for item in sheet.items:
        row = getattr(item, what)
        values[f"level-{item.element.pk}"] = row.level if row else None
        values[f"narrative-{item.element.pk}"] = row.narrative if row else ""
    return values


def _same(typed, present):
    return typed.replace("\r\n", "\n") == ("" if present is None else str(present))


def _act(request, evaluation):
    """What the pressed button wants besides saving; returns where to go on the page."""
    verb, _, what = request.POST.get("act", "").partition("-")
    element, named = whole_number(request.POST.get("for", "")), whole_number(what)
    if verb == "link" and named is not None:
        journal.link_evidence(
            evaluation.pk, element_id=element, entry_id=named, by=request.person, at=request.at
        )
    elif verb == "state":
        text = request.POST.get(f"fact-{what}", "")
        element = named
        journal.state_evidence(evaluation.pk, element_id=element, text=text, by=request.person, at=request.at)
    elif verb == "unlink" and named is not None:
        journal.unlink_evidence(evaluation.pk, evidence_id=named, by=request.person, at=request.at)
    elif verb == "next":
        following = Sheet.of(evaluation, request.person).next_to_rate(after=element)
        element = following.element.pk if following else element
    return f"?open={element}#element-{element}" if element else ""
