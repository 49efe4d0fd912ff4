"""Who is acting: a user, the employee he is, and what follows from both on a day.

Views and services take a `Person` as `by`; querysets take one in `visible_to`. Nothing else decides who
somebody is.
"""

import json
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from organization.chart import Chart
from organization.models import Department, Employee, Role, RoleGrant, the_county

# Asked with every page: written out, since putting it together took longer than the answer.
OWN_RECORD = """
    SELECT e.*,
        ARRAY(
            SELECT h.department_id FROM organization_headship h WHERE h.employee_id = e.id
                AND h.starts_on <= %(on)s AND (h.ends_on IS NULL OR h.ends_on > %(on)s)
        ) AS headed_ids,
        ARRAY(
            WITH RECURSIVE mine AS (
                SELECT h.department_id AS id FROM organization_headship h WHERE h.employee_id = e.id
                    AND h.starts_on <= %(on)s AND (h.ends_on IS NULL OR h.ends_on > %(on)s)
                UNION
                SELECT d.id FROM organization_department d JOIN mine ON d.parent_id = mine.id
            )
            SELECT id FROM mine
        ) AS headed_with_parts_ids,
        EXISTS (
            SELECT FROM organization_assignment a WHERE a.supervisor_id = e.id AND a.slot = 1
                AND a.starts_on <= %(on)s AND (a.ends_on IS NULL OR a.ends_on > %(on)s)
        ) AS supervises,
        (
            SELECT coalesce(jsonb_agg(jsonb_build_array(g.role, g.department_id)), '[]')
            FROM organization_rolegrant g WHERE g.user_id = e.user_id
                AND g.starts_on <= %(on)s AND (g.ends_on IS NULL OR g.ends_on > %(on)s)
        ) AS granted {along}
    FROM organization_employee e WHERE e.user_id = %(user)s
"""
# What other apps ask of whoever comes, as SQL of that employee `e`, by the name of the answer on `employee`.
ASKED_ALONG = {}


@dataclass(eq=False)
class Person:
    """A user on a day. Without a user it is a visitor who has not signed in, or the system itself."""

    user: object | None
    on: date
    name: str = ""
    is_system: bool = False

    def __post_init__(self):
        if self.user is not None:
            self.name = self.name or self.user.name

    @cached_property
    def county(self):
        return the_county()

    @cached_property
    def chart(self):
        """Departments and their heads on the day, once for all who ask in a request."""
        return Chart(self.on)

    @property
    def user_id(self):
        return self.user.pk if self.user else None

    @cached_property
    def employee(self):
        """The employee that the user is, or None: a user need not be one.

        Comes with what he heads, whether he supervises and which roles he holds, in one query.
        """
        if not self.user:
            return None
        along = "".join(f", {sql} AS {name}" for name, sql in ASKED_ALONG.items())
        found = Employee.objects.raw(OWN_RECORD.format(along=along), {"user": self.user.pk, "on": self.on})
        return next(iter(found), None)

    @property
    def employee_id(self):
        return self.employee.pk if self.employee else None

    @property
    def has_left(self):
        """Separated: what he held ends with the employment, whatever was forgotten to be ended."""
        separated_on = self.employee.separated_on if self.employee else None
        return separated_on is not None and separated_on <= self.on

    @cached_property
    def grants(self):
        """Role grants in force: a list of (role, department id or None)."""
        if self.user is None or self.has_left:
            return []
        if self.employee:
            return [(role, scope) for role, scope in json.loads(self.employee.granted)]
        return list(
            RoleGrant.objects.in_force(self.on).filter(user=self.user).values_list("role", "department_id")
        )

    @cached_property
    def roles(self):
        """Roles held in the whole county."""
        return frozenset(role for role, department in self.grants if department is None)

    def has_role(self, *roles, department_id=None):
        """Holds one of the roles in the county, or in that department."""
        return any(
            role in roles and (scope is None or (department_id is not None and scope == department_id))
            for role, scope in self.grants
        )

    @property
    def sees_everyone(self):
        """Roles that need every person's record (REQUIREMENTS, people)."""
        return self.is_system or bool(self.roles & {Role.HR, Role.AUDITOR, Role.PAYROLL, Role.BUDGET})

    @cached_property
    def headed(self):
        """Ids of the departments that the person heads today, without their parts."""
        return frozenset(self.employee.headed_ids) if self.employee and not self.has_left else frozenset()

    @cached_property
    def departments(self):
        """Ids of departments whose people he may see: headed ones and those of scoped grants, with parts."""
        ids = set(self.employee.headed_with_parts_ids) if self.headed else set()
        edge = {scope for role, scope in self.grants if scope and role in (Role.HR, Role.AUDITOR)} - ids
        ids |= edge
        while edge:
            edge = set(Department.objects.filter(parent__in=edge).values_list("pk", flat=True)) - ids
            ids |= edge
        return frozenset(ids)

    @cached_property
    def is_supervisor(self):
        return bool(self.employee and self.employee.supervises and not self.has_left)

    @property
    def is_head(self):
        return bool(self.headed)

    @property
    def is_county_judge(self):
        return Role.JUDGE in self.roles

    @cached_property
    def role_name(self):
        """The most telling role, for the history and the corner of the page."""
        if self.is_system:
            return "System"
        if self.roles:
            return ", ".join(Role(role).label for role in sorted(self.roles))
        if self.grants:
            return Role(self.grants[0][0]).label
        if self.is_head:
            return "Head of a department or office"
        if self.is_supervisor:
            return "Supervisor"
        return "Employee" if self.employee_id else "Guest"

    @classmethod
    def system(cls, on, name="County HR"):
        """The scheduler, or a command without `--by`: whoever can start one may do what services offer."""
        return cls(user=None, on=on, name=name, is_system=True)
