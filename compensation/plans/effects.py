"""What a plan does to the county of today, rule by rule: by the same function that computes the run."""

from collections import Counter
from typing import NamedTuple

from django.db import connection

from compensation.facts import FACTS, TODAY, asked_by
from compensation.pay.calculation import award
from compensation.pay.case import PayCase
from compensation.reason_names import short

CASES = f"SELECT {', '.join(FACTS)} FROM ({TODAY}) today"  # noqa: S608 - put together from constants
TAKEN_OUT = (
    "elected",
    "kind",
    "pay_set_by",
    "grant",
    "separated",
)  # the reason told first, where there are several


class Effects(NamedTuple):
    """Counts of people and sums in cents over everybody employed on the day of the base pay."""

    people: int
    eligible: int  # by the rules of merit or lump sum, whatever the rating earns
    left_out: list  # (reason in words, people), each person once
    raised: int
    across_the_board: int
    lift: int
    lifted: int
    tenure: int  # what it adds a year, cents
    by_years: int  # positions that tenure raises
    not_by_years: list  # (reason in words, people): whom tenure raises by nothing
    by_group: list  # (positions, cents a year or once) of each group, in its order
    base: int  # annual pay before, at the FTE
    fte_unknown: int  # positions whose pay counts as stated
    by_rating: list  # (level or "", awards, cents): merit of the year and lump sum by level
    awards: int
    merit: int  # by rating, before the maximum
    lump_sum: int  # by rating
    years_once: int  # by length of service
    split: int  # awards with a part over the maximum
    excess: int
    forfeited: int
    part_time: int  # awards of part-time people
    hourly: int  # people paid by the hour
    fica: int
    retirement: int

    @property
    def cost(self):
        """Everything in a full year, the employer's share included."""
        raised = self.across_the_board + self.lift + self.tenure
        paid = raised + self.merit - self.forfeited + self.lump_sum + self.years_once
        return paid + self.fica + self.retirement


def effects_of(plan, *, base_on, cycle_id):
    """Compute every case of today by `plan` (from `conditions.prepared`) and add up."""
    count, level_count, level_sum, why, no_years = (Counter() for _ in range(5))
    of_group, cents_of_group = Counter(), Counter()
    for row in _cases(plan, base_on, cycle_id):
        case = PayCase(**dict(zip(FACTS, row, strict=True)))
        line, component = award(case, plan), _paid_by_rating(plan.rules.of(case))
        _add(count, case, line)
        if plan.groups:
            own = id(plan.of(case))
            of_group[own] += 1
            cents_of_group[own] += line.new_annual - line.old_annual + line.lump
        no_years.update(
            code for name, _, code in (r.partition(":") for r in line.reasons) if name == "tenure"
        )
        given = line.merit + line.excess + line.forfeited + line.lump_sum
        if given:
            level_count[case.level] += 1
            level_sum[case.level] += given
        codes = [
            code for name, _, code in (r.partition(":") for r in line.reasons) if name in (component, "all")
        ]
        out = [code for code in codes if code not in RATED_LOW]
        if out:
            why[min(out, key=_rank)] += 1
    left_out = sum(why.values())
    return Effects(
        eligible=count["people"] - left_out,
        left_out=[(short(code), people) for code, people in why.most_common()],
        not_by_years=[(short(code), people) for code, people in no_years.most_common()],
        by_group=[(of_group[id(own)], cents_of_group[id(own)]) for _, own in plan.groups],
        by_rating=[
            (level, level_count[level], level_sum[level]) for level in sorted(level_count, key=_level)
        ][::-1],
        **{name: count[name] for name in COUNTED},
    )


def _paid_by_rating(rules):
    """The component whose reasons count; the raise of all where nothing goes by rating."""
    return "merit" if rules.merit else "lump" if rules.lump_sum else "atb"


RATED_LOW = frozenset({"level_too_low", "score_too_low", "rating_earns_nothing", "last_step", "merit_ends"})
LISTED = ("eligible", "left_out", "by_rating", "not_by_years", "by_group")
COUNTED = [name for name in Effects._fields if name not in LISTED]


def _cases(plan, base_on, cycle_id):
    with connection.cursor() as cursor:
        cursor.execute(CASES, asked_by(plan.rules, on=base_on, cycle_id=cycle_id, earned_in=cycle_id))
        return cursor.fetchall()


def _add(count, case, line):
    count["people"] += 1
    count["base"] += line.old_annual
    count["across_the_board"] += line.across_the_board
    count["lift"] += line.lift
    count["tenure"] += line.tenure
    count["by_years"] += bool(line.tenure or line.longevity)
    count["years_once"] += line.longevity
    count["raised"] += bool(line.across_the_board)
    count["lifted"] += bool(line.lift)
    awarded = bool(line.merit or line.awarded_once or line.forfeited)
    count["awards"] += awarded
    count["merit"] += line.merit + line.excess + line.forfeited
    count["lump_sum"] += line.lump_sum
    count["split"] += bool(line.excess or line.forfeited)
    count["excess"] += line.excess
    count["forfeited"] += line.forfeited
    count["fte_unknown"] += case.fte is None
    count["part_time"] += awarded and case.fte is not None and case.fte < 10_000
    count["hourly"] += case.basis == "hourly"
    count["fica"] += line.fica
    count["retirement"] += line.retirement


def _rank(code):
    return TAKEN_OUT.index(code) if code in TAKEN_OUT else len(TAKEN_OUT)


def _level(level):
    return 0 if level is None else level
