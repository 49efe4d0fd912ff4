"""A plan's rules read from JSON and written back: one shape for each part that `rules` has.

In JSON, percentages, dollars, scores and FTE are texts ("2.2507", "1500.00"), so that no float ever touches
them; days are "2026-10-01". A rule that is left out has its default; a key that is not known is refused.
"""

from compensation.pay import money, periods, schedule
from compensation.pay.codecs import DAY, TEXT, Codec, figure, one_of, optional, several, some_of, whole
from compensation.pay.employer import EmployerRates
from compensation.pay.monthly import MOST_PAYMENTS
from compensation.pay.pool_rules import Pools, Proposals
from compensation.pay.proposed import LIMITS, OWN_POOLS
from compensation.pay.rules import (
    KINDS,
    MEASURES,
    POSITIONS,
    SINCE,
    VALUES,
    AcrossTheBoard,
    BadRules,
    Band,
    Begin,
    Group,
    LumpSum,
    Members,
    Merit,
    Period,
    Positions,
    Problem,
    Proration,
    Rounding,
    Rules,
    ScheduleRaise,
    Service,
    Team,
    Tenure,
    Who,
)
from compensation.pay.written_tables import (
    DOLLARS,
    MULTIPLE,
    PERCENT,
    RATED,
    SCORE,
    TENURE_GIVES,
    UNITS,
    columns,
    read_bands,
    read_service,
    read_value,
    write_band,
    write_service,
)

SWITCH = one_of(True, False)
MONTHS = whole(0, 600)
KIND_NAMES, SET_BY_NAMES = some_of(*KINDS), some_of("court", "judges", "grant", "state")

