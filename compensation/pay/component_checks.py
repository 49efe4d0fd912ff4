"""What is wrong with single components of a plan: sizes, days of their own, tenure, teams (PAY-3)."""

from datetime import timedelta
from itertools import pairwise

from compensation.pay import money
from compensation.pay.dating import in_words
from compensation.pay.money import MILLION
from compensation.pay.periods import months_after, months_before, say
from compensation.pay.rules import Problem

ABSURD, UNUSUAL = MILLION // 4, MILLION // 10
ABSURD_DOLLARS, UNUSUAL_DOLLARS = 10_000_000, 2_500_000  # cents
UNUSUAL_STEPS = 10
NAMES = {"tenure": "Tenure", "merit": "Merit", "lump_sum": "The lump sum"}
A_DAY = timedelta(days=1)
IN_ORDER, PAYS = "dates in order", "a component pays something"


def begins(rules):
    """Days of a component outside the fiscal year, before the raise, or not named at all."""
    year = rules.fiscal_year
    for name, words in NAMES.items():
        component = getattr(rules, name)
        begin, field = component and component.begins, f"{name}.begins"
        if begin is None:
            continue
        if begin.on is not None and begin.anniversary is not None:
            message = "It begins on one day for all or on each person’s anniversary, not both."
            yield Problem(field, "one day", message)
        elif begin.on is None and begin.anniversary is None:
            yield Problem(field, "one day", "The day from which it counts is not named.")
        elif begin.on is not None and begin.on < rules.effective_on:
            message = f"{words} would begin {say(begin.on)}, before the raise on {say(rules.effective_on)}."
            yield Problem(f"{field}.on", IN_ORDER, message)
        elif begin.on is not None and begin.on > year.ends_on:
            message = (
                f"{words} would begin {say(begin.on)}, after the fiscal year ends on {say(year.ends_on)}."
            )
            yield Problem(f"{field}.on", IN_ORDER, message)


def monthly_payments(rules, effective_on):
    """Payments of nothing, and payments that go on after the fiscal year."""
    count, year = rules.monthly_payments, rules.fiscal_year
    if count == 1:
        return
    if not rules.pays_once:
        message = f"The plan pays nothing once, so there is nothing to pay in {count} months."
        yield Problem("monthly_payments", PAYS, message)
        return
    last = months_after(max(_latest_once(own, effective_on) for own in _all_rules(rules)), count - 1)
    if last > year.ends_on:
        message = (
            f"The last of {count} monthly payments can fall on {say(last)}, after the fiscal year ends on "
            f"{say(year.ends_on)}. The next year’s budget must hold what is paid then."
        )
        yield Problem("monthly_payments", "payments within the fiscal year", message, "warning")


def _all_rules(rules):
    return rules, *(group.rules for group in rules.groups)


def _latest_once(rules, effective_on):
    """The latest day on which what is paid once can begin to be paid; on an anniversary, the year's last."""
    begins = [part.begins for part in (rules.merit, rules.lump_sum) if part and part.begins]
    days = [each.on or rules.fiscal_year.ends_on for each in begins]
    return max([effective_on, *days])


def tenure(rules):
    """Rows out of order, a chart that goes down, amounts out of proportion."""
    rule = rules.tenure
    if rule is None:
        return
    if not any(row.value for row in rule.table):
        yield Problem("tenure.table", PAYS, "No length of service earns anything.")
    for lower, higher in pairwise(rule.table):
        if higher.months <= lower.months:
            message = f"The row from {in_words(higher.months)} follows the one from {in_words(lower.months)}."
            yield Problem("tenure.table", "rows in order", message)
        elif rule.gives == "step" and higher.value < lower.value:
            message = f"From {in_words(higher.months)} on the step, {higher.value}, is lower than before."
            yield Problem("tenure.table", "steps rise", message)
    for row in rule.table:
        if row.value < 0:
            message = f"From {in_words(row.months)} on it takes pay away."
            yield Problem("tenure.table", "no negative award", message)
        elif row.value and rule.gives != "step":
            yield from in_proportion("tenure.table", rule.gives, row.value)
    if rule.paid_once and rule.gives in ("step", "steps"):
        message = "A step is of base pay: what is paid once is dollars or a percent of base pay."
        yield Problem("tenure.gives", "steps are of base pay", message)
    if rule.as_of and rule.as_of > rules.fiscal_year.ends_on:
        message = f"Service is counted on {say(rule.as_of)}, after the fiscal year."
        yield Problem("tenure.as_of", IN_ORDER, message)
    if rule.begins and rule.begins.anniversary:
        yield from _own_days(rule, rules.fiscal_year)


