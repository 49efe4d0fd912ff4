"""Who releases pay. A batch that holds one's own line needs the word of a second clerk."""

from organization.models import Role

READERS = (Role.PAYROLL, Role.HR, Role.AUDITOR, Role.BUDGET)


def can_release(person):
    return person.has_role(Role.PAYROLL)


def can_read(person):
    return person.has_role(*READERS)


def can_lay_out(person):
    return person.has_role(Role.PAYROLL, Role.HR)


def can_ask_heads(person):
    return person.has_role(Role.PAYROLL, Role.HR)


def can_take_file(person):
    return person.has_role(Role.PAYROLL, Role.AUDITOR)
