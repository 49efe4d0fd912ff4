"""Counting a run's outcomes by group: the one place where groups and pay meet. It only reads."""

from collections import Counter
from fractions import Fraction
from typing import NamedTuple

from django.db.models import TextChoices

from compensation.models import Outcome, Run, RunLine
from impact.rates import Comparison, Group, compare

HIGH_LEVEL = 4  # above fully successful


class Measure(TextChoices):
    AWARDED = "awarded", "Gets merit or a lump sum, of those with a rating of record"
    RATED_HIGH = "rated_high", "Rated above fully successful, of those with a rating of record"
    TAKES_PART = "takes_part", "Takes part in the plan, of those in the run"


class Report(NamedTuple):
    """`averages` is the award as a share of pay, by group, over those who got one. `not_in_file` is who is in
    the run and not in the file of groups.
    """

    comparison: Comparison
    averages: dict[str, Fraction]
    not_in_file: int


def report_of(file, run, measure):
    """The Report of a file of groups on a computed run. Who holds two positions counts once."""
    people, selected, paid, not_in_file = Counter(), Counter(), {}, set()
    for employee, (in_pool, is_selected, award, pay) in _people_of(run, measure).items():
        group = file.groups.get(str(employee))
        if group is None:
            not_in_file.add(employee)
        elif in_pool:
            people[group] += 1
            selected[group] += is_selected
            if award:
                awards, pays = paid.get(group, (0, 0))
                paid[group] = awards + award, pays + pay
    groups = [Group(name, count, selected[name]) for name, count in people.items()]
    comparison = compare(groups, smallest=file.smallest_group, percent=file.ratio_percent)
    averages = {
        each.group.name: Fraction(*paid[each.group.name])
        for each in comparison.shown
        if each.group.name in paid and paid[each.group.name][1]
    }
    return Report(comparison, averages, len(not_in_file))


def _people_of(run, measure):
    """Employee id to (in the pool, selected, award in cents, pay of a year in cents)."""
    lines = RunLine.objects.filter(run=run).exclude(case__kind="elected")
    fields = (
        "employee_id", "outcome", "case__level",
        "merit_value", "lump_value", "merit", "excess", "lump_sum", "old_annual",
    )  # fmt: skip
    found = {}
    for employee, outcome, level, *award in lines.values_list(*fields).iterator(chunk_size=5_000):
        merit_value, lump_value, merit, excess, lump, pay = award
        in_pool, selected = {
            Measure.AWARDED: (level is not None, bool(merit_value or lump_value)),
            Measure.RATED_HIGH: (level is not None, level is not None and level >= HIGH_LEVEL),
            Measure.TAKES_PART: (True, outcome != Outcome.LEFT_OUT),
        }[measure]
        before = found.get(employee, (False, False, 0, 0))
        found[employee] = (
            before[0] or in_pool,
            before[1] or selected,
            before[2] + merit + excess + lump,
            before[3] + pay,
        )
    return found


def runs_to_report():
    return Run.objects.filter(state=Run.State.DONE).select_related("plan").order_by("-number")
