"""Caprock County, Texas: made up from a seed, the same each time, and put into an empty database."""

from random import Random
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from audit import chain
from audit.models import Entry
from audit.services import record
from organization.models import County, Department, Employee, Holiday, PayCalendar
from organization.person import Person
from organization.refusal import Refused
from synthetic import careers, court_history, roles
from synthetic.assignments import Keys, write_headships, write_people, write_posts
from synthetic.calendar_of_county import HOLIDAYS, PAY_PERIOD, STAND, ZONE, base_day, moment
from synthetic.departments import SMALLEST
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


class Cast(NamedTuple):
    """Everybody and everything in memory, while the county is being written."""

    seats: list
    people: list
    keys: Keys
    users: dict
    seed: int

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
    cast = _organization(employees, seed)
    _settle(cast, employees)
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
            "An earlier try to make the synthetic county was cut short. Run `make demo-reset`, or name an empty "
            "database."
        )
    if Employee.objects.exists() or Department.objects.exists():
        raise Refused(
            "This database holds people or departments that were not made up. The synthetic county only goes "
            "into an empty one, and nothing was changed."
        )


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
    keys = Keys([seat.office for seat in seats if seat.is_head])
    hand_over(seats)
    users = roles.write_accounts(people, moment(STAND, 7))
    write_people(people, Random(f"{seed} unknown"))
    cast = Cast(seats, people, keys, users, seed)
    careers.move_some(people, seats, cast.random("transfers"))
    careers.first_posts(people, cast.random("pay"))
    write_headships(seats, keys)
    return cast


@transaction.atomic
def _settle(cast, employees):
    county = County.objects.get()
    court_history.seat_court(cast.seats)
    orders = court_history.record_orders(lambda day: cast.user_on("court_clerk", day))
    write_tables({2024: orders["2023-0902"], 2025: orders["2024-0871"], 2026: orders["2025-0984"]})
    _advance(cast, STAND, {})
    record(MADE, county, by=Person.system(STAND), at=moment(STAND, 7), after={"employees": employees})


def _advance(cast, until, raised):
    for human in cast.people:
        careers.advance(human, until, raised)
    write_posts([post for human in cast.people for post in human.posts], cast.keys)
