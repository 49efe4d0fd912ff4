"""The same awards by rating as a raise of base pay, as a lump sum, or as part of each (PAY-7)."""

from compensation.pay.rules import MEASURES, LumpSum, Merit

WHOLE = 2  # halves
BOTH = ("merit", "lump_sum")


def component_of(rules):
    """Which component of the plan can be paid either way: "merit", else "lump_sum"; None for neither."""
    return next((name for name in BOTH if can_be_either(getattr(rules, name))), None)


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


def paid(rules, name, halves):
    """The rules with so many `halves` of component `name` as a raise of base pay and the rest as a lump sum.

    A group with a table of its own has its own, in the same parts. What can't be either is in neither, as is
    the plan's other component: they are the same whatever is chosen.
    """
    groups = tuple(group._replace(rules=_paid(group.rules, name, halves)) for group in rules.groups)
    return _paid(rules, name, halves)._replace(groups=groups)


def _paid(rules, name, halves):
    """Both go to the same people, from the same day, on the same base, for the same part of a year."""
    part, merit, lump = getattr(rules, name), None, None
    if can_be_either(part):
        raised = [(band, band.value * halves // WHOLE) for band in part.table]
        same = {"gives": part.gives, "by": part.by, "who": part.who, "begins": part.begins}
        merit = Merit(**same, table=tuple(band._replace(value=value) for band, value in raised))
        lump = LumpSum(
            **same,
            table=tuple(band._replace(value=band.value - value) for band, value in raised),
            base_used="raised" if rules.order == "compounded" else "old",
            from_adoption_on=rules.lump_sum is not None and rules.lump_sum.from_adoption_on,
        )
    others = tuple(each for each in rules.proration.components if each not in BOTH)
    prorated = others + BOTH if name in rules.proration.components else others
    return rules._replace(
        merit=merit if halves else None,
        lump_sum=lump if halves < WHOLE else None,
        proration=rules.proration._replace(components=prorated),
    )


def own_tables(rules, name):
    """Names of the groups with a table of their own that can be either."""
    return [
        group.name
        for group in rules.groups
        if name in group.own and can_be_either(getattr(group.rules, name))
    ]


def left_out(rules, name):
    """Names of the groups whose awards can be paid in one way alone, so that no choice counts them."""
    return [
        group.name
        for group in rules.groups
        if getattr(group.rules, name) is not None and not can_be_either(getattr(group.rules, name))
    ]


def has_other(rules, name):
    """Whether the plan or a group has the other component, too."""
    (other,) = (each for each in BOTH if each != name)
    return any(getattr(own, other) is not None for own in (rules, *(group.rules for group in rules.groups)))
