"""What may vary in the sentences of a plan: each slot, where it stands in the rules, and how it is shown."""

from compensation.pay.monthly import MOST_PAYMENTS

BY = [("level", "the level"), ("score", "the score")]
LUMP_BY = [
    ("level", "the level of the rating of record"),
    ("score", "the score of the rating of record"),
    ("team", "the result of the team"),
]

# field: (where it stands in the rules, its name for screen readers, choices or None for text)
SLOTS = {
    "kinds": (
        "who.kinds",
        "Kind of position",
        [("regular", "regular"), ("regular,temporary", "regular or temporary")],
    ),
    "least_fte": ("who.at_least_fte", "Least FTE", "text"),
    "grades_left_out": ("who.grades_left_out", "Grades left out", "codes"),
    "hired_by": ("who.hired_by", "Hired by", "date"),
    "months_in_position": ("who.months_in_position", "Months in the position", "whole"),
    "months_of_service": ("who.months_of_service", "Months of service", "whole"),
    "months_since_promotion": (
        "who.months_since_promotion",
        "Months since the last promotion",
        "whole",
    ),
    "months_since_merit": ("who.months_since_merit", "Months since the last merit raise", "whole"),
    "counted_on": ("who.as_of", "Months are counted on", "date"),
    "court_only": (
        "who.court_only",
        "Pay set by others",
        [("true", "left out"), ("false", "included")],
    ),
    "grant_funded": ("who.grant_funded", "Paid from a grant", [("false", "left out"), ("true", "included")]),
    "strictly": (
        "strictly_more",
        "A higher rating pays",
        [("false", "at least as much as"), ("true", "more than")],
    ),
    "least_weight": ("who.at_least_service_weight", "Least service weight", "text"),
    "across_kinds": (
        "across_the_board.who.kinds",
        "Across the board, kind of position",
        [
            ("regular", "regular"),
            ("regular,temporary", "regular or temporary"),
            ("regular,elected", "regular or elected"),
            ("regular,temporary,elected", "regular, temporary or elected"),
        ],
    ),
    "across_hired_by": ("across_the_board.who.hired_by", "Across the board, hired by", "date"),
    "across_court_only": (
        "across_the_board.who.court_only",
        "Across the board, pay set by others",
        [("true", "left out"), ("false", "included")],
    ),
    "across_grant_funded": (
        "across_the_board.who.grant_funded",
        "Across the board, paid from a grant",
        [("false", "left out"), ("true", "included")],
    ),
    "across_least_score": (
        "across_the_board.who.at_least_score",
        "Across the board, least score",
        "unless empty",
    ),
    "across_percent": ("across_the_board.percent", "Across the board, percent", "text"),
    "across_down_to": (
        "across_the_board.rounded_down_to",
        "Rounded down to a multiple of, percent",
        "unless empty",
    ),
    "across_at_least": ("across_the_board.at_least", "At least, dollars a year", "text"),
    "across_amount": ("across_the_board.amount", "On top, dollars a year", "text"),
    "across_stops": (
        "across_the_board.stops_at_maximum",
        "At the maximum",
        [("false", "also above the maximum of the range"), ("true", "only up to the maximum of the range")],
    ),
    "schedule_method": (
        "schedule.method",
        "How the schedule rises",
        [
            ("cells", "each cell multiplied"),
            ("minimum", "the first step raised, the steps rebuilt by their percents"),
            ("increment", "the first step raised, the steps rebuilt by equal amounts"),
            ("none", "not at all"),
        ],
    ),
    "schedule_percent": ("schedule.percent", "The schedule rises by, percent", "unless empty"),
    "schedule_lift": (
        "schedule.lift_to_minimum",
        "Pay below the new minimum",
        [("true", "is raised to it"), ("false", "stays as it is")],
    ),
    "above_step": (
        "keeps_above_step",
        "What is paid above a step",
        [
            ("false", "is raised like pay"),
            ("true", "stays on top in dollars"),
        ],
    ),
    "schedule_place": (
        "schedule.place",
        "Cells rounded to",
        [("cent", "the cent"), ("dollar", "the dollar")],
    ),
    "tenure_gives": (
        "tenure.gives",
        "Tenure earns",
        [
            ("none", "nothing"),
            ("step", "the step of the grade that it has reached"),
            ("steps", "so many steps more"),
            ("percent", "a percent of base pay"),
            ("amount", "dollars a year"),
        ],
    ),
    "tenure_once": (
        "tenure.paid_once",
        "Tenure is paid",
        [("false", "as a raise of base pay"), ("true", "paid once while base pay stays")],
    ),
    "tenure_since": (
        "tenure.since",
        "Tenure is counted from",
        [("hired_on", "the hire"), ("in_position_since", "the start in the position")],
    ),
    "tenure_as_of": ("tenure.as_of", "Tenure is counted on", "date"),
    "tenure_hired_by": ("tenure.who.hired_by", "Tenure, hired by", "date"),
    "merit_gives": (
        "merit.gives",
        "Merit is",
        [
            ("percent", "a percent of base pay"),
            ("steps", "steps"),
            ("amount", "dollars a year"),
            ("none", "not given"),
        ],
    ),
    "merit_ends_at": ("merit.ends_at_step", "Merit ends at step", "unless empty"),
    "merit_at_least": ("merit.at_least", "Merit is at least, dollars a year", "text"),
    "merit_by": ("merit.by", "Merit goes by", BY),
    "lowest_score": ("lowest_earning_score", "Lowest score that earns", "text"),
    "positions_by": (
        "merit.positions.by",
        "Position in the range",
        [("compa_ratio", "of the midpoint"), ("penetration", "of the way from minimum to maximum")],
    ),
    "order": (
        "order",
        "Merit is taken on",
        [("compounded", "the base after the raise"), ("additive", "the base before the raise")],
    ),
    "at_maximum": (
        "at_maximum",
        "What passes the maximum",
        [("split", "is paid once"), ("forfeit", "is not paid"), ("none", "stays in base pay")],
    ),
    "monthly_payments": (
        "monthly_payments",
        "What is paid once is paid",
        [
            ("1", "in one sum"),
            *(
                (str(n), f"in {n} monthly payments, while the person stays")
                for n in range(2, MOST_PAYMENTS + 1)
            ),
        ],
    ),
    "lump_gives": (
        "lump_sum.gives",
        "The lump sum is",
        [
            ("amount", "dollars"),
            ("percent", "a percent of base pay"),
            ("earnings", "a percent of total earnings, overtime included"),
            ("none", "not given"),
        ],
    ),
    "lump_by": ("lump_sum.by", "The lump sum goes by", LUMP_BY),
    "lump_base": (
        "lump_sum.base_used",
        "Percent of",
        [
            ("new", "the new base pay"),
            ("raised", "the base pay before merit"),
            ("old", "the former base pay"),
        ],
    ),
    "lump_fte": (
        "lump_sum.follows_fte",
        "In proportion to FTE",
        [("true", "in proportion to the FTE"), ("false", "whole whatever the FTE")],
    ),
    "lump_at_least": ("lump_sum.at_least", "The lump sum is at least, dollars", "text"),
    "lump_from_adoption": (
        "lump_sum.from_adoption_on",
        "Service that counts",
        [("true", "only from the day of adoption on"), ("false", "of the whole period")],
    ),
    "proration_by": (
        "proration.by",
        "Part of a year",
        [
            ("none", "in full, whenever a person was hired"),
            ("days", "in proportion to the days of service"),
            ("months", "in proportion to the months of service"),
        ],
    ),
    "proration_of": (
        "proration.of",
        "Period of proration",
        [("fiscal_year", "the fiscal year"), ("performance_period", "the performance period")],
    ),
    "rounding_place": ("rounding.place", "Rounded to", [("cent", "the cent"), ("dollar", "the dollar")]),
    "rounding_mode": (
        "rounding.mode",
        "Rounding mode",
        [("half_up", "half up"), ("half_even", "half to even"), ("up", "up"), ("down", "down")],
    ),
    "hourly_decimals": ("rounding.hourly_decimals", "Decimals of hourly rates", [("4", "4"), ("2", "2")]),
    "effective_on": ("effective_on", "Base pay changes on", "date"),
    "effective_rule": (
        "effective_rule",
        "Which day counts",
        [
            ("on_date", "that very day"),
            ("first_period_on_or_after", "the first pay period that starts on or after it"),
            ("period_containing", "the pay period in which it lies"),
        ],
    ),
    "retirement": ("employer.retirement", "Employer’s retirement deposit, percent", "text"),
    "wage_base": ("employer.wage_base", "Social Security wage base, dollars", "text"),
}
OPTIONAL = {
    "across_the_board": "across_percent",
    "schedule": "schedule_method",
    "tenure": "tenure_gives",
    "merit": "merit_gives",
    "lump_sum": "lump_gives",
}
PERCENTS = ("across_percent", "retirement")
NOTHING = {
    "across_percent": "0.00",
    "across_at_least": "0.00",
    "across_amount": "0.00",
    "merit_at_least": "0.00",
    "lump_at_least": "0.00",
}  # where none is given
WHOLE = (
    *("merit_ends_at", "hourly_decimals", "monthly_payments"),
    *("months_in_position", "months_of_service", "months_since_promotion", "months_since_merit"),
)


