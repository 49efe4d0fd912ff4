"""What needs somebody: one line of his home page."""

from datetime import date
from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Subquery, Value
from django.db.models.functions import JSONObject
from django.urls import reverse

from accounts.models import User
from organization.directory import find_people
from organization.models import Assignment, Department, Headship, RosterImport
from organization.permissions import is_hr


class Need(NamedTuple):
    """`title` begins with a verb, `why` is one sentence, `verb` is the button, `icon` a Lucide name."""

    title: str
    why: str
    url: str
    verb: str
    icon: str
    due_on: date | None = None
    is_late: bool = False


# What is asked of the county for every HR administrator at home, by name: an expression from the day.
ASKED_OF_HR = {}


def asked_of_hr(person):
    """What every app asks of the county for HR, by name; None for others. One query, once for a person."""
    if not is_hr(person) or person.user is None:
        return None
    if "asked_of_hr" not in vars(person):
        # Any row that is there will do to ask for all of it at once.
        asked = {name: of_day(person.on) for name, of_day in ASKED_OF_HR.items()}
        vars(person)["asked_of_hr"] = User.objects.values(**asked).get(pk=person.user_id)
    return vars(person)["asked_of_hr"]


def needs_of(person):
    """What waits for HR: imports, people without a supervisor, departments without a head."""
    found = asked_of_hr(person)
    if found is None:
        return []
    return [
        *imports_waiting(found["imports"]),
        *_name_supervisors(found["unsupervised"]),
        *_name_heads(found["headless"]),
    ]


def _count(found):
    """How many there are, as a column, so that several counts are one query. None for none."""
    return Subquery(found.order_by().values(one=Value(1)).annotate(count=Count("pk")).values("count"))


def _uploaded():
    """The first three rosters that are uploaded and not applied, as a column."""
    told = RosterImport.objects.filter(state="uploaded").order_by("pk")
    return ArraySubquery(told.values(told=JSONObject(pk="pk", file_name="file_name", as_of="as_of"))[:3])


ASKED_OF_HR["imports"] = lambda on: _uploaded()
ASKED_OF_HR["unsupervised"] = lambda on: _count(find_people(on, state="no_supervisor"))
ASKED_OF_HR["headless"] = lambda on: _count(_without_head(on))


def imports_waiting(imports):
    for told in imports:
        as_of = date.fromisoformat(told["as_of"])
        yield Need(
            title=f"Check and apply {told['file_name']}",
            why=f"The roster of {as_of:%B} {as_of.day}, {as_of.year} is uploaded, but not applied.",
            url=reverse("organization:import", args=[told["pk"]]),
            verb="Check",
            icon="file-up",
        )


def _name_supervisors(count):
    if count:
        people = f"{count:,} people have" if count > 1 else "One person has"
        yield Need(
            title="Name the missing supervisors",
            why=f"{people} no supervisor, so nobody rates them.",
            url=reverse("organization:directory") + "?state=no_supervisor",
            verb="Show them",
            icon="user-round-search",
        )


def _without_head(on):
    staffed = Assignment.objects.in_force(on).filter(department=OuterRef("pk"))
    headed = Headship.objects.in_force(on).filter(department=OuterRef("pk"))
    return Department.objects.filter(Exists(staffed), ~Exists(headed))


def _name_heads(count):
    if count:
        departments = f"{count:,} departments have" if count > 1 else "One department has"
        yield Need(
            title="Name the missing heads",
            why=f"{departments} no head, so nobody certifies there.",
            url=reverse("organization:departments") + "?head=none",
            verb="Show them",
            icon="building-2",
        )
