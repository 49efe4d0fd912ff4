"""The same awards by rating as a raise of base pay, as a lump sum, or as part of each (PAY-7).

What else the plan gives stays as it is, whichever way is taken.
"""

from typing import NamedTuple

from compensation.pay.rules import MEASURES, LumpSum, Merit, Rules

WHOLE = 2  # halves
BOTH = ("merit", "lump_sum")


class Way(NamedTuple):
    """The plan paid one way, as rules that are computed one by one and added up, for a plan has but one merit
    and one lump sum.

    What `less` gives is taken off again: it is in two of `added`. `on_top` is computed on the pay that the
    first of `added` gives, and is None where nothing is.
    """

    added: tuple[Rules, ...]
    less: tuple[Rules, ...] = ()
    on_top: Rules | None = None


def component_of(rules):
    """Which component can be paid either way: "merit", else "lump_sum"; None for neither.

    It is the plan's, or where the plan has none that of the first group that has one.
    """
    of_all = (rules, *(group.rules for group in rules.groups))
    return next((name for own in of_all for name in BOTH if can_be_either(getattr(own, name))), None)


def can_be_either(component):
    """Whether a component can be a raise and a lump sum alike: a percent or dollars by rating alone.

    Steps and positions in the range are of base pay; total earnings and the result of a team are paid once.
    """
    return (
        component is not None
        and component.gives in ("percent", "amount")
        and component.by in MEASURES
        and not getattr(component, "positions", None)
    )


def way(rules, name, halves):
    """The Way in which so many `halves` of component `name` are a raise of base pay and the rest a lump sum.

    A group with a table of its own has its own, in the same parts. What can't be either stays as it is, as
    does the plan's other component. Merit that is paid once goes to the same people, from the same day, on
    the same base, for the same part of a year; so does a lump sum that raises base pay, which is taken on
    base pay after merit.
    """
    if name == "lump_sum":
        once = _each(rules, _scaled, name, WHOLE - halves)
        if not halves:
            return Way((once,))
        return Way((_each(once, _without_longevity),), on_top=_each(rules, _lump_raised, halves))
    raised = _each(rules, _scaled, name, halves)
    if halves == WHOLE:
        return Way((raised,))
    both = _each(rules, _merit_once, halves)
    if not has_other(rules, name):
        return Way((both,))
    return Way((both, raised), less=(_each(raised, _without, "lump_sum"),))


def without(rules, name):
    """The plan without what of component `name` can be either."""
    return _each(rules, _scaled, name, 0)


def only_raises(rules):
    """The plan without any lump sum."""
    return _each(rules, _without, "lump_sum")


def _each(rules, change, *how):
    """The rules with a change of their components, in the plan and in each group."""
    groups = tuple(group._replace(rules=change(group.rules, *how)) for group in rules.groups)
    return change(rules, *how)._replace(groups=groups)


def _without(rules, name):
    return rules._replace(**{name: None})


def _without_longevity(rules):
    return rules._replace(tenure=None) if rules.tenure and rules.tenure.paid_once else rules


def _scaled(rules, name, halves):
    """So many halves of a component, of an odd figure the larger one where it is paid once."""
    part = getattr(rules, name)
    if halves == WHOLE or not can_be_either(part):
        return rules
    return rules._replace(**{name: _halved(part, halves, is_once=name == "lump_sum") if halves else None})


def _halved(part, halves, *, is_once):
    def of(value):
        return value - value * (WHOLE - halves) // WHOLE if is_once else value * halves // WHOLE

    table = tuple(band._replace(value=of(band.value)) for band in part.table)
    return part._replace(table=table, at_least=of(part.at_least))


def _merit_once(rules, halves):
    """Merit in part as a lump sum, in place of the plan's own."""
    part = rules.merit
    if not can_be_either(part):
        return rules._replace(lump_sum=None)
    once = _halved(part, WHOLE - halves, is_once=True)
    lump = LumpSum(
        gives=part.gives,
        by=part.by,
        who=part.who,
        begins=part.begins,
        table=once.table,
        at_least=once.at_least,
        base_used="raised" if rules.order == "compounded" else "old",
        from_adoption_on=rules.lump_sum is not None and rules.lump_sum.from_adoption_on,
    )
    merit = _halved(part, halves, is_once=False) if halves else None
    return rules._replace(merit=merit, lump_sum=lump, proration=_prorated(rules, "merit"))


def _lump_raised(rules, halves):
    """Nothing but the lump sum in part as merit, and longevity, which is taken on the pay after it."""
    part, merit = rules.lump_sum, None
    if can_be_either(part):
        raised = _halved(part, halves, is_once=False)
        merit = Merit(
            *(part.gives, part.by, raised.table), who=part.who, begins=part.begins, at_least=raised.at_least
        )
    others = dict.fromkeys(("across_the_board", "schedule", "lump_sum"))
    tenure = rules.tenure if rules.tenure and rules.tenure.paid_once else None
    return rules._replace(
        **others, tenure=tenure, merit=merit, order="compounded", proration=_prorated(rules, "lump_sum")
    )


def _prorated(rules, name):
    """The proration, with merit and lump sum for such a part of a year as component `name`."""
    others = tuple(each for each in rules.proration.components if each not in BOTH)
    both = BOTH if name in rules.proration.components else ()
    return rules.proration._replace(components=others + both)


def own_tables(rules, name):
    """Names of the groups with a table of their own that can be either."""
    return [
        group.name
        for group in rules.groups
        if name in group.own and can_be_either(getattr(group.rules, name))
    ]


def left_out(rules, name):
    """Names of the groups whose awards can be paid in one way alone, so that no choice changes them."""
    return [
        group.name
        for group in rules.groups
        if getattr(group.rules, name) is not None and not can_be_either(getattr(group.rules, name))
    ]


def has_other(rules, name):
    """Whether the plan or a group has the other component, too."""
    (other,) = (each for each in BOTH if each != name)
    return any(getattr(own, other) is not None for own in (rules, *(group.rules for group in rules.groups)))
