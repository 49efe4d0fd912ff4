"""Who sits in the seats, since when, and who sat there before."""

from bisect import bisect
from dataclasses import dataclass, field
from datetime import date, timedelta

from synthetic.calendar_of_county import ROSTER_FROM, STAND, YEARS, base_day, raise_day
from synthetic.cast import CAST
from synthetic.jobs_of_county import BEFORE, JOBS
from synthetic.names import Addresses, make_name

# Years of service by twentieths of a workforce, from the hire dates of a real county of 9,000.
SERVICE = (
    0.1,
    0.9,
    2.1,
    2.8,
    3.6,
    4.5,
    6.1,
    8.6,
    9.5,
    10.5,
    11.5,
    12.8,
    14.3,
    15.7,
    16.9,
    18.4,
    21.2,
    23.4,
    27.2,
    29.9,
    38.0,
)
REASONS = (
    "Resigned",
    "Resigned",
    "Resigned",
    "Other employment",
    "Other employment",
    "Retired",
    "Relocated",
    "Dismissed",
)
DOMAIN = "caprock.example"
TERMS = (
    date(2011, 1, 1),
    date(2015, 1, 1),
    date(2019, 1, 1),
    date(2021, 1, 1),
    date(2023, 1, 1),
    date(2025, 1, 1),
)
A_DAY = timedelta(days=1)


@dataclass(eq=False, slots=True)
class Human:
    """One employee, gone or not. `steps` are [(first day, seat, job)], the earliest first."""

    name: object
    hired_on: date
    separated_on: date | None = None
    reason: str = ""
    part: str = ""
    number: str = ""
    email: str = ""
    steps: list = field(default_factory=list)
    skill: float = 0.0
    unknown: dict = field(default_factory=dict)
    pk: int = 0
    user_pk: int | None = None
    posts: list = field(default_factory=list)

    def __str__(self):
        return f"{self.name.first} {self.name.last}"

    @property
    def minute(self):
        """The minute of the hour at which this person does things: anything that stays the same."""
        return int(self.number) % 60

    def step_on(self, day):
        place = bisect([begins for begins, _, _ in self.steps], day) - 1
        return self.steps[max(place, 0)]

    def is_employed(self, day):
        return self.hired_on <= day and (self.separated_on is None or self.separated_on > day)


def fill_seats(seats, random):
    """Give each seat its holders from `ROSTER_FROM` on. Returns everybody, with numbers and addresses."""
    people, taken = [], {part.name for part in CAST.values()}
    for seat in seats:
        human = _cast_human(seat) if seat.part else _holder(seat, taken, random)
        people.append(human)
        people += _holders_before(seat, human, taken, random)
    for human in people:
        human.skill = random.gauss(0, 1)
    _number(people, random)
    return people


def _cast_human(seat):
    part = CAST[seat.part]
    human = Human(part.name, part.hired_on, part=seat.part, number=part.number)
    human.steps = [(part.hired_on, seat, seat.job)]
    if part.promoted_on:
        human.steps.insert(0, (part.hired_on, seat, BEFORE.get(seat.job, seat.job)))
        human.steps[1] = (part.promoted_on, seat, seat.job)
    return human


def _holder(seat, taken, random):
    if JOBS[seat.job].grade == "" and seat.is_head:
        hired_on = random.choice(TERMS)
        human = Human(_free_name(taken, random), hired_on)
        human.steps = [(hired_on, seat, seat.job)]
        return human
    return _career(seat, _free_name(taken, random), _hire_day(STAND, seat, random), STAND, random)


def _career(seat, name, hired_on, until, random):
    """Someone in that seat until a day, promoted into it from the job below, in some cases."""
    human = Human(name, hired_on)
    human.steps = [(hired_on, seat, seat.job)]
    served = (until - hired_on).days
    if seat.job in BEFORE and served > 900 and random.random() < 0.7:
        promoted_on = _quiet(hired_on + timedelta(days=random.randrange(365, served - 100)))
        human.steps = [(hired_on, seat, BEFORE[seat.job]), (promoted_on, seat, seat.job)]
    return human


def _holders_before(seat, human, taken, random):
    """Those who left the seat since the roster begins, and the times of all holders."""
    first = human.steps[-1][0] if len(human.steps) > 1 and seat.rank else human.hired_on
    seat.holders = [(human, first, None)]
    found = []
    is_elected = JOBS[seat.job].grade == ""
    while first > ROSTER_FROM + timedelta(days=45) and (is_elected or random.random() < 0.85):
        # An elected office is handed over on one day; others stand open for some weeks.
        left_on = first if is_elected else _quiet(first - timedelta(days=random.randrange(14, 75)))
        if left_on <= ROSTER_FROM + timedelta(days=30):
            break
        before = _career(seat, _free_name(taken, random), _hire_day(left_on, seat, random), left_on, random)
        if is_elected:
            before.steps = [(date(2013, 1, 1), seat, seat.job)]
            before.hired_on = date(2013, 1, 1)
        before.separated_on, before.reason = left_on, _why_left(before, left_on, random)
        first = before.steps[-1][0] if len(before.steps) > 1 and seat.rank else before.hired_on
        seat.holders.insert(0, (before, first, left_on))
        found.append(before)
    return found


def _why_left(human, left_on, random):
    if JOBS[human.steps[-1][2]].grade == "":
        return "Term ended"
    return "Retired" if (left_on - human.hired_on).days > 7500 else random.choice(REASONS)


def _hire_day(until, seat, random):
    """A weekday, as long before as people have served; leads and heads have served longer."""
    place = random.random() ** (0.6 if seat.rank or seat.is_head else 1.0) * 20
    low = SERVICE[int(place)]
    years = low + (SERVICE[min(int(place) + 1, 20)] - low) * (place % 1)
    if seat.rank or seat.is_head:
        years = max(years, 2.6)
    day = until - timedelta(days=int(years * 365.25) + 7)
    return _quiet(day - timedelta(days=day.weekday()))


def _quiet(day):
    """The day, or one before the weeks in which a year ends and raises begin: nothing moves in those."""
    for year in YEARS:
        if base_day(year) - A_DAY <= day <= raise_day(year):
            return base_day(year) - timedelta(days=5)
    return day


def hand_over(seats):
    """Carl Lindqvist led the Records counter besides his own until Denise Okafor was promoted to it."""
    by_part = {seat.part: seat for seat in seats if seat.part}
    if {"carl", "denise"} <= by_part.keys():
        denise, carl = by_part["denise"], by_part["carl"].holder
        begins = denise.holders[-1][1]
        denise.holders = [(carl, carl.hired_on, begins), denise.holders[-1]]


def _free_name(taken, random):
    name = make_name(random)
    while name in taken:  # the people of the guide are the only ones of their name
        name = make_name(random)
    return name


def _number(people, random):
    """Numbers by hire date, with gaps; leading zeros, as payroll systems have them."""
    addresses = Addresses(DOMAIN)
    reserved = {human.number for human in people if human.number}
    width = 5 if len(people) < 20_000 else 6
    gap = max((11_400 if width == 5 else 400_000) // len(people), 1)
    last = 180
    for human in sorted(people, key=lambda human: (not human.part, human.hired_on, str(human))):
        human.email = addresses.give(human.name)
    for human in sorted(people, key=lambda human: (human.hired_on, str(human))):
        if human.number:
            continue
        last += random.randint(1, 2 * gap - 1) if gap > 1 else 1
        while f"{last:0{width}d}" in reserved:
            last += 1
        human.number = f"{last:0{width}d}"
