"""Groups with rules of their own on the page of a plan: whom each is, and what holds for them instead.

A table of a group is one line of text: `3: 2.00; 4: 2.75; 5: 3.50`. By score each row holds until the next
one begins, the last one for all above; slashes part the columns by position in the range.
"""

from copy import deepcopy

from compensation.pay.money import read_score
from compensation.pay.rules import BadRules, Problem
from compensation.plan_rows import Rows, codes, whole
from compensation.plan_slots import BY, SLOTS, two_places

AS_PLAN, NONE, OWN = "plan", "none", "own"
PLAN = (AS_PLAN, "as in the plan")
WHOLE, YES_NO = "whole", {"true": True, "false": False}


def _choices(slot, *more):
    return [PLAN, *more, *SLOTS[slot][2]]


def _by(slot):
    return [choice for choice in SLOTS[slot][2] if choice[0] != NONE]


# What a group has: (label, kind of field, what stands there at first).
FIELDS = {
    "from": ("as stored", "hidden", ""),
    "name": ("name", "text", ""),
    "departments": ("departments", "text", ""),
    "grades": ("grades", "text", ""),
    "kind": (
        "kind of position",
        [("", "any kind"), ("regular", "regular"), ("temporary", "temporary"), ("elected", "elected")],
        "",
    ),
    "setter": (
        "whose pay is set by",
        [
            ("", "whomever"),
            ("court", "the Commissioners Court"),
            ("judges", "the district judges"),
            ("grant", "a grant"),
            ("state", "the state"),
        ],
        "",
    ),
    "who": ("who takes part", [PLAN, (OWN, "otherwise")], AS_PLAN),
    "hired": ("hired by", "date", None),
    "service": ("months of service", WHOLE, "0"),
    "position": ("months in the position", WHOLE, "0"),
    "court": ("pay set by others", SLOTS["court_only"][2], "true"),
    "grant": ("paid from a grant", SLOTS["grant_funded"][2], "false"),
    "across": ("across the board", [PLAN, (NONE, "nothing"), (OWN, "otherwise")], AS_PLAN),
    "percent": ("across the board, percent", "text", "0.00"),
    "least": ("across the board, at least", "text", "0.00"),
    "amount": ("across the board, on top", "text", "0.00"),
    "stops": ("across the board, at the maximum", SLOTS["across_stops"][2], "false"),
    "schedule": ("how the schedule rises", _choices("schedule_method"), AS_PLAN),
    "tenure": ("years of service earn", _choices("tenure_gives"), AS_PLAN),
    "since": ("years are counted from", SLOTS["tenure_since"][2], "hired_on"),
    "years": ("months of service and what they earn", "rows", ""),
    "merit": ("merit is", _choices("merit_gives"), AS_PLAN),
    "meritby": ("merit goes by", BY, "level"),
    "meritrows": ("ratings and what merit they earn", "rows", ""),
    "lump": ("the lump sum is", _choices("lump_gives"), AS_PLAN),
    "lumpby": ("the lump sum goes by", BY, "level"),
    "lumprows": ("ratings and what lump sum they earn", "rows", ""),
    "order": ("merit is taken on", _choices("order"), AS_PLAN),
    "maximum": ("what passes the maximum", _choices("at_maximum"), AS_PLAN),
    "part": ("part of a year", _choices("proration_by"), AS_PLAN),
}
GROUP = tuple(FIELDS)
WHO = {"hired": "hired_by", "service": "months_of_service", "position": "months_in_position",
       "court": "court_only", "grant": "grant_funded"}  # fmt: skip
ACROSS = {"percent": "percent", "least": "at_least", "amount": "amount", "stops": "stops_at_maximum"}
TABLES = {"merit": ("merit", "meritby", "meritrows"), "lump_sum": ("lump", "lumpby", "lumprows")}
SWITCHES = {"order": "order", "at_maximum": "maximum"}