def get(rules, path):
    """The value at a path such as `merit.gives`; None in a component that is not in the plan."""
    for key in path.split("."):
        if rules is None:
            return None
        rules = rules[key]
    return rules


def put(rules, path, value):
    """Put a value at a path; a component that is not in the plan takes none."""
    *above, last = path.split(".")
    for key in above:
        rules = rules.get(key)
        if rules is None:
            return
    rules[last] = value


def shown(name, value):
    """A stored value as its slot shows it."""
    if name in OPTIONAL.values() and isinstance(SLOTS[name][2], list) and value is None:
        return "none"
    if value is None:
        return NOTHING.get(name, "")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return (", " if SLOTS[name][2] == "codes" else ",").join(value)
    return two_places(value) if name in PERCENTS else str(value)


def codes(text, mark=","):
    """What stands between marks, without blanks: `ROAD, JAIL` is two departments."""
    return [part.strip() for part in text.split(mark) if part.strip()]


def two_places(text):
    """`2` as 2.00, as people write a percent; more decimals stay."""
    whole, _, part = str(text).partition(".")
    return f"{whole}.{part.ljust(2, '0')}"


def read(name, kind, text):
    """What was put into a slot, as the rules write it."""
    if name in ("kinds", "across_kinds"):
        return text.split(",")
    if name in WHOLE:
        return int(text) if text.strip().isdecimal() else text.strip() or None
    if isinstance(kind, list) and kind[0][0] in ("true", "false"):
        return text == "true"
    if kind == "date":
        return text.isoformat() if text else None
    if kind == "codes":
        return codes(text)
    if kind == "unless empty":
        return text.strip() or None
    return text.strip() if kind == "text" else text
