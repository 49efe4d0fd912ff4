"""One person in one cycle: who rates, how far it has come, on which days, with which levels."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from evaluations.models.template import For
from evaluations.states import State
from synthetic.calendar_of_county import STAND
from synthetic.jobs_of_county import JOBS

PROGRESS_DUE = (3, 31)
PART_RATED = {"marisol": (1, 2, 3, 4, 5, 9), "quang": (1, 3)}  # positions with a level
CAST_STATES = {
    "eunji": "rated", "darnell": "rated", "priya": "rated", "marisol": "rating", "quang": "rating",
    "latoya": "not_begun", "tomas": "not_begun", "hana": "no_progress", "judge": "", "stephen": "of_record",
    "denise": "of_record", "joel": "of_record", "miguel": "of_record", "carl": "of_record",
    "susan": "released",
    "lorena": "of_record", "wade": "released", "anita": "rated", "hector": "rated", "rafael": "of_record",
}  # fmt: skip
CAST_SKILL = {
    "eunji": 1.3, "darnell": 0.7, "priya": 0.45, "marisol": 0.5, "quang": 0.1, "latoya": 0.0, "tomas": -0.3,
    "hana": -0.1, "josephine": 1.25, "carl": 0.6, "mailinh": 0.1, "bo": -0.5, "gary": -0.1, "stephen": 0.8,
    "denise": 0.7,
}  # fmt: skip
HOW_FAR = (  # up to which share of people in the present cycle; a supervisor’s people stand close together
    (0.54, "of_record"), (0.66, "released"), (0.72, "approved"), (0.83, "rated"), (0.90, "rating"),
    (0.945, "not_begun"), (0.965, "no_progress"), (0.98, "returned"), (1.01, "complete"),
)  # fmt: skip
STATES = {
    "of_record": State.OF_RECORD, "released": State.RELEASED, "approved": State.APPROVED,
    "rated": State.RATED,
    "planned": State.PLANNED, "planning": State.PLANNING,
}  # fmt: skip


@dataclass(eq=False, slots=True)
class Appraisal:
    """`how_far` names a state, or where in the state under way it is. Days are None until they come."""

    human: object
    post: object
    rater: object
    approver: object  # None: an HR administrator approves
    template: str
    how_far: str
    issued_on: date | None = None
    acknowledged_on: date | None = None
    progress_on: date | None = None
    self_on: date | None = None
    rated_on: date | None = None
    approved_on: date | None = None
    released_on: date | None = None
    signed_on: date | None = None
    is_refused: bool = False
    is_waived: bool = False
    levels: dict = field(default_factory=dict)  # position to level
    score: object = None
    level: int | None = None
    pk: int = 0

    @property
    def state(self):
        return STATES.get(self.how_far, State.UNDER_WAY)

    @property
    def is_rated(self):
        return self.how_far in ("of_record", "released", "approved", "rated")


def appraise(human, post, cycle, random, mood):
    """Where this person’s appraisal in a cycle stands; `mood` keeps a number for each rater.

    `cycle` has year, starts_on, ends_on and is_open.
    """
    day = cycle.rating_day
    rater = post.boss
    above = _boss_of(rater, day)
    head = human if post.seat.is_head else _head_of(post.seat, day)
    approver = above or (rater if head is human else head)
    level = For.HEAD if post.seat.is_head else For.SUPERVISOR if post.seat.rank else For.FRONT_LINE
    found = Appraisal(
        human,
        post,
        rater,
        approver,
        level,
        _how_far(human, cycle, random, mood, rater, is_head=post.seat.is_head),
    )
    _days(found, cycle, random)
    found.is_refused = found.how_far == "of_record" and random.random() < 0.006
    return found


def _boss_of(rater, day):
    _, seat, _ = rater.step_on(day)
    return seat.boss.on(day) if seat.boss else None


def _head_of(seat, day):
    while not seat.is_head:
        seat = seat.boss
    return seat.on(day)


def _how_far(human, cycle, random, mood, rater, *, is_head):
    place = random.random()
    if not cycle.is_open:
        return "of_record" if place < 0.975 else "released" if place < 0.985 else "not_begun"
    if human.part in CAST_STATES:
        return CAST_STATES[human.part]
    if (STAND - human.hired_on).days < 120:
        return "planned" if place < 0.3 else "new"
    if place < 0.004:
        return "planning"
    whole = mood.setdefault(rater, random.random())
    stands_alone = is_head or random.random() < 0.35
    place = place if stands_alone else min(max(whole + random.gauss(0, 0.06), 0), 1)
    return next(name for share, name in HOW_FAR if place < share)


def _days(found, cycle, random):
    begins = max(cycle.starts_on, found.human.hired_on) + timedelta(days=random.randrange(7, 35))
    found.issued_on = (
        None if found.how_far == "planning" else _workday(min(begins, STAND - timedelta(days=4)))
    )
    if found.how_far in ("planning", "planned"):
        return
    found.acknowledged_on = _workday(
        min(found.issued_on + timedelta(days=random.randrange(1, 9)), STAND - timedelta(days=2))
    )
    due = date(cycle.ends_on.year, *PROGRESS_DUE)
    if found.how_far == "new":
        return
    reviewed = due - timedelta(days=random.randrange(2, 60))
    late = max(reviewed, found.acknowledged_on + timedelta(days=50))
    found.is_waived = found.is_rated and random.random() < 0.015
    if found.how_far != "no_progress" and not found.is_waived:
        found.progress_on = _workday(min(late, cycle.ends_on - timedelta(days=10)))
    if cycle.has_self and (found.how_far == "not_begun" or random.random() < 0.82):
        found.self_on = _workday(cycle.ends_on - timedelta(days=random.randrange(2, 17)))
    if not found.is_rated:
        return
    first = cycle.ends_on + timedelta(days=1)
    found.rated_on = _workday(first + timedelta(days=random.randrange(0, 5)))
    if found.how_far == "rated":
        found.rated_on = _workday(first + timedelta(days=random.randrange(5, 11)))
        return
    found.approved_on = _workday(found.rated_on + timedelta(days=1))
    if found.how_far == "approved":
        return
    found.released_on = _workday(found.approved_on + timedelta(days=random.randrange(0, 2)))
    if found.how_far == "of_record":
        latest = 4 if cycle.is_open else 14
        found.signed_on = _workday(
            min(found.released_on + timedelta(days=random.randrange(0, latest)), cycle.last_day)
        )


def _workday(day):
    """The day, or the Friday before."""
    return day - timedelta(days=max(day.weekday() - 4, 0))


def draw_levels(found, elements, cycle, random, leniency):
    """A level for each element that has one by now; `elements` are (position, kind) of the template."""
    if not found.is_rated and found.how_far not in ("rating", "returned", "complete"):
        return
    skill = CAST_SKILL.get(found.human.part, found.human.skill) + random.gauss(0, 0.3)
    middle = 3.3 + (0.93 if skill > 0 else 0.55) * skill + leniency
    for position, kind in elements:
        if kind == "additional" and random.random() < 0.5:
            continue
        level = min(max(round(middle + random.gauss(0, 0.45)), 2), 5)
        if skill < -2.4 and random.random() < 0.3:
            level = 1
        found.levels[position] = level
    if found.how_far == "rating":
        chosen = PART_RATED.get(found.human.part)
        count = random.randrange(2, len(found.levels))
        kept = chosen or list(found.levels)[:count]
        found.levels = {position: found.levels[position] for position in kept if position in found.levels}


def family_of(post):
    return JOBS[post.job].family
