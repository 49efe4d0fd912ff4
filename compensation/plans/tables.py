"""The award tables of a plan as fields: by level or by score, one column for each position in the range."""

from typing import NamedTuple

from compensation.pay.money import read_score
from compensation.pay.policy import places
from compensation.pay.rules import LOWEST_EARNING_LEVEL, Positions
from compensation.plans.rows import MOST_ROWS, whole
from compensation.plans.slots import two_places
from evaluations.models import Band

LEVELS = (5, 4, 3)
MOST_CUTS = 6
COMPONENTS = {"merit": ("Merit", "merit"), "lump": ("Lump sum", "lump_sum")}


class Score(NamedTuple):
    """A row by score, as names of fields."""

    number: int
    starts: str
    ends: str
    earns: list


class Table:
    """One component's table: which fields it has, what they show, and the rows that were typed.

    `typed` are values of its fields that are not saved yet, such as the number of rows.
    """

    def __init__(self, name, rules, plan, typed):
        self.name, self.plan = name, plan
        self.title, self.key = COMPONENTS[name]
        self.stored = rules[self.key] or {}
        positions = self.stored.get("positions")
        self.cuts = positions["cuts"] if positions else []
        if name == "merit":  # a column more or less is typed before it is saved
            count = min(whole(typed.get("merit_cuts"), len(self.cuts)), MOST_CUTS)
            self.cuts = [*self.cuts, *[""] * count][:count]
        self.columns = len(self.cuts) + 1
        rows = self.stored.get("table", [])
        by_score = self.stored.get("by") == "score"
        self.by_level = {} if by_score else {row["level"]: row for row in rows}
        self.by_score = rows if by_score else self._bands_of_levels()
        self.levels = sorted({*LEVELS, *self.by_level}, reverse=True)
        self.count = min(whole(typed.get(f"{name}_rows"), len(self.by_score)), MOST_ROWS)
        self.places = _places(
            positions, [typed.get(f"{name}_cut_{n}", cut) for n, cut in enumerate(self.cuts, 1)]
        )

    def _bands_of_levels(self):
        """Rows by score for who goes over to scores: each level of the scale from its first score."""
        if not self.by_level or not self.plan.cycle:
            return []
        bands = Band.objects.filter(scale=self.plan.cycle.scale_id, level__gte=LOWEST_EARNING_LEVEL)
        starts = [(str(band.from_score), band.level) for band in bands.order_by("from_score")]
        ends = [*(start for start, _ in starts[1:]), None]
        gives = self.stored["gives"]
        return [
            {"from": start, "below": end, gives: self.by_level.get(level, {}).get(gives, "")}
            for (start, level), end in zip(starts, ends, strict=True)
        ]

    def fields(self):
        """(name, label, what is stored) for each field, row by row."""
        for level in self.levels:
            stored = self._cells(self.by_level.get(level, {}))
            for name, value in zip(self._earns(level), stored, strict=True):
                yield name, f"{self.title}, level {level}", value
        for row in self.score_rows():
            stored = self.by_score[row.number - 1] if row.number <= len(self.by_score) else {}
            where = f"{self.title}, row {row.number}"
            yield row.starts, f"{where}, from a score of", stored.get("from", "")
            yield row.ends, f"{where}, to under", stored.get("below") or ""
            for name, value in zip(row.earns, self._cells(stored), strict=True):
                yield name, f"{where}, earns", value
        for number, cut in enumerate(self.cuts, 1):
            yield f"{self.name}_cut_{number}", f"{self.title}, cut {number} of the range, percent", cut

    def score_rows(self):
        for number in range(1, self.count + 1):
            at = f"{self.name}_from_{number}", f"{self.name}_below_{number}"
            yield Score(number, *at, self._earns(f"score_{number}"))

    def level_rows(self):
        return [(level, self._earns(level)) for level in self.levels]

    def _earns(self, row):
        """The names of a row's cells: `merit_5`, and with positions `merit_5_2` and so on."""
        more = (f"{self.name}_{row}_{column}" for column in range(2, self.columns + 1))
        return [f"{self.name}_{row}", *more]

    def _cells(self, row):
        gives = self.stored.get("gives")
        value = row.get(gives, "")
        values = value if isinstance(value, list) else [value]
        values = [*values, *[values[-1]] * self.columns][: self.columns]  # a new column begins as the last
        return [two_places(each) if gives == "percent" and each != "" else str(each) for each in values]

    def write(self, component, cleaned):
        """Put what was typed into a component of the rules. An empty row by level is a gap; by score it goes.

        Keeps the names of each row's fields, to say at which of them a problem is.
        """
        gives, table = component["gives"], []
        self.at = []
        if component.get("by", "level") == "level":
            for level, names in reversed(self.level_rows()):
                if any(cleaned[name].strip() for name in names):
                    table.append({"level": level, gives: self._typed(gives, names, cleaned)})
                    self.at.append({"level": names[0], gives: names[0]})
        else:
            for row in self.score_rows():
                if any(cleaned[name].strip() for name in (row.starts, row.ends, *row.earns)):
                    ends = cleaned[row.ends].strip() or None
                    earns = self._typed(gives, row.earns, cleaned)
                    table.append({"from": cleaned[row.starts].strip(), "below": ends, gives: earns})
                    self.at.append({"from": row.starts, "below": row.ends, gives: row.earns[0]})
        component["table"] = table
        if self.name == "merit":
            cuts = [cleaned[f"merit_cut_{number}"].strip() for number in range(1, len(self.cuts) + 1)]
            by = cleaned["positions_by"] or "compa_ratio"
            component["positions"] = {"by": by, "cuts": cuts} if cuts else None

    def _typed(self, gives, names, cleaned):
        values = [_value(gives, cleaned[name].strip()) for name in names]
        return values if self.cuts else values[0]

    def field_at(self, path):
        """The field at a path of a problem, such as `merit.table.2.percent`; None where it is another's."""
        if path.startswith(f"{self.key}.positions.cuts") and self.cuts:
            return f"{self.name}_cut_1"
        component, _, rest = path.partition(".table.")
        row, _, cell = rest.partition(".")
        if component != self.key or not row.isdecimal():
            return None
        names = self.at[int(row) - 1]
        return names.get(cell) or next(iter(names.values()))


def _places(positions, cuts):
    """The columns in words; of cuts that can't be read yet their numbers."""
    try:
        read = tuple(read_score(str(cut).removesuffix("%")) for cut in cuts)
    except ValueError:
        return [f"column {number}" for number in range(1, len(cuts) + 2)]
    return places(Positions(positions["by"] if positions else "compa_ratio", read)) if cuts else []


def _value(gives, text):
    return int(text) if gives == "steps" and text.isdecimal() else text
