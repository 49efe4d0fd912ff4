import json

from django import forms
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.audience import Audience, declare
from audit import chain
from audit.models import Entry
from exchange.writing import csv_response
from look.formats import moment, plural
from look.forms import LookForm
from organization.models import Role
from reports import history as finding
from reports.history_words import act_label, changes_of, table_label

ROWS = 100  # of one transaction, shown at once
COLUMNS = (
    "Entry", "When", "Written", "Act", "Who", "Role", "Table", "Id", "About", "Before", "After", "Reason",
    "Request", "Transaction", "Link", "Hash",
)  # fmt: skip

# Holders in one department would read here of all others.
for_hr_and_auditors_of_the_county = declare(
    Audience(
        "HR administrators and auditors of the whole county",
        lambda person: person.has_role(Role.HR, Role.AUDITOR),
    )
)


class WantedForm(LookForm, forms.Form):
    words = forms.CharField(label="Words", required=False, max_length=200)
    act = forms.CharField(label="Act", required=False, max_length=60)
    who = forms.CharField(label="Who", required=False, max_length=200)
    table = forms.CharField(label="About", required=False, max_length=63)
    subject = forms.CharField(label="Its id", required=False, max_length=40)
    since = forms.DateField(label="From", required=False)
    until = forms.DateField(label="Until", required=False)
    outside = forms.BooleanField(label="Only changes outside County HR", required=False)


@for_hr_and_auditors_of_the_county
@require_GET
def history(request):
    form = WantedForm(request.GET)
    wanted = _wanted(request, form) if form.is_valid() else None
    before = request.GET.get("before", "")
    lines, following = (
        finding.find(wanted, before=int(before) if before.isdecimal() else None) if wanted else ([], None)
    )
    acts, tables = finding.choices()
    context = {
        "form": form,
        "lines": lines,
        "following": following,
        "is_first_page": not before,
        "acts": [(act, act_label(act)) for act in acts],
        "tables": sorted(((table, table_label(table)) for table in tables), key=lambda pair: pair[1]),
        "is_filtered": any(form.data.get(name) for name in form.fields),
        **_state_of_chain(),
    }
    return render(request, "reports/history.html", context, status=200 if wanted else 400)


def _wanted(request, form):
    return finding.Wanted(**form.cleaned_data, hidden=finding.hidden_from(request.person))


def _state_of_chain():
    state = chain.state(exactly=False)
    now = timezone.now()
    return {
        "chain": state,
        "sealed_ago": _ago(now - state.sealed_at) if state.sealed_at else "",
        "is_late": bool(
            state.oldest_not_sealed_at and (now - state.oldest_not_sealed_at).total_seconds() > 60
        ),
    }


def _ago(since):
    seconds = round(since.total_seconds())
    if seconds < 120:
        return f"{plural(seconds, 'second', 'seconds')} ago"
    if seconds < 2 * 3600:
        return f"{seconds // 60} minutes ago"
    return f"on {moment(timezone.now() - since)}"


@for_hr_and_auditors_of_the_county
@require_GET
def history_entry(request, entry_id):
    """One entry whole: an act with the rows it changed, or a row change with the acts of its transaction."""
    entries = finding.readable(finding.hidden_from(request.person))
    entry = get_object_or_404(entries.select_related("link"), pk=entry_id)
    around = Entry.objects.of_transaction_of(entry).exclude(pk=entry.pk)
    after = request.GET.get("after", "")
    rows = list(
        around.row_changes().filter(pk__gt=int(after) if after.isdecimal() else 0).order_by("pk")[: ROWS + 1]
    )
    acts = list(around.acts().order_by("pk")[:20])
    changes = changes_of([entry, *rows[:ROWS]])
    is_row = entry.act.startswith("row.")
    return render(
        request,
        "reports/history_entry.html",
        {
            "entry": entry,
            "link": getattr(entry, "link", None),
            "changes": changes[entry.pk],
            "rows": [(row, changes[row.pk]) for row in rows[:ROWS]],
            "following": rows[ROWS - 1].pk if len(rows) > ROWS else None,
            "acts": acts,
            "is_row": is_row,
            "is_outside": is_row and not acts,
        },
    )


@for_hr_and_auditors_of_the_county
@require_GET
def history_export(request):
    """What the filters find, with every row change, as CSV."""
    form = WantedForm(request.GET)
    if not form.is_valid():
        return history(request)
    entries = finding.entries_found(_wanted(request, form)).iterator(chunk_size=2_000)
    return csv_response(f"history-{request.on:%Y-%m-%d}.csv", COLUMNS, map(_cells, entries))


def _cells(entry):
    link = getattr(entry, "link", None)
    return (
        entry.pk, entry.at, entry.written_at, entry.act, entry.actor_name, entry.actor_role,
        entry.subject_type, entry.subject_id, entry.subject_name, _json(entry.before), _json(entry.after),
        entry.reason,
        entry.request_id, entry.transaction, link and link.position, link and link.hash,
    )  # fmt: skip


def _json(document):
    return None if document is None else json.dumps(document, ensure_ascii=False)
