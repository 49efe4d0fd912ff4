"""What a pay plan can say. `written_rules` reads it from JSON, `checks` says what is wrong with it."""

from datetime import date
from typing import NamedTuple

from compensation.pay.employer import EmployerRates
from compensation.pay.pool_rules import Pools, Proposals, can_be_proposed

KINDS = ("regular", "temporary", "elected")
MEASURES = ("level", "score")
VALUES = ("steps", "percent", "amount")
POSITIONS = ("compa_ratio", "penetration")
SINCE = ("hired_on", "in_position_since")  # from which days a person's years are counted
MONTHS_SINCE = {"promotion": "months_since_promotion", "merit": "months_since_merit"}  # by advancement
LOWEST_EARNING_LEVEL = 3  # fully successful: levels 1 and 2 never earn (PAY-2; 5 CFR 451.104)


class Period(NamedTuple):
    """From one day to another, both included."""

    starts_on: date
    ends_on: date


class Who(NamedTuple):
    """Who takes part in a component. Months are counted on `as_of`, by default the day of the raise."""

    kinds: tuple[str, ...] = ("regular",)
    court_only: bool = True  # pay set by the Commissioners Court, not by judges, a grant or the state
    grant_funded: bool = False  # whether people paid from a grant take part
    hired_by: date | None = None  # hired on this day or before
    months_of_service: int = 0
    months_in_position: int = 0
    months_since_promotion: int = 0
    months_since_merit: int = 0
    as_of: date | None = None
    at_least_fte: int = 0
    at_least_level: int | None = None
    at_least_score: int | None = None
    at_least_service_weight: int = 0  # hundredths of a percent of the evaluation
    grades_left_out: tuple[str, ...] = ()


class AcrossTheBoard(NamedTuple):
    """The greater of `given` percent and `at_least`, plus `amount`; the last two are full-time cents a year.

    `percent` is as published, such as the rise of the Consumer Price Index.
    """

    percent: int = 0
    at_least: int = 0
    amount: int = 0
    stops_at_maximum: bool = False  # else everybody has it, also above the maximum of the range
    who: Who = Who()
    rounded_down_to: int | None = None  # a multiple of so many millionths; None: the percent as it stands

    @property
    def given(self):
        """The percent that pay is raised by, in millionths."""
        multiple = self.rounded_down_to
        return self.percent if multiple is None else self.percent // multiple * multiple


class ScheduleRaise(NamedTuple):
    """How the schedule rises. `percent` None: as the across-the-board raise, its dollars included."""

    method: str = "cells"
    percent: int | None = None
    place: str = "cent"
    divisor: int = 30
    between: int | None = None  # percent from step to step, for the method "minimum"
    lift_to_minimum: bool = True


class Positions(NamedTuple):
    """The range cut into columns, by where the rate after the raise stands in the new range.

    `by` is the compa-ratio (rate over midpoint) or the penetration (how far from minimum to maximum). A rate
    at a cut belongs to the column above it: 80 and 100 make three columns.
    """

    by: str = "compa_ratio"
    cuts: tuple[int, ...] = ()  # rising, hundredths of a percent


class Band(NamedTuple):
    """What ratings from `starts` to under `ends` earn. Levels, or scores in hundredths; None: open above."""

    starts: int
    ends: int | None
    value: int | tuple[int, ...]  # steps, millionths or cents, as the component gives; one for each position

    @property
    def values(self):
        return self.value if isinstance(self.value, tuple) else (self.value,)


class Begin(NamedTuple):
    """The day from which a component counts where that is not the day of the raise (PAY-2).

    `on` is one day for all. With `anniversary` it is each person's own: the day of the fiscal year on which
    whole years have passed since it; for tenure the months of its first row, and whole years since then.
    Nothing begins before the raise that it is computed on.
    """

    on: date | None = None
    anniversary: str | None = None  # one of SINCE
    rule: str = "on_date"


class Service(NamedTuple):
    """What so many whole months of service earn, until the next row."""

    months: int
    value: int