class Groups(Rows):
    """The groups of a plan. What the page has no slot for stays as a document has brought it."""

    def __init__(self, rules, typed):
        super().__init__("group", "Group", dict.fromkeys(FIELDS), rules["groups"], typed)
        self.rules = rules

    def fields(self):
        for row in self.rows():
            stored = self.stored[row.number - 1] if row.number <= len(self.stored) else None
            shown = _shown(stored, row.number, self.rules) if stored else {}
            for name, (field, (label, kind, first)) in zip(row.names, FIELDS.items(), strict=True):
                yield name, f"Group {row.number}, {label}", kind, shown.get(field, first)

    def write(self, rules, cleaned):
        self.at, groups, problems = [], [], []
        for row in self.rows():
            typed = {field: cleaned[name] for field, name in zip(FIELDS, row.names, strict=True)}
            typed = {key: value.strip() if isinstance(value, str) else value for key, value in typed.items()}
            if not _says(typed):
                continue
            self.at.append(dict(zip(FIELDS, row.names, strict=True)))
            try:
                groups.append(self._group(typed, rules, f"groups.{len(self.at)}.rules"))
            except BadRules as bad:
                problems += bad.problems
        if problems:
            raise BadRules(problems)
        rules["groups"] = groups

    def _group(self, typed, rules, field):
        number = whole(typed["from"], 0)
        old = self.stored[number - 1] if 0 < number <= len(self.stored) else {"members": {}, "rules": {}}
        members = dict(old["members"]) | {
            "departments": codes(typed["departments"]),
            "grades": codes(typed["grades"]),
            "kinds": codes(typed["kind"]),
            "pay_set_by": codes(typed["setter"]),
        }
        return {
            "name": typed["name"],
            "members": members,
            "rules": _own(typed, old["rules"], rules, members["kinds"], field),
        }

    def field_at(self, path):
        if not path.startswith("groups."):
            return None
        _, number, *rest = path.split(".")
        names = self.at[int(number) - 1]
        return names[_field_of(rest)]


def _says(typed):
    """Whether anything was typed or chosen in a group that was added."""
    return any(typed[key] not in ("", None, first) for key, (_, _, first) in FIELDS.items())


def _shown(group, number, plan):
    """The fields of a group as it is stored; of what it has as the plan does, the plan's figures."""
    own, members = group["rules"], group["members"]
    shown = {
        "from": str(number),
        "name": group["name"],
        **{key: ", ".join(members[key]) for key in ("departments", "grades")},
        "kind": ",".join(members["kinds"]),
        "setter": ",".join(members["pay_set_by"]),
        "who": OWN if "who" in own else AS_PLAN,
    }
    shown |= _texts(own.get("who") or plan["who"], WHO)
    across = own.get("across_the_board", AS_PLAN)
    shown["across"] = across if across == AS_PLAN else (OWN if across else NONE)
    found = plan["across_the_board"] if across == AS_PLAN else across
    shown |= _texts(found, ACROSS) if found else {}
    for rule, (field, by, rows) in TABLES.items():
        shown[field] = _gives(own, rule)
        if own.get(rule):
            shown |= {by: own[rule]["by"], rows: _written(own[rule])}
    shown["tenure"] = _gives(own, "tenure")
    if own.get("tenure"):
        tenure = own["tenure"]
        shown |= {"since": tenure["since"], "years": _written_years(tenure)}
    shown["schedule"] = own["schedule"]["method"] if own.get("schedule") else _gives(own, "schedule")
    shown |= {field: own.get(rule, AS_PLAN) for rule, field in SWITCHES.items()}
    shown["part"] = own["proration"]["by"] if "proration" in own else AS_PLAN
    return shown


def _gives(own, rule):
    if rule not in own:
        return AS_PLAN
    return (own[rule] or {}).get("gives", NONE)


def _texts(stored, fields):
    shown = {}
    for field, rule in fields.items():
        value = stored[rule]
        shown[field] = str(value).lower() if isinstance(value, bool) else value
        if field in ("percent", "least", "amount"):
            shown[field] = two_places(value)
        elif isinstance(value, int) and not isinstance(value, bool):
            shown[field] = str(value)
    return shown


def _own(typed, old, plan, kinds, field):
    """The rules that a group has of its own, as a document writes them."""
    own = {}
    if typed["who"] == OWN:
        own["who"] = deepcopy(old.get("who") or plan["who"]) | _values(typed, WHO)
    if typed["across"] == NONE:
        own["across_the_board"] = None
    elif typed["across"] == OWN:
        across = deepcopy(old.get("across_the_board") or plan["across_the_board"] or {"who": {}})
        across |= _values(typed, ACROSS)
        if kinds:
            across["who"] = across["who"] | {"kinds": kinds}
        own["across_the_board"] = across
    if typed["schedule"] != AS_PLAN:
        schedule = old.get("schedule") or plan["schedule"] or {}
        method = typed["schedule"]
        own["schedule"] = None if method == NONE else {**schedule, "method": method}
    if typed["tenure"] != AS_PLAN:
        own["tenure"] = _tenure(typed, old.get("tenure") or {}, f"{field}.tenure.table")
    for rule, (name, by, rows) in TABLES.items():
        if typed[name] != AS_PLAN:
            asked = typed[name], typed[by] or "level", typed[rows]
            own[rule] = _component(*asked, old.get(rule) or {}, f"{field}.{rule}.table")
    own |= {rule: typed[name] for rule, name in SWITCHES.items() if typed[name] != AS_PLAN}
    if typed["part"] != AS_PLAN:
        own["proration"] = (old.get("proration") or plan["proration"]) | {"by": typed["part"]}
    return own


