"""What a head decided for a person in place of what the plan's table gives (PAY-8)."""


def decided(case, plan, gives, guideline):
    """What a head decided in place of the guideline: (reasons, in what, value).

    Only for a level within the plan's limits: what is below fully successful never earns.
    """
    if case.level not in plan.limits:
        return None, gives, guideline
    proposed = case.proposed
    if proposed is None or (gives, proposed.gives) == ("amount", "percent"):
        if plan.rules.proposals.without == "guideline":
            return None, gives, guideline
        return ["not_proposed"], gives, 0
    if not proposed.value:
        return ["proposed_nothing"], gives, 0
    return None, gives if proposed.gives == gives else "own", proposed.value
