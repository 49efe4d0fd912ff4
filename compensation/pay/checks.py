"""What is wrong with a plan's rules (PAY-3): problems returned, each naming the field and the rule."""

from itertools import pairwise

from compensation.pay import component_checks as components
from compensation.pay import money, policy, schedule
from compensation.pay.component_checks import (
    dollars_in_proportion,
    percent_in_proportion,
    table_in_proportion,
)
from compensation.pay.group_checks import groups
from compensation.pay.money import MILLION
from compensation.pay.periods import say
from compensation.pay.pool_checks import find_pool_problems
from compensation.pay.preparation import raise_schedule, tables_of
from compensation.pay.rules import LOWEST_EARNING_LEVEL, Problem

HIGHEST_LEVEL = 5
SOMEBODY_PAID = "a plan pays something"
NOBODY_PAID = "The plan gives no raise, no merit and no lump sum yet, so nobody would be paid."
MOST_OF_EMPLOYER = {"social_security": MILLION // 4, "medicare": MILLION // 4, "retirement": MILLION // 2}
SECTION_53 = "Texas Constitution art. III §53"


def find_problems(rules, *, adopted_on=None, effective_on=None, tables=()):
    """Every `Problem` of the rules, in the order of their fields. One that is "refused" bars adoption.

    `adopted_on` is the day of the Court's order, where there is one; `effective_on` the day from which the
    raise counts when it is a pay period's (`periods.effective_date`); `tables` the schedules before it.
    """
    found = [
        *dates(rules),
        *participants(rules),
        *across_the_board(rules),
        *schedule_raise(rules, tables),
        *grades_once(tables),
        *components.tenure(rules),
        *award_table("merit", rules.merit, rules),
        *components.teams(rules),
        *award_table("lump_sum", rules.lump_sum, rules),
        *components.begins(rules),
        *maximum(rules),
        *open_ranges(rules, tables),
        *employer(rules),
        *adoption(rules, adopted_on, effective_on or rules.effective_on),
    ]
    for number, group in enumerate(rules.groups, 1):
        own = group.rules._replace(pools=None, proposals=None, monthly_payments=1)  # one for all
        concerned = tables_of(group.members, tables)
        of_group = find_problems(own, adopted_on=adopted_on, effective_on=effective_on, tables=concerned)
        found += [
            problem._replace(
                field=f"groups.{number}.rules.{problem.field}", message=f"{group.name}: {problem.message}"
            )
            for problem in of_group
            if problem not in found and problem.rule != SOMEBODY_PAID  # a group may be left out altogether
        ]
    in_months = components.monthly_payments(rules, effective_on or rules.effective_on)
    return [*found, *in_months, *groups(rules, tables), *find_pool_problems(rules)]


def is_refused(problems):
    return any(problem.severity == "refused" for problem in problems)


def dates(rules):
    """Periods that end before they start, and a raise outside the fiscal year."""
    for name in ("fiscal_year", "performance_period"):
        period = getattr(rules, name)
        if period.ends_on < period.starts_on:
            yield Problem(
                name,
                "dates in order",
                f"It ends {say(period.ends_on)}, before it starts {say(period.starts_on)}.",
            )
    year = rules.fiscal_year
    if year.starts_on <= year.ends_on and not year.starts_on <= rules.effective_on <= year.ends_on:
        span = f"{say(year.starts_on)} to {say(year.ends_on)}"
        message = f"{say(rules.effective_on)} is not in the fiscal year, {span}."
        yield Problem("effective_on", "dates in order", message)


def participants(rules):
    """Elected officials in merit or lump sum; nobody at all; a cut-off after the raise."""
    for field, who, on in _who_rules(rules):
        if not who.kinds:
            yield Problem(f"{field}.kinds", "somebody takes part", "No kind of position takes part.")
        if (
            "elected" in who.kinds and field != "across_the_board.who"
        ):  # there `compensation.plans.notice_checks`
            part = "tenure" if field == "tenure.who" else "merit or lump sums"
            rule = "elected officials are in no merit or lump-sum plan (PAY-3; Texas AG GA-0661)"
            message = f"Elected officials take no part in {part}, only across the board. Take them out."
            yield Problem(f"{field}.kinds", rule, message)
        if who.hired_by and who.hired_by > on:
            message = f"Hired by {say(who.hired_by)} is later than the day it counts from, {say(on)}."
            yield Problem(f"{field}.hired_by", "dates in order", message)
        if who.as_of and who.as_of > rules.fiscal_year.ends_on:
            message = f"Months are counted on {say(who.as_of)}, after the fiscal year."
            yield Problem(f"{field}.as_of", "dates in order", message)
        if not 0 <= who.at_least_fte <= money.FULL_TIME:
            yield Problem(f"{field}.at_least_fte", "FTE from 0 to 1", "The least FTE must be from 0 to 1.")
        if not 0 <= who.at_least_service_weight <= 10_000:
            message = "The least service weight must be from 0 to 100."
            yield Problem(f"{field}.at_least_service_weight", "weight from 0 to 100", message)


def across_the_board(rules):
    """A raise that takes pay away, gives nothing, or is out of all proportion."""
    rule = rules.across_the_board
    if rule is None:
        if not _pays(rules) and not any(_pays(group.rules) for group in rules.groups):
            yield Problem("rules", SOMEBODY_PAID, NOBODY_PAID)
        return
    yield from percent_in_proportion("across_the_board.percent", rule.percent)
    for name in ("at_least", "amount"):
        yield from dollars_in_proportion(f"across_the_board.{name}", getattr(rule, name))
    if not (rule.given or rule.at_least or rule.amount):
        message = "It raises nobody's pay."
        if rule.percent:
            message = f"{policy.rounded_down(rule)}, is nothing. {message}"
        yield Problem("across_the_board.percent", "an award pays something", message)


def schedule_raise(rules, tables):
    """A schedule that can't be raised as asked, that comes out wrong, or that parts from the raise of pay."""
    rule, across = rules.schedule, rules.across_the_board
    if rule is None:
        return
    if rule.percent is not None:
        yield from percent_in_proportion("schedule.percent", rule.percent)
        if across is not None and (rule.percent, 0, 0) != (across.given, across.at_least, across.amount):
            yield Problem(
                "schedule.percent",
                "schedule and pay rise together",
                "The schedule does not rise as pay does. People who stand on a step follow the schedule.",
                "warning",
            )
    if rule.between is not None and rule.between <= 0:
        message = "The percent between steps must be above zero."
        yield Problem("schedule.between", "steps rise", message)
    elif rule.between is not None:
        yield from percent_in_proportion("schedule.between", rule.between)
    for table in tables:
        from_table = schedule.problems(table)
        if not from_table and rule.divisor > 0:
            try:
                from_table = schedule.problems(raise_schedule(table, rules))
            except schedule.BadSchedule as problem:
                from_table = [str(problem)]
        yield from (Problem("schedule", "the schedule can be used", message) for message in from_table)


def grades_once(tables):
    """A grade in two schedules of a plan: nobody could say which of them holds."""
    if codes := schedule.shared_grades(tables):
        which = f"Grade {codes[0]} stands" if len(codes) == 1 else f"Grades {' and '.join(codes)} stand"
        message = f"{which} in more than one schedule of the plan, so nobody can say which holds."
        yield Problem("schedules", "each grade in one schedule", message)


def award_table(field, component, rules):
    """Gaps, overlaps, pay below fully successful, less pay for more, amounts out of proportion."""
    if component is None or component.by == "team":
        return
    field, bands = f"{field}.table", component.table
    if not any(any(band.values) for band in bands):
        yield Problem(field, "an award pays something", "No rating earns anything.")
        return
    say_rating = _level if component.by == "level" else _score
    lowest = LOWEST_EARNING_LEVEL if component.by == "level" else rules.lowest_earning_score
    for band in bands:
        if band.ends is not None and band.ends <= band.starts:
            message = f"The band from {say_rating(band.starts)} ends at {say_rating(band.ends)}."
            yield Problem(field, "bands in order", message)
        if min(band.values) < 0:
            yield Problem(field, "no negative award", f"From {say_rating(band.starts)} on it takes pay away.")
        if max(band.values) > 0 and band.starts < lowest:
            rating = say_rating(band.starts).capitalize()
            message = f"{rating} would earn. Nothing is paid below {say_rating(lowest)}."
            yield Problem(field, "no pay below fully successful (PAY-3; 5 CFR 451.104)", message)
    yield from table_in_proportion(field, component.gives, [max(band.values) for band in bands])
    if component.gives != "steps" and getattr(component, "ends_at_step", None) is not None:
        message = "Only merit in steps can end at a step."
        yield Problem("merit.ends_at_step", "steps end at a step", message)
    yield from dollars_in_proportion(field.replace("table", "at_least"), component.at_least)
    if component.gives == "amount" and component.at_least:
        message = "What is given in dollars is the amount itself: only percents and steps have a least raise."
        yield Problem(field.replace("table", "at_least"), "a least raise of percents", message)
    positions = getattr(component, "positions", None)
    if positions is not None and (
        not positions.cuts or any(higher <= lower for lower, higher in pairwise((0, *positions.cuts)))
    ):
        message = "The cuts between positions must rise, from above zero."
        yield Problem(field.replace("table", "positions.cuts"), "bands in order", message)
    yield from _joints(field, sorted(bands, key=lambda band: band.starts), component.by, say_rating, rules)


def _joints(field, bands, by, say_rating, rules):
    """Where one band meets the next: no gap, no overlap, and no less for more."""
    for lower, higher in pairwise(bands):
        if lower.ends is None or lower.ends > higher.starts:
            message = f"{say_rating(higher.starts).capitalize()} is in two rows."
            yield Problem(field, "no overlap", message)
        elif lower.ends < higher.starts:
            missing = f"from {say_rating(lower.ends)} to under {say_rating(higher.starts)}"
            if by == "level":
                missing = "for " + " and ".join(map(_level, range(lower.ends, higher.starts)))
            yield Problem(field, "no gap", f"Nothing is said {missing}.")
        pairs = list(zip(lower.values, higher.values, strict=True))  # at each position in the range
        if any(more < less or (rules.strictly_more and more == less) for less, more in pairs):
            more = "more" if rules.strictly_more else "at least as much"
            message = (
                f"{say_rating(higher.starts).capitalize()} must pay {more} than {say_rating(lower.starts)}."
            )
            if more != "more":
                message = (
                    f"{say_rating(higher.starts).capitalize()} pays less than {say_rating(lower.starts)}."
                )
            yield Problem(field, "a higher rating never pays less", message)
    lowest, highest = bands[0], bands[-1]
    if by == "level":
        missing = [*range(LOWEST_EARNING_LEVEL, lowest.starts), *range(highest.ends, HIGHEST_LEVEL + 1)]
        for level in missing:
            yield Problem(field, "no gap", f"Nothing is said for level {level}.")
    elif highest.ends is not None:
        message = f"Nothing is said from {say_rating(highest.ends)} on. Leave the last row open."
        yield Problem(field, "no gap", message)


def _pays(rules):
    return any((rules.across_the_board, rules.tenure, rules.merit, rules.lump_sum))


def maximum(rules):
    if rules.merit is not None and rules.at_maximum == "none":
        message = "Merit can carry base pay above the maximum of the range."
        yield Problem("at_maximum", "base pay within the range", message, "warning")


def open_ranges(rules, tables):
    """Merit by the position in the range, of which grades without a maximum or midpoint have none."""
    positions = rules.merit and rules.merit.positions
    if not positions:
        return
    point = "midpoint" if positions.by == "compa_ratio" else "maximum"
    codes = [grade.code for table in tables for grade in table.grades if getattr(grade, point) is None]
    if codes:
        message = f"No {point}, so no merit by the position in the range: grade {', '.join(codes)}."
        yield Problem("merit.positions", "a place in the range", message, "warning")


def employer(rules):
    """Rates of the employer's share that no county has, and a wage base of nothing."""
    rates = rules.employer
    for name, most in MOST_OF_EMPLOYER.items():
        rate = getattr(rates, name)
        if not 0 <= rate <= most:
            message = f"{money.percent(rate)} of pay is not from 0% to {most // 10_000}%."
            yield Problem(f"employer.{name}", f"at most {most // 10_000}%", message)
    if rates.social_security and rates.wage_base <= 0:
        message = f"The wage base, {money.dollars(rates.wage_base)}, is not above zero."
        yield Problem("employer.wage_base", "a wage base above zero", message)


def adoption(rules, adopted_on, effective_on):
    """Pay for service that was rendered before the order, and raises that count from a day before it.

    A county may not grant extra compensation after the service has been rendered (Texas Constitution art. III
    §53; AG opinion JC-0376). Only service from the adoption on can be rewarded; a raise of base pay from now
    on is free.
    """
    if adopted_on is None:
        return
    period = rules.performance_period
    if rules.lump_sum and adopted_on > period.ends_on:
        message = (
            f"The plan was adopted {say(adopted_on)}, after the service that it rewards had ended on"
            f" {say(period.ends_on)}."
        )
        yield Problem("lump_sum", SECTION_53, message)
    elif rules.lump_sum and adopted_on > period.starts_on and not rules.lump_sum.from_adoption_on:
        message = (
            f"The plan was adopted {say(adopted_on)}, after the service that it rewards began on"
            f" {say(period.starts_on)}. Count only service from the adoption on."
        )
        yield Problem("lump_sum.from_adoption_on", SECTION_53, message)
    elif rules.merit and rules.at_maximum == "split" and adopted_on > period.starts_on:
        message = (
            f"Merit above the maximum is paid once, and the plan was adopted {say(adopted_on)}, after the"
            f" rated service began on {say(period.starts_on)}. Ask county counsel."
        )
        yield Problem("at_maximum", SECTION_53, message, "warning")
    if rules.tenure and rules.tenure.paid_once and adopted_on > rules.fiscal_year.starts_on:
        message = (
            f"Tenure is paid once, and the plan was adopted {say(adopted_on)}, after the fiscal year began on"
            f" {say(rules.fiscal_year.starts_on)}. Only service from the adoption on can earn it. Ask county"
            " counsel."
        )
        yield Problem("tenure.paid_once", SECTION_53, message, "warning")
    if (rules.across_the_board or rules.tenure or rules.merit) and effective_on < adopted_on:
        message = (
            f"The raise counts from {say(effective_on)}, before the plan was adopted on {say(adopted_on)}."
        )
        yield Problem("effective_on", "no raise before its order (Texas AG JC-0376)", message)


def _who_rules(rules):
    yield "who", rules.who, max(rules.day_of(rules.merit), rules.day_of(rules.lump_sum))
    for name in ("across_the_board", "tenure", "merit", "lump_sum"):
        component = getattr(rules, name)
        if component is not None and component.who is not None:
            yield f"{name}.who", component.who, rules.day_of(component)


def _level(level):
    return f"level {level}"


def _score(score):
    return f"a score of {money.plain(score, 2, at_least=2)}"
