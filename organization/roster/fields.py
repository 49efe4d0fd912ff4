"""What a roster may tell of a person, and the names that files give it."""

from exchange.dates import parse_date
from exchange.matching import Field
from exchange.parsing import parse_exempt, parse_number, parse_text
from organization.roster.cells import (
    looks_like_share,
    parse_basis,
    parse_code,
    parse_email,
    parse_kind,
    parse_pay,
    parse_pay_set_by,
    parse_status,
    parse_step,
)


def field(name, label, aliases="", looks_like=parse_text, *, one_each=False, **names):
    """A field with its names, each kind of them (see `Field`) parted by commas."""
    listed = {kind: tuple(alias.strip() for alias in text.split(",")) for kind, text in names.items() if text}
    aliases = tuple(alias.strip() for alias in aliases.split(",") if alias.strip())
    return Field(name=name, label=label, aliases=aliases, looks_like=looks_like, one_each=one_each, **listed)


FIELDS = [
    field(
        "number",
        "Employee number",
        "emp id, employee id, ee id, id, empl id, person number, payroll id, badge number, emp no, "
        "employee key, person id, staff id, employee code, file number, employee identifier",
        parse_code,
        one_each=True,
        never="position number, position id, position control number, position code, row number",
    ),
    field("last_name", "Last name", "surname, family name, lastname, last"),
    field("first_name", "First name", "given name, firstname, forename, first"),
    field("middle_name", "Middle name", "middle initial, mid init, mi, middle"),
    field(
        "full_name",
        "Name",
        "full name, employee name, name last first, last first, name of employee, employee, fullname",
    ),
    field("work_email", "Work e-mail", "email, email address, work email address, e-mail", parse_email),
    field(
        "department",
        "Department",
        "department code, dept, dept code, dept cd, department id, dept id, agency id, agency code, "
        "dept no, department number, office, agencyid, org code, organization",
        also="agency",
    ),
    field(
        "department_name",
        "Department name",
        "dept name, department description, dept desc, agency name, department title, office name",
        also="agency",
    ),
    field("division", "Division", "unit, section, division name, dept division, sub agency, work unit"),
    field(
        "job_title",
        "Job title",
        "title, position title, employee position title, job titles, job name, position, "
        "classification, jobtitle, job, class title, title description, working title, job "
        "description, job class title",
        never="position number, position id, position control number",
    ),
    field("job_code", "Job code", "job class code, class code, title code, position code, job class"),
    field(
        "supervisor",
        "Supervisor number",
        "supv id, supervisor id, manager id, reports to, reports to id, supervisor employee number, "
        "mgr id, supervisor emp id, supervisor employee id, manager number, supervisor",
        parse_code,
    ),
    field(
        "head",
        "Number of the department's head",
        "head number, department head number, head, department head, head id, head employee number",
        parse_code,
    ),
    field(
        "hired_on",
        "Hire date",
        "hired on, date hired, orig hire dt, original hire date, date first hired, start date, start, "
        "hiredate, hire dt, date of hire, agency start date, employment date, hired, last hire date, "
        "doh, first hire date, initial hire date, hired date, employ date, date employed, date started, "
        "date start, started, started on, original start, original start date, original date of hire, "
        "employment start date, county hire date, city hire date, state hire date",
        parse_date,
        perhaps="service date, adjusted service date, continuous service date, seniority date, "
        "adjusted hire date, anniversary date, rehire date, recent hire date, most recent hire date, "
        "latest hire date, appointment date, date of appointment, date appointed, start of service",
    ),
    field(
        "in_position_since",
        "In the position since",
        "position date, date in position, position start date, job entry date, in position since, class date",
        parse_date,
    ),
    field(
        "last_promotion_on",
        "Last promotion",
        "last promotion date, date of last promotion, promotion date, promoted on, date promoted, "
        "last promoted, last promoted on, promotion dt, last promotion dt",
        parse_date,
    ),
    field(
        "last_merit_on",
        "Last merit raise",
        "last merit raise date, date of last merit raise, last merit increase, last merit increase date, "
        "date of last merit increase, last merit, last merit date, merit date, merit increase date, "
        "merit raise date, last merit dt, last merit incr, last merit incr dt",
        parse_date,
        perhaps="last increase date, last raise date, last pay increase, last salary increase, "
        "date of last increase, date of last raise, last pay increase date, last salary increase date",
    ),
    field(
        "fte",
        "FTE",
        "full time equivalent, fte percent, fte pct, position fte, percent fte",
        looks_like_share,
    ),
    field(
        "kind",
        "Kind of employment",
        "kind, assignment category, employment type, employee type, employment category, emp type, "
        "regular temporary, reg temp, position type, appointment type, type of appointment, employee "
        "category, emp class, employee class",
        parse_kind,
        also="status, employment status, employee status, emp status",
    ),
    field(
        "full_time",
        "Full or part time",
        "full part time, full time part time, ft pt, full time or part time, full or part-time, "
        "work schedule, full time, part time status, full time status, fulltime parttime",
        parse_kind,
    ),
    field(
        "exempt",
        "FLSA exempt",
        "flsa, exempt, flsa status, exempt status, flsa exempt status, overtime exempt, "
        "flsa exempt y or n, flsa exempt y n, flsa code",
        parse_exempt,
    ),
    field(
        "basis",
        "Pay basis",
        "salary or hourly, basis, pay type, rate type, salaried or hourly, pay rate type, salary "
        "hourly, comp type, hourly or salary, wage type, pay frequency basis",
        parse_basis,
    ),
    field(
        "rate",
        "Rate",
        "pay rate, rate of pay, comp rate, compensation rate, current rate",
        parse_pay,
        perhaps="pay, wage, wages, compensation",
    ),
    field(
        "annual_pay",
        "Annual pay",
        "annual salary, current annual salary, base salary, annual rate, salary, annualsalary, yearly "
        "salary, annual base pay, annual wages, base pay, annual compensation, annual amount, "
        "annualized salary, annual pay rate, budgeted salary, current salary, basesalary, total "
        "annual salary, base annual salary, annual, annual base salary, annual salary rate",
        parse_pay,
        perhaps="projected annual salary, estimated annual salary, total salary, total pay",
    ),
    field(
        "hourly_rate",
        "Hourly rate",
        "hourly pay, hourly wage, rate per hour, hourly pay rate, hourly, hourlyrate, base hourly rate",
        parse_pay,
    ),
    field(
        "hours",
        "Hours",
        "typical hours, hours per week, weekly hours, standard hours, hours per year, annual hours, "
        "std hours, scheduled hours, budgeted hours, work hours, hours a week, hours a year, hours "
        "worked per week, hours per pay period, biweekly hours, weekly scheduled hours",
        parse_number,
        never="regular hours, overtime hours, ot hours, total hours, hours worked, hours paid",
    ),
    field("grade", "Grade", "pay grade, salary grade, grd, pay range, salary group, pay band, class grade"),
    field("step", "Step", "pay step, salary step, grade step", parse_step),
    field("fund", "Fund", "fund code, fund number, funding source, fund no, fund id, grant, fund name"),
    field(
        "pay_set_by",
        "Pay set by",
        "pay authority, set by, salary set by, pay setting authority",
        parse_pay_set_by,
    ),
    field(
        "status",
        "Status",
        "employment status, employee status, emp status, active status, leave status, "
        "leave status as of june 30",
        parse_status,
    ),
    field(
        "separated_on",
        "Last day employed",
        "separation date, term dt, termination date, term date, end date, date separated, last day "
        "worked, separation dt, last day paid, separated on",
        parse_date,
    ),
]
BY_NAME = {field.name: field for field in FIELDS}

PAY_FIELDS = frozenset({"rate", "annual_pay", "hourly_rate"})
NAME_FIELDS = frozenset({"last_name", "first_name", "full_name"})
HEAD_FIELDS = frozenset({"department", "department_name", "head"})  # a file of these alone names no people
