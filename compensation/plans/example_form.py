"""The form of one example of a plan. What it holds is read by the plan's document, as a file is."""

from crispy_forms.layout import HTML, Fieldset, Layout
from django import forms

from compensation.models import PayPlan
from compensation.pay.case_texts import SET_BY
from compensation.pay.reasons import KINDS
from compensation.pay.rules import BadRules
from compensation.plans.document import document_of, examples_of
from compensation.plans.examples import FIGURES
from evaluations.models import Level
from look.forms import LookForm, MoneyField

WHO = ("basis", "rate", "fte", "grade", "step", "kind")
RATED = ("level", "score", "service_weight", "proposed", "earnings")
SERVICE = ("hired_on", "in_position_since", "separated_on")
WHERE = ("pay_set_by", "is_grant", "department", "hours_per_year")
FACTS = (*WHO, *RATED, *SERVICE, *WHERE)


def _text(label, means="", *, required=False):
    return forms.CharField(label=label, help_text=means, required=required, max_length=40)


def _choice(label, choices, *, required=False):
    return forms.ChoiceField(label=label, choices=choices, required=required)


class ExampleForm(LookForm, forms.Form):
    """One example. Facts and figures that have no field here, as a file may have, stay as they are."""

    affixes = {"service_weight": "%", "hours_per_year": "h"}

    says = forms.CharField(
        label="What it says", max_length=200, help_text="Such as: full time, rated 3, both raises."
    )
    basis = _choice("Pay basis", [("annual", "Annual"), ("hourly", "Hourly")], required=True)
    rate = _text(
        "Full-time rate of pay",
        "Dollars a year, or dollars an hour with up to four decimals.",
        required=True,
    )
    fte = _text("FTE", "1 is full time. Without it no rule of the pay range applies.")
    grade = _text("Grade", "As the schedule writes it. Without it no rule of the range applies.")
    step = _text("Step")
    kind = _choice("Kind of position", list(KINDS.items()))
    level = _choice("Rating of record", [])
    score = _text("Score", "Such as 3.25, for a plan that goes by the score.")
    service_weight = _text("Service weight of the evaluation", "Of 100.")
    proposed = _text("Proposed by the head", "2.75% or $1,500, for a plan whose heads propose.")
    earnings = _text(
        "Total earnings", "Dollars of the performance period, for a plan that pays a percent of them."
    )
    hired_on = forms.DateField(label="Hired on", required=False)
    in_position_since = forms.DateField(label="In the position since", required=False)
    separated_on = forms.DateField(
        label="Separated on", required=False, help_text="The first day no longer employed."
    )
    pay_set_by = _choice("Pay is set by", [("", "the Commissioners Court"), *list(SET_BY.items())[1:]])
    is_grant = _choice("Paid from a grant", [("", "no"), ("yes", "yes")])
    department = _text("Department code", "For a plan with groups of departments.")
    hours_per_year = _text("Hours of a full-time year", "Without it those of the plan.")
    gives_new_annual, gives_across_the_board, gives_tenure, gives_merit, gives_lump, gives_longevity = (
        MoneyField(label=label, required=False, max_digits=14) for label in FIGURES.values()
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, plan, stored, **kwargs):
        super().__init__(*args, **kwargs)
        self.plan, self.stored = plan, stored or {"case": {}, "gives": {}}
        levels = Level.objects.filter(scale=plan.cycle.scale_id if plan.cycle else None).order_by("-number")
        self.fields["level"].choices = [
            ("", "none"),
            *((str(each.number), f"{each.number}: {each.name}") for each in levels),
        ]
        case, gives = self.stored["case"], self.stored["gives"]
        self.initial = {"says": self.stored.get("says"), "revision": plan.revision, "kind": "regular"}
        usual = (
            {} if case else {"fte": "1", "service_weight": plan.rules["who"].get("at_least_service_weight")}
        )
        self.initial |= {"basis": "annual"} | usual | case
        self.initial |= {f"gives_{name}": value for name, value in gives.items()}
        figures = [f"gives_{name}" for name in FIGURES]
        self.helper.layout = Layout(
            "revision",
            Fieldset("An employee like this", "says", *FACTS, css_class="fieldset"),
            Fieldset(
                "Gets",
                HTML('<p class="meta">Fill in the figures that must come out; leave the others empty.</p>'),
                *figures,
                css_class="fieldset",
            ),
        )

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        case, gives = dict(self.stored["case"]), dict(self.stored["gives"])
        for name in FACTS:
            _put(case, name, cleaned[name])
        for name in FIGURES:
            _put(gives, name, cleaned[f"gives_{name}"])
        if not gives:
            self.add_error(f"gives_{next(iter(FIGURES))}", "Say at least one figure that must come out.")
            return cleaned
        only = PayPlan(
            title="Example",
            rules=self.plan.rules,
            examples=[{"says": cleaned["says"], "case": case, "gives": gives}],
        )
        try:
            document_of(only)
            (self.example,) = examples_of(only)
        except BadRules as bad:
            for problem in bad.problems:
                *_, part, name = problem.field.split(".")
                name = f"gives_{name}" if part == "gives" else name
                self.add_error(name if name in self.fields else None, problem.message)
        return cleaned


def _put(facts, name, value):
    """Put a value in, or take an empty one out."""
    facts.pop(name, None)
    if value not in (None, ""):
        facts[name] = str(value)
