"""A head's sheet of 300 people: opened, and one cell of it saved, as its page does that.

The floor of saving is to read the sheet's people and to compute one bare award for each: what is left in the
pool has to be added up from all of them. That of opening is the same, and the smallest page of the same size
(`bench.floor`).
"""

from statistics import median

from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from bench import county
from bench.pages import BACKEND, Pages, clocked
from bench.scenarios import an_administrator
from compensation.models import PayPlan, ProposalSheet
from compensation.pay.calculation import award
from organization.models import Assignment, Department, Employee, Headship
from proposals import services
from proposals.sheets import Sheet

PEOPLE, ROWS = 1_900, 300
OPEN, SAVE = 3.0, 15.0  # times the floor
ROUNDS = 9
HEAD = "The head"
LIMITS = [{"level": level, "percent": ["0", "6"]} for level in (3, 4, 5)]


def measure(*, rounds=ROUNDS):
    """Build the county and measure. Prints what was found; returns (whether it is within the bounds, what
    was found).
    """
    county.empty()
    plan, by = _with_pools(county.build(PEOPLE)), an_administrator()
    head = _one_department_of(ROWS)
    services.work_out_pools(plan.pk, due_on=county.BASE_ON, by=by, at=timezone.now())
    stored = ProposalSheet.objects.select_related("plan").get(department__code="D00")
    sheet = Sheet(stored, on=timezone.localdate())
    rows = [row for row in sheet.rows if row.room]
    address = f"/pay/proposals/{plan.fiscal_year}v{plan.version}/departments/D00/"
    pages = Pages({HEAD: head}, rounds)
    opened = pages.measure(HEAD, address)
    client = Client(SERVER_NAME="localhost")
    client.force_login(head, backend=BACKEND)

    def awards():
        for person in sheet.pooled.people(departments=[stored.department_id]):
            award(person.case, sheet.ready)

    bare, saves = [], []
    for turn in range(rounds):
        row = rows[turn % len(rows)]
        posted = {"field": f"proposed-{row.id}", "value": "1.25", "revision": "0"}
        saves.append(clocked(_save, client, address, posted))
        bare.append(clocked(awards))
    least, saved = 1000 * median(bare), 1000 * median(saves)
    return _show(len(sheet.rows), rounds, opened, opened.floor + least, saved, least)


def _show(rows, rounds, opened, floor_of_page, saved, least):
    found = {"open": (opened.milliseconds, floor_of_page, OPEN), "save": (saved, least, SAVE)}
    print(f"\nA sheet of {rows:,} rows, median of {rounds}; {opened.queries} queries to open it")
    for name, (took, lowest, bound) in found.items():
        word, ratio = "within" if took <= bound * lowest else "BEYOND", took / lowest
        print(f"  {name} {took:6.0f} ms, {ratio:5.1f} x its floor of {lowest:5.1f} ms  ({word}: {bound} x)")
    return all(took <= bound * lowest for took, lowest, bound in found.values()), {
        "rows": rows,
        "queries": opened.queries,
        **{name: {"ms": took, "floor": lowest} for name, (took, lowest, _) in found.items()},
    }


def _save(client, address, posted):
    answer = client.post(f"{address}save", posted)
    if answer.status_code != 200:
        raise SystemExit(f"A cell was not saved: {answer.content.decode()[:200]}")


def _with_pools(plan):
    plan.rules |= {"pools": {"percent": "3"}, "proposals": {"limits": LIMITS, "reason": "never"}}
    plan.save(update_fields=["rules"])
    return PayPlan.objects.select_related("cycle", "action").get(pk=plan.pk)


def _one_department_of(count):
    """Put so many into one department, the others elsewhere, and make a user its head, who is one more."""
    first, other = Department.objects.order_by("code")[:2]
    kept = Assignment.objects.filter(kind="regular").order_by("pk").values_list("pk", flat=True)[: count + 1]
    kept = list(kept)
    Assignment.objects.filter(department=first).exclude(pk__in=kept).update(department=other)
    Assignment.objects.filter(pk__in=kept).update(department=first)
    employee = Employee.objects.get(assignments=kept[0])
    user = User.objects.create(email="head@bench.example", name=HEAD)
    Employee.objects.filter(pk=employee.pk).update(user=user)
    Headship.objects.create(department=first, employee=employee, starts_on=employee.hired_on)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return user
