"""Fields that find a person or a job by what people type: a number, a code, a name."""

from django import forms
from django.template.loader import render_to_string
from django.urls import reverse_lazy
from django.utils.safestring import mark_safe

from organization.models import Employee, Job


class Suggesting(forms.TextInput):
    """A text field whose suggestions come from the server while one types."""

    template_name = "organization/suggesting.html"

    def __init__(self, url):
        super().__init__(attrs={"autocomplete": "off", "spellcheck": "false"})
        self.url = url

    def render(self, name, value, attrs=None, renderer=None):
        context = self.get_context(name, value, attrs)
        context["widget"]["url"] = self.url
        return mark_safe(render_to_string(self.template_name, context))  # noqa: S308 (our own template)


class EmployeeField(forms.CharField):
    """An employee by number, with or without the name behind it, or by name where only one has it."""

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", "Employee number or name.")
        super().__init__(widget=Suggesting(reverse_lazy("organization:suggest_people")), **kwargs)

    def prepare_value(self, value):
        return f"{value.number} {value.full_name}" if isinstance(value, Employee) else value

    def clean(self, value):
        words = super().clean(value)
        if not words:
            return None
        first = words.split()[0].strip(",")
        employee = Employee.objects.filter(number__iexact=first).first()
        if employee:
            return employee
        found = list(Employee.objects.search(words.replace(",", " "))[:2])
        if len(found) == 1:
            return found[0]
        if found:
            raise forms.ValidationError(f"More than one person is found for “{words}”. Write the number.")
        raise forms.ValidationError(f"Nobody has the number or name “{words}”.")


class JobField(forms.CharField):
    """A job by title or code."""

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", "Title or code.")
        super().__init__(widget=Suggesting(reverse_lazy("organization:suggest_jobs")), **kwargs)

    def prepare_value(self, value):
        return value.title if isinstance(value, Job) else value

    def clean(self, value):
        words = super().clean(value)
        if not words:
            return None
        found = (
            Job.objects.filter(title__iexact=words).first() or Job.objects.filter(code__iexact=words).first()
        )
        if found is None:
            raise forms.ValidationError(f"There is no job “{words}”. Choose one of the suggestions.")
        return found
