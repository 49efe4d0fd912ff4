"""The first steps of a new county, in order: what has to be there before a year of pay can begin."""

from typing import NamedTuple

from django.db.models import BooleanField, Exists, ExpressionWrapper, Q
from django.urls import reverse

from compensation.models import Schedule
from evaluations.models import Cycle
from organization.models import Assignment, County, Role, RoleGrant
from organization.needs import ASKED_OF_HR, asked_of_hr


class Step(NamedTuple):
    """`title` begins with a verb, `verb` is the link, `icon` a Lucide name."""

    title: str
    why: str
    url: str
    verb: str
    icon: str


STEPS = {
    "county": Step(
        "Write the county’s settings",
        "Its name, the hours of a full-time year, the pay calendar and holidays. Until then usual ones hold.",
        "organization:county",
        "County settings",
        "settings",
    ),
    "roster": Step(
        "Import the roster",
        "People, departments and supervisors, from a CSV or Excel file. You see what it changes first.",
        "organization:imports",
        "Roster imports",
        "file-up",
    ),
    "structure": Step(
        "Import the pay structure",
        "Grades with their ranges, or steps. Without it nobody has a range to be paid in.",
        "compensation:structure",
        "Pay structure",
        "table-2",
    ),
    "roles": Step(
        "Say who is court clerk and who runs payroll",
        "The court clerk records the Court’s orders; payroll clerks release pay, nobody alone his own.",
        "organization:roles",
        "Roles",
        "key-round",
    ),
    "cycle": Step(
        "Open the first evaluation cycle",
        "The year that is rated, with its dates. Merit and lump sums rest on its ratings.",
        "evaluations:cycles",
        "Cycles",
        "calendar-days",
    ),
}


def _both_clerks(on):
    held = RoleGrant.objects.in_force(on)
    return Q(Exists(held.filter(role=Role.COURT_CLERK)), Exists(held.filter(role=Role.PAYROLL)))


DONE = {
    "county": lambda on: Exists(County.objects.all()),
    "roster": lambda on: Exists(Assignment.objects.all()),
    "structure": lambda on: Exists(Schedule.objects.all()),
    "roles": lambda on: ExpressionWrapper(_both_clerks(on), BooleanField()),
    "cycle": lambda on: Exists(Cycle.objects.all()),
}
ASKED_OF_HR.update({f"has_{name}": is_done for name, is_done in DONE.items()})


def first_steps(person):
    """The steps that are not done yet, for HR alone; none once the county is set up."""
    found = asked_of_hr(person)
    if found is None:
        return []
    left = [step for name, step in STEPS.items() if not found[f"has_{name}"]]
    return [step._replace(url=reverse(step.url)) for step in left]
