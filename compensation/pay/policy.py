"""The rules of a plan in plain sentences, in the order of the calculation: what an order adopts.

Every rule that can change a figure is said, so that two plans that say the same pay the same.
"""

from itertools import pairwise

from compensation.pay import money, pool_words
from compensation.pay.dating import in_words
from compensation.pay.periods import say
from compensation.pay.reasons import KINDS, SET_BY

METHODS = {
    "cells": "each cell multiplied",
    "minimum": "the first step raised and the steps rebuilt by their percents",
    "increment": "the first step raised and the steps rebuilt by equal amounts",
}
AT_MAXIMUM = {
    "split": "Base pay stops at the maximum of the range; what passes it is paid once.",
    "forfeit": "Base pay stops at the maximum of the range; what passes it is not paid.",
    "none": "Base pay may pass the maximum of the range.",
}
ABOVE = (
    "What somebody is paid above the step of the grade, such as merit of former years, stays on top of it in"
    " dollars when the schedule rises and when tenure reaches another step."
)
MONTHLY = (
    "What is paid once is paid in {} equal payments, a month apart: the first on the day on which it is due, "
    "odd cents in the first ones. Who has left the position by the day of a payment does not have it."
)
PRORATED = {
    "days": "in proportion to the days of service",
    "months": "in proportion to the months of service",
}
EFFECTIVE = {
    "on_date": "",
    "first_period_on_or_after": " It is the first pay period that starts on or after {}.",
    "period_containing": " It is the pay period in which {} lies.",
}
MODES = {"half_up": "half up", "half_even": "half to even", "up": "up", "down": "down"}
MULTIPLES = {10_000: "a whole percent", 5_000: "a half percent", 2_500: "a quarter percent"}
LUMP_BASES = {"new": "the new base pay", "raised": "the base pay before merit", "old": "the former base pay"}
POSITIONS = {"compa_ratio": "of the midpoint", "penetration": "of the way from minimum to maximum"}
RATED = (("merit", "merit"), ("lump sums", "lump_sum"))
RULE_OF = {  # the rule that a title speaks of: a group's own is said even where the plan says the same
    "Across the board": "across_the_board",
    "Schedule": "schedule",
    "Tenure": "tenure",
    "Merit": "merit",
    "Lump sum": "lump_sum",
    "Above the step": "keeps_above_step",
    "At the maximum": "at_maximum",
    "Part of a year": "proration",
}
ANNIVERSARY = {"hired_on": "of the hire", "in_position_since": "of the start in the position"}
SINCE = {"hired_on": "since the hire", "in_position_since": "in the position"}
SERVICE = {"hired_on": "of service since the hire", "in_position_since": "in the position"}
COMPONENTS = {"across_the_board": "across the board", "merit": "merit", "lump_sum": "lump sums"}


def sentences(rules, *, effective_on, base_on):
    """(title, sentence) for each rule of a plan; new pay begins on `effective_on`."""
    of_all = _sentences(rules, effective_on, base_on)
    said = list(of_all)
    for group in rules.groups:
        own = _sentences(group.rules, effective_on, base_on)
        said.append(
            (group.name, f"{members_in_words(group.members)}. What is not said here is as for all others.")
        )
        said += [
            (f"{group.name}: {title.lower()}", words)
            for title, words in own
            if (title, words) not in of_all or RULE_OF.get(title) in group.own
        ]
        gone = [title for title, _ in of_all if title not in dict(own)]
        said += [(f"{group.name}: {title.lower()}", "This does not hold for them.") for title in gone]
    return said


