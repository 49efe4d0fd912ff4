"""What a head may propose for one person, and what it costs: by the very function that computes the run.

`case` is a PayCase, `plan` from `preparation.prepare` of rules with pools and proposals.
"""

from functools import lru_cache
from typing import NamedTuple

from compensation.pay import money, proposed
from compensation.pay.calculation import award
from compensation.pay.case import Proposed
from compensation.pay.preparation import terms_of

UNITS = {"percent": 4, "amount": 2}
OF_THE_RATING = frozenset(
    {
        *("no_rating", "level_too_low", "score_too_low", "rating_earns_nothing", "last_step", "merit_ends"),
        *("service_weight_unknown", "service_weight_too_low", "not_proposed", "proposed_nothing"),
    }
)
NAMES = {"merit": "merit", "lump_sum": "lump"}  # of the component, in an award's reasons


class Span(NamedTuple):
    """Between what a head may propose for a person, as the component gives: millionths or cents."""

    gives: str
    guideline: int
    least: int
    most: int

    def __str__(self):
        return f"{self.write(self.least)} to {self.write(self.most)}"

    def write(self, value):
        return proposed.write(Proposed(self.gives, value))


def span(case, plan):
    """The `Span` for a person; None where nothing can be proposed for him: the award's reasons say why."""
    plan = plan.of(case)
    limit = plan.limits.get(case.level)
    if plan.proposed is None or limit is None:
        return None
    asked = case._replace(proposed=Proposed(limit.gives, limit.most))
    if _reasons(award(asked, plan), plan.proposed) - {"proposed_nothing"}:
        return None
    by_table = plan._replace(proposed=None)
    given = award(case._replace(proposed=None), by_table)
    guideline = given.merit_value if plan.proposed == "merit" else given.lump_value
    return Span(limit.gives, guideline, limit.least, limit.most)


def why_nothing(case, plan):
    """The codes of why nothing can be proposed, as the award of the guideline has them."""
    plan = plan.of(case)
    return sorted(_reasons(award(case._replace(proposed=None), plan._replace(proposed=None)), plan.proposed))


def payroll(case, plan):
    """Yearly base pay on which the component is taken, in cents; None for who takes no part in it.

    What somebody is rated plays no part: a pool is known before the ratings are.
    """
    plan = plan.of(case)
    given = award(case._replace(proposed=None), plan._replace(proposed=None))
    return payroll_by(plan.rules)(given)


def payroll_by(rules):
    """What tells the same of an award by the table of a person's `rules`, without a proposal."""
    component = rules.pools.component
    rule = getattr(rules, component)
    before = rule and (rules.order == "additive" if component == "merit" else rule.base_used == "old")

    def payroll_in(given):
        if rule is None or (given.reasons and _takes_no_part(given.reasons, component)):
            return None
        return given.old_annual if before else given.new_annual - given.merit

    return payroll_in


def cost(case, plan):
    """What the component costs for a person as his case stands: cents a year and once.

    With the employer's share where the pools pay that.
    """
    plan = plan.of(case)
    pay, employer = cost_in(award(case, plan), case, plan)
    return pay + employer if plan.rules.pools.with_employer else pay


def cost_in(given, case, plan):
    """What the component is of an award, in cents: (pay of a year and once, the employer's share on it).

    The difference to the same person without it, longevity left alone, which no pool pays; `plan` is the one
    of the person.
    """
    component = plan.rules.pools.component
    if getattr(plan.rules, component) is None or not (given.merit or given.awarded_once):
        return 0, 0
    once, on_once = given.awarded_once, given.fica_lump + given.retirement_lump
    if component == "merit":
        # All that is paid once is what merit passes the maximum by.
        if not given.lump_sum and given.uncapped_raise == given.raised_rate:
            return given.merit + once, given.fica_merit + given.retirement_merit + on_once
    elif not given.excess:
        return once, on_once
    without = plan._replace(proposed=None, **{f"{NAMES[component]}_gate": None})
    if component == "merit":
        without = without._replace(rules=plan.rules._replace(merit=None))
    other = award(case, without)
    (pay, employer), (pay_without, employer_without) = map(_but_tenure, (given, other))
    return pay - pay_without, employer - employer_without


