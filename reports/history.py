"""Finding things in the history: acts, the rows they changed, and changes of rows that no act explains."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from audit.models import Entry
from evaluations.models import Evaluation
from evaluations.states import SEEN_BY_EMPLOYEE
from reports.history_words import rows_in_words

PAGE = 50
SHOWN = 3  # kinds of changed rows in a line
# The distinct values of an indexed column, each found by one step in the index.
DISTINCT = """
    (WITH RECURSIVE found AS (
        SELECT min({column}) AS value FROM audit_entry
        UNION ALL
        SELECT (SELECT min({column}) FROM audit_entry WHERE {column} > found.value) FROM found
        WHERE found.value IS NOT NULL
    ) SELECT '{column}', value FROM found WHERE value IS NOT NULL)
"""
# A transaction without an act, seen as one change: its last entry and how many rows it changed.
OUTSIDE = """
    SELECT g.last, g.rows FROM (
        SELECT transaction, written_at, max(id) AS last, count(*) AS rows
        FROM audit_entry WHERE act LIKE 'row.%%' AND {where} GROUP BY transaction, written_at
    ) g
    WHERE NOT EXISTS (
        SELECT FROM audit_entry a
        WHERE a.transaction = g.transaction AND a.written_at = g.written_at AND NOT (a.act LIKE 'row.%%')
    )
    ORDER BY g.last DESC LIMIT %s
"""


@dataclass
class Wanted:
    """What someone looks for; empty fields do not narrow it. Days are the county's, both included."""

    words: str = ""
    act: str = ""
    who: str = ""
    table: str = ""
    subject: str = ""
    since: object = None
    until: object = None
    outside: bool = False
    hidden: tuple = ()  # ids of evaluations of which the reader may not see anything yet

    @property
    def names_people(self):
        """Row changes outside of County HR name nobody and no act."""
        return bool(self.words or self.act or self.who)


@dataclass
class Line:
    """One line of the history: an act with the rows it changed by table, or a change that no act explains."""

    entry: Entry
    is_outside: bool = False
    rows: list = field(default_factory=list)  # such as "8 role grants", the most first

    @property
    def more_kinds(self):
        """How many kinds of rows a list leaves out, which shows the first three."""
        return max(len(self.rows) - SHOWN, 0)


def choices():
    """The acts and tables that occur: ([act, ...], [table, ...])."""
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(DISTINCT.format(column=column) for column in ("act", "subject_type"))
        )
        found = cursor.fetchall()
    acts = [value for column, value in found if column == "act" and not value.startswith("row.")]
    return sorted(acts), sorted(value for column, value in found if column == "subject_type")


def find(wanted, *, before=None):
    """One page of lines, the youngest first, and the id before which the next page begins (None: the end)."""
    acts = [] if wanted.outside else list(_newest(acts_found(wanted), before)[: PAGE + 1])
    lines = [Line(act) for act in acts]
    if not wanted.names_people:
        above = acts[PAGE].pk if len(acts) > PAGE else 0
        lines += _outside(wanted, above=above, before=before)
        lines.sort(key=lambda line: line.entry.pk, reverse=True)
    following = lines[PAGE - 1].entry.pk if len(lines) > PAGE else None
    lines = lines[:PAGE]
    _count_rows([line for line in lines if not line.is_outside])
    return lines, following


def hidden_from(person):
    """Ids of the reader's own evaluations that are not released: nobody reads of a draft about himself."""
    if person.employee_id is None:
        return ()
    own = Evaluation.objects.filter(employee=person.employee_id).exclude(state__in=SEEN_BY_EMPLOYEE)
    return tuple(str(pk) for pk in own.values_list("pk", flat=True))


def readable(hidden):
    """All entries but those about evaluations with these ids."""
    return Entry.objects.exclude(subject_type=Evaluation._meta.db_table, subject_id__in=hidden)


