"""Parts of a plan that are not one slot: the day of a component, tenure, teams."""

from typing import NamedTuple

from compensation.pay.rules import SINCE
from compensation.plans.slots import codes, two_places

MOST_ROWS = 30
WITH_RAISE, ON_A_DAY = "raise", "day"
STARTS = [
    (WITH_RAISE, "as of the same day"),
    (ON_A_DAY, "from a day of its own"),
    ("hired_on", "from each person’s anniversary of the hire"),
    ("in_position_since", "from each person’s anniversary in the position"),
]
OWN_SERVICE = "service"
TENURE_STARTS = [*STARTS[:2], (OWN_SERVICE, "from each person’s own day")]
STARTS_RULE = [
    ("on_date", "that very day"),
    ("first_period_on_or_after", "the first pay period that starts on or after it"),
    ("period_containing", "the pay period in which it lies"),
]
TEAM = ("name", "departments", "grades", "result", "earns")


def begins_shown(stored):
    """The day of a component as its three fields show it: how it is told, the day, which day counts."""
    if not stored:
        return WITH_RAISE, "", "on_date"
    return stored["anniversary"] or ON_A_DAY, stored["on"] or "", stored["rule"]


def begins_written(starts, on, rule):
    """The day of a component as the rules write it; None where it counts with the raise."""
    if starts in ("", WITH_RAISE):
        return None
    day = {"on": on.isoformat() if on else None} if starts == ON_A_DAY else {"anniversary": starts}
    return {"rule": rule or "on_date"} | day


def tenure_begins_shown(stored):
    """The same for tenure, where a day of each person's own is one choice."""
    starts, *others = begins_shown(stored)
    return OWN_SERVICE if starts in SINCE else starts, *others


def tenure_begins_written(starts, on, rule, *, since):
    """The same for tenure: a person's own day goes by the day since which years are counted."""
    return begins_written(since if starts == OWN_SERVICE else starts, on, rule)


class Begins:
    """From which day a component counts."""

    choices = STARTS

    def __init__(self, name, key, title, rules):
        self.name, self.key, self.title = name, key, title
        self.stored = (rules[key] or {}).get("begins") or {}

    def fields(self):
        """(name, label, kind, what is stored) for each field."""
        starts, on, rule = self.shown()
        yield f"{self.name}_starts", f"{self.title} counts", self.choices, starts
        yield f"{self.name}_starts_on", f"{self.title} counts from", "date", on
        yield f"{self.name}_starts_rule", f"{self.title}, which day counts", STARTS_RULE, rule

    def write(self, rules, cleaned):
        if rules[self.key] is not None:
            typed = (cleaned[f"{self.name}_{part}"] for part in ("starts", "starts_on", "starts_rule"))
            rules[self.key]["begins"] = self.written(rules, typed)

    def shown(self):
        return begins_shown(self.stored)

    def written(self, rules, typed):
        return begins_written(*typed)

    def field_at(self, path):
        return f"{self.name}_starts_on" if path.startswith(f"{self.key}.begins") else None


class TenureBegins(Begins):
    """From which day tenure counts."""

    choices = TENURE_STARTS

    def shown(self):
        return tenure_begins_shown(self.stored)

    def written(self, rules, typed):
        return tenure_begins_written(*typed, since=rules["tenure"].get("since", SINCE[0]))


class Cells(NamedTuple):
    number: int
    names: list  # of its fields


class Rows:
    """Rows of fields, as many as were typed or are stored."""

    def __init__(self, name, title, labels, stored, typed):
        self.name, self.title, self.labels, self.stored = name, title, labels, stored
        self.count = min(whole(typed.get(f"{name}_rows"), len(stored)), MOST_ROWS)

    def fields(self):
        for row in self.rows():
            stored = self.stored[row.number - 1] if row.number <= len(self.stored) else {}
            for name, (kind, label) in zip(row.names, self.labels.items(), strict=True):
                shape = "codes" if kind in ("departments", "grades") else "text"
                yield name, f"{self.title}, row {row.number}, {label}", shape, stored.get(kind, "")

    def rows(self):
        for number in range(1, self.count + 1):
            yield Cells(number, [f"{self.name}_{kind}_{number}" for kind in self.labels])

    def typed(self, cleaned):
        """What stands in each row in which anything was typed, and keeps the names of its fields."""
        self.at = []
        for row in self.rows():
            values = [cleaned[name].strip() for name in row.names]
            if any(values):
                self.at.append(row.names)
                yield dict(zip(self.labels, values, strict=True))

    def field_in(self, path):
        """The field of a row at the end of a path, such as `2.percent`; the first of the row in doubt."""
        row, _, cell = path.partition(".")
        if not row.isdecimal() or int(row) > len(self.at):
            return None
        names = dict(zip(self.labels, self.at[int(row) - 1], strict=True))
        return names.get(cell) or list(names.values())[-1 if cell else 0]


class Tenure(Rows):
    """The table of tenure."""

    def __init__(self, rules, typed):
        tenure = rules["tenure"] or {"table": []}
        rows = [{"months": str(row["months"]), "value": _shown(tenure, row)} for row in tenure["table"]]
        labels = {"months": "months of service", "value": "earns"}
        super().__init__("tenure", "Tenure", labels, rows, typed)

    def write(self, rules, cleaned):
        if rules["tenure"] is None:
            return
        gives, counted = rules["tenure"]["gives"], ("step", "steps")
        rules["tenure"]["table"] = [
            {
                "months": _number(row["months"]),
                gives: _number(row["value"]) if gives in counted else row["value"],
            }
            for row in self.typed(cleaned)
        ]

    def field_at(self, path):
        return self.field_in(path.removeprefix("tenure.table.")) if path.startswith("tenure.table.") else None


class Teams(Rows):
    """The teams of a lump sum: members by the codes of departments and grades, result, what each earns."""

    def __init__(self, rules, typed):
        lump = rules["lump_sum"] or {"teams": []}
        self.kept = lump["teams"]
        rows = [
            {
                "name": team["name"],
                "departments": ", ".join(team["members"]["departments"]),
                "grades": ", ".join(team["members"]["grades"]),
                "result": team["result"],
                "earns": _earned(team[lump["gives"]], lump["gives"]),
            }
            for team in self.kept
        ]
        labels = dict(zip(TEAM, ("name", "departments", "grades", "result", "earns"), strict=True))
        super().__init__("team", "Team", labels, rows, typed)

    def write(self, rules, cleaned):
        lump = rules["lump_sum"]
        if lump is None:
            return
        if lump["by"] != "team":  # what was by team is by rating now
            lump["teams"] = []
            return
        others = {team["name"]: team["members"] for team in self.kept}
        lump["teams"] = [
            {
                "name": row["name"],
                "members": others.get(row["name"], {})
                | {kind: codes(row[kind]) for kind in ("departments", "grades")},
                "result": row["result"],
                lump["gives"]: codes(row["earns"], ";") if ";" in row["earns"] else row["earns"],
            }
            for row in self.typed(cleaned)
        ]

    def field_at(self, path):
        start = "lump_sum.teams."
        return self.field_in(path.removeprefix(start)) if path.startswith(start) else None


def whole(text, default):
    """A small number of rows; the default for what is none."""
    text = str(text or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else default


def _number(text):
    return int(text) if text.isascii() and text.isdecimal() else text


def _shown(tenure, row):
    value = row[tenure["gives"]]
    return two_places(value) if tenure["gives"] == "percent" else str(value)


def _earned(value, gives):
    values = value if isinstance(value, list) else [value]
    return "; ".join(two_places(each) if gives != "amount" else each for each in values)
