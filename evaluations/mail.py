"""The few messages that tell somebody that the next step is his. Everything else stands on the home page."""

from organization.models import Employee
from outbox import services as outbox


def plan_to_acknowledge(evaluation, by):
    _send(
        evaluation.employee,
        f"Your plan for {evaluation.cycle} is ready to read",
        f"{by.name} has written the plan for your work in the cycle {evaluation.cycle}. It says what your "
        "work will be held against. Please read it and acknowledge it:\n\n"
        f"{outbox.link('evaluations:show', evaluation.pk)}",
        "evaluation.plan_issued",
    )


def rating_returned(evaluation, by):
    _send_rater(
        evaluation,
        f"Rating returned: {evaluation.employee.full_name}",
        f"{by.name} has returned your rating of {evaluation.employee.full_name} and writes:\n\n"
        f"{evaluation.returned_note}\n\n"
        f"Go on with it here:\n\n{outbox.link('evaluations:rate', evaluation.pk)}",
        "evaluation.returned",
    )


def correction_begun(evaluation, by):
    _send_rater(
        evaluation,
        f"Rating to be corrected: {evaluation.employee.full_name}",
        f"{by.name} has opened the rating of {evaluation.employee.full_name} in the cycle {evaluation.cycle} "
        f"for a correction and writes:\n\n{evaluation.correction_reason}\n\n"
        f"Go on with it here:\n\n{outbox.link('evaluations:rate', evaluation.pk)}",
        "evaluation.correction_begun",
    )


def rating_released(evaluation):
    _send(
        evaluation.employee,
        f"Your rating for {evaluation.cycle} is ready to read",
        f"Your rating for the cycle {evaluation.cycle} has been released. You can read it, add a comment "
        f"and sign it:\n\n{outbox.link('evaluations:sign', evaluation.pk)}",
        "evaluation.released",
    )


def _send_rater(evaluation, subject, body, about):
    rater = Employee.objects.filter(pk=evaluation.rater_id).first()
    if rater:
        _send(rater, subject, body, about)


def _send(employee, subject, body, about):
    if employee.work_email:
        outbox.send(employee.work_email, subject, body, about=about)
