"""Cycles: prepared by HR, opened for everyone in the background, closed at the end."""

from django.db import transaction

from audit.services import record
from evaluations import tasks
from evaluations.checks import minimum_service_weight, problems_of_plan
from evaluations.models import Cycle, Evaluation, Template
from evaluations.models.template import For
from evaluations.services.filling import everyone
from evaluations.services.locking import NotReady
from look.formats import plural
from organization.models import Role
from organization.refusal import Refused

EDITABLE_ONCE_OPEN = [
    "name",
    "plans_due_on",
    "progress_due_on",
    "self_due_on",
    "ratings_due_on",
    "approvals_due_on",
    "release_due_on",
    "signatures_due_on",
]


def require_hr(by):
    if not by.has_role(Role.HR):
        raise Refused("Only an HR administrator of the county can do this.")


@transaction.atomic
def create_cycle(fields, *, by, at):
    """Prepare a cycle; `fields` are those of the model, such as a validated form gives."""
    require_hr(by)
    cycle = Cycle.objects.create(**fields)
    record(
        "cycle.created",
        cycle,
        by=by,
        at=at,
        after={"starts_on": str(cycle.starts_on), "ends_on": str(cycle.ends_on)},
    )
    return cycle


@transaction.atomic
def change_cycle(cycle_id, fields, *, by, at):
    """Change a cycle. Once it is open, only its name and due dates: ratings rest on the rest."""
    require_hr(by)
    cycle = Cycle.objects.select_for_update().get(pk=cycle_id)
    if cycle.state == Cycle.State.CLOSED:
        raise Refused("A closed cycle stays as it is.")
    if cycle.state != Cycle.State.DRAFT:
        fields = {name: value for name, value in fields.items() if name in EDITABLE_ONCE_OPEN}
    before = {name: str(getattr(cycle, name)) for name in fields if getattr(cycle, name) != fields[name]}
    for name, value in fields.items():
        setattr(cycle, name, value)
    cycle.save(update_fields=list(fields))
    after = {name: str(fields[name]) for name in before}
    record("cycle.changed", cycle, by=by, at=at, before=before, after=after)
    return cycle


@transaction.atomic
def open_cycle(cycle_id, *, by, at):
    """Begin to open a cycle for everyone, or to bring in who joined since; it goes on in the background.

    Refused where a template in use does not pass the rules of a plan (EVL-2).
    """
    require_hr(by)
    cycle = Cycle.objects.select_for_update().get(pk=cycle_id)
    if cycle.state == Cycle.State.CLOSED:
        raise Refused("This cycle is closed.")
    if problems := problems_of_templates(cycle):
        raise NotReady("The cycle cannot be opened yet.", problems)
    if cycle.state == Cycle.State.DRAFT:
        cycle.state = Cycle.State.OPENING
    cycle.people_found, cycle.people_opened = everyone(cycle).count(), 0
    cycle.save(update_fields=["state", "people_found", "people_opened"])
    record("cycle.opening_begun", cycle, by=by, at=at, after={"people": cycle.people_found})
    transaction.on_commit(lambda: tasks.fill_cycle.delay(cycle.pk), robust=True)
    return cycle


def continue_filling(cycle_id, *, by):
    """Hand the work over again where it stands still, after a lost broker say. Twice does no harm."""
    require_hr(by)
    tasks.fill_cycle.delay(cycle_id)


@transaction.atomic
def close_cycle(cycle_id, *, unfinished, by, at):
    """End a cycle: what is not of record by now stays unfinished.

    `unfinished` is how many that were as HR read it and agreed; refused where it is another number now.
    """
    require_hr(by)
    cycle = Cycle.objects.select_for_update().get(pk=cycle_id)
    if cycle.state != Cycle.State.OPEN:
        raise Refused("Only an open cycle can be closed.")
    now = Evaluation.objects.filter(cycle=cycle).open().latest().count()
    if now != unfinished:
        raise Refused(f"{plural(now, 'evaluation is', 'evaluations are')} unfinished now. Read it again.")
    cycle.state = Cycle.State.CLOSED
    cycle.save(update_fields=["state"])
    record("cycle.closed", cycle, by=by, at=at, after={"unfinished": unfinished})
    return cycle


def problems_of_templates(cycle):
    """Why the templates in use cannot serve this cycle."""
    minimum = minimum_service_weight(cycle)
    templates = list(Template.objects.filter(in_use=True).prefetch_related("elements"))
    if not any(template.level == For.FRONT_LINE and not template.job_family for template in templates):
        raise Refused(
            "No template for the front line is in use. Put one in use that serves every job family."
        )
    return [
        problem._replace(text=f"Template {template}: {problem.text}")
        for template in templates
        for problem in problems_of_plan(list(template.elements.all()), minimum=minimum)
    ]
