"""A county of any size, made by SQL in seconds: what the benchmarks measure on."""

from datetime import UTC, date, datetime
from decimal import Decimal

from django.core.management import call_command
from django.db import connection, transaction

from compensation.models import Grade, PayPlan, Schedule
from compensation.plans import standard as standard_plans
from evaluations.models import Cycle, Evaluation, RatingOfRecord, Scale, Template
from organization.models import Advancement, Assignment, County, Department, Employee, Fund, Job, PayCalendar

NAME = "Bench County"
BASE_ON = date(2026, 9, 30)
AT = datetime(2026, 9, 15, 15, tzinfo=UTC)
DEPARTMENTS, GRADES = 30, 18

SKEW = 1.6  # a few departments are much larger than the others, as a sheriff's office is


MARK = "Emptied by the benchmark of County HR"  # on the schema: what stands in it may be emptied again


def refuse_others():
    """End unless the database is empty or was made here: the benchmark begins by emptying it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description('public'::regnamespace)")
        (mark,) = cursor.fetchone()
    is_ours = mark == MARK or "organization_county" not in connection.introspection.table_names()
    if not is_ours and (name := County.objects.values_list("name", flat=True).first()):
        raise SystemExit(f"This database holds {name}. The benchmark needs one of its own.")


def empty():
    """Begin again with a database that holds the tables and nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        cursor.execute("COMMENT ON SCHEMA public IS %s", [MARK])
    connection.close()
    call_command("migrate", verbosity=0)


@transaction.atomic
def build(people):
    """Fill the empty database with `people` employees and their ratings. Returns a plan of year one for
    them.
    """
    county = County.objects.create(pk=1, name=NAME)
    PayCalendar.objects.create(name="Biweekly", anchor_on=date(2026, 9, 19))
    funds = Fund.objects.bulk_create(
        [Fund(code="010", name="General fund"), Fund(code="200", name="A grant", is_grant=True)]
    )
    departments = Department.objects.bulk_create(
        Department(code=f"D{place:02}", name=f"Department {place}", fund=funds[0])
        for place in range(DEPARTMENTS)
    )
    schedule = _schedule()
    cycle = _cycle()
    template = Template.objects.create(name="Front line", level="front_line")
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.27)")
    _employees(people)
    _assignments(departments, funds, schedule)
    _ratings(cycle, template)
    _merit_raises()
    rules = standard_plans.year_one(2027, county=county, cycle=cycle)
    return PayPlan.objects.create(
        fiscal_year=2027,
        title="Across the board and merit",
        rules=rules | {"who": rules["who"] | {"months_since_merit": 11}},
        cycle=cycle,
        schedule_codes=[schedule.code],
        base_on=BASE_ON,
        changed_at=AT,
    )


def insert(model, columns, source, **values):
    """INSERT ... SELECT of expressions by column; the other columns take the default of their field."""
    rest = {
        field.column: field.get_db_prep_save(field.get_default(), connection)
        for field in model._meta.concrete_fields
        if field.column not in columns and not (field.primary_key or field.generated)
    }
    names = ", ".join(map(connection.ops.quote_name, [*columns, *rest]))
    made = ", ".join([*columns.values(), *(f"%(default_{name})s" for name in rest)])
    values |= {f"default_{name}": value for name, value in rest.items()}
    with connection.cursor() as cursor:
        table = model._meta.db_table
        cursor.execute(f"INSERT INTO {table} ({names}) SELECT {made} FROM {source}", values)  # noqa: S608


def _employees(people):
    columns = {
        "number": "(100000 + i)::text",
        "first_name": "'First' || i",
        "last_name": "'Last' || i",
        "sort_name": "'Last' || i || ', First' || i",
        "hired_on": "date '2026-06-30' - (random() * 9000)::int",
    }
    insert(Employee, columns, "generate_series(1, %(people)s) i", people=people)


