from organization.models.advancement import Advancement
from organization.models.county import County, Holiday, PayCalendar, the_county
from organization.models.department import Department, Fund, Headship
from organization.models.job import Job
from organization.models.people import Assignment, Employee, supervisor_of
from organization.models.role import Role, RoleGrant
from organization.models.roster import ColumnMapping, RosterImport

__all__ = [
    "Advancement",
    "Assignment",
    "ColumnMapping",
    "County",
    "Department",
    "Employee",
    "Fund",
    "Headship",
    "Holiday",
    "Job",
    "PayCalendar",
    "Role",
    "RoleGrant",
    "RosterImport",
    "supervisor_of",
    "the_county",
]
