"""From steps of a career to dated assignments with their pay. Raises by a pay plan come from its run."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from synthetic.calendar_of_county import ROSTER_FROM, STAND, YEARS, raise_day
from synthetic.jobs_of_county import JOBS, YEAR
from synthetic.tables import GENERAL, LAW, STEPS, year_of

ELECTED_PAY = {  # dollars in fiscal year 2023
    "0001": 106_700, "0002": 84_900, "0003": 88_200, "0004": 88_200, "0005": 121_400, "0006": 91_300,
    "0007": 126_800, "0008": 148_500, "0009": 83_600, "0010": 64_200, "0011": 63_100, "0012": 158_000,
}  # fmt: skip
FIRST_PAY = {"marisol": 3_890_000, "quang": 3_646_200}  # cents, on the day of hire
PROMOTION_PAY = {"marisol": 4_493_204}
CAN_TRANSFER = ("1002", "1001", "1101", "1102", "1210", "1809", "1801", "1802", "1512", "1701")


@dataclass(eq=False, slots=True)
class Post:
    """One assignment. Rates: cents a year, or ten-thousandths of a dollar an hour."""

    human: object
    seat: object
    job: str
    boss: object
    rate: int
    step: int | None
    since: date
    starts_on: date
    ends_on: date | None = None
    slot: int = 1
    fte: int | None = 10_000
    kind: str = "regular"
    fund: str = "010"
    pay_set_by: str = "court"
    grade: str = ""
    basis: str = "annual"
    hours: int | None = None
    unknown: dict = field(default_factory=dict)
    pk: int = 0


def move_some(people, seats, random):
    """Let a few come from another office: a dated transfer each."""
    by_job = {}
    for seat in seats:
        if seat.job in CAN_TRANSFER and not seat.is_head:
            by_job.setdefault(seat.job, []).append(seat)
    for human in people:
        hired_on, seat, job = human.steps[-1]
        served = ((human.separated_on or STAND) - max(hired_on, ROSTER_FROM)).days
        if len(human.steps) > 1 or job not in by_job or human.part or served < 500 or random.random() > 0.09:
            continue
        others = [other for other in by_job[job] if other.office is not seat.office]
        if others:
            day = _quiet_day(max(hired_on, ROSTER_FROM) + timedelta(days=random.randrange(200, served - 150)))
            human.steps = [(hired_on, random.choice(others), job), (day, seat, job)]


def first_posts(people, random):
    """The assignment with which each person enters the roster, and the few second part-time jobs."""
    for human in people:
        begins = max(human.hired_on, ROSTER_FROM)
        _, seat, job = human.step_on(begins)
        office, spec = seat.office, JOBS[job]
        post = Post(human, seat, job, _boss(human, seat, begins), 0, None, _since(human, begins), begins)
        post.grade, post.kind = spec.grade, "elected" if spec.grade == "" else "regular"
        post.fund, post.pay_set_by = office.fund, office.pay_set_by
        if post.kind == "regular" and seat.rank == 0 and not seat.is_head and not human.part:
            _vary(post, office, random)
        if seat.is_head and office.kind == "elected" and spec.grade == "":
            post.pay_set_by = "state" if job in ("0008", "0012") else "court"
        _first_rate(post, random)
        human.posts = [post]


def _vary(post, office, random):
    """Part time, temporary and grant-funded people."""
    if random.random() < office.part_time:
        post.fte = random.choice((5_000, 5_000, 7_500, 6_250))
        if random.random() < 0.08:
            post.fte, post.unknown = None, {"fte": "The roster says part time, and not which part."}
    if random.random() < office.temporary:
        post.kind = "temporary"
    if office.grant and random.random() < office.grant[1]:
        post.fund = office.grant[0]


def _since(human, day):
    return human.step_on(day)[0]


def _boss(human, seat, day):
    boss = seat.boss.on(day) if seat.boss else None
    while boss is human and seat.boss:
        seat = seat.boss
        boss = seat.boss.on(day) if seat.boss else None
    return boss


def _first_rate(post, random):
    human, spec, begins = post.human, JOBS[post.job], post.starts_on
    year = year_of(begins)
    post.hours = spec.hours
    post.basis = "hourly" if spec.hours else "annual"
    served = (begins - human.hired_on).days / 365.25
    if post.grade == "":
        post.rate = round(ELECTED_PAY[post.job] * 1.02 ** (year - 2023)) * 100
    elif spec.is_stepped:
        post.step = min(1 + int(served * 0.55 + random.random()), STEPS)
        post.rate = LAW[year][post.grade][post.step - 1]
    else:
        low, _, high = GENERAL[year][post.grade]
        post.rate = FIRST_PAY.get(human.part) or _in_range(low, high, served, random)
        if post.basis == "hourly":
            post.rate = _hourly(post.rate, post.hours)


def _in_range(low, high, served, random):
    """Cents: new people near the minimum, long service near the maximum, some at it and a few above."""
    place = random.random()
    if served > 11 and place < 0.10:
        return high
    if served > 14 and place > 0.955:
        return round(high * (1.01 + 0.05 * random.random()))
    position = min(max(0.06 + 0.037 * served + random.gauss(0, 0.13), 0), 0.985)
    return round(low + position * (high - low))


def _hourly(cents, hours):
    """A year's pay by the hour: ten-thousandths of a dollar, rounded down so that it stays in the range."""
    return cents * 100 // hours