class Tenure(NamedTuple):
    """A raise of base pay by length of service, whatever the rating; it stops at the maximum of the range.
    Where it is `paid_once` (longevity pay) base pay stays, and a percent is of the new base pay.

    "step" is the step of the grade that the years have reached, "steps" so many further; percent of base
    pay, or full-time dollars a year. Nobody goes back. It is given once a year: on the day that it begins
    counts the last row that months have reached.
    """

    gives: str
    table: tuple[Service, ...]
    since: str = "hired_on"
    as_of: date | None = None  # the day on which months are counted; None: the day from which it counts
    who: Who = Who()
    begins: Begin | None = None  # with the raise
    paid_once: bool = False  # percent or dollars; dollars follow the FTE

    @property
    def months_past(self):
        """Months, fewer than twelve, from the anniversary to the day on which a row is reached."""
        return self.table[0].months % 12 if self.table else 0


class Merit(NamedTuple):
    """A raise of base pay by rating of record: steps, percent of base pay, or full-time dollars a year.

    No percent raises by less than `at_least`, and steps go on to the first that is so much more. What heads
    propose in dollars stands as it is.
    """

    gives: str
    by: str
    table: tuple[Band, ...]
    who: Who | None = None  # None: the plan's
    positions: Positions | None = None  # by rating alone
    begins: Begin | None = None  # with the raise
    ends_at_step: int | None = None  # steps go no further, though the grade has more; by its number
    at_least: int = 0  # full-time cents a year; not for merit in dollars


class Members(NamedTuple):
    """Who belongs to a group: every condition that is stated must hold, one of its values each."""

    departments: tuple[str, ...] = ()  # codes
    grades: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    pay_set_by: tuple[str, ...] = ()

    def has(self, case):
        return (
            (not self.departments or case.department in self.departments)
            and (not self.grades or case.grade in self.grades)
            and (not self.kinds or case.kind in self.kinds)
            and (not self.pay_set_by or case.pay_set_by in self.pay_set_by)
        )


class Team(NamedTuple):
    """A team with the result that the Court rewards: what each of its members earns, as the lump sum gives.

    One value for each level from fully successful on, or one for all of them.
    """

    name: str
    members: Members
    result: str
    value: int | tuple[int, ...]

    def value_at(self, level):
        """What a member rated at `level` earns; 3 is fully successful, the lowest that does."""
        if not isinstance(self.value, tuple):
            return self.value
        return self.value[min(level - LOWEST_EARNING_LEVEL, len(self.value) - 1)]

    @property
    def values(self):
        return self.value if isinstance(self.value, tuple) else (self.value,)


class LumpSum(NamedTuple):
    """Paid once by rating of record: percent of annual base pay, dollars for a full-time year, or percent of
    the total earnings of the performance period, overtime included (29 CFR 778.210).

    By "team" what a person earns is that of the first team he belongs to; he must be rated fully successful.
    """

    gives: str
    by: str
    table: tuple[Band, ...] = ()
    base_used: str = (
        "new"  # base pay after the raises of this plan; "raised": before merit; "old": before all
    )
    follows_fte: bool = True  # dollars follow the FTE; a percent of base pay does so anyway
    from_adoption_on: bool = False  # only service from the adoption on (Texas Constitution art. III §53)
    who: Who | None = None
    begins: Begin | None = None  # the day it is paid; None: with the raise
    teams: tuple[Team, ...] = ()
    at_least: int = 0  # cents that a percent pays for a full-time year, as dollars follow the FTE


class Proration(NamedTuple):
    """A part of the award for a part of the year: by days of service in a period, or months since hire."""

    by: str = "none"
    of: str = "fiscal_year"
    components: tuple[str, ...] = ("merit", "lump_sum")


class Rounding(NamedTuple):
    mode: str = "half_up"
    place: str = "cent"
    hourly_decimals: int = 4


class Group(NamedTuple):
    """Positions with rules of their own, such as those of law enforcement on its own chart."""

    name: str
    members: Members
    rules: "Rules"  # the plan's, with the group's own in their place
    own: tuple[str, ...]  # which are its own: they stay when the plan's change, even if both say the same now


