"""Entries of the history in words: tables, acts, and the fields of a row before and after."""

from functools import lru_cache
from typing import NamedTuple

from django.apps import apps
from django.db import models

from look.formats import plural

# Whose rows are told by name where another row points at them; their __str__ asks for nothing else.
NAMED = {
    "accounts_user", "organization_department", "organization_employee", "organization_fund",
    "organization_job",
}  # fmt: skip
CHANGES = {"row.inserted": "Row added", "row.updated": "Row changed", "row.deleted": "Row removed"}
# Acts whose own name, read as words, would not say what was done.
ACTS = CHANGES | {
    "advancement.added": "Promotion or merit raise put on record",
    "advancement.corrected": "Promotion or merit raise put right",
    "advancement.removed": "Promotion or merit raise taken off the record",
    "assignments.succeeded": "New pay taken into the records",
    "award.left_out": "Award left out of a set",
    "award.put_back": "Award put back into its set",
    "certificate.void": "Certificate found void",
    "delegation.given": "Signature delegated",
    "delegation.revoked": "Delegation revoked",
    "exception.written": "Exception written",
    "exception.withdrawn": "Exception withdrawn",
    "evaluation.begun_unacknowledged": "Evaluation begun without acknowledgement",
    "evaluation.self_submitted": "Self-evaluation sent",
    "release.declined": "Second word refused",
    "release.second_asked": "Second word asked for",
    "release.taken_back": "Release taken back by who asked",
    "scenario.proposed": "Scenario put into the plan",
}


class Change(NamedTuple):
    field: str
    before: object
    after: object


@lru_cache(maxsize=1)
def _models():
    return {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}


def table_label(table):
    """`Role grant` for organization_rolegrant; a table that is gone keeps its name."""
    model = _models().get(table)
    return str(model._meta.verbose_name).capitalize() if model else table


def rows_in_words(table, count):
    """`8 role grants`."""
    model = _models().get(table)
    return plural(count, *(2 * [table] if model is None else _names_of(model)))


def _names_of(model):
    return model._meta.verbose_name.lower(), model._meta.verbose_name_plural.lower()


def act_label(act):
    """`Evaluation signed` for evaluation.signed."""
    return ACTS.get(act) or act.replace(".", " ").replace("_", " ").capitalize()


def changes_of(entries):
    """What each entry changed, field by field: {entry id: [Change, ...]}; one query per kind of row named."""
    names = _names(entries)
    return {entry.pk: list(_changes(entry, names)) for entry in entries}


def _changes(entry, names):
    before, after = entry.before or {}, entry.after or {}
    is_update = entry.before is not None and entry.after is not None
    fields = _fields(entry)
    for column in [*after, *(column for column in before if column not in after)]:
        old, new = before.get(column), after.get(column)
        if old == new if is_update else (old in (None, "") and new in (None, "")):
            continue
        field = fields.get(column)
        if isinstance(field, models.GeneratedField):  # it follows from another that is told
            continue
        yield Change(_label(field, column), _word(field, old, names), _word(field, new, names))


def _fields(entry):
    """Fields by column for rows; an act's `before` and `after` have words of their own."""
    model = _models().get(entry.subject_type) if entry.act in CHANGES else None
    return {field.column: field for field in model._meta.concrete_fields} if model else {}


def _label(field, column):
    return (str(field.verbose_name) if field else column.replace("_", " ")).capitalize()


def _word(field, value, names):
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if field is not None and field.choices:
        return dict(field.flatchoices).get(value, value)
    if isinstance(field, models.ForeignKey):
        name = names.get((field.related_model._meta.db_table, value))
        return f"{name} ({value})" if name else value
    return value


def _names(entries):
    wanted = {}
    for entry in entries:
        for column, field in _fields(entry).items():
            if isinstance(field, models.ForeignKey) and field.related_model._meta.db_table in NAMED:
                ids = {(entry.before or {}).get(column), (entry.after or {}).get(column)} - {None}
                wanted.setdefault(field.related_model, set()).update(ids)
    return {
        (model._meta.db_table, row.pk): str(row)
        for model, ids in wanted.items()
        if ids
        for row in model.objects.filter(pk__in=ids)
    }
