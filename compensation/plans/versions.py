"""Two versions of a plan side by side, rule by rule, in the words in which a plan is adopted."""

from typing import NamedTuple

from compensation.pay import periods
from compensation.pay.policy import sentences
from compensation.pay.written_rules import parse
from compensation.plans.examples import said
from jobs.differences import words
from look import formats
from organization.models import PayCalendar


class Change(NamedTuple):
    """A rule that both versions don't say alike, as pieces of words; a side without the rule is empty."""

    title: str
    was: list
    now: list


def difference(old, new):
    """Every `Change` from one plan to another, in the order of the rules; none where they say the same."""
    calendar = PayCalendar.objects.first()
    before, after = told(old, calendar), told(new, calendar)
    titles = [*after, *(title for title in before if title not in after)]
    changed = [title for title in titles if before.get(title) != after.get(title)]
    return [Change(title, *words(before.get(title, ""), after.get(title, ""))) for title in changed]


def told(plan, calendar):
    """All that a plan says, sentence by title: what goes with its rules, the rules, and the examples."""
    rules = parse(plan.rules)
    effective_on = effective_day(rules, calendar)
    found = {
        "Title": plan.title,
        "Ratings": plan.cycle.name if plan.cycle else "",
        "Base pay": f"Base pay, position and range are those of {formats.record_date(plan.base_on)}.",
        "Table": schedules_in_words(plan),
    }
    said_of_all = sentences(rules, effective_on=effective_on, base_on=plan.base_on)
    said_of_all += [(f"Example: {example['says']}", said(example)) for example in plan.examples]
    for title, sentence in said_of_all:
        while title in found:  # two groups or examples of one name
            title += " (another)"
        found[title] = sentence
    return found


def schedules_in_words(plan):
    first, *others = plan.schedule_codes
    return f"The schedules are {', '.join((first, *others))}." if others else f"The schedule is {first}."


def effective_day(rules, calendar):
    """The day from which new pay counts; the day of the rules where no pay calendar says more."""
    try:
        return periods.effective_date(
            rules.effective_on,
            rules.effective_rule,
            calendar and calendar.anchor_on,
            calendar.length_days if calendar else 14,
        )
    except ValueError:
        return rules.effective_on