def _assignments(departments, funds, schedule):
    columns = {
        "employee_id": "e.id",
        "department_id": "(%(departments)s::bigint[])[1 + floor(%(count)s * random() ^ %(skew)s)]",
        "job_id": "%(job)s",
        "fte": "CASE WHEN p.part < 0.03 THEN NULL WHEN p.part < 0.10 THEN 0.5 ELSE 1 END",
        "basis": "p.basis",
        "rate": """CASE p.basis
            WHEN 'hourly' THEN round((g.minimum + p.place * (g.maximum - g.minimum)) / 2080, 4)
            ELSE round(g.minimum + p.place * (g.maximum - g.minimum), 2) END""",
        "hours_per_year": "2080",
        "grade": "g.code",
        "fund_id": "(%(funds)s::bigint[])[CASE WHEN p.part > 0.95 THEN 2 ELSE 1 END]",
        "kind": "CASE WHEN p.part BETWEEN 0.5 AND 0.52 THEN 'temporary' ELSE 'regular' END",
        "in_position_since": "e.hired_on",
        "starts_on": "greatest(e.hired_on, date '2025-10-01')",
    }
    source = """
        (SELECT id, hired_on, 1 + id %% %(grades)s AS grade FROM organization_employee) e
        JOIN compensation_grade g ON g.position = e.grade AND g.schedule_id = %(schedule)s
        CROSS JOIN LATERAL (
            SELECT e.id, random() AS part, (random() * 1.05)::numeric AS place,
                CASE WHEN random() < 0.2 THEN 'hourly' ELSE 'annual' END AS basis
        ) p"""
    insert(
        Assignment,
        columns,
        source,
        departments=[department.pk for department in departments],
        count=DEPARTMENTS,
        skew=SKEW,
        job=Job.objects.create(code="JOB", title="Clerk").pk,
        funds=[fund.pk for fund in funds],
        grades=GRADES,
        schedule=schedule.pk,
    )


def _ratings(cycle, template):
    columns = {
        "cycle_id": "%(cycle)s",
        "employee_id": "employee_id",
        "department_id": "department_id",
        "template_id": "%(template)s",
        "state": "'of_record'",
        "rated_at": "%(at)s",
        "score": "score",
        "level": "CASE WHEN score < 2.5 THEN 2 WHEN score < 3.5 THEN 3 WHEN score < 4.5 THEN 4 ELSE 5 END",
    }
    source = """(
        SELECT employee_id, department_id, round((2 + random() * 3)::numeric, 2) AS score
        FROM organization_assignment WHERE random() < 0.95
    ) a"""
    insert(Evaluation, columns, source, cycle=cycle.pk, template=template.pk, at=AT)
    columns = {name: name for name in ("cycle_id", "employee_id", "version", "level", "score")}
    columns |= {
        "evaluation_id": "id",
        "service_weight": "45",
        "evidence_count": "3",
        "has_progress_review": "true",
        "is_signed": "true",
        "content_hash": "lpad(id::text, 64, '0')",
        "at": "%(at)s",
    }
    insert(RatingOfRecord, columns, "evaluations_evaluation", at=AT)


def _merit_raises():
    """One each of last October, which the plan asks for and which bars nobody."""
    columns = {"employee_id": "id", "kind": "'merit'", "on": "date '2025-10-04'", "source": "'release'"}
    insert(Advancement, columns, "organization_employee")


def _schedule():
    schedule = Schedule.objects.create(name="General schedule 2026", starts_on=date(2025, 10, 1))
    for place in range(1, GRADES + 1):
        minimum = round(Decimal(28_000) * Decimal("1.07") ** place)
        Grade.objects.create(
            schedule=schedule,
            code=f"{place:02}",
            position=place,
            minimum=minimum,
            midpoint=minimum * Decimal("1.25"),
            maximum=minimum * Decimal("1.5"),
        )
    return schedule


def _cycle():
    return Cycle.objects.create(
        name="Fall 2026",
        starts_on=date(2025, 9, 1),
        ends_on=date(2026, 9, 1),
        scale=Scale.objects.create(name="Five levels"),
        state="open",
        plans_due_on=date(2025, 10, 1),
        progress_due_on=date(2026, 3, 31),
        self_due_on=date(2026, 8, 31),
        ratings_due_on=date(2026, 9, 15),
        approvals_due_on=date(2026, 9, 22),
        release_due_on=date(2026, 9, 25),
        signatures_due_on=date(2026, 10, 8),
    )