def _own_days(rule, year):
    """Years counted from one day and a raise on the anniversary of another, or two rows in one year.

    A person has one day in a fiscal year, so that of rows which are not whole years apart one would be lost:
    base pay has one stage of tenure a year, from one day. A chart whose first row alone is out of step is
    written without it, for those who have passed it before the year.
    """
    if rule.begins.anniversary != rule.since:
        message = "Tenure is counted from one day, and the raise begins on the anniversary of another."
        yield Problem("tenure.begins", "one anniversary", message)
    if rule.as_of is not None:
        return
    first, *later = rule.table or (None,)
    odd = next((row for row in later if (row.months - first.months) % 12), None)
    if odd is None:
        return
    message = (
        f"{in_words(first.months)} and {in_words(odd.months)} can both be reached in one fiscal year, and"
        " tenure raises once a year. On a day of each person’s own, rows are whole years apart."
    )
    if rule.since == "hired_on" and not any((row.months - odd.months) % 12 for row in later):
        passed = say(months_before(year.starts_on - A_DAY, first.months))
        at = f"at {in_words(first.months)} and at {in_words(odd.months)}"
        message += (
            f" Or begin with {in_words(odd.months)}, for people hired by {passed}, and change the pay of"
            f" those hired later on their own pages, {at}."
        )
    yield Problem("tenure.table", "one raise a year", message)


def teams(rules):
    """A lump sum by team without teams, teams that nobody can belong to, or that earn out of proportion."""
    rule = rules.lump_sum
    if rule is None:
        return
    if rule.by != "team":
        if rule.teams:
            message = "It has teams and goes by rating: no team would earn anything. Let it go by the team."
            yield Problem("lump_sum.teams", "one measure", message)
        return
    if rule.table:
        message = "It goes by the team and has a table of ratings, too. Leave one of them out."
        yield Problem("lump_sum.table", "one measure", message)
    if not any(any(team.values) for team in rule.teams):
        yield Problem("lump_sum.teams", PAYS, "No team earns anything.")
    names = [team.name for team in rule.teams]
    for number, team in enumerate(rule.teams, 1):
        field = f"lump_sum.teams.{number}"
        if not any(team.members):
            yield Problem(
                f"{field}.members", "a team is a part", f"{team.name} has no condition: it is everybody."
            )
        if team.name in names[: number - 1]:
            yield Problem(f"{field}.name", "a team once", f"{team.name} is there more than once.")
        if min(team.values) < 0:
            yield Problem(field, "no negative award", f"{team.name} would lose pay.")
        elif max(team.values):
            yield from in_proportion(field, rule.gives, max(team.values))
        if any(higher < lower for lower, higher in pairwise(team.values)):
            message = f"In {team.name} a higher rating pays less than a lower one."
            yield Problem(field, "a higher rating never pays less", message)


def percent_in_proportion(field, percent):
    if percent < 0:
        yield Problem(field, "no negative award", f"{money.percent(percent)} is below zero.")
    elif percent > ABSURD:
        yield Problem(field, "at most 25%", f"{money.percent(percent)} is more than 25%.")
    elif percent > UNUSUAL:
        yield Problem(
            field, "at most 10%", f"{money.percent(percent)} is unusually much. Is it meant?", "warning"
        )


def dollars_in_proportion(field, cents):
    if cents < 0:
        yield Problem(field, "no negative award", f"{money.dollars(cents)} is below zero.")
    elif cents > ABSURD_DOLLARS:
        message = f"{money.dollars(cents)} is more than {money.dollars(ABSURD_DOLLARS)}."
        yield Problem(field, f"at most {money.dollars(ABSURD_DOLLARS)}", message)
    elif cents > UNUSUAL_DOLLARS:
        message = f"{money.dollars(cents)} is unusually much. Is it meant?"
        yield Problem(field, f"at most {money.dollars(UNUSUAL_DOLLARS)}", message, "warning")


def table_in_proportion(field, gives, values):
    """Awards of a table out of all proportion: each that bars the plan, and a note on the largest alone."""
    found = [
        problem
        for value in sorted(set(values))
        if value > 0
        for problem in in_proportion(field, gives, value)
    ]
    refused = [problem for problem in found if problem.severity == "refused"]
    yield from refused or found[-1:]


def in_proportion(field, gives, value):
    """An award out of all proportion."""
    if gives in ("percent", "earnings"):
        yield from percent_in_proportion(field, value)
    elif gives == "amount":
        yield from dollars_in_proportion(field, value)
    elif value > UNUSUAL_STEPS:
        message = f"{value} steps are unusually many. Are they meant?"
        yield Problem(field, f"at most {UNUSUAL_STEPS} steps", message, "warning")
