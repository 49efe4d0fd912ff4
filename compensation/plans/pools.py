"""The rules of pools and proposals as fields of a plan's page: slots, limits by level, pools of their own."""

from compensation.pay.pool_rules import Pools, Proposals
from compensation.pay.written_rules import dump
from compensation.plans.slots import read, shown, two_places

LEVELS = (5, 4, 3)
SPARE = 2  # empty rows for pools of their own
MOST_OWN = 60
YES = "true"

# field: (which part, its key, its name for screen readers, choices or the kind of text)
SLOTS = {
    "pools_component": (
        *("pools", "component", "What is paid from pools"),
        [("none", "Nothing is"), ("merit", "Merit is"), ("lump_sum", "The lump sum is")],
    ),
    "pools_percent": ("pools", "percent", "Pool, percent of payroll", "text"),
    "pools_amount": ("pools", "amount", "Pools, dollars for the county", "text"),
    "pools_shared_by": (
        *("pools", "shared_by", "How departments share it"),
        [("payroll", "by payroll"), ("headcount", "by people")],
    ),
    "pools_employer": (
        *("pools", "with_employer", "The employer’s share"),
        [("false", "is not paid from it"), (YES, "is paid from it, too")],
    ),
    "pools_by_fund": (
        *("pools", "by_fund", "A pool for each"),
        [("false", "department"), (YES, "department and fund")],
    ),
    "pools_small_people": ("pools", "small_people", "Small offices, staff at most", "whole"),
    "pools_small_percent": ("pools", "small_percent", "Small offices, percent of payroll", "text"),
    "pools_small_together": (
        *("pools", "small_together", "Small offices have"),
        [("false", "each for itself"), (YES, "in one pool for all of them")],
    ),
    "pools_grants": (
        *("pools", "grants", "People paid from a grant"),
        [("as_others", "like all others"), ("own", "only from the grant’s own pool")],
    ),
    "proposals_by": (
        *("proposals", None, "Who proposes"),
        [("none", "Nobody proposes"), ("heads", "The heads propose")],
    ),
    "proposals_reason": (
        *("proposals", "reason", "When a reason is needed"),
        [
            ("off_guideline", "off the guideline"),
            ("always", "for each proposal"),
            ("never", "for no proposal"),
        ],
    ),
    "proposals_multiple": ("proposals", "multiple_of", "Percents in steps of", "text"),
    "proposals_without": (
        *("proposals", "without", "Who has no proposal"),
        [("guideline", "the guideline"), ("nothing", "nothing")],
    ),
}
DEFAULTS = {"pools": dump(Pools()), "proposals": dump(Proposals())}
SWITCHES = {"pools": "pools_component", "proposals": "proposals_by"}


class PoolRules:
    """Rules 11 and 12 of a plan's page. `rules` are the stored ones."""

    def __init__(self, rules):
        self.rules = rules
        limits = (rules["proposals"] or {}).get("limits", [])
        self.limits = {limit["level"]: limit for limit in limits}
        self.levels = sorted({*LEVELS, *self.limits}, reverse=True)
        self.own = (rules["pools"] or {}).get("own", [])
        self.count = min(len(self.own) + SPARE, MOST_OWN)

    def fields(self):
        """(name, label, kind, what is stored) for each field."""
        for name, (part, key, label, kind) in SLOTS.items():
            yield name, label, kind, self._stored(name, part, key)
        for level in self.levels:
            limit = self.limits.get(level, {})
            ends = limit.get("percent") or limit.get("amount") or ["", ""]
            for end, words, value in zip(("least", "most"), ("the least", "the most"), ends, strict=True):
                shown_value = two_places(value) if value else ""
                yield f"limit_{end}_{level}", f"Level {level}, {words}", "text", shown_value
        for number in range(1, self.count + 1):
            row = self.own[number - 1] if number <= len(self.own) else {}
            size = f"{two_places(row['percent'])}%" if "percent" in row else ""
            size = f"${row['amount']}" if "amount" in row else size
            for key, label, value in (
                ("department", "department", row.get("department", "")),
                ("fund", "fund", row.get("fund", "")),
                ("size", "percent or dollars", size),
            ):
                yield f"own_{key}_{number}", f"Pool of its own {number}, {label}", "text", value

    def _stored(self, name, part, key):
        given = self.rules[part]
        if name in SWITCHES.values():
            return "none" if given is None else given["component"] if part == "pools" else "heads"
        value = (given or DEFAULTS[part])[key]
        return shown(name, two_places(value) if SLOTS[name][3] == "text" else value)

    def write(self, rules, cleaned):
        """Put what was typed into the rules."""
        for part, switch in SWITCHES.items():
            if cleaned[switch] in ("", "none"):
                rules[part] = None
                continue
            rules[part] = dict(rules[part] or DEFAULTS[part])
            for name, (of, key, _, kind) in SLOTS.items():
                if of == part and key and cleaned[name] != "":
                    rules[part][key] = _typed(name, kind, cleaned[name])
        if rules["pools"]:
            rules["pools"]["own"] = self._own(cleaned)
        if rules["proposals"]:
            component = rules["pools"] and rules[rules["pools"]["component"]]
            rules["proposals"]["limits"] = self._limits(cleaned, component)

    def _limits(self, cleaned, component):
        """A limit for each level of which something is typed, in the unit of the component."""
        gives = "amount" if component and component.get("gives") == "amount" else "percent"
        found = []
        for level in sorted(self.levels):
            ends = [cleaned[f"limit_{end}_{level}"].strip() for end in ("least", "most")]
            if any(ends):
                found.append({"level": level, gives: [end or "0" for end in ends]})
        return found

    def _own(self, cleaned):
        found = []
        for number in range(1, self.count + 1):
            department, fund, size = (
                cleaned[f"own_{key}_{number}"].strip() for key in ("department", "fund", "size")
            )
            if not (department or fund or size):
                continue
            row = {"department": department, "fund": fund}
            gives = "amount" if size.startswith("$") else "percent"
            found.append({key: value for key, value in row.items() if value} | {gives: size})
        return found

    def field_at(self, path):
        """The field at a path of a problem; None where it is another's."""
        part, _, key = path.partition(".")
        if part not in SWITCHES:
            return None
        if key.startswith("limits"):
            return f"limit_least_{self.levels[0]}"
        if key.startswith("own"):
            return "own_size_1"
        return next((name for name, slot in SLOTS.items() if slot[:2] == (part, key)), SWITCHES[part])


def _typed(name, kind, value):
    if kind == "whole":
        return int(value) if value.strip().isdecimal() else value.strip()
    return read(name, kind, value)