def _sentences(rules, effective_on, base_on):
    said = []
    rated = {name: getattr(rules, part) for name, part in RATED if getattr(rules, part)}
    if rated:
        parts = " and ".join(rated).capitalize()
        said.append((f"{parts} for", _who(rules, *(part for part in rated.values() if not part.who))))
    if rules.across_the_board:
        said.append(("Across the board", _across(rules.across_the_board, rules, base_on)))
    if rules.schedule:
        said.append(("Schedule", _schedule(rules.schedule)))
    if rules.tenure:
        said.append(("Tenure", _tenure(rules.tenure, rules)))
    if rules.keeps_above_step:
        said.append(("Above the step", ABOVE))
    for title, part, words in (
        ("Merit", rules.merit, _merit),
        ("Lump sum", rules.lump_sum, _lump),
    ):
        if part:
            apart = f" It is for {_who(rules, part)}" if part.who else ""
            said.append(
                (title, words(part, rules) + apart + _own_day(part.begins) + _after_tenure(title, rules))
            )
    said += _of_ratings(rules)
    if rules.merit or (rules.across_the_board and rules.across_the_board.stops_at_maximum):
        said.append(("At the maximum", AT_MAXIMUM[rules.at_maximum]))
    if rules.monthly_payments > 1 and rules.pays_once:
        said.append(("Monthly payments", MONTHLY.format(rules.monthly_payments)))
    if rules.proration.by != "none":
        parts = " and ".join(COMPONENTS[name] for name in rules.proration.components)
        of = rules.proration.of.replace("_", " ")
        until = (
            " Months are counted to the day from which each counts." if rules.proration.by == "months" else ""
        )
        words = f"{PRORATED[rules.proration.by].capitalize()} in the {of}: {parts}.{until}"
        said.append(("Part of a year", words))
    said.append(("Rounding", _rounding(rules)))
    exactly = EFFECTIVE[rules.effective_rule].format(say(rules.effective_on))
    said.append(("When it counts", f"{_what_begins(rules, say(effective_on))}{exactly}"))
    said.append(("Periods", _periods(rules)))
    said.append(("Employer’s share", _employer(rules.employer)))
    if rules.pools:
        said.append(("Pools", pool_words.pools(rules.pools)))
    if rules.proposals:
        said.append(("What heads propose", pool_words.proposals(rules.proposals)))
    return said


def _of_ratings(rules):
    """What a plan says of ratings beyond its tables."""
    parts = [part for part in (rules.merit, rules.lump_sum) if part and part.by != "team"]
    words = []
    if any(part.by == "score" for part in parts):
        lowest = money.plain(rules.lowest_earning_score, 2, at_least=2)
        words.append(f"Fully successful begins at a score of {lowest}.")
    if parts and rules.strictly_more:
        words.append("A higher rating pays more than a lower one.")
    return [("Ratings", " ".join(words))] if words else []


def _periods(rules):
    year, rated = rules.fiscal_year, rules.performance_period
    return (
        f"The fiscal year is {say(year.starts_on)} to {say(year.ends_on)}. "
        f"Service from {say(rated.starts_on)} to {say(rated.ends_on)} is rated."
    )


def _rounding(rules):
    rule = rules.rounding
    return (
        f"New figures are rounded to the {rule.place}, {MODES[rule.mode]}; hourly rates to "
        f"{rule.hourly_decimals} decimals. A full-time year has {rules.hours_per_year:,} hours."
    )


def _what_begins(rules, day):
    """What begins or is paid on the day of the plan: a lump sum leaves base pay as it is."""
    tenure = rules.tenure and not rules.tenure.paid_once
    raises = rules.across_the_board or tenure or rules.merit or rules.schedule
    pays_once = rules.lump_sum and rules.lump_sum.begins is None
    if raises and pays_once:
        return f"New base pay begins on {day}; lump sums are paid as of that day."
    if pays_once:
        return f"Lump sums are paid as of {day}. Base pay stays as it is."
    return f"New base pay begins on {day}." if raises else "Base pay stays as it is."


def _employer(rates):
    return (
        f"Social Security is {money.percent(rates.social_security)} up to {money.dollars(rates.wage_base)} a "
        f"year, Medicare {money.percent(rates.medicare)}, the retirement deposit "
        f"{money.percent(rates.retirement)} of pay."
    )


def members_in_words(members):
    words = []
    if members.departments:
        words.append(f"of department {_or(members.departments)}")
    if members.grades:
        words.append(f"in grade {_or(members.grades)}")
    if members.kinds:
        words.append(f"in {_or([KINDS[kind].lower() for kind in members.kinds])} positions")
    if members.pay_set_by:
        words.append(f"whose pay is set by {_or([SET_BY[name] for name in members.pay_set_by])}")
    return " ".join(["People", *words])


def _or(words):
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


