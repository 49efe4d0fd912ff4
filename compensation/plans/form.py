"""The rules of a plan as slots in sentences: from the stored rules to fields, and from those to rules."""

from copy import deepcopy
from itertools import combinations

from django import forms

from compensation.models import Schedule
from compensation.pay.codecs import YEARS
from compensation.pay.rules import BadRules
from compensation.pay.written_rules import dump, parse
from compensation.plans.codes import spell_out
from compensation.plans.groups import Groups
from compensation.plans.pools import PoolRules
from compensation.plans.rows import Begins, Teams, Tenure, TenureBegins
from compensation.plans.slots import OPTIONAL, SLOTS, get, put, read, shown
from compensation.plans.tables import COMPONENTS, Table
from compensation.plans.years import period_of
from evaluations.models import Cycle

MOST_COMBINED = 4  # schedules of a county of which each combination is offered


HAS_WHO = ("across_the_board", "tenure")  # whose people are not those of merit and lump sums


class PlanForm(forms.Form):
    """One slot for each thing that may vary. A component whose slot says none is not in the plan."""

    use_required_attribute = False
    understood = ()  # sentences: what ranges of grades were taken for

    def __init__(self, *args, plan, **kwargs):
        self.plan, self.stored = plan, dump(parse(plan.rules))
        super().__init__(*args, **kwargs)
        for name, (path, label, kind) in SLOTS.items():
            self._add(name, label, kind, shown(name, get(self.stored, path)))
        typed = self.data if self.is_bound else self.initial
        self.tables = [Table(name, self.stored, plan, typed) for name in COMPONENTS]
        for table in self.tables:
            for name, label, value in table.fields():
                self._add(name, label, "text", value)
            rows = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=table.count)
            self.fields[f"{table.name}_rows"] = rows
            columns = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=len(table.cuts))
            self.fields[f"{table.name}_cuts"] = columns
        self.tenure, self.teams = Tenure(self.stored, typed), Teams(self.stored, typed)
        self.groups = Groups(self.stored, typed)
        days = (
            TenureBegins("tenure", "tenure", "Tenure", self.stored),
            Begins("merit", "merit", "Merit", self.stored),
            Begins("lump", "lump_sum", "The lump sum", self.stored),
        )
        self.pools = PoolRules(self.stored)
        self.parts = [*days, self.tenure, self.teams, self.pools, self.groups]
        for part in self.parts:
            for name, label, kind, value in part.fields():
                self._add(name, label, kind, value)
        for rows in (self.tenure, self.teams, self.groups):
            field = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=rows.count)
            self.fields[f"{rows.name}_rows"] = field
        self._add("base_on", "Base pay of", "date", plan.base_on.isoformat())
        self._add(
            "schedule_codes",
            "Schedules",
            schedule_choices(),
            ",".join(plan.schedule_codes),
        )
        cycles = [(str(cycle.pk), cycle.name) for cycle in Cycle.objects.order_by("-ends_on")[:8]]
        self._add("cycle", "Ratings of", [("", "no cycle"), *cycles], str(plan.cycle_id or ""))
        self._add("title", "Title", "text", plan.title)
        self.fields["revision"] = forms.IntegerField(widget=forms.HiddenInput, initial=plan.revision)

    def _add(self, name, label, kind, initial):
        attrs = {"class": "slot", "aria-label": label}
        if isinstance(kind, list):
            if initial and initial not in dict(kind):  # a rule that a document has brought
                kind = [*kind, (initial, initial.replace("_", " ").replace(",", " or "))]
            field = forms.ChoiceField(choices=kind, widget=forms.Select(attrs=attrs), required=False)
        elif kind == "date":
            widget = forms.DateInput(attrs=attrs | {"type": "date"}, format="%Y-%m-%d")
            field = forms.DateField(widget=widget, required=name in ("base_on", "effective_on"))
            field.error_messages["invalid"] = f"{label}: this is not a date."
            field.error_messages["required"] = f"{label}: a date is needed."
            field.validators.append(_in_a_likely_year(label))
        elif kind == "hidden":
            field = forms.CharField(widget=forms.HiddenInput, required=False)
        else:
            widths = {"whole": 3, "text": 10, "codes": 16, "unless empty": 4, "rows": 34}
            field = forms.CharField(
                widget=forms.TextInput(attrs=attrs | {"size": 40 if name == "title" else widths[kind]}),
                required=False,
                max_length=1000 if kind in ("rows", "codes") else 160,
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
        try:
            self.rules = dump(parse(self._rules(dict(cleaned))))  # a field with an error leaves `cleaned`
        except BadRules as bad:
            for problem in bad.problems:
                name = self._field_at(problem.field)
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
                rules[component] = {"who": {}} if component in HAS_WHO else {}
        for name, (path, _, kind) in SLOTS.items():
            if not (isinstance(kind, list) and cleaned[name] == ""):  # nothing chosen: the rule's default
                put(rules, path, read(name, kind, cleaned[name]))
        if rules["merit"] and rules["merit"]["gives"] != "steps":
            rules["merit"]["ends_at_step"] = None  # its slot is not shown
        for component in (rules["merit"], rules["lump_sum"]):
            if component and component["gives"] == "amount":
                component["at_least"] = "0"  # nor is this one
        for table in self.tables:
            if rules[table.key] is not None:
                rules[table.key].setdefault("by", "level")
                table.write(rules[table.key], cleaned)
        for part in self.parts:
            part.write(rules, cleaned)
        cycle = Cycle.objects.filter(pk=cleaned["cycle"] or None).first()
        if cycle:
            rules["performance_period"] = dump(period_of(cycle))
        self.understood = spell_out(rules, cleaned["base_on"])
        return rules

    def _field_at(self, path):
        """The slot at a path of a problem; None where it has none."""
        slots = (name for name, (where, _, _) in SLOTS.items() if where == path)
        others = (part.field_at(path) for part in (*self.tables, *self.parts))
        return next(slots, None) or next(filter(None, others), None)

    @property
    def limits(self):
        """(level, the least, the most) of what heads may propose, as bound fields."""
        return [
            (level, *(self[f"limit_{end}_{level}"] for end in ("least", "most")))
            for level in self.pools.levels
        ]

    @property
    def own_pools(self):
        """(department, fund, size) of each pool of its own, as bound fields."""
        numbers = range(1, self.pools.count + 1)
        return [tuple(self[f"own_{key}_{n}"] for key in ("department", "fund", "size")) for n in numbers]

    def rows(self, name, level_names):
        """A component's table as the page shows it: its bound fields by level and by score."""
        table = next(table for table in self.tables if table.name == name)
        return {
            "name": name,
            "title": table.title,
            "by": self[f"{name}_by"],
            "count": self[f"{name}_rows"],
            "columns": self[f"{name}_cuts"],
            "places": table.places,
            "cuts": [self[f"{name}_cut_{number}"] for number in range(1, len(table.cuts) + 1)],
            "levels": [
                (level, level_names.get(level, f"Level {level}"), [self[cell] for cell in cells])
                for level, cells in table.level_rows()
            ],
            "lower": " and ".join(str(level) for level in (2, 1) if level not in table.levels),
            "scores": [
                (row.number, self[row.starts], self[row.ends], [self[cell] for cell in row.earns])
                for row in table.score_rows()
            ],
        }

    def listed(self, rows):
        """The rows of tenure or of teams as the page shows them: (number, bound fields)."""
        return [(row.number, [self[name] for name in row.names]) for row in rows.rows()]

    @property
    def years_listed(self):
        return self.listed(self.tenure)

    @property
    def teams_listed(self):
        return self.listed(self.teams)

    @property
    def groups_listed(self):
        """Each group as the page shows it: its number, and its bound fields by name."""
        return [
            (
                row.number,
                {field: self[name] for field, name in zip(self.groups.labels, row.names, strict=True)},
            )
            for row in self.groups.rows()
        ]

    @property
    def is_changed(self):
        """Whether anything is typed that the stored draft does not say."""
        others = {name: value for name, value in self.changes.items() if name != "rules"}
        return self.rules != self.stored or any(
            getattr(self.plan, name) != value for name, value in others.items()
        )

    @property
    def changes(self):
        """What `services.save_plan` takes."""
        cleaned = self.cleaned_data
        return {
            "rules": self.rules,
            "base_on": cleaned["base_on"],
            "cycle_id": int(cleaned["cycle"]) if cleaned["cycle"] else None,
            "schedule_codes": cleaned["schedule_codes"].split(","),
            "title": cleaned["title"] or self.plan.title,
        }


def _in_a_likely_year(label):
    def check(day):
        if day.year not in YEARS:
            raise forms.ValidationError(f"{label}: {day.year} is not a year from {YEARS[0]} to {YEARS[-1]}.")

    return check


def schedule_choices():
    """Choices of schedules by code, alone with the name of the latest table, and together."""
    latest = {}
    for code, name in Schedule.objects.order_by("starts_on").values_list("code", "name"):
        latest[code] = name
    codes = sorted(latest)
    sizes = range(2, len(codes) + 1) if len(codes) <= MOST_COMBINED else {len(codes)} - {1}
    together = [these for size in sizes for these in combinations(codes, size)]
    return [(code, f"{code}: {latest[code]}") for code in codes] + [
        (",".join(these), " and ".join(these)) for these in together
    ]
