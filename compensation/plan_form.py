"""The rules of a plan as slots in sentences: from the stored rules to fields, and from those to rules."""

from copy import deepcopy

from django import forms

from compensation.forms import schedule_codes
from compensation.pay.rules import BadRules, dump, parse
from evaluations.models import Cycle

LEVELS = (5, 4, 3)

# field: (where it stands in the rules, its name for screen readers, choices or None for text)
SLOTS = {
    "kinds": (
        "who.kinds",
        "Kind of position",
        [("regular", "regular"), ("regular,temporary", "regular or temporary")],
    ),
    "hired_by": ("who.hired_by", "Hired by", "date"),
    "months_in_position": ("who.months_in_position", "Months in the position", "whole"),
    "months_of_service": ("who.months_of_service", "Months of service", "whole"),
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
        [("regular", "regular"), ("regular,temporary", "regular or temporary")],
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
    "across_percent": ("across_the_board.percent", "Across the board, percent", "text"),
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
    "schedule_place": (
        "schedule.place",
        "Cells rounded to",
        [("cent", "the cent"), ("dollar", "the dollar")],
    ),
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
    "lump_gives": (
        "lump_sum.gives",
        "The lump sum is",
        [("amount", "dollars"), ("percent", "a percent of base pay"), ("none", "not given")],
    ),
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
    "merit": "merit_gives",
    "lump_sum": "lump_gives",
}
PERCENTS = ("across_percent", "retirement")
NOTHING = {
    "across_percent": "0.00",
    "across_at_least": "0.00",
    "across_amount": "0.00",
}  # where none is given
YEARS = range(1950, 2200)  # others are slips of the finger, and no calendar reaches them
WHOLE = ("months_in_position", "months_of_service", "hourly_decimals")


class PlanForm(forms.Form):
    """One slot for each thing that may vary. A component whose slot says none is not in the plan."""

    use_required_attribute = False

    def __init__(self, *args, plan, **kwargs):
        self.plan, self.stored = plan, dump(parse(plan.rules))
        super().__init__(*args, **kwargs)
        for name, (path, label, kind) in SLOTS.items():
            self._add(name, label, kind, _shown(name, _get(self.stored, path)))
        for component in ("merit", "lump"):
            for level in LEVELS:
                label = f"{component.capitalize()}, level {level}"
                self._add(f"{component}_{level}", label, "text", _earned(self.stored, component, level))
        self._add("base_on", "Base pay of", "date", plan.base_on.isoformat())
        self._add(
            "schedule_code",
            "Schedule",
            schedule_codes() or [(plan.schedule_code, plan.schedule_code)],
            plan.schedule_code,
        )
        cycles = [(str(cycle.pk), cycle.name) for cycle in Cycle.objects.order_by("-ends_on")[:8]]
        self._add("cycle", "Ratings of", [("", "no cycle"), *cycles], str(plan.cycle_id or ""))
        self._add("title", "Title", "text", plan.title)
        self.fields["revision"] = forms.IntegerField(widget=forms.HiddenInput, initial=plan.revision)

    def _add(self, name, label, kind, initial):
        attrs = {"class": "slot", "aria-label": label}
        if isinstance(kind, list):
            field = forms.ChoiceField(choices=kind, widget=forms.Select(attrs=attrs), required=False)
        elif kind == "date":
            widget = forms.DateInput(attrs=attrs | {"type": "date"}, format="%Y-%m-%d")
            field = forms.DateField(widget=widget, required=name in ("base_on", "effective_on"))
            field.error_messages["invalid"] = f"{label}: this is not a date."
            field.error_messages["required"] = f"{label}: a date is needed."
            field.validators.append(_in_a_likely_year(label))
        else:
            widths = {"whole": 3, "text": 10}
            field = forms.CharField(
                widget=forms.TextInput(attrs=attrs | {"size": 40 if name == "title" else widths[kind]}),
                required=False,
                max_length=160,
            )
        field.label, field.initial = label, initial
        self.fields[name] = field

    def clean(self):
        cleaned = super().clean()
        for name, (_, label, kind) in SLOTS.items():
            if kind in ("text", "whole") and not cleaned.get(name, "").strip():
                self.add_error(name, f"{label}: this is empty. Type 0 for nothing.")
        if self.errors:
            return cleaned
        read = dict(cleaned)  # a field with an error leaves `cleaned`
        try:
            self.rules = dump(parse(self._rules(read)))
        except BadRules as bad:
            for problem in bad.problems:
                name = self._field_at(problem.field, read)
                label = self.fields[name].label if name else problem.field
                self.add_error(name, f"{label}: {problem.message}")
        return cleaned

    def _rules(self, cleaned):
        """The stored rules with what the slots say in place of what they said."""
        rules = deepcopy(self.stored)
        for component, slot in OPTIONAL.items():
            absent = cleaned[slot] in ("", "none", "0")
            if component == "across_the_board":
                absent = not any(
                    cleaned[f"across_{part}"].strip(" 0.$%") for part in ("percent", "at_least", "amount")
                )
            if absent:
                rules[component] = None
            elif rules[component] is None:
                rules[component] = {"who": {}} if component == "across_the_board" else {}
        for name, (path, _, kind) in SLOTS.items():
            if not (isinstance(kind, list) and cleaned[name] == ""):  # nothing chosen: the rule's default
                _set(rules, path, _read(name, kind, cleaned[name]))
        for component, key in (("merit", "merit"), ("lump", "lump_sum")):
            if rules[key] is not None and rules[key].get("by", "level") == "level":
                rules[key]["by"] = "level"
                rules[key]["table"] = [
                    {"level": level, rules[key]["gives"]: _value(rules[key]["gives"], text)}
                    for level, text in self._rated(component, cleaned)
                ]
        cycle = Cycle.objects.filter(pk=cleaned["cycle"] or None).first()
        if cycle:
            last = cycle.ends_on.fromordinal(cycle.ends_on.toordinal() - 1)
            rules["performance_period"] = {"starts_on": str(cycle.starts_on), "ends_on": str(last)}
        return rules

    def _rated(self, component, cleaned):
        """(level, text) of a table, from the lowest. An empty slot is a gap, which bars adoption."""
        rows = ((level, cleaned[f"{component}_{level}"].strip()) for level in sorted(LEVELS))
        return [row for row in rows if row[1]]

    def _field_at(self, path, cleaned):
        """The slot at a path of a problem; None where it has none."""
        for name, (where, _, _) in SLOTS.items():
            if where == path:
                return name
        component, _, rest = path.partition(".table.")
        row = rest.split(".")[0]
        if row.isdecimal() and component in ("merit", "lump_sum"):
            component = component.removesuffix("_sum")
            return f"{component}_{self._rated(component, cleaned)[int(row) - 1][0]}"
        return None

    @property
    def changes(self):
        """What `services.save_plan` takes."""
        cleaned = self.cleaned_data
        return {
            "rules": self.rules,
            "base_on": cleaned["base_on"],
            "cycle_id": int(cleaned["cycle"]) if cleaned["cycle"] else None,
            "schedule_code": cleaned["schedule_code"],
            "title": cleaned["title"] or self.plan.title,
        }


