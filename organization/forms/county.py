"""Forms about the county: departments, heads, roles, settings, its date."""

from calendar import month_name

from crispy_forms.layout import Layout
from django import forms
from django.db.models import Q

from accounts.models import User
from look.forms import LookForm, SideBySide
from organization.dated import A_DAY
from organization.forms.fields import EmployeeField
from organization.models import County, Department, Holiday, PayCalendar, Role

MONTHS = [(number, month_name[number]) for number in range(1, 13)]


class DepartmentForm(LookForm, forms.ModelForm):
    class Meta:
        model = Department
        fields = ["name", "kind", "parent", "fund"]
        labels = {"parent": "Part of", "fund": "Fund"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["parent"].queryset = Department.objects.exclude(pk=self.instance.pk)
        self.fields["parent"].empty_label = "Nothing: it stands by itself"


class NewDepartmentForm(DepartmentForm):
    class Meta(DepartmentForm.Meta):
        fields = ["code", "name", "kind", "parent", "fund"]
        help_texts = {"code": "Short and lasting, such as CCLK. It stands in addresses and files."}

    def clean_code(self):
        code = self.cleaned_data["code"].strip()
        if "/" in code:
            raise forms.ValidationError("A code has no slash.")
        return code


class HeadForm(LookForm, forms.Form):
    employee = EmployeeField(
        label="Head", required=False, help_text="Employee number or name. Empty: nobody for now."
    )
    on = forms.DateField(label="From", help_text="The first day as head.")
    reason = forms.CharField(label="Reason", max_length=200, required=False)


class RoleFields(LookForm, forms.Form):
    """Which role, where and when. `values()` are what the services of roles take."""

    role = forms.ChoiceField(label="Role", choices=Role)
    department = forms.ModelChoiceField(
        label="Where", queryset=Department.objects.all(), required=False, empty_label="The whole county"
    )
    starts_on = forms.DateField(label="From")
    last_day = forms.DateField(label="Last day", required=False)

    who_fields = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            *self.who_fields, SideBySide("role", "department"), SideBySide("starts_on", "last_day")
        )

    def values(self):
        last_day = self.cleaned_data["last_day"]
        return {
            "role": self.cleaned_data["role"],
            "department": self.cleaned_data["department"],
            "starts_on": self.cleaned_data["starts_on"],
            "ends_on": last_day + A_DAY if last_day else None,
        }


class OutsideAccountForm(RoleFields):
    name = forms.CharField(label="Name", max_length=120)
    email = forms.EmailField(label="E-mail", max_length=254, help_text="With which he or she signs in.")
    who_fields = ("name", "email")


class GrantForm(RoleFields):
    who = forms.CharField(label="Who", max_length=254, help_text="Work e-mail, or employee number.")
    who_fields = ("who",)

    def clean_who(self):
        words = self.cleaned_data["who"].strip()
        user = User.objects.filter(Q(email__iexact=words) | Q(employee__number__iexact=words)).first()
        if user is None:
            raise forms.ValidationError(
                f"Nobody signs in as “{words}”. Open an account on his or her page first."
            )
        return user


class CountyForm(LookForm, forms.ModelForm):
    fiscal_year_starts_month = forms.TypedChoiceField(
        label="The fiscal year begins on the first of", choices=MONTHS, coerce=int
    )

    class Meta:
        model = County
        fields = [
            *("name", "state", "fiscal_year_starts_month", "hours_per_year"),
            *("minimum_service_weight", "officer_notice_days"),
        ]
        labels = {
            "hours_per_year": "Hours of a full-time year",
            "minimum_service_weight": "Minimum weight of customer service",
            "officer_notice_days": "Days of notice for elected officers’ pay",
        }
        help_texts = {
            "hours_per_year": "Turns an annual rate into an hourly one for those without hours of their own.",
            "minimum_service_weight": "Of 100, for every evaluation and job description.",
            "officer_notice_days": (
                "An increase is published before this day before the meeting: the 10th by Texas Local "
                "Government Code 152.013."
            ),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            SideBySide("name", "state"),
            SideBySide("fiscal_year_starts_month", "officer_notice_days"),
            SideBySide("hours_per_year", "minimum_service_weight"),
        )


class CalendarForm(LookForm, forms.ModelForm):
    class Meta:
        model = PayCalendar
        fields = ["name", "anchor_on", "length_days", "pay_lag_days"]
        labels = {
            "anchor_on": "First day of any one pay period",
            "length_days": "Days in a pay period",
            "pay_lag_days": "Days from its last day to the pay date",
        }
        help_texts = dict.fromkeys(["anchor_on", "pay_lag_days"], "")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            SideBySide("name", "anchor_on"), SideBySide("length_days", "pay_lag_days")
        )


class HolidayForm(LookForm, forms.ModelForm):
    focus_errors = False

    class Meta:
        model = Holiday
        fields = ["on", "name"]
        labels = {"on": "Day", "name": "Holiday"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(SideBySide("on", "name"))


class MoveDateForm(LookForm, forms.Form):
    """The demo's date, moved by a number of days or to a day."""

    days = forms.IntegerField(label="Days ahead", min_value=1, max_value=1100, required=False)
    to = forms.DateField(label="Or to this day", required=False)

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.helper.layout = Layout(SideBySide("days", "to"))

    def clean(self):
        values = super().clean()
        days, to = values.get("days"), values.get("to")
        if self.errors:
            return values
        if bool(days) == bool(to):
            raise forms.ValidationError("Give a number of days or a day.")
        if to and to <= self.today:
            self.add_error("to", "The county’s date moves forward only.")
        values["days"] = days or (to - self.today).days
        return values
