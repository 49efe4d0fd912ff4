"""The rules of a plan in plain sentences, in the order of the calculation: what an order adopts."""

from compensation.pay import money
from compensation.pay.periods import say
from compensation.pay.reasons import KINDS

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
PRORATED = {
    "days": "in proportion to the days of service",
    "months": "in proportion to the months of service",
}
RATED = (("merit", "merit"), ("lump sums", "lump_sum"))
COMPONENTS = {"across_the_board": "across the board", "merit": "merit", "lump_sum": "lump sums"}


def sentences(rules, *, effective_on, base_on):
    """(title, sentence) for each rule of a plan; new pay begins on `effective_on`."""
    said = []
    if rules.merit or rules.lump_sum:
        parts = " and ".join(name for name, part in RATED if getattr(rules, part)).capitalize()
        said.append((f"{parts} for", _who(rules.who, rules)))
    if rules.across_the_board:
        said.append(("Across the board", _across(rules.across_the_board, rules, base_on)))
    if rules.schedule:
        said.append(("Schedule", _schedule(rules.schedule)))
    for title, part, words in (
        ("Merit", rules.merit, _merit),
        ("Lump sum", rules.lump_sum, _lump),
    ):
        if part:
            apart = f" It is for {_who(part.who, rules)}" if part.who else ""
            said.append((title, words(part, rules) + apart))
    if rules.merit or (rules.across_the_board and rules.across_the_board.stops_at_maximum):
        said.append(("At the maximum", AT_MAXIMUM[rules.at_maximum]))
    if rules.proration.by != "none":
        parts = " and ".join(COMPONENTS[name] for name in rules.proration.components)
        of = rules.proration.of.replace("_", " ")
        said.append(("Part of a year", f"{PRORATED[rules.proration.by].capitalize()} in the {of}: {parts}."))
    said.append(("When it counts", f"New base pay begins on {say(effective_on)}."))
    return said


def _who(who, rules, *, is_rated=True):
    words = [" and ".join(KINDS[kind].lower() for kind in who.kinds) + " positions"]
    if who.court_only:
        words.append("pay set by the Commissioners Court")
    if who.hired_by:
        words.append(f"hired on or before {say(who.hired_by)}")
    day = say(who.as_of or rules.effective_on)
    for months, what in (
        (who.months_of_service, "of service"),
        (who.months_in_position, "in the position"),
        (who.months_since_promotion, "since the last promotion"),
        (who.months_since_merit, "since the last merit raise"),
    ):
        if months:
            words.append(f"at least {months} {'month' if months == 1 else 'months'} {what} on {day}")
    if who.at_least_fte:
        words.append(f"at least {money.plain(who.at_least_fte, 4)} FTE")
    if who.at_least_service_weight and is_rated:
        weight = money.plain(who.at_least_service_weight, 2)
        words.append(f"an evaluation whose service elements weigh at least {weight} of 100")
    if who.grades_left_out:
        words.append(f"not in grade {', '.join(who.grades_left_out)}")
    grants = "take part too" if who.grant_funded else "are left out"
    text = "; ".join(words)
    return f"{text}. People paid from a grant {grants}; elected officials are left out."


def _across(across, rules, base_on):
    words = []
    if across.percent or not across.amount:
        words.append(f"{money.percent(across.percent)} of base pay on {say(base_on)}")
    if across.at_least:
        words.append(f"at least {money.dollars(across.at_least)} a year")
    if across.amount:
        words.append(f"{money.dollars(across.amount)} a year{' on top' if words else ''}")
    stops = ", up to the maximum of the range" if across.stops_at_maximum else ""
    return f"{', '.join(words)}{stops}. For {_who(across.who, rules, is_rated=False)}"


def _schedule(rule):
    lift = " Nobody stays below the new minimum." if rule.lift_to_minimum else ""
    percent = "like pay" if rule.percent is None else f"by {money.percent(rule.percent)}"
    return f"It rises {percent}, {METHODS[rule.method]}, rounded to the {rule.place}.{lift}"


def _merit(merit, rules):
    base = "after the raise" if rules.order == "compounded" else "before the raise"
    of = {"percent": f", of base pay {base}", "amount": ", a year", "steps": ""}[merit.gives]
    return f"By rating of record{of}: {_table(merit)}. Lower ratings earn nothing."


def _lump(lump, rules):
    base = f", of {'the new' if lump.base_used == 'new' else 'the former'} base pay"
    of = base if lump.gives == "percent" else ", in proportion to the FTE" if lump.follows_fte else ""
    counts = " Only service from the day of adoption on counts." if lump.from_adoption_on else ""
    return f"Paid once, by rating of record{of}: {_table(lump)}. Lower ratings earn nothing.{counts}"


def _table(part):
    write = {"percent": money.percent, "amount": money.dollars, "steps": _steps}[part.gives]
    rows = sorted((band for band in part.table if band.value), key=lambda band: -band.starts)
    return ", ".join(f"{write(band.value)} for {_rating(band, part.by)}" for band in rows)


def _rating(band, by):
    if by == "level":
        return f"level {band.starts}"
    return f"a score of {money.plain(band.starts, 2, at_least=2)} and above"


def _steps(count):
    return "1 step" if count == 1 else f"{count} steps"
