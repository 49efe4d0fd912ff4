"""Departments and who heads them: who answers for the people of a department."""

from datetime import date

from django.db.models import FilteredRelation

from organization.dated import holds_on
from organization.models import Department


class Chart:
    """Departments and their heads on a day, in one query."""

    def __init__(self, on):
        held = FilteredRelation("headships", condition=holds_on(on, "headships__"))
        self.departments, self.heads = {}, {}
        for department in Department.objects.annotate(held=held).select_related("held__employee"):
            self.departments[department.pk] = department
            head = department.held.employee if hasattr(department, "held") else None
            if head is not None and (head.separated_on or date.max) > on:
                self.heads[department.pk] = head
        self.head_ids = frozenset(head.pk for head in self.heads.values())

    def coded(self, code):
        """The department with this code, or None."""
        return next((each for each in self.departments.values() if each.code == code), None)

    def certifier(self, department):
        """Who answers for a department: its head, or that of the one above it. None: no one is on record."""
        headed = self.headed_above(department)
        return headed and self.heads[headed.pk]

    def headed_above(self, department):
        """The department itself where it has a head, else the next one above it that has; or None."""
        while department is not None and department.pk not in self.heads:
            department = self.departments.get(department.parent_id)
        return department
