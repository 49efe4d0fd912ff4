"""What is wrong with groups that have rules of their own (PAY-3)."""

from compensation.pay.preparation import raise_schedule, tables_of
from compensation.pay.rules import Members, Problem
from compensation.pay.schedule import BadSchedule

TABLE = "the table that pay goes by"


def groups(rules, tables):
    """Groups without a condition, with the name of another, or that an earlier one leaves nobody to; and
    those whose table the order does not put in force.
    """
    for number, group in enumerate(rules.groups, 1):
        field, earlier = f"groups.{number}", rules.groups[: number - 1]
        if not any(group.members):
            yield Problem(
                f"{field}.members", "a group is a part", f"{group.name} has no condition: it is everybody."
            )
        if group.rules.schedule and not rules.schedule:
            message = (
                f"{group.name} goes by a schedule that rises, and the plan raises none, so its order puts no "
                "table in force. Put the table of those grades in force under Pay structure."
            )
            yield Problem(f"{field}.rules.schedule", TABLE, message, "warning")
        elif _has_table_of_its_own(group, rules, tables):
            message = (
                f"{group.name} is not known by grades alone, so the raised table that follows from its"
                " own rules holds in this calculation only. The order puts one table in force for each grade,"
                " that of the plan. Give these positions grades of their own if theirs is to be in force."
            )
            yield Problem(f"{field}.members", TABLE, message, "warning")
        if group.name in [other.name for other in earlier]:
            yield Problem(f"{field}.name", "a group once", f"{group.name} is there more than once.")
        for other in earlier:
            if any(other.members) and _covers(other.members, group.members):
                message = f"Nobody is left for {group.name}: they all belong to {other.name} before it."
                yield Problem(f"{field}.members", "somebody takes part", message)


def _has_table_of_its_own(group, rules, tables):
    """Whether a group goes by a raised table that no order puts in force: other positions stand in its
    grades, too, and they rise as the plan says (`preparation.raised_tables`).
    """
    if rules.schedule is None or group.members == Members(grades=group.members.grades):
        return False
    try:
        return any(
            raise_schedule(table, group.rules) != raise_schedule(table, rules)
            for table in tables_of(group.members, tables)
        )
    except (BadSchedule, ZeroDivisionError):  # told by the check of the schedule
        return False


def _covers(wide, narrow):
    """Whether everybody of the narrow members is in the wide ones, as far as their conditions tell."""
    return all(
        not wanted or (has and set(has) <= set(wanted)) for wanted, has in zip(wide, narrow, strict=True)
    )
