"""Keeping layouts of the payroll file: saved once they have no problem, one of them the default."""

from django.db import IntegrityError, transaction

from audit.services import record
from organization.refusal import Refused
from payroll import permissions
from payroll.layouts.files import preview, sample
from payroll.layouts.layout import dump, find_problems
from payroll.models import FileLayout


class LayoutProblems(Refused):
    """`problems` names each column at fault."""

    def __init__(self, problems):
        super().__init__(" ".join(problem.text for problem in problems))
        self.problems = problems


def check_layout(layout, tried):
    """The first lines of a sample in this layout; raises LayoutProblems."""
    if problems := find_problems(layout):
        raise LayoutProblems(problems)
    text, problems = preview(layout, tried)
    if problems:
        raise LayoutProblems(problems)
    return text


@transaction.atomic
def save_layout(name, layout, *, by, at, pk=None):
    """Keep a layout under a name, in place of that with the key `pk` if it is given."""
    _refuse_strangers(by)
    check_layout(layout, sample())
    if FileLayout.objects.filter(name__iexact=name).exclude(pk=pk).exists():
        raise Refused(f"Another layout is called “{name}”. Choose another name.")
    kept = FileLayout.objects.select_for_update().get(pk=pk) if pk else FileLayout()
    before = kept.document if pk else None
    kept.name, kept.document, kept.changed_by_id, kept.changed_at = name, dump(layout), by.user_id, at
    kept.save()
    record("file_layout.saved", kept, by=by, at=at, before=before, after=kept.document)
    return kept


@transaction.atomic
def make_default(pk, *, by, at):
    """Offer this layout first on the page of a batch."""
    _refuse_strangers(by)
    kept = FileLayout.objects.select_for_update().get(pk=pk)
    FileLayout.objects.filter(is_default=True).update(is_default=False)
    kept.is_default = True
    try:
        kept.save(update_fields=["is_default"])
    except IntegrityError as problem:
        raise Refused("Another layout was made the default just now. Look again.") from problem
    record("file_layout.made_default", kept, by=by, at=at)


@transaction.atomic
def remove_layout(pk, *, by, at):
    """Take a layout away; what was downloaded in it stays in the history."""
    _refuse_strangers(by)
    kept = FileLayout.objects.select_for_update().get(pk=pk)
    record("file_layout.removed", kept, by=by, at=at, before=kept.document)
    kept.delete()


def _refuse_strangers(by):
    if not permissions.can_lay_out(by):
        raise Refused("Only payroll clerks and HR administrators define layouts.")