def _in_a_likely_year(label):
    def check(day):
        if day.year not in YEARS:
            raise forms.ValidationError(f"{label}: {day.year} is not a year from {YEARS[0]} to {YEARS[-1]}.")

    return check


def _get(rules, path):
    for key in path.split("."):
        if rules is None:
            return None
        rules = rules[key]
    return rules


def _set(rules, path, value):
    """Put a value at a path; a component that is not in the plan takes none."""
    *above, last = path.split(".")
    for key in above:
        rules = rules[key]
        if rules is None:
            return
    rules[last] = value


def _shown(name, value):
    """A stored value as its slot shows it."""
    if name in ("schedule_method", "merit_gives", "lump_gives") and value is None:
        return "none"
    if value is None:
        return NOTHING.get(name, "")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ",".join(value)
    return _two_places(value) if name in PERCENTS else str(value)


def _two_places(text):
    """`2` as 2.00, as people write a percent; more decimals stay."""
    whole, _, part = str(text).partition(".")
    return f"{whole}.{part.ljust(2, '0')}"


def _read(name, kind, text):
    """What was put into a slot, as the rules write it."""
    if name in ("kinds", "across_kinds"):
        return text.split(",")
    if name in WHOLE:
        return int(text) if text.strip().isdecimal() else text.strip()
    if isinstance(kind, list) and kind[0][0] in ("true", "false"):
        return text == "true"
    if kind == "date":
        return text.isoformat() if text else None
    return text.strip() if kind == "text" else text


def _earned(rules, component, level):
    table = _get(rules, f"{'lump_sum' if component == 'lump' else component}.table") or []
    for row in table:
        if row.get("level") == level:
            gives, value = next((key, value) for key, value in row.items() if key != "level")
            return _two_places(value) if gives == "percent" else str(value)
    return ""


def _value(gives, text):
    return int(text) if gives == "steps" and text.isdecimal() else text
