"""Who writes and who approves a description: HR, and the heads of the departments that have the job."""

from organization.models import Assignment, Headship, Role


def is_hr(person, description):
    return person.has_role(Role.HR)


def is_head_of_job(person, description):
    """Heads a department in which somebody holds the job today."""
    return person.is_head and _holders(person, description).filter(department__in=person.departments).exists()


def is_writer(person, description):
    return is_hr(person, description) or is_head_of_job(person, description)


def is_approver(person, description):
    """A head of the job's departments; where none of them has a head, HR stands in."""
    if is_head_of_job(person, description):
        return True
    departments = _holders(person, description).values("department")
    has_head = Headship.objects.in_force(person.on).filter(department__in=departments).exists()
    return not has_head and is_hr(person, description)


def holds_job(person, description):
    return (
        person.employee_id is not None
        and _holders(person, description).filter(employee=person.employee_id).exists()
    )


def _holders(person, description):
    return Assignment.objects.in_force(person.on).filter(job=description.job_id)
