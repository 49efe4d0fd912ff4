"""Which awards are signed together, and by whom.

The head of a department or office signs for its people. Where there is no head the next level up signs: the
head of what it is a part of, else the County Judge. A head's own award goes one level up, too: the County
Judge signs for the heads (PAY-9). Each of them can have somebody else sign for him, for a time.
"""

from functools import cached_property
from typing import NamedTuple

from certification.models import Delegation
from compensation.models import RunLine
from organization.chart import Chart
from organization.models import Department, Employee, RoleGrant


class AwardSet(NamedTuple):
    """The awards of one department in a run; of the heads themselves where `department` is None."""

    run: object
    department: Department | None

    @property
    def code(self):
        """The department's, as in addresses; None for the heads."""
        return self.department and self.department.code

    @property
    def name(self):
        return self.department.name if self.department else "Heads of departments"


class Authority(NamedTuple):
    """By what right somebody signs a set: as `principal`, or for him by a `delegation`."""

    principal: Employee
    delegation: Delegation | None = None

    def is_own(self, employee_id, person):
        """Whether an award is that of the person who signs, or of the one he signs for: neither can be."""
        return employee_id in (person.employee_id, self.principal.pk)


class Signers(Chart):
    """The chart with who signs which set: judges and delegations are fetched once they are asked for."""

    def __init__(self, on):
        super().__init__(on)
        self.on = on

    @classmethod
    def of(cls, person):
        """Those of the person's day, from the chart that he has."""
        found = cls.__new__(cls)
        vars(found).update(vars(person.chart), on=person.on)
        return found

    @cached_property
    def judges(self):
        return list(county_judges(self.on))

    @cached_property
    def delegations(self):
        """All that are in force."""
        standing = Delegation.objects.standing().in_force(self.on)
        return list(standing.select_related("principal", "delegate"))

    def principals(self, department):
        """Who answers for the awards of a department, of the heads themselves where it is None: one person,
        unless the county has two County Judges on a day.
        """
        head = super().certifier(department)
        return [head] if head else self.judges

    def certifier(self, department):
        """The first of them, or None: no one is on record."""
        return next(iter(self.principals(department)), None)

    def is_vacant(self, department):
        """Whether a department has no head of its own."""
        return department is not None and department.pk not in self.heads

    def delegates(self, department):
        """Delegations by which somebody signs in place of the principal."""
        answering = {each.pk for each in self.principals(department)}
        key = department and department.pk
        return [
            each for each in self.delegations if each.department_id == key and each.principal_id in answering
        ]

    def authority(self, person, department):
        """The Authority by which a person signs, or None. One's own right goes before a delegation."""
        if person.employee_id is None or person.has_left:
            return None
        head = super().certifier(department)
        if head.pk == person.employee_id if head else person.is_county_judge:
            return Authority(person.employee)
        for each in self.delegates(department):
            if each.delegate_id == person.employee_id:
                return Authority(each.principal, each)
        return None


def awards_in(award_set, chart):
    """The award lines of a set, with what the page and the checks need of each."""
    lines = RunLine.objects.awards().filter(run=award_set.run)
    if award_set.department is None:
        lines = lines.filter(employee__in=chart.head_ids)
    else:
        lines = lines.filter(department=award_set.department).exclude(employee__in=chart.head_ids)
    return lines.select_related("employee", "department", "case__rating", "case__assignment__job").order_by(
        "employee__sort_key", "number", "pk"
    )


def county_judges(on):
    """Employees who preside over the Court: they sign for the heads."""
    return Employee.objects.employed(on).filter(
        user__in=RoleGrant.objects.in_force(on).filter(role="judge").values("user")
    )
