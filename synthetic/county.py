"""Caprock County, Texas: made up from a seed, the same each time, and put into an empty database."""

from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import NamedTuple

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from audit import chain
from audit.models import Entry
from audit.services import record
from evaluations.library import load_standard_library
from evaluations.models import Cycle
from organization.models import County, Department, Employee, Holiday, PayCalendar
from organization.person import Person
from organization.refusal import Refused
from synthetic import careers, court_history, job_descriptions, pay_history, pools_trial, roles, roster_file
from synthetic.assignments import Keys, write_headships, write_people, write_posts, write_promotions
from synthetic.calendar_of_county import (
    HOLIDAYS,
    PAY_PERIOD,
    ROSTER_FROM,
    STAND,
    ZONE,
    base_day,
    moment,
    raise_day,
)
from synthetic.certificates import clerk_is_away
from synthetic.departments import SMALLEST
from synthetic.evaluations_history import PERIODS, Writer, create_cycles
from synthetic.people import fill_seats, hand_over
from synthetic.seats import seat_county
from synthetic.tables import write_tables

NAME = "Caprock County"
BEGUN, MADE = "synthetic_county.begun", "synthetic_county.made"


class Made(NamedTuple):
    """What stands in the database in the end. `is_new` is False where the county was there already."""

    is_new: bool
    employees: int
    departments: int
    sign_ins: list


@dataclass
class Cast:
    """Everybody and everything in memory, while the county is being written."""

    seats: list
    people: list
    keys: Keys
    users: dict
    seed: int
    descriptions: dict = field(default_factory=dict)  # key of the description in force by job code
    raised: dict = field(default_factory=dict)  # what the last release has changed

    def random(self, subject):
        return Random(f"{self.seed} {subject}")

    def user_on(self, part, day):
        return Person(user=self.users[part], on=day)


def make(employees=1900, *, seed=1, light=False):
    """Fill the empty database with a synthetic county. Returns `Made`.

    `light` leaves out past cycles and pay runs, for counties of a hundred thousand. Raises `Refused` in
    production, and where the database holds anything that was not made here.
    """
    if settings.PRODUCTION:
        raise Refused("The synthetic county is for the demo. This is a real one, and nothing was changed.")
    if employees < SMALLEST:
        raise Refused(f"The smallest county has {SMALLEST} employees.")
    if Entry.objects.filter(act=MADE).exists():
        return _made(False, roles.kept_sign_ins())
    _require_empty()
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")  # what a crash undoes is made again
    cast = _organization(employees, seed)
    if light:
        _without_past(cast)
    else:
        _year_2025(cast)
        _year_2026(cast)
    _present(cast, light=light)
    _end(cast)
    found = roles.sign_ins(cast.users)
    roles.keep_sign_ins(found)
    return _made(True, found)


def _made(is_new, sign_ins):
    return Made(
        is_new, Employee.objects.filter(separated_on=None).count(), Department.objects.count(), sign_ins
    )


def _require_empty():
    if Entry.objects.filter(act=BEGUN).exists():
        raise Refused(
            "An earlier try to make the synthetic county was cut short. Run `make demo-reset`, or name an "
            "empty database."
        )
    if holds_others():
        raise Refused(
            "This database holds people, departments or accounts that were not made up. The synthetic county "
            "only goes into an empty one, and nothing was changed."
        )


def holds_others():
    """Whether a county that was not made up has begun in this database."""
    if Entry.objects.filter(act=BEGUN).exists():
        return False
    return any(model.objects.exists() for model in (User, Employee, Department))


@transaction.atomic
def _organization(employees, seed):
    """The county's calendar, offices, tables and people, with their careers up to its first pay run."""
    today = timezone.localdate(timezone=ZONE)
    county = County.objects.create(pk=1, name=NAME, demo_days_ahead=(STAND - today).days)
    record(BEGUN, county, by=Person.system(STAND), at=moment(STAND, 7), after={"seed": seed})
    PayCalendar.objects.create(name="Every two weeks", anchor_on=PAY_PERIOD)
    Holiday.objects.bulk_create(Holiday(on=day, name=name) for day, name in HOLIDAYS)
    seats = seat_county(employees, Random(f"{seed} seats"))
    people = fill_seats(seats, Random(f"{seed} people"))
    keys = Keys({seat.office.code: seat.office for seat in seats}.values())
    hand_over(seats)
    users = roles.write_accounts(people, moment(STAND, 7))
    write_people(people, Random(f"{seed} unknown"))
    cast = Cast(seats, people, keys, users, seed)
    careers.move_some(people, seats, cast.random("transfers"))
    careers.first_posts(people, cast.random("pay"))
    write_headships(seats, keys)
    court_history.seat_court(seats)
    write_tables()
    load_standard_library(cast.user_on("miguel", ROSTER_FROM), moment(ROSTER_FROM, 9))
    create_cycles()
    cast.descriptions = job_descriptions.write_descriptions(cast)
    return cast


