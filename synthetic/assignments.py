"""Departments, people and their posts into the tables of the organization."""

from decimal import Decimal
from itertools import pairwise

from django.db import connection

from organization.models import Advancement, Assignment, Department, Employee, Fund, Headship, Job
from synthetic.calendar_of_county import ROSTER_FROM
from synthetic.departments import FUNDS
from synthetic.jobs_of_county import JOBS
from synthetic.writing import copy_in, reserve


class Keys:
    """The keys of what posts refer to, by the county's own codes."""

    def __init__(self, offices):
        funds = [Fund(code=code, name=name, is_grant=grant) for code, (name, grant) in FUNDS.items()]
        self.funds = {fund.code: fund.pk for fund in Fund.objects.bulk_create(funds)}
        jobs = [Job(code=code, title=job.title, family=job.family) for code, job in JOBS.items()]
        self.jobs = {job.code: job.pk for job in Job.objects.bulk_create(jobs)}
        self.departments = {}
        for office in sorted(offices, key=lambda office: bool(office.over)):
            self.departments[office.code] = Department.objects.create(
                code=office.code,
                name=office.name,
                kind=office.kind,
                parent_id=self.departments.get(office.over),
                fund_id=self.funds[office.fund],
            ).pk


def write_people(people, random):
    """Everybody as an employee. For a few, what no roster tells stays unknown, with the reason."""
    for human, key in zip(people, reserve(Employee, len(people)), strict=True):
        human.pk = key
    ordinary = [
        human
        for human in people
        if not human.part and human.separated_on is None and not human.steps[0][1].is_head
    ]
    for human in random.sample(ordinary, max(len(ordinary) // 320, 1)):
        human.unknown = {"hired_on": "The roster of the former payroll system has no date."}
    copy_in(
        Employee,
        (
            Employee(
                pk=human.pk,
                number=human.number,
                first_name=human.name.first,
                last_name=human.name.last,
                sort_name=human.name.sort,
                work_email=human.email,
                hired_on=None if human.unknown else human.hired_on,
                separated_on=human.separated_on,
                separation_reason=human.reason,
                unknown=human.unknown,
                user_id=human.user_pk,
            )
            for human in people
        ),
    )


def write_posts(posts, keys):
    """New assignments; those on record already that have ended since get their last day."""
    ended = [(post.pk, post.ends_on) for post in posts if post.pk and post.ends_on]
    if ended:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE organization_assignment a SET ends_on = e.day FROM unnest(%s::bigint[], "
                "%s::date[]) AS e (id, day) WHERE a.id = e.id AND a.ends_on IS DISTINCT FROM e.day",
                [list(column) for column in zip(*ended, strict=True)],
            )
    new = [post for post in posts if not post.pk]
    for post, key in zip(new, reserve(Assignment, len(new)), strict=True):
        post.pk = key
    copy_in(Assignment, (_assignment(post, keys) for post in new))


def _assignment(post, keys):
    spec = JOBS[post.job]
    is_known = not post.human.unknown
    return Assignment(
        pk=post.pk,
        employee_id=post.human.pk,
        slot=post.slot,
        department_id=keys.departments[post.seat.office.code],
        division=post.seat.unit,
        job_id=keys.jobs[post.job],
        supervisor_id=post.boss.pk if post.boss else None,
        fte=None if post.fte is None else Decimal(post.fte) / 10_000,
        exempt=spec.exempt,
        basis=post.basis,
        rate=Decimal(post.rate) / (10_000 if post.basis == "hourly" else 100),
        hours_per_year=post.hours or 2080,
        grade=post.grade,
        step=post.step,
        fund_id=keys.funds[post.fund],
        kind=post.kind,
        pay_set_by=post.pay_set_by,
        in_position_since=post.since if is_known else None,
        unknown=post.unknown if is_known else post.unknown | {"in_position_since": "No file has told it."},
        starts_on=post.starts_on,
        ends_on=post.ends_on,
    )


def write_promotions(people, until):
    """Who went on to a higher job by a day: what the county’s rosters have told."""
    told = {
        (human.pk, Advancement.Kind.PROMOTION.value, day)
        for human in people
        for (_, _, former), (day, _, job) in pairwise(human.steps)
        if job != former and day <= until
    }
    Advancement.objects.put(told, source=Advancement.Source.ROSTER, note="roster_20260814.csv")


def write_headships(seats, keys):
    """Who heads what, as far back as the roster knows. Who heads an office heads its parts without a head."""
    heads = {seat.office.code: seat for seat in seats if seat.is_head}
    offices = {seat.office.code: seat.office for seat in seats}
    copy_in(
        Headship,
        (
            Headship(
                department_id=keys.departments[code], employee_id=human.pk, starts_on=begins, ends_on=ends
            )
            for code, office in offices.items()
            for human, begins, ends in heads.get(code, heads.get(office.over)).holders
            if ends is None or ends > ROSTER_FROM
        ),
    )
