"""Groups with rules of their own on the page of a plan: whom each is, and what holds for them instead.

A table of a group is one line of text, as `group_tables` reads it.
"""

from copy import deepcopy

from compensation.pay.rules import BadRules
from compensation.plans import group_tables as tables
from compensation.plans.rows import (
    STARTS,
    STARTS_RULE,
    TENURE_STARTS,
    WITH_RAISE,
    Rows,
    begins_shown,
    begins_written,
    codes,
    tenure_begins_shown,
    tenure_begins_written,
    whole,
)
from compensation.plans.slots import BY, LUMP_BY, SLOTS, two_places

AS_PLAN, NONE, OWN = "plan", "none", "own"
PLAN = (AS_PLAN, "as in the plan")
WHOLE, YES_NO = "whole", {"true": True, "false": False}


def _choices(slot, *more):
    return [PLAN, *more, *SLOTS[slot][2]]


DAY = ("starts", "starton", "startrule")


def _begins(name, words, choices=STARTS):
    """The fields of the day of a component."""
    return {
        f"{name}starts": (f"{words} counts", choices, WITH_RAISE),
        f"{name}starton": (f"{words} counts from", "date", None),
        f"{name}startrule": (f"{words}, which day counts", STARTS_RULE, "on_date"),
    }


# What a group has: (label, kind of field, what stands there at first).
FIELDS = {
    "from": ("as stored", "hidden", ""),
    "name": ("name", "text", ""),
    "departments": ("departments", "codes", ""),
    "grades": ("grades", "codes", ""),
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
    "promoted": ("months since the last promotion", WHOLE, "0"),
    "merited": ("months since the last merit raise", WHOLE, "0"),
    "court": ("pay set by others", SLOTS["court_only"][2], "true"),
    "grant": ("paid from a grant", SLOTS["grant_funded"][2], "false"),
    "across": ("across the board", [PLAN, (NONE, "nothing"), (OWN, "otherwise")], AS_PLAN),
    "percent": ("across the board, percent", "text", "0.00"),
    "down": ("across the board, rounded down to a multiple of", "text", ""),
    "least": ("across the board, at least", "text", "0.00"),
    "amount": ("across the board, on top", "text", "0.00"),
    "stops": ("across the board, at the maximum", SLOTS["across_stops"][2], "false"),
    "schedule": ("how the schedule rises", _choices("schedule_method"), AS_PLAN),
    "above": (
        "what is paid above a step",
        [PLAN, ("true", "kept on top of the next"), ("false", "raised like pay")],
        AS_PLAN,
    ),
    "tenure": ("tenure earns", _choices("tenure_gives"), AS_PLAN),
    "tenureonce": ("tenure is paid", SLOTS["tenure_once"][2], "false"),
    "since": ("tenure is counted from", SLOTS["tenure_since"][2], "hired_on"),
    "years": ("months of service and what they earn", "rows", ""),
    "tenurehired": ("tenure, hired by", "date", None),
    **_begins("tenure", "tenure", TENURE_STARTS),
    "merit": ("merit is", _choices("merit_gives"), AS_PLAN),
    "meritby": ("merit goes by", BY, "level"),
    "meritrows": ("ratings and what merit they earn", "rows", ""),
    "meritleast": ("merit is at least, dollars a year", "text", "0.00"),
    "meritcuts": ("position in the range, cut at percents", "text", ""),
    "meritplace": ("position in the range", SLOTS["positions_by"][2], "compa_ratio"),
    **_begins("merit", "merit"),
    "lump": ("the lump sum is", _choices("lump_gives"), AS_PLAN),
    "lumpby": ("the lump sum goes by", LUMP_BY, "level"),
    "lumprows": ("ratings and what lump sum they earn", "rows", ""),
    "teams": ("teams", "rows", ""),
    **_begins("lump", "the lump sum"),
    "order": ("merit is taken on", _choices("order"), AS_PLAN),
    "maximum": ("what passes the maximum", _choices("at_maximum"), AS_PLAN),
    "part": ("part of a year", _choices("proration_by"), AS_PLAN),
}
GROUP = tuple(FIELDS)
WHO = {
    "hired": "hired_by",
    "service": "months_of_service",
    "position": "months_in_position",
    "promoted": "months_since_promotion",
    "merited": "months_since_merit",
    "court": "court_only",
    "grant": "grant_funded",
}
ACROSS = {"percent": "percent", "down": "rounded_down_to", "least": "at_least", "amount": "amount",
          "stops": "stops_at_maximum"}  # fmt: skip
COMPONENTS = {"merit": "merit", "lump_sum": "lump"}
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
            "rules": _own(typed, old["rules"], rules, members, field),
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
    for rule, name in COMPONENTS.items():
        shown[name] = _gives(own, rule)
        if own.get(rule):
            shown |= _component_shown(name, own[rule])
    shown["tenure"] = _gives(own, "tenure")
    if own.get("tenure"):
        tenure = own["tenure"]
        days = zip(DAY, tenure_begins_shown(tenure["begins"]), strict=True)
        shown |= {"since": tenure["since"], "years": tables.written_years(tenure)}
        shown["tenurehired"] = tenure["who"]["hired_by"]
        shown["tenureonce"] = str(tenure["paid_once"]).lower()
        shown |= {f"tenure{part}": value for part, value in days}
    shown["schedule"] = own["schedule"]["method"] if own.get("schedule") else _gives(own, "schedule")
    shown |= {field: own.get(rule, AS_PLAN) for rule, field in SWITCHES.items()}
    shown["above"] = str(own.get("keeps_above_step", AS_PLAN)).lower()
    shown["part"] = own["proration"]["by"] if "proration" in own else AS_PLAN
    return shown