def _who(rules, *parts):
    """Who takes part in components that ask the same; without any, whom the plan asks for."""
    who = rules.who_of(parts[0] if parts else None)
    words = [" and ".join(KINDS[kind].lower() for kind in who.kinds) + " positions"]
    words.append("pay set by the Commissioners Court" if who.court_only else "whoever sets the pay")
    if who.hired_by:
        words.append(f"hired on or before {say(who.hired_by)}")
    days = [say(rules.months_on(part)) for part in parts or [None]]
    if len(set(days)) > 1:  # merit and the lump sum
        days = [" and ".join(f"{day} for {name}" for day, (name, _) in zip(days, RATED, strict=True))]
    for months, what in (
        (who.months_of_service, "of service"),
        (who.months_in_position, "in the position"),
        (who.months_since_promotion, "since the last promotion, counted"),
        (who.months_since_merit, "since the last merit raise, counted"),
    ):
        if months:
            words.append(f"at least {months} {'month' if months == 1 else 'months'} {what} on {days[0]}")
    if who.at_least_fte:
        words.append(f"at least {money.plain(who.at_least_fte, 4)} FTE")
    if who.at_least_level is not None:
        words.append(f"rated at level {who.at_least_level} or above")
    if who.at_least_score is not None:
        words.append(f"rated at a score of {money.plain(who.at_least_score, 2, at_least=2)} or above")
    if who.at_least_service_weight:
        weight = money.plain(who.at_least_service_weight, 2)
        words.append(f"an evaluation whose service elements weigh at least {weight} of 100")
    if who.grades_left_out:
        words.append(f"not in grade {', '.join(who.grades_left_out)}")
    grants = "take part too" if who.grant_funded else "are left out"
    text = "; ".join(words)
    elected = "; elected officials are left out"
    if "elected" in who.kinds:
        elected = "; an elected officer is raised only after a published notice, and not above it"
    return f"{text}. People paid from a grant {grants}{elected}."


def rounded_down(across):
    """The published percent and what it is rounded down to: “2.70%, rounded down to a half percent”."""
    multiple = across.rounded_down_to
    to = MULTIPLES.get(multiple) or f"a multiple of {money.percent(multiple)}"
    return f"{money.percent(across.percent)}, rounded down to {to}"


def _across(across, rules, base_on):
    words = []
    if across.percent or not across.amount:
        of_pay = f"{money.percent(across.given)} of base pay on {say(base_on)}"
        if across.rounded_down_to is not None:
            of_pay = f"{rounded_down(across)}: {of_pay}"
        words.append(of_pay)
    if across.at_least:
        words.append(f"at least {money.dollars(across.at_least)} a year")
    if across.amount:
        words.append(f"{money.dollars(across.amount)} a year{' on top' if words else ''}")
    stops = ", up to the maximum of the range" if across.stops_at_maximum else ""
    return f"{', '.join(words)}{stops}. For {_who(rules, across)}"


def _schedule(rule):
    lift = " Nobody stays below the new minimum." if rule.lift_to_minimum else ""
    percent = "like pay" if rule.percent is None else f"by {money.percent(rule.percent)}"
    steps = ""
    if rule.method == "minimum" and rule.between is not None:
        steps = f", {money.percent(rule.between)} from step to step"
    elif rule.method == "increment":
        steps = f" (the first step divided by {rule.divisor})"
    return f"It rises {percent}, {METHODS[rule.method]}{steps}, rounded to the {rule.place}.{lift}"


def _tenure(tenure, rules):
    """A sentence such as “By whole months in the position on October 1, 2026: step 2 from 1 year on.”"""
    write = {"step": "step {}".format, "steps": _steps, "percent": money.percent, "amount": money.dollars}
    rows = sorted(tenure.table)
    table = ", ".join(f"{write[tenure.gives](row.value)} from {in_words(row.months)} on" for row in rows)
    of = {"step": "", "steps": "", "percent": "of base pay", "amount": "a year"}[tenure.gives]
    is_own = tenure.as_of is None and tenure.begins and tenure.begins.anniversary
    day = "each person’s own day" if is_own else say(tenure.as_of or rules.day_of(tenure))
    of = f", {of}" if of else ""
    stops = "" if rules.at_maximum == "none" else " It stops at the maximum of the range."
    once = ""
    if tenure.paid_once:
        of = ", of the new base pay" if tenure.gives == "percent" else ", in proportion to the FTE"
        once, stops = "Paid once, b", ""
    by = f"{once or 'B'}y whole months {SERVICE[tenure.since]} on {day}, whatever the rating{of}"
    who = _who(rules, tenure)
    return f"{by}: {table}.{stops} For {who}{_own_day(tenure.begins, tenure.months_past)}"