class Rules(NamedTuple):
    """The rules of one year. Order: schedule, across the board, minimum, tenure, merit, maximum, lump sum."""

    fiscal_year: Period
    performance_period: Period
    effective_on: date
    effective_rule: str = "on_date"
    who: Who = Who()
    across_the_board: AcrossTheBoard | None = None
    schedule: ScheduleRaise | None = None
    tenure: Tenure | None = None
    merit: Merit | None = None
    lump_sum: LumpSum | None = None
    order: str = "compounded"  # merit on base pay after the raise; "additive": on base pay before
    keeps_above_step: bool = False  # what a rate is above its step stays on top of the step that follows
    at_maximum: str = "split"  # what passes it is paid once; "forfeit": not paid; "none": stays in base pay
    proration: Proration = Proration()
    rounding: Rounding = Rounding()
    hours_per_year: int = 2080
    lowest_earning_score: int = 250  # the score from which a rating is fully successful
    strictly_more: bool = False  # a higher rating must pay more, not just as much
    monthly_payments: int = 1  # in how many, a month apart, what is paid once is paid: one sum, or 2 to 12
    employer: EmployerRates = EmployerRates()
    pools: Pools | None = None
    proposals: Proposals | None = None
    groups: tuple[Group, ...] = ()

    def having(self, **parts):
        """These rules with other parts, in the groups too that have no such part of their own."""
        groups = tuple(
            group._replace(
                rules=group.rules._replace(
                    **{name: part for name, part in parts.items() if name not in group.own}
                )
            )
            for group in self.groups
        )
        return self._replace(groups=groups, **parts)

    @property
    def has_tenure(self):
        """Whether tenure earns something, in the plan or in a group."""
        return self.tenure is not None or any(group.rules.tenure for group in self.groups)

    @property
    def proposed_component(self):
        """The component that heads propose: "merit", "lump_sum" or None."""
        name = self.pools.component if self.pools and self.proposals else None
        part = name and getattr(self, name)
        return name if part and can_be_proposed(part) else None

    @property
    def pays_once(self):
        """Whether something can be paid once, in the plan or in a group."""
        return any(
            rules.lump_sum
            or (rules.tenure and rules.tenure.paid_once)
            or (
                rules.at_maximum == "split"
                and (rules.merit or (rules.across_the_board and rules.across_the_board.stops_at_maximum))
            )
            for rules in (self, *(group.rules for group in self.groups))
        )

    @property
    def pays_earnings(self):
        """Whether a lump sum, of the plan or of a group, is a percent of total earnings."""
        lumps = (rules.lump_sum for rules in (self, *(group.rules for group in self.groups)))
        return any(lump is not None and lump.gives == "earnings" for lump in lumps)

    @property
    def advancements(self):
        """Of which advancements, "promotion" and "merit", it asks how long ago the last was."""
        of_all = (self, *(group.rules for group in self.groups))
        gates = [own.who_of(part) for own in of_all for part in own.gated]
        return tuple(
            kind for kind, months in MONTHS_SINCE.items() if any(getattr(who, months) for who in gates)
        )

    @property
    def gated(self):
        """What asks who takes part: the components, and None for a lift to the minimum without a raise."""
        components = self.across_the_board, self.tenure, self.merit, self.lump_sum
        lifts = self.schedule is not None and self.schedule.lift_to_minimum
        alone = (None,) if lifts and not self.across_the_board else ()
        return (*(part for part in components if part), *alone)

    def who_of(self, component):
        """Who takes part in a component: as it says itself, else as the plan says."""
        return getattr(component, "who", None) or self.who

    def months_on(self, component):
        """The day on which the months are counted that a component asks for."""
        return self.who_of(component).as_of or self.day_of(component)

    def unit_of(self, case, name):
        """In what a component was given to a case: "steps", "percent" or "amount" (full-time dollars).

        "own" are the dollars of his own that were proposed where the component gives a percent.
        """
        gives = getattr(self, name).gives
        proposed = case.proposed if self.proposed_component == name else None
        return "own" if proposed and (gives, proposed.gives) == ("percent", "amount") else gives

    def day_of(self, component):
        """The day that the plan names for a component; that of the raise where it names none for all."""
        begins = getattr(component, "begins", None)
        return begins.on if begins and begins.on else self.effective_on

    def of(self, case):
        """The rules that hold in a case: those of the first group it belongs to, else these."""
        for group in self.groups:
            if group.members.has(case):
                return group.rules
        return self


class Problem(NamedTuple):
    """What is wrong with a rule: the field ("merit.table"), the rule broken, a sentence, and how grave."""

    field: str
    rule: str
    message: str
    severity: str = "refused"  # or "warning"


class BadRules(ValueError):
    """Rules that can't be read. `problems` has one `Problem` for each field."""

    def __init__(self, problems):
        self.problems = problems
        super().__init__(" ".join(f"{problem.field}: {problem.message}" for problem in problems))
