"""The directory: which people a list shows, in which order, and what of it leaves as a file."""

from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, Subquery

from organization.dated import A_DAY
from organization.models import Advancement, Assignment, Employee, Headship, Job

ORDERS = {
    "name": ("sort_key", "number"),
    "job": ("line__job__title", "sort_key", "number"),
    "department": ("line__department__name", "sort_key", "number"),
    "number": ("number",),
}
STATES = {"": "Employed", "left": "Has left", "no_supervisor": "Without a supervisor", "all": "Everyone"}
COLUMNS = ("Number", "Last name", "First name", "Work e-mail", "Department", "Division", "Job")
COLUMNS_FOR_HR = (
    *("Supervisor number", "Supervisor", "Hire date", "FTE", "Kind", "FLSA exempt", "Pay basis", "Rate"),
    *("Hours a year", "Annual pay", "Grade", "Step", "Fund", "Last day employed"),
    *("Last promotion", "Last merit raise"),
)


def people_in_line(on):
    """Employees joined with their first assignment on the day, as `line`."""
    in_force = Q(assignments__slot=1, assignments__starts_on__lte=on) & (
        Q(assignments__ends_on=None) | Q(assignments__ends_on__gt=on)
    )
    return Employee.objects.annotate(line=FilteredRelation("assignments", condition=in_force))


def find_people(on, *, words="", department=None, state=""):
    """The people that a list shows. `department` is an id; `state` one of `STATES`."""
    found = people_in_line(on)
    if state in ("", "no_supervisor"):
        found = found.employed(on)
    if state == "left":
        found = found.filter(separated_on__lte=on)
    if state == "no_supervisor":
        heads = Headship.objects.in_force(on).filter(employee=OuterRef("pk"))
        found = found.filter(~Exists(heads), line__isnull=False, line__supervisor=None)
    if department:
        found = found.filter(line__department=department)
    for word in words.split()[:8]:
        found = found.filter(pk__in=known_by(word, on))
    return found


def known_by(word, on):
    """Ids of those with the word in the name or job, or at the start of the number: each found by itself."""
    jobs = Job.objects.filter(title__icontains=word)
    at_work = Assignment.objects.in_force(on).filter(slot=1, job__in=jobs.values("pk"))
    numbered = Employee.objects.filter(number__istartswith=word)
    return (
        Employee.objects.named(word)
        .order_by()
        .union(numbered.order_by().values("pk"), at_work.order_by().values("employee"))
    )


def in_order(found, sort):
    """The list in the order `sort` (a name of `ORDERS`, with a minus for the reverse) and the sort in use."""
    name = sort.removeprefix("-")
    if name not in ORDERS:
        return found.order_by(*ORDERS["name"]), "name"
    fields = [F(field) for field in ORDERS[name]]
    fields = [
        field.desc(nulls_last=True) if sort.startswith("-") else field.asc(nulls_last=True)
        for field in fields
    ]
    return found.order_by(*fields), sort


def with_lines(employees, on):
    """Give each employee of a page his assignment in force as `.line_now`. One query."""
    employees = list(employees)
    lines = (
        Assignment.objects.in_force(on)
        .filter(employee__in=[employee.pk for employee in employees], slot=1)
        .select_related("job", "department", "supervisor")
    )
    by_employee = {line.employee_id: line for line in lines}
    for employee in employees:
        employee.line_now = by_employee.get(employee.pk)
    return employees


def rows_for_file(found, person, hours_per_year):
    """Rows of an export: what everyone may see, and the rest for whom `sees_everyone` lets."""
    own = ("number", "last_name", "first_name", "work_email", "line__department__name", "line__division")
    fields = [*own, "line__job__title"]
    if not person.sees_everyone:
        yield from found.values_list(*fields).iterator(chunk_size=2000)
        return
    fields += [
        *("line__supervisor__number", "line__supervisor__sort_name", "hired_on", "line__fte", "line__kind"),
        *("line__exempt", "line__basis", "line__rate", "line__hours_per_year", "line__grade", "line__step"),
        *("line__fund__code", "separated_on", "promoted_on", "merit_on"),
    ]
    found = found.annotate(
        promoted_on=_last(Advancement.Kind.PROMOTION, person.on),
        merit_on=_last(Advancement.Kind.MERIT, person.on),
    )
    for row in found.values_list(*fields).iterator(chunk_size=2000):
        *head, fte, kind, exempt, basis, rate, hours, grade, step, fund, separated_on = row[:-2]
        annual = annual_of(basis, rate, hours or hours_per_year, fte)
        if rate is not None and basis == "annual":
            rate = rate.quantize(CENT)  # kept to four decimals, as hourly rates need them
        last_day = separated_on - A_DAY if separated_on else None
        yield (*head, fte, kind, exempt, basis, rate, hours, annual, grade, step, fund, last_day, *row[-2:])


def _last(kind, on):
    told = Advancement.objects.filter(employee=OuterRef("pk"), kind=kind, on__lte=on).order_by("-on")
    return Subquery(told.values("on")[:1])


CENT = Decimal("0.01")


def annual_of(basis, rate, hours, fte):
    if rate is None:
        return None
    annual = rate if basis == "annual" else rate * hours * (1 if fte is None else fte)
    return annual.quantize(CENT, ROUND_HALF_UP)