def _after_tenure(title, rules):
    """That merit is no earlier than the raise by tenure on which it is taken."""
    raises = rules.tenure and not rules.tenure.paid_once
    if title != "Merit" or not raises or not rules.tenure.begins:
        return ""
    return " Whom tenure raises on a later day has merit from that day."


def _own_day(begins, months=0):
    """From when a component counts, where that is not the day of the raise."""
    if begins is None:
        return ""
    if begins.on is None:
        day = f"each person’s anniversary {ANNIVERSARY[begins.anniversary]} in the fiscal year"
        if months:
            passed = f"{in_words(months)} {SINCE[begins.anniversary]}, or whole years more,"
            day = f"the day of the fiscal year on which {passed} have passed"
    else:
        day = say(begins.on)
    return {
        "on_date": f" It counts from {day}.",
        "first_period_on_or_after": f" It counts from the first pay period that starts on or after {day}.",
        "period_containing": f" It counts from the pay period in which {day} lies.",
    }[begins.rule]


def _merit(merit, rules):
    base = "after the raise" if rules.order == "compounded" else "before the raise"
    of = {"percent": f", of base pay {base}", "amount": ", a year", "steps": ""}[merit.gives]
    by = "rating of record and position in the range" if merit.positions else "rating of record"
    ends = "" if merit.ends_at_step is None else f" It goes no further than step {merit.ends_at_step}."
    least = ""
    if merit.at_least:
        how = ", by further steps where one is worth less" if merit.gives == "steps" else ""
        least = f" It is at least {money.dollars(merit.at_least)} a year for a full-time position{how}."
    return f"By {by}{of}: {_table(merit)}. Lower ratings earn nothing.{least}{ends}"


def _lump(lump, rules):
    base = f", of {LUMP_BASES[lump.base_used]}"
    of = base if lump.gives == "percent" else ", in proportion to the FTE" if lump.follows_fte else ""
    if lump.gives == "earnings":
        of = ", of the total earnings of the performance period, overtime included"
    counts = " Only service from the day of adoption on counts." if lump.from_adoption_on else ""
    if lump.at_least:
        fte = " for a full-time position" if lump.follows_fte else ""
        counts = f" It is at least {money.dollars(lump.at_least)}{fte}.{counts}"
    if lump.by == "team":
        teams = " ".join(_team(team, lump) for team in lump.teams)
        return f"Paid once, by the result of the team{of}. {teams} Levels below 3 earn nothing.{counts}"
    return f"Paid once, by rating of record{of}: {_table(lump)}. Lower ratings earn nothing.{counts}"


def _team(team, lump):
    write = money.dollars if lump.gives == "amount" else money.percent
    earned = write(team.values[0])
    if len(team.values) > 1:
        earned = ", ".join(f"{write(value)} at level {level}" for level, value in enumerate(team.values, 3))
    return f"{team.name} ({members_in_words(team.members)}; {team.result}): {earned}."


def _table(part):
    positions = getattr(part, "positions", None)
    if not positions:
        return _column(part, 0)
    columns = enumerate(places(positions))
    return "; ".join(f"{place}: {_column(part, index)}" for index, place in columns)


def _column(part, index):
    """What each rating earns, the highest first, at one position in the range."""
    write = {"percent": money.percent, "amount": money.dollars, "steps": _steps}[part.gives]
    rows = sorted((band for band in part.table if band.values[index]), key=lambda band: -band.starts)
    words = (f"{write(band.values[index])} for {_rating(band, part.by)}" for band in rows)
    return ", ".join(words) or "nothing"


def places(positions):
    """The columns of the range in words: "below 80% of the midpoint" and so on."""
    cuts = [f"{money.plain(cut, 2)}%" for cut in positions.cuts]
    of = POSITIONS[positions.by]
    if not cuts:
        return ["anywhere in the range"]
    between = [f"from {low} to under {high} {of}" for low, high in pairwise(cuts)]
    return [f"below {cuts[0]} {of}", *between, f"from {cuts[-1]} {of} on"]


def _rating(band, by):
    if by == "level":
        return f"level {band.starts}"
    low = money.plain(band.starts, 2, at_least=2)
    if band.ends is None:
        return f"a score of {low} and above"
    return f"a score from {low} to under {money.plain(band.ends, 2, at_least=2)}"


def _steps(count):
    return "1 step" if count == 1 else f"{count} steps"