def _component_shown(name, stored):
    parts = zip(DAY, begins_shown(stored["begins"]), strict=True)
    shown = {f"{name}by": stored["by"], f"{name}rows": tables.written(stored)}
    shown |= {f"{name}{part}": value for part, value in parts}
    if name == "merit":
        shown["meritleast"] = stored["at_least"]
    if stored.get("positions"):
        positions = stored["positions"]
        shown |= {"meritcuts": " / ".join(positions["cuts"]), "meritplace": positions["by"]}
    return shown | ({"teams": tables.written_teams(stored)} if stored.get("teams") else {})


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


def _own(typed, old, plan, members, field):
    """The rules that a group has of its own, as a document writes them."""
    own, kinds, setters = {}, members["kinds"], members["pay_set_by"]
    if typed["who"] == OWN:
        own["who"] = deepcopy(old.get("who") or plan["who"]) | _values(typed, WHO)
    if typed["across"] == NONE:
        own["across_the_board"] = None
    elif typed["across"] == OWN:
        across = deepcopy(old.get("across_the_board") or plan["across_the_board"] or {"who": {}})
        across |= _values(typed, ACROSS)
        if kinds:
            across["who"] = across["who"] | {"kinds": kinds}
        if setters and "court" not in setters:  # the group is named by who sets its pay: it is not left out
            across["who"] = across["who"] | {"court_only": False}
        if "grant" in setters:
            across["who"] = across["who"] | {"grant_funded": True}
        own["across_the_board"] = across
    if typed["schedule"] != AS_PLAN:
        schedule = old.get("schedule") or plan["schedule"] or {}
        method = typed["schedule"]
        own["schedule"] = None if method == NONE else {**schedule, "method": method}
    if typed["tenure"] != AS_PLAN:
        own["tenure"] = _tenure(typed, old.get("tenure") or {}, f"{field}.tenure.table")
    for rule, name in COMPONENTS.items():
        if typed[name] != AS_PLAN:
            own[rule] = _component(name, typed, old.get(rule) or {}, f"{field}.{rule}")
    own |= {rule: typed[name] for rule, name in SWITCHES.items() if typed[name] != AS_PLAN}
    if typed["above"] in YES_NO:
        own["keeps_above_step"] = YES_NO[typed["above"]]
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
            value = tables.number(value)
        elif field == "down":
            value = value.strip() or None
        values[rule] = YES_NO.get(value, value)
    return values


def _tenure(typed, old, field):
    if typed["tenure"] == NONE:
        return None
    since = typed["since"] or "hired_on"
    tenure = tables.tenure_of(typed["tenure"], since, typed["years"], old, field)
    days = (typed[f"tenure{part}"] for part in DAY)
    hired_by = typed["tenurehired"] and typed["tenurehired"].isoformat()
    return tenure | {
        "begins": tenure_begins_written(*days, since=since),
        "paid_once": YES_NO.get(typed["tenureonce"], False),
        "who": tenure.get("who", {}) | {"hired_by": hired_by},
    }


def _component(name, typed, old, field):
    """Merit or the lump sum of a group, as a document writes it."""
    gives, by = typed[name], typed[f"{name}by"] or "level"
    if gives == NONE:
        return None
    kept = {**old, "gives": gives, "by": by}
    days = (typed[f"{name}{part}"] for part in DAY)
    kept["begins"] = begins_written(*days)
    least = typed["meritleast"] if name == "merit" else old.get("at_least", "0")
    kept["at_least"] = "0" if gives == "amount" else least or "0"
    if name == "merit":
        cuts = codes(typed["meritcuts"], "/")
        kept["ends_at_step"] = old.get("ends_at_step") if gives == "steps" else None
        kept["positions"] = {"by": typed["meritplace"] or "compa_ratio", "cuts": cuts} if cuts else None
    if name == "lump":
        is_team = by == "team"
        teams = old.get("teams", []) if old.get("gives") == gives else []
        asked = gives, typed["teams"], teams, f"{field}.teams"
        kept["teams"] = tables.teams_of(*asked) if is_team else []
        if is_team:
            return kept | {"table": []}
    has_columns = bool(kept.get("positions"))
    kept["table"] = tables.bands_of(
        gives, by, typed[f"{name}rows"], f"{field}.table", has_columns=has_columns
    )
    return kept


# Where a problem is told, by the end of its path.
PLACES = {
    **{("members", key): key for key in ("departments", "grades")},
    ("members", "kinds"): "kind",
    ("members", "pay_set_by"): "setter",
    **{("rules", "who", rule): field for field, rule in WHO.items()},
    **{("rules", "across_the_board", rule): field for field, rule in ACROSS.items()},
    ("rules", "tenure", "table"): "years",
    ("rules", "tenure", "who"): "tenurehired",
    ("rules", "tenure", "paid_once"): "tenureonce",
    ("rules", "merit", "table"): "meritrows",
    ("rules", "lump_sum", "table"): "lumprows",
    **{
        ("rules", rule, "begins"): f"{name}starton"
        for rule, name in {**COMPONENTS, "tenure": "tenure"}.items()
    },
    ("rules", "merit", "positions"): "meritcuts",
    ("rules", "merit", "at_least"): "meritleast",
    ("rules", "lump_sum", "teams"): "teams",
    ("rules", "merit", "by"): "meritby",
    ("rules", "lump_sum", "by"): "lumpby",
}


def _field_of(path):
    return PLACES.get(tuple(path[:3])) or PLACES.get(tuple(path[:2])) or "name"