def acts_found(wanted):
    found = readable(wanted.hidden).acts() if wanted.hidden else Entry.objects.acts()
    for word in wanted.words.split():
        found = found.filter(
            Q(subject_name__icontains=word)
            | Q(actor_name__icontains=word)
            | Q(reason__icontains=word)
            | Q(subject_id=word)
            | Q(act__icontains=word)
        )
    if wanted.act:
        found = found.filter(act=wanted.act)
    if wanted.who:
        found = found.filter(actor_name__icontains=wanted.who)
    if wanted.table:
        found = found.filter(_touches(wanted))
    if wanted.since:
        found = found.filter(at__gte=_start_of(wanted.since))
    if wanted.until:
        found = found.filter(at__lt=_start_of(wanted.until + timedelta(days=1)))
    return found


def entries_found(wanted):
    """Every entry for an export, the oldest first: acts with their row changes, and what no act explains."""
    same = {"transaction": OuterRef("transaction"), "written_at": OuterRef("written_at")}
    found = Q(Exists(acts_found(wanted).filter(**same)))
    if wanted.outside:
        found = ~Exists(Entry.objects.acts().filter(**same)) & _about(wanted)
    elif not wanted.names_people:
        found |= ~Exists(Entry.objects.acts().filter(**same)) & _about(wanted)
    return readable(wanted.hidden).filter(found).select_related("link").order_by("pk")


def _about(wanted):
    """Row changes of the table, subject and days wanted. They carry the clock's time."""
    condition = Q()
    if wanted.table:
        condition &= Q(subject_type=wanted.table)
    if wanted.subject:
        condition &= Q(subject_id=wanted.subject)
    if wanted.since:
        condition &= Q(at__gte=_start_of(wanted.since))
    if wanted.until:
        condition &= Q(at__lt=_start_of(wanted.until + timedelta(days=1)))
    return condition


def _touches(wanted):
    """Acts about the subject, and acts that changed its row along with others."""
    subject = {"subject_type": wanted.table} | ({"subject_id": wanted.subject} if wanted.subject else {})
    rows = Entry.objects.row_changes().filter(
        transaction=OuterRef("transaction"), written_at=OuterRef("written_at"), **subject
    )
    return Q(**subject) | Exists(rows)


def _newest(entries, before):
    return entries.filter(pk__lt=before) if before else entries


def _outside(wanted, *, above, before):
    where, parameters = ["id > %s"], [above]
    for condition, value in (
        ("id < %s", before),
        ("subject_type = %s", wanted.table),
        ("subject_id = %s", wanted.subject),
        ("at >= %s", wanted.since and _start_of(wanted.since)),
        ("at < %s", wanted.until and _start_of(wanted.until + timedelta(days=1))),
    ):
        if value:
            where.append(condition)
            parameters.append(value)
    with connection.cursor() as cursor:
        cursor.execute(OUTSIDE.format(where=" AND ".join(where)), [*parameters, PAGE + 1])
        counts = dict(cursor.fetchall())
    entries = Entry.objects.in_bulk(counts) if counts else {}
    return [
        Line(entry, is_outside=True, rows=[rows_in_words(entry.subject_type, counts[entry.pk])])
        for entry in entries.values()
    ]


def _count_rows(lines):
    """Fills in how many rows of which table each act changed: one query for the page."""
    if not lines:
        return
    counts = (
        Entry.objects.row_changes()
        .filter(transaction__in={line.entry.transaction for line in lines})
        .order_by()
        .values_list("transaction", "written_at", "subject_type")
        .annotate(Count("pk"))
    )
    by_transaction = {}
    for transaction, written_at, table, count in counts:
        by_transaction.setdefault((transaction, written_at), []).append((-count, rows_in_words(table, count)))
    for line in lines:
        found = sorted(by_transaction.get((line.entry.transaction, line.entry.written_at), []))
        line.rows = [words for _, words in found]


def _start_of(day):
    return timezone.make_aware(datetime.combine(day, time.min))