SHAPES = {
    Period: {"starts_on": DAY, "ends_on": DAY},
    Who: {
        "kinds": KIND_NAMES,
        "court_only": SWITCH,
        "grant_funded": SWITCH,
        "hired_by": optional(DAY),
        "months_of_service": MONTHS,
        "months_in_position": MONTHS,
        "months_since_promotion": MONTHS,
        "months_since_merit": MONTHS,
        "as_of": optional(DAY),
        "at_least_fte": figure(money.read_fte, 4),
        "at_least_level": optional(whole(1, 9)),
        "at_least_score": optional(RATED),
        "at_least_service_weight": SCORE,
        "grades_left_out": several(TEXT),
    },
    AcrossTheBoard: {
        "percent": PERCENT,
        "at_least": DOLLARS,
        "amount": DOLLARS,
        "stops_at_maximum": SWITCH,
        "who": Who,
        "rounded_down_to": optional(MULTIPLE),
    },
    ScheduleRaise: {
        "method": one_of(*schedule.METHODS),
        "percent": optional(PERCENT),
        "place": one_of(*money.PLACES),
        "divisor": whole(1, 1000),
        "between": optional(PERCENT),
        "lift_to_minimum": SWITCH,
    },
    Begin: {
        "on": optional(DAY),
        "anniversary": optional(one_of(*SINCE)),
        "rule": one_of(*periods.RULES),
    },
    Tenure: {
        "gives": one_of(*TENURE_GIVES),
        "table": Service,
        "since": one_of(*SINCE),
        "as_of": optional(DAY),
        "who": Who,
        "begins": Begin,
        "paid_once": SWITCH,
    },
    Positions: {"by": one_of(*POSITIONS), "cuts": several(SCORE)},
    Merit: {
        "gives": one_of(*VALUES),
        "by": one_of(*MEASURES),
        "positions": Positions,
        "table": Band,
        "who": Who,
        "begins": Begin,
        "ends_at_step": optional(whole(0, 99)),
        "at_least": DOLLARS,
    },
    LumpSum: {
        "gives": one_of("percent", "amount", "earnings"),
        "by": one_of(*MEASURES, "team"),
        "table": Band,
        "teams": Team,
        "base_used": one_of("new", "raised", "old"),
        "follows_fte": SWITCH,
        "from_adoption_on": SWITCH,
        "who": Who,
        "begins": Begin,
        "at_least": DOLLARS,
    },
    Proration: {
        "by": one_of("none", "days", "months"),
        "of": one_of("fiscal_year", "performance_period"),
        "components": some_of("across_the_board", "merit", "lump_sum"),
    },
    Rounding: {
        "mode": one_of(*money.MODES),
        "place": one_of(*money.PLACES),
        "hourly_decimals": one_of(2, 4),
    },
    EmployerRates: {
        "social_security": PERCENT,
        "wage_base": DOLLARS,
        "medicare": PERCENT,
        "retirement": PERCENT,
    },
    Members: {
        "departments": several(TEXT),
        "grades": several(TEXT),
        "kinds": KIND_NAMES,
        "pay_set_by": SET_BY_NAMES,
    },
    Pools: {
        "component": one_of("merit", "lump_sum"),
        "percent": PERCENT,
        "amount": DOLLARS,
        "shared_by": one_of("payroll", "headcount"),
        "with_employer": SWITCH,
        "by_fund": SWITCH,
        "small_people": whole(0, 1000),
        "small_percent": PERCENT,
        "small_together": SWITCH,
        "grants": one_of("as_others", "own"),
        "own": OWN_POOLS,
    },
    Proposals: {
        "limits": LIMITS,
        "reason": one_of("off_guideline", "always", "never"),
        "multiple_of": PERCENT,
        "without": one_of("guideline", "nothing"),
    },
    Rules: {
        "fiscal_year": Period,
        "performance_period": Period,
        "effective_on": DAY,
        "effective_rule": one_of(*periods.RULES),
        "who": Who,
        "across_the_board": AcrossTheBoard,
        "schedule": ScheduleRaise,
        "tenure": Tenure,
        "merit": Merit,
        "lump_sum": LumpSum,
        "order": one_of("compounded", "additive"),
        "keeps_above_step": SWITCH,
        "at_maximum": one_of("split", "forfeit", "none"),
        "proration": Proration,
        "rounding": Rounding,
        "hours_per_year": whole(1, 8784),
        "lowest_earning_score": RATED,
        "strictly_more": SWITCH,
        "monthly_payments": whole(1, MOST_PAYMENTS),
        "employer": EmployerRates,
        "pools": Pools,
        "proposals": Proposals,
        "groups": Group,
    },
}
# What a group may have of its own; the rest, such as the fiscal year, is one for all.
OF_A_GROUP = (
    *("who", "across_the_board", "schedule", "tenure", "merit", "lump_sum"),
    *("order", "keeps_above_step", "at_maximum", "proration"),
)


def parse(data):
    """The rules in `data`, as `json.loads` gives it. Raises BadRules with every field that can't be read."""
    problems = []
    rules = _read(Rules, data, "", problems)
    if problems:
        raise BadRules(problems)
    return rules


def dump(rules):
    """The rules as plain data for JSON, every default spelled out: `parse(dump(rules)) == rules`."""
    written = {}
    for name, shape in SHAPES[type(rules)].items():
        value = getattr(rules, name)
        if shape is Group:
            continue
        if isinstance(shape, Codec):
            written[name] = shape.write(value)
        elif shape in WRITE_ROW:
            written[name] = [WRITE_ROW[shape](row, rules) for row in value]
        else:
            written[name] = None if value is None else dump(value)
    if isinstance(rules, Rules):
        written["groups"] = [_write_group(group) for group in rules.groups]
    return written


def _read(kind, data, path, problems):
    """One object. What can't be read adds to `problems` and leaves the default, or None, in its place."""
    if not isinstance(data, dict):
        problems.append(Problem(path or "rules", "form", f"“{data}” is not a set of rules."))
        return None
    prefix = f"{path}." if path else ""
    shapes, defaults = SHAPES[kind], kind._field_defaults
    for key in data:
        if key not in shapes:
            problems.append(Problem(f"{prefix}{key}", "form", f"“{key}” is not a rule that is known here."))
    values = {}
    for name, shape in shapes.items():
        field, given = prefix + name, data.get(name)
        if name not in data:
            if name not in defaults:
                problems.append(Problem(field, "form", "This is missing."))
            values[name] = defaults.get(name)
        elif isinstance(shape, Codec):
            values[name] = read_value(shape, given, field, problems)
        elif shape in READ_ROWS:
            values[name] = READ_ROWS[shape](given, values, field, problems)
        elif shape is Group:
            values[name] = _read_groups(given, data, problems)
        else:
            absent = given is None and defaults.get(name, shape) is None
            values[name] = None if absent else _read(shape, given, field, problems)
    return kind(**values)