def _without_past(cast):
    """Everybody as of today, without pay runs and cycles of the past."""
    with transaction.atomic():
        _advance(cast, STAND, {})
        court_history.record_orders(cast, date.min, STAND)
        _adopt_2027(cast)
        _said(cast, "without_past", STAND)


def _year_2025(cast):
    """The first cycle; the raise of October 2024."""
    with transaction.atomic():
        _advance(cast, raise_day(2025), {})
        _said(cast, "careers", base_day(2025))
    with transaction.atomic():
        Writer(cast, PERIODS[0]).write()
        _said(cast, "evaluations", base_day(2025))
    _move_to(date(2024, 10, 1))
    day = date(2024, 8, 29)
    court_history.record_orders(cast, date.min, date(2024, 10, 1))
    hr, cycle = cast.user_on("miguel", day), _cycle(2024)
    title = "Across the board, 3.00%"
    plan = pay_history.adopt(
        2025, cycle, "2024-0871", pay_history.only_across_the_board, title, by=hr, day=day
    )
    year = pay_history.Year(cast, plan)
    year.run(date(2024, 10, 1))
    year.release(date(2024, 10, 3), "2024-1016")
    cast.raised = year.raised()


def _year_2026(cast):
    """The second cycle; the initiative; the raise of October 2025 with a trial of merit, certified."""
    with transaction.atomic():
        _advance(cast, raise_day(2026), cast.raised)
        _said(cast, "careers", base_day(2026))
    with transaction.atomic():
        Writer(cast, PERIODS[1]).write()
        _said(cast, "evaluations", base_day(2026))
    _move_to(date(2025, 10, 1))
    court_history.record_orders(cast, date(2024, 10, 1), date(2025, 10, 14))
    day = date(2025, 8, 28)
    hr = cast.user_on("miguel", day)
    title = "Across the board, and a trial of merit"
    plan = pay_history.adopt(
        2026, _cycle(2025), "2025-0984", pay_history.trial_of_merit, title, by=hr, day=day
    )
    _adopt_2027(cast)
    year = pay_history.Year(cast, plan)
    year.run(date(2025, 10, 1))
    _learn()
    year.certify(date(2025, 10, 2))
    year.release(date(2025, 10, 15), "2025-1102")
    pay_history.lay_out_files(cast, date(2025, 10, 16))
    cast.raised = year.raised()
    with transaction.atomic():
        _advance(cast, STAND, cast.raised)
        _said(cast, "careers", STAND)
    court_history.record_orders(cast, date(2025, 10, 14), STAND)


def _adopt_2027(cast):
    day = date(2025, 8, 28)
    change, title = pay_history.first_year_of_initiative, "Year one: across the board and merit"
    hr = cast.user_on("miguel", day)
    pay_history.adopt(2027, _cycle(2026), "2025-0983", change, title, by=hr, day=day)


@transaction.atomic
def _present(cast, *, light):
    """The open cycle as of today, second jobs, what was acknowledged, and the draft of the next year."""
    write_posts(careers.second_jobs(cast.people, cast.seats, cast.random("second jobs")), cast.keys)
    Writer(cast, PERIODS[2], light=light).write()
    job_descriptions.write_acknowledgements(cast)
    pay_history.draft_lump_sums(_cycle(2027), by=cast.user_on("miguel", STAND), day=date(2026, 9, 8))
    pools_trial.make(cast, _cycle(2025))
    pay_history.draft_with_groups(_cycle(2027), by=cast.user_on("miguel", STAND), day=date(2026, 9, 9))
    court_history.record_notice_of_pay(cast)
    clerk_is_away(cast, STAND)
    write_promotions(cast.people, date(2026, 8, 15))
    roster_file.upload(cast)
    _said(cast, "present", STAND)


def _end(cast):
    _move_to(STAND)
    pay_history.mail_was_sent()
    with transaction.atomic():
        record(MADE, County.objects.get(), by=Person.system(STAND), at=moment(STAND, 7))
    while chain.seal(limit=50_000):
        pass
    _learn()


def _learn():
    """Let the planner know what the tables hold by now; the history is read by its keys alone."""
    tables = [model._meta.db_table for model in apps.get_models() if model is not Entry]
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(tables)}")


@transaction.atomic
def _move_to(day):
    """Let the county's clock stand on that day, so that what asks it for the time is told the past."""
    today = timezone.localdate(timezone=ZONE)
    County.objects.update(demo_days_ahead=(day - today).days)
    by = Person.system(day, name="Synthetic county")
    record("county.date_moved", County.objects.get(), by=by, at=moment(day, 7), after={"date": str(day)})


def _cycle(year):
    return Cycle.objects.get(name=f"Fall {year}")


def _said(cast, subject, day):
    """One act for each load of made-up rows, so that none stands in the history without one."""
    by = Person.system(day, name="Synthetic county")
    record(f"synthetic_county.{subject}", County.objects.get(), by=by, at=moment(day, 7))


def _advance(cast, until, raised):
    for human in cast.people:
        careers.advance(human, until, raised)
    write_posts([post for human in cast.people for post in human.posts], cast.keys)