def _but_tenure(line):
    """Pay of a year and once, without longevity, and the employer's share but for that on tenure."""
    employer = line.fica - line.fica_tenure + line.retirement - line.retirement_tenure
    return line.new_annual + line.awarded_once, employer


def problem(case, plan):
    """What is wrong with a case's proposal, as a sentence; empty where it may be made, or there is none."""
    plan = plan.of(case)
    given = case.proposed
    if given is None:
        return ""
    room = span(case, plan)
    if room is None:
        return "Nothing can be proposed here."
    if not _within(case, plan, room):
        return f"{proposed.write(given)} is not within {room}, the limits for level {case.level}."
    multiple = plan.rules.proposals.multiple_of
    if given.gives == "percent" and multiple and given.value % multiple:
        return f"{proposed.write(given)} is not a multiple of {money.percent(multiple)}."
    return ""


def needs_reason(case, plan):
    """Whether the plan asks for a written reason for a case's proposal, which may be made."""
    plan = plan.of(case)
    rule, given = plan.rules.proposals, case.proposed
    if given is None or rule.reason == "never":
        return False
    return rule.reason == "always" or is_off(case, plan)


def is_off(case, plan):
    """Whether a case's proposal is another award than the guideline's."""
    plan, given = plan.of(case), case.proposed
    room = given and span(case, plan)
    if room is None:
        return False
    if given.gives == room.gives:
        return given.value != room.guideline
    return _gain(case, plan, given) != _gain(case, plan, Proposed(room.gives, room.guideline))


def _within(case, plan, room):
    given = case.proposed
    if given.gives == room.gives:
        return room.least <= given.value <= room.most
    if room.gives == "amount":  # and a percent is proposed
        return False
    least, most = (_gain(case, plan, Proposed(room.gives, end)) for end in (room.least, room.most))
    return least <= _gain(case, plan, given) <= most


def _gain(case, plan, given):
    """What a proposal would give, the part over the maximum too, in cents."""
    figures = award(case._replace(proposed=given), plan)
    return figures.new_annual + figures.excess + figures.forfeited + figures.lump_sum


def fit(case, plan, target):
    """The amount to propose so that it costs no more than `target` cents, and as nearly that as it can.

    Of the amounts that come to the same award, since hourly rates rise in steps, it is that award itself
    where it may be proposed.
    """
    found = largest(case, plan, target)
    nothing = _gain(case, plan, Proposed("amount", 0))
    paid = found._replace(value=_gain(case, plan, found) - nothing)
    least, most = _ends(case, plan)
    same = least <= paid.value <= most and _gain(case, plan, paid) - nothing == paid.value
    return paid if same else found


def largest(case, plan, target):
    """The largest amount that may be proposed and does not cost more than `target` cents.

    Between least and most; the least, where even that costs more.
    """
    low, high = _ends(case, plan)
    if cost(case._replace(proposed=Proposed("amount", low)), plan) > target:
        return Proposed("amount", low)
    while low < high:
        middle = (low + high + 1) // 2
        if cost(case._replace(proposed=Proposed("amount", middle)), plan) <= target:
            low = middle
        else:
            high = middle - 1
    return Proposed("amount", low)


def _ends(case, plan):
    """The least and the most that may be proposed, as amounts in cents."""
    room = span(case, plan)
    if room.gives == "amount":
        return room.least, room.most
    nothing = _gain(case, plan, Proposed(room.gives, 0))
    return [_gain(case, plan, Proposed(room.gives, end)) - nothing for end in (room.least, room.most)]


def _reasons(given, component):
    return _codes(given.reasons, component)


@lru_cache(maxsize=1024)
def _takes_no_part(reasons, component):
    return bool(_codes(reasons, component) - OF_THE_RATING)


def _codes(reasons, component):
    names = (NAMES[component], "all")
    return {code for name, _, code in (reason.partition(":") for reason in reasons) if name in names}


def compa_ratio(case, plan):
    """The rate after the raise over the midpoint of its range, in hundredths; None without a range."""
    plan = plan.of(case)
    terms = terms_of(case, plan, case.hours_per_year or plan.rules.hours_per_year)
    if terms is None or not terms.midpoint:
        return None
    return money.half_up(award(case, plan).tenure_rate * 100, terms.midpoint)