def _read_groups(given, data, problems):
    """Groups like `{"name": "Law enforcement", "members": {"grades": ["N5"]}, "rules": {...}}`.

    What a group's rules do not name is as in the plan, and changes with it.
    """
    if not isinstance(given, list):
        problems.append(Problem("groups", "form", f"“{given}” is not a list of groups."))
        return ()
    plan = {key: value for key, value in data.items() if key != "groups"}
    groups = []
    for number, row in enumerate(given, 1):
        field, found = f"groups.{number}", []
        if not isinstance(row, dict) or set(row) != {"name", "members", "rules"}:
            problems.append(
                Problem(field, "form", "A group has a name, members and rules, and nothing else.")
            )
            continue
        own = row["rules"] if isinstance(row["rules"], dict) else {"rules": row["rules"]}
        for key in own:
            if key not in OF_A_GROUP:
                found.append(Problem(f"{field}.rules.{key}", "form", f"“{key}” can't be a group's own."))
        read = []
        rules = _read(Rules, plan | {key: own[key] for key in own if key in OF_A_GROUP}, "", read)
        found += [  # what is wrong with the plan's own rules is told there
            problem._replace(field=f"{field}.rules.{problem.field}")
            for problem in read
            if problem.field.split(".")[0] in own
        ]
        members = _read(Members, row["members"], f"{field}.members", found)
        name = read_value(TEXT, row["name"], f"{field}.name", found)
        problems += found
        groups.append(Group(name, members, rules, tuple(key for key in OF_A_GROUP if key in own)))
    return tuple(groups)


def _write_group(group):
    rules = dump(group.rules)
    return {
        "name": group.name,
        "members": dump(group.members),
        "rules": {key: rules[key] for key in group.own},
    }


def _read_teams(given, component, field, problems):
    """Teams like `{"name": "Road crews", "members": {...}, "result": "...", "amount": "500.00"}`.

    What a member earns is one figure, or a list of three: for levels 3, 4 and 5.
    """
    gives = component["gives"]
    if not isinstance(given, list):
        problems.append(Problem(field, "form", f"“{given}” is not a list of teams."))
        return ()
    if gives is None:  # already reported
        return ()
    teams = []
    for number, row in enumerate(given, 1):
        place = f"{field}.{number}"
        if not isinstance(row, dict) or set(row) != {"name", "members", "result", gives}:
            message = f"A team has a name, members, a result and {gives}, and nothing else."
            problems.append(Problem(place, "form", message))
            continue
        earned = columns(UNITS[gives], 3) if isinstance(row[gives], list) else UNITS[gives]
        teams.append(
            Team(
                read_value(TEXT, row["name"], f"{place}.name", problems),
                _read(Members, row["members"], f"{place}.members", problems),
                read_value(TEXT, row["result"], f"{place}.result", problems),
                read_value(earned, row[gives], f"{place}.{gives}", problems),
            )
        )
    return tuple(teams)


def _write_team(team, component):
    write = UNITS[component.gives].write
    earned = list(map(write, team.value)) if isinstance(team.value, tuple) else write(team.value)
    return {
        "name": team.name,
        "members": dump(team.members),
        "result": team.result,
        component.gives: earned,
    }


# Parts that are lists of rows; what a row holds depends on the component around it.
READ_ROWS = {Band: read_bands, Service: read_service, Team: _read_teams}
WRITE_ROW = {Band: write_band, Service: write_service, Team: _write_team}
