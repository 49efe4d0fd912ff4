"""The left navigation: only what the person's roles need. Names of pages, never addresses."""

from functools import cache
from typing import NamedTuple

from django.template.loader import render_to_string
from django.urls import reverse

from certification.permissions import reads_certificates
from impact.permissions import can_read as can_read_impact
from look.formats import monogram
from organization.models import Role

HR, BUDGET, COURT, PAYROLL, AUDITOR = Role.HR, Role.BUDGET, Role.COURT_CLERK, Role.PAYROLL, Role.AUDITOR


class Item(NamedTuple):
    label: str
    view: str
    icon: str
    shown: object  # (person) -> bool


def _anyone(person):
    return person.user is not None


def _employee(person):
    return person.employee_id is not None


def _holds(*roles):
    return lambda person: any(role in roles for role, _ in person.grants)


def _in_charge(person):
    return person.is_supervisor or person.is_head or _holds(HR, AUDITOR)(person)


def _proposes(person):
    return person.is_head or person.is_county_judge or _holds(HR, BUDGET, AUDITOR)(person)


GROUPS = [
    (
        None,
        [
            Item("Home", "reports:home", "house", _anyone),
            Item("People", "organization:directory", "users", _anyone),
            Item("Departments", "organization:departments", "building-2", _anyone),
            Item("Roster imports", "organization:imports", "file-up", _holds(HR)),
            Item("Job descriptions", "jobs:list", "file-text", _anyone),
            Item("Evaluations", "evaluations:list", "clipboard-check", _in_charge),
            Item("Cycles", "evaluations:cycles", "calendar-range", _holds(HR)),
        ],
    ),
    (
        "Mine",
        [
            Item("My evaluation", "evaluations:mine", "user-check", _employee),
            Item("My pay", "reports:my_pay", "receipt-text", _employee),
        ],
    ),
    (
        "Pay",
        [
            Item(
                "Pay structure", "compensation:structure", "chart-no-axes-gantt", _holds(HR, BUDGET, AUDITOR)
            ),
            Item("Pay plans", "compensation:plans", "scale", _holds(HR, BUDGET, COURT, AUDITOR)),
            Item("Scenarios", "compensation:scenarios", "sliders-horizontal", _holds(HR, BUDGET, AUDITOR)),
            Item("Pay runs", "compensation:runs", "calculator", _holds(HR, BUDGET, PAYROLL, AUDITOR)),
            Item("Pools and proposals", "proposals:overview", "wallet", _proposes),
            Item("Certification", "certification:overview", "stamp", reads_certificates),
            Item("Payroll files", "payroll:batches", "file-output", _holds(HR, PAYROLL, AUDITOR)),
            Item("Overtime on lump sums", "overtime:worksheets", "clock", _holds(HR, PAYROLL, AUDITOR)),
        ],
    ),
    (
        "Oversight",
        [
            Item("Court actions", "court:actions", "gavel", _anyone),
            Item("History", "reports:history", "history", _holds(AUDITOR, HR)),
            Item("Adverse impact", "impact:files", "users-round", can_read_impact),
            Item("Roles", "organization:roles", "key-round", _holds(HR, AUDITOR)),
            Item("County settings", "organization:county", "settings", _holds(HR)),
        ],
    ),
]


_address = cache(reverse)


def shell(request):
    """Context processor: what the shell of every page shows around it."""
    person = getattr(request, "person", None)
    if person is None or person.user is None:
        return {}
    return {
        "navigation": _navigation(person, request.path),
        "whoami": {
            "name": person.name,
            "role": person.role_name,
            "monogram": monogram(person.name),
            "url": reverse("accounts:account"),
        },
        "search_url": reverse("organization:directory") + "#words",  # the field itself, with the focus
    }


def _navigation(person, path):
    """The HTML of the groups that have something for the person, with the page where he is marked."""
    shown = tuple((title, tuple(item for item in items if item.shown(person))) for title, items in GROUPS)
    addresses = [_address(item.view) for _, items in shown for item in items]
    here = max(
        (url for url in addresses if url != "/" and path.startswith(url)),
        key=len,
        default="/" if path == "/" else None,
    )
    return _written(shown, here)


@cache
def _written(shown, here):
    """Written once for all who are shown the same: it stands on every page."""
    groups = [(title, [(item, _address(item.view)) for item in items]) for title, items in shown if items]
    return render_to_string("layout/_navigation.html", {"groups": groups, "here": here})