def advance(human, until, raised):
    """Carry someone's posts on to the day before `until`.

    `raised` maps (number, slot) to (rate, step, key) of the assignments that the release of this stretch has
    made already. The list grows; whichever post is succeeded gets its last day.
    """
    begins = human.posts[-1].starts_on
    last = min(until, human.separated_on or until)
    for day, kind in _turns(human, begins, last):
        before = human.posts[-1]
        post = replace(before, starts_on=day, ends_on=None, pk=0)
        _, seat, job = human.step_on(day)
        post.seat, post.boss = seat, _boss(human, seat, day)
        if job != before.job:
            _promote(post, before, job, day)
        elif seat is not before.seat:
            post.since, post.fund, post.pay_set_by = day, seat.office.fund, seat.office.pay_set_by
        if kind == "raise":
            _raise(post, before, raised, day)
        elif (
            kind == "step" and post.step and post.step < STEPS and post.rate in LAW[year_of(day)][post.grade]
        ):
            post.step += 1
            post.rate = LAW[year_of(day)][post.grade][post.step - 1]
        if _differs(post, before):
            before.ends_on = day
            human.posts.append(post)
    if human.separated_on and human.separated_on <= until:
        human.posts[-1].ends_on = human.separated_on


def _turns(human, begins, last):
    """Days on which something may change, with the reason; the raise first."""
    turns = {day: "career" for day, _, _ in human.steps}
    for _, seat, _ in human.steps:
        boss, levels = seat.boss, 2
        while boss is not None and levels:
            for _, first, ends in boss.holders:
                turns |= {day: "boss" for day in (first, ends) if day}
            boss, levels = boss.boss, levels - 1
    if human.posts[-1].step:
        turns |= {_anniversary(human.hired_on, year): "step" for year in range(begins.year, last.year + 1)}
    turns |= {raise_day(year): "raise" for year in YEARS}
    return sorted((day, kind) for day, kind in turns.items() if begins < day < last)


def _anniversary(day, year):
    found = day.replace(year=year, day=min(day.day, 28))
    return _quiet_day(found)


def _quiet_day(day):
    """Nothing but raises happens from late September until raises begin."""
    for year in YEARS:
        if date(year - 1, 9, 25) <= day <= raise_day(year):
            return date(year - 1, 9, 24)
    return day


def _promote(post, before, job, day):
    spec, year = JOBS[job], year_of(day)
    post.job, post.grade, post.since = job, spec.grade, day
    annual = before.rate if before.basis == "annual" else before.rate * before.hours // 100
    post.hours, post.basis, post.step = spec.hours, "hourly" if spec.hours else "annual", None
    if spec.is_stepped:
        rates = LAW[year][spec.grade]
        wanted = annual * 104 // spec.hours
        post.step = next((step for step, rate in enumerate(rates, start=1) if rate >= wanted), STEPS)
        post.rate = rates[post.step - 1]
        return
    low, _, high = GENERAL[year][spec.grade]
    cents = PROMOTION_PAY.get(post.human.part) or min(max(low, annual * 106 // 100), max(high, annual))
    post.rate = _hourly(cents, spec.hours) if spec.hours else cents


def _raise(post, before, raised, day):
    """By the run where there was one, else by what others decided: judges, the state, the budget order."""
    year = year_of(day)
    if (post.human.number, post.slot) in raised:
        post.rate, post.step, post.pk = raised[post.human.number, post.slot]
    elif year == 2024 or post.kind == "elected" or post.pay_set_by != "court":
        share = 102 if post.kind == "elected" else 103
        post.rate = (before.rate * share + 50) // 100
        if (
            post.grade in GENERAL[year]
            and before.basis == "annual"
            and before.rate == GENERAL[year - 1][post.grade][2]
        ):
            post.rate = GENERAL[year][post.grade][2]
        elif post.step:
            post.rate = LAW[year][post.grade][post.step - 1]


def _differs(post, before):
    names = ("seat", "job", "boss", "rate", "step", "fund")
    return any(
        getattr(post, name) is not getattr(before, name) and getattr(post, name) != getattr(before, name)
        for name in names
    )


def second_jobs(people, seats, random):
    """A few people work some hours for another office besides: their slot 2."""
    pages = [seat for seat in seats if seat.job in ("2201", "2205", "1001")]
    found = []
    for human in people:
        main = human.posts[-1]
        if (
            main.kind != "regular"
            or main.fte != 10_000
            or human.part
            or main.seat.rank
            or not human.is_employed(STAND)
        ):
            continue
        if not pages or random.random() > 0.006:
            continue
        seat = random.choice(pages)
        spec = JOBS[seat.job]
        if seat.office is main.seat.office or seat.boss.on(STAND) is human:
            continue
        begins = max(human.hired_on + timedelta(days=120), date(2025, 11, 1))
        if begins < STAND - timedelta(days=30):
            low = GENERAL[2026][spec.grade][0]
            rate = _hourly(low * 105 // 100, YEAR)
            found.append(
                Post(
                    human, seat, seat.job, seat.boss.on(STAND), rate, None, begins, begins, slot=2, fte=2_500,
                    fund=seat.office.fund, pay_set_by=seat.office.pay_set_by, grade=spec.grade,
                    basis="hourly",
                    hours=YEAR,
                )
            )  # fmt: skip
    return found
