"""The dials of a scenario as fields, each with a slider beside it, and what may be sought."""

from django import forms

from compensation.models import ScenarioSet
from compensation.pay import dials as pay_dials
from compensation.pay import money
from compensation.pay.dials import AS_PLANNED, GREATEST, LEVELS, Dials
from compensation.pay.scenario import POOL_FIGURES
from compensation.scenarios.pages import WRITE
from look.forms import MoneyField

# What a dial takes in each unit: how it is read, its decimals, the slider's end and step, its signs.
UNITS = {
    "percent": (money.read_percent, 4, "6", "0.05", ("", "%")),
    "steps": (int, 0, "5", "1", ("", "steps")),
    "amount": (money.read_dollars, 2, "5000", "25", ("$", "")),
}
NAMES = {"merit": "Merit", "lump": "Lump sum"}
POOLS = {"pool": "Pools, percent of payroll", "small_pool": "Small offices, percent of payroll"}
GIVES = {
    "percent": "a percent of base pay",
    "steps": "steps",
    "amount": "dollars",
    "none": "not given",
    AS_PLANNED: "by the plan’s own table",
}


class ScenarioForm(forms.Form):
    """Fields named as the parts of `Dials`: across, merit_gives, merit_3 to merit_5, the same for lump."""

    use_required_attribute = False
    revision = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label="Name of the scenario", max_length=60)
    budget = MoneyField(label="Budget", required=False, max_digits=14, min_value=1)
    budget_for = forms.ChoiceField(label="It is for", choices=ScenarioSet.For)

    def __init__(self, *args, scenario, level_names, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.scenario, self.stored = scenario, pay_dials.read(scenario.dials)
        budget = scenario.set.budget
        self.initial = {
            "revision": scenario.revision,
            "title": scenario.title,
            "budget": None if budget is None else money.dollars(budget).removeprefix("$"),
            "budget_for": scenario.set.budget_for,
        }
        self.fields["budget_for"].choices = for_set(ScenarioSet.For.choices, scenario.set)
        self._dial("across", "Across the board", "percent", self.stored.across)
        for part, name in NAMES.items():
            gives, values = getattr(self.stored, f"{part}_gives"), getattr(self.stored, part)
            kinds = [AS_PLANNED, "none"] if gives == AS_PLANNED else pay_dials.GIVES[part]
            self.fields[f"{part}_gives"] = forms.ChoiceField(
                label=name, choices=[(kind, GIVES[kind]) for kind in kinds]
            )
            self.initial[f"{part}_gives"] = gives
            chosen = self.data.get(f"{part}_gives", gives) if self.is_bound else gives
            for level, value in zip(LEVELS, values, strict=True):
                label = f"{name}, {level_names[level].lower()}" + (
                    "" if level == LEVELS[0] else f", added to {level_names[LEVELS[0]].lower()}"
                )
                self._dial(f"{part}_{level}", label, chosen, value if chosen == gives else 0)
        self.pools = [name for name in POOLS if getattr(self.stored, name) is not None]
        for name in self.pools:
            self._dial(name, POOLS[name], "percent", getattr(self.stored, name))
        for name in ("title", "budget"):
            self.fields[name].widget.attrs["class"] = "form-control"
        for name in ("budget_for", "merit_gives", "lump_gives"):
            self.fields[name].widget.attrs["class"] = "form-select"

    def _dial(self, name, label, unit, value):
        field = forms.CharField(label=label, required=False, max_length=20)
        field.widget.attrs = {"class": "form-control", "inputmode": "decimal", "autocomplete": "off"}
        self.fields[name] = field
        if unit not in UNITS:
            field.unit = None
            return
        _, decimals, field.most, field.step, (field.before, field.after) = UNITS[unit]
        field.unit = unit
        self.initial[name] = (
            money.plain(value, decimals, at_least=min(decimals, 2)) if decimals else str(value)
        )

    def dials_shown(self, part):
        """The fields of a part that are in use, for the page."""
        return [self[f"{part}_{level}"] for level in LEVELS if self.fields[f"{part}_{level}"].unit]

    def merit_dials(self):
        return self.dials_shown("merit")

    def lump_dials(self):
        return self.dials_shown("lump")

    def pool_dials(self):
        return [self[name] for name in self.pools]

    def clean(self):
        cleaned = super().clean()
        across = self._figure("across", "percent")
        values = {}
        for part in NAMES:
            gives = cleaned.get(f"{part}_gives", "none")
            values[f"{part}_gives"] = gives
            values[part] = (
                tuple(self._figure(f"{part}_{level}", gives) for level in LEVELS)
                if gives in UNITS
                else (0, 0, 0)
            )
        values |= {name: self._figure(name, "percent") for name in self.pools}
        if not self.errors:
            self.dials = Dials(across, **values)
        return cleaned

    def _figure(self, name, unit):
        text, label = self.cleaned_data.get(name, "").strip(), self.fields[name].label
        if not text:
            return 0
        try:
            value = UNITS[unit][0](text)
        except ValueError as problem:
            said = f"“{text}” is not a whole number." if unit == "steps" else str(problem)
            self.add_error(name, f"{label}: {said}")
            return 0
        if not 0 <= value <= GREATEST[unit]:
            self.add_error(name, f"{label}: {text} is not from 0 to {WRITE[unit](GREATEST[unit])}.")
            return 0
        return value

    @property
    def changes(self):
        """What `services.save_scenario` takes."""
        budget = self.cleaned_data["budget"]
        return {
            "revision": self.cleaned_data["revision"],
            "title": self.cleaned_data["title"],
            "dials": self.dials,
            "budget": None if budget is None else int(budget * 100),
            "budget_for": self.cleaned_data["budget_for"],
        }


FIGURES = [
    *ScenarioSet.For.choices,
    ("every_year", "what comes again every year, with the employer’s share"),
    ("five_years", "the cost over five fiscal years"),
]


DIALS = [
    ("merit", "merit"),
    ("across", "raise across the board"),
    ("lump", "lump sum"),
    ("pool", "percent of the pools"),
    ("small_pool", "percent of small offices"),
]


def for_set(choices, scenarios):
    """Choices of a figure without those of pools, where the plan of a set has none, and without the
    employer's share beside pools that pay it themselves.
    """
    pools = scenarios.rules.get("pools")
    out = POOL_FIGURES if pools is None else ("pools_and_employer",) if pools.get("with_employer") else ()
    return [(name, words) for name, words in choices if name not in out]


class SeekForm(forms.Form):
    """Which dial to turn, and which figure may be how large then; none: what the budget is for."""

    use_required_attribute = False
    dial = forms.ChoiceField(
        label="Find the largest",
        choices=DIALS,
    )
    figure = forms.ChoiceField(label="with which this", choices=FIGURES, required=False)
    target = MoneyField(
        label="is at most",
        max_digits=14,
        min_value=1,
        error_messages={
            "required": "Write the amount that it may cost.",
            "min_value": "Write an amount above zero.",
        },
    )

    def __init__(self, *args, scenario, **kwargs):
        super().__init__(*args, label_suffix="", prefix="seek", **kwargs)
        dials = pay_dials.read(scenario.dials)
        self.fields["figure"].choices = for_set(FIGURES, scenario.set)
        self.fields["dial"].choices = [
            (name, words) for name, words in DIALS if name not in POOLS or getattr(dials, name) is not None
        ]
        for name in ("dial", "figure"):
            self.fields[name].widget.attrs["class"] = "form-select"
        self.fields["target"].widget.attrs["class"] = "form-control"


class KeepForm(forms.Form):
    """What was found, to be kept as a scenario of its own."""

    use_required_attribute = False
    title = ScenarioForm.base_fields["title"]
    dial = forms.ChoiceField(choices=DIALS, widget=forms.HiddenInput)
    value = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", prefix="keep", **kwargs)
        self.fields["title"].widget.attrs["class"] = "form-control"
