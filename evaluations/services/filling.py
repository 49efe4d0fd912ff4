"""Who is in a cycle, with which template, and who is not and why. Set by set, for thousands of people."""

from datetime import timedelta
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Q

from audit.services import record
from evaluations.models import Cycle, Element, Evaluation, LeftOut, Template
from evaluations.models.template import For
from jobs.models import JobDescription
from organization.bulk import tell_planner
from organization.models import Assignment, Employee, Headship
from organization.person import Person

CHUNK = 1000
# Ninety thousand elements for ten thousand people: the database copies them from the templates by itself.
COPY_ELEMENTS = """
    INSERT INTO evaluations_element
        (evaluation_id, section, position, name, kind, nature, is_service, weight, standard, anchors)
    SELECT evaluation.id, part.section, part.position, part.name, part.kind, part.nature, part.is_service,
           part.weight, part.standard, part.anchors
    FROM evaluations_evaluation evaluation
    JOIN evaluations_templateelement part ON part.template_id = evaluation.template_id
    WHERE evaluation.id = ANY(%s)
"""


class Room(NamedTuple):
    """What is asked once for all chunks."""

    heads: frozenset
    supervisors: frozenset
    templates: dict  # (level, job family) to template
    descriptions: dict  # job id to the id of the description in force


def fill_cycle(cycle_id, *, on, at):
    """Give an evaluation to everyone who belongs into the cycle, and a reason to everyone who does not.

    In chunks of their own transactions; may run twice, at once or after a crash, and ends the same.
    """
    cycle = Cycle.objects.select_related("scale").get(pk=cycle_id)
    if cycle.state not in (Cycle.State.OPENING, Cycle.State.OPEN):
        return
    room, ids = room_for(cycle, on), list(everyone(cycle).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), CHUNK):
        fill_chunk(cycle, ids[start : start + CHUNK], room, on=on, done=min(start + CHUNK, len(ids)))
    with transaction.atomic():
        cycle = Cycle.objects.select_for_update().get(pk=cycle_id)
        cycle.people_found = cycle.people_opened = len(ids)
        first = cycle.state == Cycle.State.OPENING
        if first:
            cycle.state, cycle.opened_at = Cycle.State.OPEN, at
        cycle.save(update_fields=["state", "opened_at", "people_found", "people_opened"])
        record(
            "cycle.opened" if first else "cycle.refilled",
            cycle,
            by=Person.system(on),
            at=at,
            after={
                "evaluations": Evaluation.objects.filter(cycle=cycle).latest().count(),
                "left_out": LeftOut.objects.filter(cycle=cycle).count(),
            },
        )
        tell_planner(Evaluation, Element)


def everyone(cycle):
    """Everybody who worked for the county at any time of the period so far."""
    return Employee.objects.filter(
        Q(separated_on=None) | Q(separated_on__gt=cycle.starts_on),
        Q(hired_on=None) | Q(hired_on__lt=cycle.ends_on),
    )


def room_for(cycle, on):
    templates = Template.objects.filter(in_use=True)
    in_force = Assignment.objects.in_force(on).filter(slot=1, supervisor__isnull=False)
    return Room(
        heads=frozenset(Headship.objects.in_force(on).values_list("employee_id", flat=True)),
        supervisors=frozenset(in_force.values_list("supervisor_id", flat=True)),
        templates={(template.level, template.job_family): template for template in templates},
        descriptions=dict(JobDescription.objects.published().values_list("job_id", "pk")),
    )


@transaction.atomic
def fill_chunk(cycle, employee_ids, room, *, on, done):
    """Write evaluations, plans and reasons for some people; who has an evaluation already is passed over."""
    Cycle.objects.select_for_update().get(pk=cycle.pk)  # one at a time, should the task run twice
    present = set(
        Evaluation.objects.filter(cycle=cycle, employee__in=employee_ids).values_list("employee", flat=True)
    )
    employees = Employee.objects.filter(pk__in=set(employee_ids) - present).order_by("pk")
    lines = {
        line.employee_id: line
        for line in Assignment.objects.in_force(on)
        .filter(slot=1, employee__in=employee_ids)
        .select_related("job", "department")
    }
    joining, left_out = [], []
    for employee in employees:
        line = lines.get(employee.pk)
        if reason := why_left_out(employee, line, cycle, on):
            left_out.append(LeftOut(cycle=cycle, employee=employee, reason=reason))
        else:
            joining.append(_evaluation(cycle, employee, line, room))
    Evaluation.objects.bulk_create(joining)
    _copy_elements(joining)
    LeftOut.objects.filter(cycle=cycle, employee__in=employee_ids).delete()
    LeftOut.objects.bulk_create(left_out)
    Cycle.objects.filter(pk=cycle.pk).update(people_opened=done)


def _copy_elements(evaluations):
    with connection.cursor() as cursor:
        cursor.execute(COPY_ELEMENTS, [[evaluation.pk for evaluation in evaluations]])


def why_left_out(employee, line, cycle, on):
    """The reason in plain words why someone is not evaluated in this cycle, or an empty string."""
    if employee.separated_on and employee.separated_on <= on:
        return f"Left the county on {_date(employee.separated_on)}."
    if line is None:
        return f"Has no assignment on the roster on {_date(on)}."
    if line.kind == Assignment.Kind.ELECTED:
        return "Holds an elected office. Voters judge it, not an evaluation."
    if line.kind == Assignment.Kind.TEMPORARY:
        return "Is a temporary employee. Evaluations are for regular employees."
    if line.job_id is None:
        return "Has no job on the roster, so there is nothing to evaluate against."
    if employee.hired_on and employee.hired_on > cycle.ends_on - timedelta(days=cycle.minimum_days):
        return (
            f"Was hired on {_date(employee.hired_on)}, fewer than {cycle.minimum_days} days before the end."
        )
    return ""


def _evaluation(cycle, employee, line, room):
    return Evaluation(
        cycle=cycle,
        employee=employee,
        department=line.department,
        job=line.job,
        description_id=room.descriptions.get(line.job_id),
        template=_template(employee, line, room),
    )


def _template(employee, line, room):
    """The template of the person's level and job family, else of the level, else of the front line."""
    level = For.FRONT_LINE
    if employee.pk in room.heads:
        level = For.HEAD
    elif employee.pk in room.supervisors:
        level = For.SUPERVISOR
    wanted = [(level, line.job.family), (level, ""), (For.FRONT_LINE, line.job.family), (For.FRONT_LINE, "")]
    return next(room.templates[key] for key in wanted if key in room.templates)


def _date(day):
    return f"{day:%B} {day.day}, {day.year}"
