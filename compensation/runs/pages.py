"""What the pages of a run show, put together from its parts: never from a hundred thousand lines."""

from collections import Counter
from datetime import timedelta
from typing import NamedTuple

from django.db import connection
from django.db.models import Count, Max, Min
from django.utils import timezone

from compensation.models import PayPlan, RunPart
from compensation.plans.standard import fiscal_year_of
from compensation.reason_names import name_of
from compensation.runs.computing import TOTALS
from look import formats
from organization.models import Headship, the_county

# What a computed run has behind it. `reports` knows the rest, and the page asks it once it is there.
STEPS = [
    ("Inputs frozen", "done"),
    ("Computed", "done"),
    *((step, "later") for step in ("Certification", "Court approval", "Payroll file", "Letters")),
]


def plan_to_run(plans, *, on):
    """The plan offered first: the adopted one of the coming fiscal year or of this one, else the newest."""
    coming = fiscal_year_of(on, the_county().fiscal_year_starts_month) + 1
    adopted = [plan for plan in plans if plan.state == PayPlan.State.ADOPTED and plan.fiscal_year <= coming]
    return max(adopted, key=lambda plan: plan.fiscal_year, default=plans[0] if plans else None)


def people_of(run):
    """How many people hold the positions of a run, some of them two."""
    return run.cases.aggregate(people=Count("employee", distinct=True))["people"]


def in_words(positions, people):
    """A line is a position: "1,912 positions of 1,900 people"."""
    words = formats.plural(positions, "position", "positions")
    return f"{words} of {formats.plural(people, 'person', 'people')}"


def positions_of(run):
    return in_words(run.people, people_of(run))


class DepartmentRow(NamedTuple):
    department: object
    head: str
    positions: int
    awarded: int
    merit: int  # cents
    lump: int


SORTS = {
    "name": lambda row: row.department.name.lower(),
    "awarded": lambda row: row.awarded,
    "merit": lambda row: row.merit,
    "lump": lambda row: row.lump,
}


def department_rows(run, *, on, sort="-merit"):
    """One row for each department of the run, with its head of the day."""
    sums, departments = {}, {}
    for part in run.parts.select_related("department"):
        departments[part.department_id] = part.department
        sums.setdefault(part.department_id, Counter()).update(part.totals)
    heads = {
        headship.department_id: headship.employee.full_name
        for headship in Headship.objects.in_force(on).select_related("employee")
    }
    rows = [
        DepartmentRow(
            departments[key],
            heads.get(key, ""),
            *(totals[name] for name in ("people", "awarded", "merit", "lump")),
        )
        for key, totals in sums.items()
    ]
    rows.sort(key=SORTS["name"])
    return sorted(rows, key=SORTS[sort.removeprefix("-")], reverse=sort.startswith("-"))


def sums_so_far(run):
    """Totals of the parts that are done, and how many departments those are."""
    found, departments = Counter(dict.fromkeys(TOTALS, 0)), set()
    for part in run.parts.filter(state=RunPart.State.DONE):
        found.update(part.totals)
        departments.add(part.department_id)
    return found, len(departments)


def cost_lines(totals, year):
    """The ledger of what a run costs, the employer's share included: of a full year and the fiscal year."""
    awards = formats.plural(totals["awarded"], "award", "awards")
    amounts = [
        ("Across the board", "a year", totals["across_the_board"]),
        ("To the new minimum", "a year", totals["lift"]),
        ("Tenure", "a year", totals["tenure"]),
        ("Merit on base pay", f"a year, {awards}" if totals["merit"] else "", totals["merit"]),
        ("Paid once", "" if totals["merit"] else awards, totals["lump"] - totals["longevity"]),
        ("Longevity pay", "once, by length of service", totals["longevity"]),
        ("Employer’s FICA", "Social Security and Medicare", totals["fica"]),
        ("Employer’s retirement deposit", "", totals["retirement"]),
    ]
    shown = [each for each in amounts if each[2]]
    lines = []
    for label, note, cents in shown:
        write = formats.signed if lines else formats.money
        lines.append({"label": label, "note": note, "amount": write(formats.dollars_from_cents(cents))})
    whole = sum(cents for _, _, cents in amounts)
    lines.append({"label": "Full cost", "amount": formats.money_from_cents(whole), "kind": "total"})
    if totals["in_year"] == whole:
        return lines
    of_it = {"label": f"Of it within fiscal year {year}", "note": "each raise from the day it begins"}
    return [*lines, of_it | {"amount": formats.money_from_cents(totals["in_year"])}]


def progress_of(run):
    """How far a run is: the figures of the job and its departments, one row each."""
    rows, done_people = {}, 0
    began = None
    for part in run.parts.select_related("department").order_by("number"):
        began = min(filter(None, (began, part.claimed_at)), default=None)
        row = rows.setdefault(
            part.department_id, {"name": part.department.name, "done": 0, "total": 0, "states": set()}
        )
        row["total"] += part.people
        row["states"].add(part.state)
        if part.state == RunPart.State.DONE:
            row["done"] += part.people
            done_people += part.people
    for row in rows.values():
        states = row.pop("states")
        row["state"] = "done" if states == {"done"} else "wait" if states == {"waiting"} else "now"
    departments = sum(row["state"] == "done" for row in rows.values())
    return {
        "done": done_people,
        "left": _left(began, done_people, run.people),
        "parts": list(rows.values()),
        "departments": departments,
        "note": f"{departments} of {len(rows)} departments done.",
    }


def seconds_taken(run):
    """From the first part that was claimed to the last that was done, by the clock; a second at least."""
    times = run.parts.aggregate(began=Min("claimed_at"), ended=Max("done_at"))
    return max(1, round((times["ended"] - times["began"]) / timedelta(seconds=1)))


def _left(began, done, total):
    """About how long it will take, in words; nothing while there is too little to tell from."""
    if began is None or not done or done == total:
        return ""
    elapsed = timezone.now() - began
    seconds = max(1, round(elapsed / done * (total - done) / timedelta(seconds=1)))
    if seconds > 90:
        return f"about {round(seconds / 60)} minutes left"
    return f"about {formats.plural(seconds, 'second', 'seconds')} left"


REASONS = """
    SELECT reason, count(*) FROM compensation_runline, unnest(reasons) reason
    WHERE run_id = %s GROUP BY reason ORDER BY count(*) DESC, reason
"""


def reasons_of(run):
    """Why less is paid: (code, what it is called, positions), the most frequent first."""
    with connection.cursor() as cursor:
        cursor.execute(REASONS, [run.pk])
        return [(code, name_of(code), count) for code, count in cursor.fetchall()]
