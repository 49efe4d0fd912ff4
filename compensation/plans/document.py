"""The document of a stored plan (`compensation.pay.document`), and a document put into a draft."""

import json
from typing import NamedTuple

from compensation.conditions import conditions_of, read_schedules
from compensation.pay import document
from compensation.pay.periods import say
from compensation.pay.rules import BadRules, Problem
from compensation.pay.written_rules import dump
from compensation.plans.years import period_of
from evaluations.models import Cycle
from organization.refusal import Refused

MOST_BYTES = 2**20
LONGEST_TITLE = 160


def document_of(plan, conditions=None):
    """The Document of a plan as it is in memory; with its `conditions` it can be computed.

    Raises BadRules with all that can't be read.
    """
    parts = {"county_hr_pay_plan": document.FORMAT, "title": plan.title}
    found = document.read(parts | {"rules": plan.rules, "examples": plan.examples})
    if conditions is None:
        return found
    first, *further = read_schedules(conditions) or [(None, None)]
    periods = document.PayPeriods(conditions.pay_anchor_on, conditions.pay_period_days)
    return found._replace(
        adopted_on=plan.action.meeting_on if plan.action else None,
        pay_periods=periods if conditions.pay_anchor_on else None,
        schedule=first[0],
        raised_schedule=first[1],
        further_schedules=tuple(further),
        notices=conditions.noticed,
    )


def written(plan):
    """The JSON text of a plan's document, with the schedule and the pay periods of its day."""
    whole = document.write(document_of(plan, conditions_of(plan)))
    return json.dumps(whole | {"examples": examples_of(plan)}, ensure_ascii=False, indent=1) + "\n"


def examples_of(plan):
    """A plan's examples as they are stored: in the form of its document, each without a made-up number."""
    found = document.write(document_of(plan))["examples"]
    for number, example in enumerate(found, 1):
        if example["case"].get("number") == f"Example {number}":
            del example["case"]["number"]
    return found


class PutIn(NamedTuple):
    """What a document changes of a draft: what `services.save_plan` takes, and what is left as it is."""

    changes: dict
    notes: list  # sentences


def put_into(plan, content):
    """What the document in `content` (bytes) would change of a draft; nothing is saved.

    Raises Refused, with (field, sentence) for all that is wrong in `details["problems"]`.
    """
    data = _loaded(content)
    try:
        found = document.read(data)
    except BadRules as bad:
        raise _refused(bad.problems) from None
    cycle = _cycle_of(found.rules) or plan.cycle
    problems = [*_unprintable(data), *_of_another_year(plan, found, cycle)]
    if problems:
        raise _refused(problems)
    plan_like = type(plan)(title=found.title, rules=dump(found.rules), examples=data.get("examples") or [])
    changes = {
        "title": found.title,
        "rules": plan_like.rules,
        "examples": examples_of(plan_like),
        "cycle_id": cycle and cycle.pk,
    }
    return PutIn(changes, list(_left_alone(plan, found)))


def _loaded(content):
    if len(content) > MOST_BYTES:
        raise Refused("The file is larger than 1 MB. A pay plan’s document is much smaller.")
    try:
        return json.loads(content.decode("utf-8-sig"), object_pairs_hook=_once)
    except UnicodeDecodeError:
        raise Refused("The file is not a text in UTF-8, so it is not JSON.") from None
    except RecursionError:
        raise Refused("The file is nested too deeply for a pay plan.") from None
    except json.JSONDecodeError as problem:
        raise Refused(f"The file is not JSON: line {problem.lineno}, column {problem.colno}.") from None
    except ValueError as problem:
        raise Refused(f"The file can’t be read: {problem}") from None


def _once(pairs):
    """An object of JSON; a name that is there twice would silently lose the first."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"“{twice}” is there twice in one place.")
    return found


def _cycle_of(rules):
    """The evaluation cycle whose period is the performance period; None where there is none."""
    starting = Cycle.objects.filter(starts_on=rules.performance_period.starts_on)
    return next((each for each in starting if period_of(each) == rules.performance_period), None)


def _unprintable(data):
    """Characters that no page shows and a title that has no room."""
    for field, words in _texts(data):
        if not all(each.isprintable() or each in "\n\t" for each in words):
            yield Problem(field, "form", "A character of this text can’t be shown.")
    if len(str(data.get("title") or "")) > LONGEST_TITLE:
        yield Problem("title", "form", f"The title is longer than {LONGEST_TITLE} characters.")


def _texts(data, field=""):
    if isinstance(data, str):
        yield field, data
    elif isinstance(data, dict):
        for name, value in data.items():
            yield field, name
            yield from _texts(value, f"{field}.{name}".strip("."))
    elif isinstance(data, list):
        for number, value in enumerate(data, 1):
            yield from _texts(value, f"{field}.{number}")


def _of_another_year(plan, found, cycle):
    """A document of another fiscal year, or that pays for a period whose ratings are nowhere."""
    year = found.rules.fiscal_year
    if year.ends_on.year != plan.fiscal_year:
        ends = say(year.ends_on)
        message = f"The document is of the fiscal year that ends {ends}; the draft is of {plan.fiscal_year}."
        yield Problem("rules.fiscal_year", "one fiscal year", message)
    period = found.rules.performance_period
    rated = found.rules.merit or found.rules.lump_sum
    if rated and (cycle is None or period_of(cycle) != period):
        message = (
            f"No evaluation cycle is from {say(period.starts_on)} to {say(period.ends_on)}, so there are no "
            "ratings to pay."
        )
        yield Problem("rules.performance_period", "a rating to pay by", message)


def _left_alone(plan, found):
    """What a document says and the county has of its own: sentences."""
    conditions = conditions_of(plan)
    own = document_of(plan, conditions)
    if any(table not in own.tables for table in found.tables):
        codes = " and ".join(plan.schedule_codes)
        yield (
            f"A schedule in the document is not the county’s {codes} of {say(plan.base_on)}. "
            "The plan goes by the county’s."
        )
    if found.pay_periods and found.pay_periods != own.pay_periods:
        yield "The pay periods in the document are not the county’s. The plan goes by the county’s."
    if found.adopted_on:
        yield f"The document was adopted {say(found.adopted_on)}. The draft needs an order of its own."


def _refused(problems):
    told = [(problem.field, problem.message) for problem in problems]
    return Refused("The document can’t be used. Nothing was changed.", details={"problems": told})
