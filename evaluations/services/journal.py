"""The journal, and linking what it says to an element as evidence."""

from django.db import transaction

from audit.services import record
from evaluations.models import Evidence, JournalEntry
from evaluations.permissions import may_write_about
from evaluations.services.locking import lock_for, need_reason
from organization.refusal import Refused


@transaction.atomic
def add_entry(employee_id, *, on, text, shared, by, at):
    """Write a line about someone's work. It is for oneself alone, unless shared with the person."""
    if not may_write_about(by, employee_id):
        raise Refused("You can keep a journal about yourself and the people of your line.")
    if on > by.on:
        raise Refused("The day lies in the future. Use the day on which it happened.")
    return JournalEntry.objects.create(
        employee_id=employee_id,
        author=by.employee,
        on=on,
        text=need_reason(text, "what happened"),
        shared=shared,
        created_at=at,
    )


@transaction.atomic
def share_entry(entry_id, *, by, at):
    """Show an entry of one's own to the person it is about. It cannot be hidden again."""
    entry = JournalEntry.objects.select_for_update().filter(pk=entry_id, author=by.employee_id).first()
    if entry is None or by.employee_id is None:
        raise Refused("Only the writer of an entry can share it.")
    entry.shared = True
    entry.save(update_fields=["shared"])
    record("journal.entry_shared", entry, by=by, at=at)
    return entry


@transaction.atomic
def link_evidence(evaluation_id, *, element_id, entry_id, by, at):
    """Rest an element's level on a journal entry. With that it becomes part of the rating."""
    evaluation, _ = lock_for("rate", evaluation_id, by)
    entry = JournalEntry.objects.visible_to(by).filter(pk=entry_id, employee=evaluation.employee_id).first()
    if entry is None:
        raise Refused("This journal entry is not about this person, or not yours to see.")
    evidence, _ = Evidence.objects.get_or_create(
        element=_element(evaluation, element_id), entry=entry, defaults={"by": by.employee, "at": at}
    )
    return evidence


@transaction.atomic
def state_evidence(evaluation_id, *, element_id, text, by, at):
    """Rest an element's level on a fact that stands in no journal."""
    evaluation, _ = lock_for("rate", evaluation_id, by)
    return Evidence.objects.create(
        element=_element(evaluation, element_id),
        text=need_reason(text, "the fact, with its date"),
        by=by.employee,
        at=at,
    )


@transaction.atomic
def unlink_evidence(evaluation_id, *, evidence_id, by, at):
    evaluation, _ = lock_for("rate", evaluation_id, by)
    Evidence.objects.filter(pk=evidence_id, element__evaluation=evaluation).delete()
    return evaluation


def _element(evaluation, element_id):
    element = evaluation.elements.filter(pk=element_id).first()
    if element is None:
        raise Refused("This element is not part of the plan any more. Load the page again.")
    return element
