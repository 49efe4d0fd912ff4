"""A published notice as the court clerk types it in: the newspaper, the days, and a row for each officer."""

from decimal import Decimal

from crispy_forms.layout import Layout
from django import forms

from court.fields import PdfField
from look.forms import LookForm, MoneyField, SideBySide
from organization.models import Assignment, the_county

AMOUNTS = {
    "current_salary": "salary now",
    "proposed_salary": "salary proposed",
    "current_expenses": "expenses now",
    "proposed_expenses": "expenses proposed",
}


def officers_on(day):
    """The elected officers of a day, each with the yearly pay of that day as `annual_rate`."""
    found = Assignment.objects.in_force(day).filter(kind=Assignment.Kind.ELECTED, slot=1)
    found = found.with_annual_rate(the_county().hours_per_year).select_related("employee", "job")
    return list(found.order_by("employee__sort_key", "employee__number"))


class NoticeForm(LookForm, forms.Form):
    """An officer whose proposed figures are empty is not in the notice."""

    newspaper = forms.CharField(
        label="Newspaper", max_length=120, help_text="Of general circulation in the county."
    )
    published_on = forms.DateField(label="Published")
    meeting_on = forms.DateField(label="Meeting at which the salaries are set")
    proof = PdfField(
        what="the proof",
        label="Proof of publication",
        required=False,
        help_text="The page or the publisher’s affidavit, a PDF of at most 10 MB.",
    )

    def __init__(self, *args, officers, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.officers, self.today = officers, today
        for each in officers:
            for name, label in AMOUNTS.items():
                field = MoneyField(
                    label=f"{each.employee}, {label}",
                    required=False,
                    min_value=0,
                    max_digits=10,
                    initial=f"{each.annual_rate:,.2f}" if name == "current_salary" else None,
                )
                field.widget.attrs |= {"class": "num", "aria-label": field.label, "size": 10}
                field.short = label.capitalize()
                self.add_field(f"{name}_{each.employee_id}", field)
        self.helper.layout = Layout(
            "newspaper",
            SideBySide("published_on", "meeting_on"),
            "proof",
        )
        self.helper.render_unmentioned_fields = False

    @property
    def rows(self):
        """Each officer with the bound fields of his row."""
        return [(each, [self[f"{name}_{each.employee_id}"] for name in AMOUNTS]) for each in self.officers]

    def clean_published_on(self):
        day = self.cleaned_data["published_on"]
        if day > self.today:
            raise forms.ValidationError("This day has not come yet. Record the notice once it is published.")
        return day

    def clean(self):
        data = super().clean()
        published_on, meeting_on = data.get("published_on"), data.get("meeting_on")
        if published_on and meeting_on and meeting_on <= published_on:
            self.add_error("meeting_on", "The meeting comes after the day of publication.")
        self.noticed = [found for each in self.officers if (found := self._officer(each, data))]
        if not self.noticed and not self.errors:
            self.add_error(None, "No officer has a proposed salary. Fill in those whom the notice names.")
        return data

    def _officer(self, each, data):
        """What the notice says of an officer; None for one whom it does not name."""
        at = {name: f"{name}_{each.employee_id}" for name in AMOUNTS}
        given = {name: data.get(field) for name, field in at.items()}
        if given["proposed_salary"] is None and given["proposed_expenses"] is None:
            return None
        given["current_salary"] = given["current_salary"] or Decimal(0)
        given["current_expenses"] = given["current_expenses"] or Decimal(0)
        for what in ("salary", "expenses"):
            now, proposed = given[f"current_{what}"], given[f"proposed_{what}"]
            if proposed is None:
                given[f"proposed_{what}"] = now
            elif proposed < now:
                message = f"{each.employee}: a notice is of an increase, and this is less than now."
                self.add_error(at[f"proposed_{what}"], message)
        office = each.job.title if each.job else each.department.name
        return {"employee": each.employee, "officer": str(each.employee), "office": office, **given}
