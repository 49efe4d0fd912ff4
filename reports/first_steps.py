"""The first steps of a new county, in order: what has to be there before a year of pay can begin."""

from typing import NamedTuple

from django.db.models import Exists
from django.urls import reverse

from accounts.models import User
from compensation.models import Schedule
from evaluations.models import Cycle
from organization.models import Assignment, County, Role, RoleGrant
from organization.permissions import is_hr


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


def first_steps(person):
    """The steps that are not done yet, for HR alone; none once the county is set up. One query."""
    if not is_hr(person) or person.user is None:
        return []
    held = RoleGrant.objects.in_force(person.on)
    county, roster, structure, clerk, payroll, cycle = User.objects.values_list(
        Exists(County.objects.all()),
        Exists(Assignment.objects.all()),
        Exists(Schedule.objects.all()),
        Exists(held.filter(role=Role.COURT_CLERK)),
        Exists(held.filter(role=Role.PAYROLL)),
        Exists(Cycle.objects.all()),
    ).get(pk=person.user_id)
    done = {
        "county": county,
        "roster": roster,
        "structure": structure,
        "roles": clerk and payroll,
        "cycle": cycle,
    }
    return [step._replace(url=reverse(step.url)) for name, step in STEPS.items() if not done[name]]
