"""Which awards are signed together, and by whom.

The head of a department or office signs for its people, and for parts of it that have no head of their own. A
head's own award goes one level up: the County Judge signs for the heads (PAY-9).
"""

from typing import NamedTuple

from compensation.models import RunLine
from organization.models import Department, Employee, RoleGrant

HEADS = "heads"  # in addresses, where a department would have its code


class AwardSet(NamedTuple):
    """The awards of one department in a run; of the heads themselves where `department` is None."""

    run: object
    department: Department | None

    @property
    def code(self):
        return self.department.code if self.department else HEADS

    @property
    def name(self):
        return self.department.name if self.department else "Heads of departments"


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
    return Employee.objects.filter(
        user__in=RoleGrant.objects.in_force(on).filter(role="judge").values("user")
    )