def _values(typed, fields):
    """What was typed, as the rules write it."""
    values = {}
    for field, rule in fields.items():
        value = typed[field]
        if FIELDS[field][1] == "date":
            value = value.isoformat() if value else None
        elif FIELDS[field][1] == WHOLE:
            value = _number(value)
        values[rule] = YES_NO.get(value, value)
    return values


def _tenure(typed, old, field):
    gives = typed["tenure"]
    if gives == NONE:
        return None
    example = "12: 1.00; 120: 2.25" if gives == "percent" else "12: 1; 24: 2"
    rows = [
        {"months": _number(months), gives: _number(earns) if gives in ("step", "steps") else earns}
        for months, earns in _pairs(
            typed["years"], field, f"months of service and what they earn. Write {example}"
        )
    ]
    return {**old, "gives": gives, "since": typed["since"], "table": rows}


def _component(gives, by, text, old, field):
    if gives == NONE:
        return None
    kept = {**old, "gives": gives, "by": by}
    if by == "team":  # its teams are as a document has brought them
        return kept
    example = "3: 2.00; 4: 2.75; 5: 3.50" if by == "level" else "2.50: 1.00; 3.50: 2.00"
    pairs = _pairs(text, field, f"a rating and what it earns. Write {example}")
    kept["table"] = _bands(pairs, gives, by, has_columns=bool(old.get("positions")))
    return kept | {"teams": []} if "teams" in kept else kept


def _bands(pairs, gives, by, *, has_columns):
    found = []
    for number, (rating, earns) in enumerate(pairs):
        values = [_number(each) if gives == "steps" else each for each in codes(earns, "/")]
        value = values if has_columns or len(values) > 1 else (values or [""])[0]
        if by == "level":
            found.append({"level": _number(rating), gives: value})
            continue
        starts, _, ends = rating.partition("-")
        following = pairs[number + 1][0].partition("-")[0].strip() if number + 1 < len(pairs) else None
        found.append({"from": starts.strip(), "below": ends.strip() or following, gives: value})
    return found


def _pairs(text, field, wanted):
    """`3: 2; 4: 3` as pairs. Raises BadRules for a row that has no colon."""
    rows = [tuple(part.strip() for part in row.split(":")) for row in codes(text, ";")]
    for row in rows:
        if len(row) != 2:
            raise BadRules([Problem(field, "form", f"“{': '.join(row)}” is not {wanted}.")])
    return rows


def _written(component):
    """A table of ratings as one line of text."""
    gives, rows = component["gives"], component["table"]
    if component["by"] == "level":
        return "; ".join(f"{row['level']}: {_earned(row[gives], gives)}" for row in rows)
    nexts = [*(row["from"] for row in rows[1:]), None]
    return "; ".join(
        f"{row['from']}{_end(row['below'], after)}: {_earned(row[gives], gives)}"
        for row, after in zip(rows, nexts, strict=True)
    )


def _end(below, following):
    """The end of a row by score, where it is not the beginning of the next."""
    if below is None or (following is not None and read_score(below) == read_score(following)):
        return ""
    return f"-{below}"


def _written_years(tenure):
    gives = tenure["gives"]
    return "; ".join(f"{row['months']}: {_earned(row[gives], gives)}" for row in tenure["table"])


def _earned(value, gives):
    values = value if isinstance(value, list) else [value]
    return " / ".join(two_places(each) if gives in ("percent", "earnings") else str(each) for each in values)


def _number(text):
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else text


# Where a problem is told, by the end of its path.
PLACES = {
    **{("members", key): key for key in ("departments", "grades")},
    ("members", "kinds"): "kind",
    ("members", "pay_set_by"): "setter",
    **{("rules", "who", rule): field for field, rule in WHO.items()},
    **{("rules", "across_the_board", rule): field for field, rule in ACROSS.items()},
    ("rules", "tenure", "table"): "years",
    ("rules", "merit", "table"): "meritrows",
    ("rules", "lump_sum", "table"): "lumprows",
    ("rules", "merit", "by"): "meritby",
    ("rules", "lump_sum", "by"): "lumpby",
}


def _field_of(path):
    return PLACES.get(tuple(path[:3])) or PLACES.get(tuple(path[:2])) or "name"
