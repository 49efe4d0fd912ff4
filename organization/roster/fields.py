"""What a roster may tell of a person, and the names that files give it."""

from exchange.dates import parse_date
from exchange.matching import Field
from exchange.parsing import parse_exempt, parse_number, parse_text
from organization.roster.cells import (
    parse_basis,
    parse_code,
    parse_email,
    parse_kind,
    parse_pay,
    parse_pay_set_by,
    parse_share,
    parse_status,
    parse_step,
)


def field(name, label, aliases="", looks_like=parse_text):
    return Field(
        name=name,
        label=label,
        aliases=tuple(alias.strip() for alias in aliases.split(",") if alias.strip()),
        looks_like=looks_like,
    )


FIELDS = [
    field(
        "number",
        "Employee number",
        "emp id, employee id, ee id, id, empl id, person number, payroll id, badge number, emp no, "
        "employee key, person id, staff id, employee code, file number",
        parse_code,
    ),
    field("last_name", "Last name", "surname, family name, lastname"),
    field("first_name", "First name", "given name, firstname, forename"),
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
    ),
    field(
        "department_name",
        "Department name",
        "dept name, department description, dept desc, agency, agency name, department title, agencyname",
    ),
    field("division", "Division", "unit, section, division name, dept division, sub agency, work unit"),
    field(
        "job_title",
        "Job title",
        "title, position title, employee position title, job titles, job name, position, "
        "classification, jobtitle, job, class title, title description, working title, job "
        "description, job class title",
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
        "hired on, date hired, orig hire dt, original hire date, date first hired, start date, "
        "hiredate, hire dt, date of hire, agency start date, employment date, hired, last hire date, "
        "doh",
        parse_date,
    ),
    field(
        "in_position_since",
        "In the position since",
        "position date, date in position, position start date, job entry date, in position since, class date",
        parse_date,
    ),
    field("fte", "FTE", "full time equivalent, fte percent, fte pct, position fte, percent fte", parse_share),
    field(
        "kind",
        "Kind, full or part time",
        "kind, assignment category, full or part time, full part time, employment type, employee "
        "type, full time part time, employment category, emp type, ft pt, full time or part time, "
        "regular temporary, reg temp, full or part-time, position type, appointment type, work "
        "schedule, employee category",
        parse_kind,
    ),
    field(
        "exempt",
        "FLSA exempt",
        "flsa, exempt, flsa status, exempt status, flsa exempt status, overtime exempt",
        parse_exempt,
    ),
    field(
        "basis",
        "Pay basis",
        "salary or hourly, basis, pay type, rate type, salaried or hourly, pay rate type, salary "
        "hourly, comp type, hourly or salary, wage type, pay frequency basis",
        parse_basis,
    ),
    field("rate", "Rate", "pay rate, rate of pay, comp rate, compensation rate, current rate", parse_pay),
    field(
        "annual_pay",
        "Annual pay",
        "annual salary, current annual salary, base salary, annual rate, salary, annualsalary, yearly "
        "salary, annual base pay, annual wages, base pay, annual compensation, annual amount, "
        "annualized salary, annual pay rate, budgeted salary, current salary, basesalary, total "
        "annual salary, base annual salary",
        parse_pay,
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
    field("status", "Status", "employment status, employee status, emp status, active status", parse_status),
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
