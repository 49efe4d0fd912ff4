"""When each component counts for a person, and how much of a year or of a career has passed by then."""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from compensation.pay import periods
from compensation.pay.periods import months_before

MANY_DAYS = 1 << 15  # hire dates of a large county: a scenario asks for the same ones at each turn
UNKNOWN = {"hired_on": "hire_date_unknown", "in_position_since": "position_date_unknown"}


class Dates(NamedTuple):
    """From which day each part of an award counts; None for a day that can't be known."""

    raise_on: date  # across the board, the new minimum
    tenure_on: date | None  # of the raise by tenure, or of longevity
    merit_on: date | None
    once_on: date | None  # the day on which what is paid once is paid, but for longevity


class Given(NamedTuple):
    """What of an award its days hang on."""

    passes_maximum: bool = False  # a part of merit is paid once
    by_years: bool = False  # tenure raises base pay


def dates_of(case, plan, given=Given()):  # noqa: B008 - never changed
    """The Dates of a case under a prepared plan; `given` is the Award, or what is Given.

    Each component counts with the raise where the plan names no day for it. Merit of whom tenure
    raises is taken on that raise, and begins no earlier. What merit carries over the maximum is not paid
    before merit begins, and waits for no lump sum of a later year.
    """
    plan = plan.of(case)
    tenure, merit, lump = plan.rules.tenure, plan.rules.merit, plan.rules.lump_sum
    tenure_on = _begins_on(case, plan, tenure, tenure.months_past) if tenure else plan.effective_on
    merit_on, once_on = (_begins_on(case, plan, part) for part in (merit, lump))
    if given.by_years and tenure_on and merit_on:
        merit_on = max(merit_on, tenure_on)
    if once_on and not _has_come(case, lump, plan.rules):
        once_on = plan.effective_on
    if given.passes_maximum and merit_on and once_on:
        once_on = max(once_on, merit_on)
    return Dates(plan.effective_on, tenure_on, merit_on, once_on)


def has_own_days(plan):
    """Whether a prepared plan, or the rules of a group in it, names another day than that of the raise."""
    parts = (plan.rules.tenure, plan.rules.merit, plan.rules.lump_sum)
    return any(part and part.begins for part in parts) or any(
        own.effective_on != plan.effective_on or has_own_days(own) for _, own in plan.groups
    )


def own_day(case, begins, rules, months=0):
    """The day that `begins` names for a case, before any pay period; None where it can't be known.

    An anniversary is the day of the fiscal year on which whole years have passed, the first at the earliest;
    of February 29 the last day of February. With `months` it is so many months after each anniversary, and
    after the day itself.
    """
    if begins is None or (begins.on is None and begins.anniversary is None):
        return rules.effective_on
    if begins.on is not None:
        return begins.on
    since = getattr(case, begins.anniversary)
    return since and _anniversary(since, rules.fiscal_year, rules.effective_on, months)


def tenure_day(case, rules):
    """The `own_day` of tenure: each year the day on which the months of its first row have passed again."""
    return own_day(case, rules.tenure.begins, rules, rules.tenure.months_past)


@lru_cache(maxsize=MANY_DAYS)
def _anniversary(since, year, effective_on, months):
    first = periods.months_after(since, months)
    for count in (year.starts_on.year - first.year, year.ends_on.year - first.year):
        day = periods.months_after(since, months + 12 * max(count, 0 if months else 1))
        if day >= year.starts_on:
            break
    return max(day, effective_on)


_pay_day = lru_cache(maxsize=MANY_DAYS)(periods.effective_date)


def not_begun(case, begins, rules, months=0):
    """Codes of what keeps a component with an anniversary from somebody; none for who has it this year."""
    day = own_day(case, begins, rules, months)
    if day is None:
        return [UNKNOWN[begins.anniversary]]
    if day > rules.fiscal_year.ends_on:
        return ["anniversary_later"]
    if case.separated_on is not None and case.separated_on <= day:
        return ["separated"]
    return []


def _begins_on(case, plan, component, months=0):
    begins = component and component.begins
    if begins is None or (begins.on is None and begins.anniversary is None):
        return plan.effective_on
    day = own_day(case, begins, plan.rules, months)
    found = day and _pay_day(day, begins.rule, plan.anchor, plan.period_length)
    return found and max(found, plan.effective_on)


def _has_come(case, component, rules):
    """Whether the day of a component is in the fiscal year; an anniversary may come later."""
    day = own_day(case, component.begins if component else None, rules)
    return day is None or day <= rules.fiscal_year.ends_on


def service(case, rules, period, on):
    """The part of `period` that counts, as (days, of days); (0, n) where the hire date is not known.

    By months it is calendar months from the hire to the day `on`, of 12.
    """
    hired_on = case.hired_on
    if rules.proration.by == "months":
        if hired_on is None:
            return 0, 12
        return min(max(periods.months_between(hired_on, on), 0), 12), 12
    if hired_on is None:
        return 0, (period.ends_on - period.starts_on).days + 1
    if hired_on <= period.starts_on:
        return 1, 1
    return periods.days_of_service(period.starts_on, period.ends_on, hired_on)


def whole_months(since, on):
    """Whole months that have passed from `since` on the day `on`; fewer than none count as none."""
    months = max(periods.months_between(since, on), 0)
    return months - 1 if months and months_before(on, months) < since else months


def in_words(months):
    """Months as people say them: `18` is `1 year and 6 months`."""
    years, rest = divmod(months, 12)
    words = [f"{years} year{'s' if years != 1 else ''}"] if years else []
    if rest or not years:
        words.append(f"{rest} month{'s' if rest != 1 else ''}")
    return " and ".join(words)
