from organization.models import Role


def can_record(person):
    return person.has_role(Role.COURT_CLERK)
