"""Who is what to an evaluation. Each predicate takes a Person and an evaluation fetched `with_line(on)`.

Nobody decides about himself: every predicate but `is_employee` is false for the person evaluated.
"""

from django.db.models import Q

from organization.models import Assignment, Role


def is_employee(person, evaluation):
    return person.employee_id is not None and person.employee_id == evaluation.employee_id


def is_rater(person, evaluation):
    """The supervisor in force."""
    return _is(person, evaluation.rater_id) and not is_employee(person, evaluation)


def is_hr(person, evaluation):
    return person.has_role(Role.HR, department_id=evaluation.department_id) and not is_employee(
        person, evaluation
    )


def is_hr_on_correction(person, evaluation):
    return evaluation.version > 1 and is_hr(person, evaluation)


def is_reviewer(person, evaluation):
    """Who approves the rating: the supervisor's supervisor, or who stands in where there is none."""
    if is_employee(person, evaluation):
        return False
    approver = approver_id(evaluation)
    return is_hr(person, evaluation) if approver is None else _is(person, approver)


def is_rater_or_hr(person, evaluation):
    return is_rater(person, evaluation) or is_hr(person, evaluation)


def approver_id(evaluation):
    """The employee who approves, or None where it is for HR.

    The supervisor's supervisor. Where there is none, HR for level 1, else the head of the department: for a
    direct report of an elected official that official himself; for a head, who cannot approve his own, his
    supervisor.
    """
    if evaluation.reviewer_id and evaluation.reviewer_id != evaluation.employee_id:
        return evaluation.reviewer_id
    if evaluation.level == 1:
        return None
    return evaluation.rater_id if evaluation.head_id == evaluation.employee_id else evaluation.head_id


def may_write_about(person, employee_id):
    """Keep a journal about someone: oneself, direct reports and theirs."""
    me = person.employee_id
    if me is None:
        return False
    in_force = Assignment.objects.in_force(person.on).filter(slot=1)
    line = Q(supervisor=me) | Q(supervisor__in=in_force.filter(supervisor=me).values("employee"))
    return employee_id == me or in_force.filter(line, employee=employee_id).exists()


def _is(person, employee_id):
    return person.employee_id is not None and person.employee_id == employee_id
