"""What keeps a description from being sent on: every problem at once (JOB-1, JOB-3)."""

from decimal import Decimal
from typing import NamedTuple

from organization.models import the_county

HUNDRED = Decimal("100.00")


class Problem(NamedTuple):
    rule: str
    text: str


def minimum_service_weight(county=None):
    """Percent of time that must serve customers, 0 to 100."""
    return (county or the_county()).minimum_service_weight


def service_emphasis(duties):
    """Percent of time in duties that serve customers."""
    return sum((duty.percent for duty in duties if duty.is_service), Decimal(0))


def problems_of_description(description, duties, *, minimum):
    problems = []
    if not description.summary.strip():
        problems.append(Problem("summary", "The summary is empty."))
    if not description.service_skills.strip():
        problems.append(Problem("service_skills", "Customer service: the skills are not described."))
    if not description.service_accomplishments.strip():
        problems.append(
            Problem("service_accomplishments", "Customer service: the accomplishments are not described.")
        )
    return problems + problems_of_duties(duties, minimum=minimum)


def problems_of_duties(duties, *, minimum):
    """Duties have percent and is_service; together exactly 100.00, enough of it for customers."""
    total, service = sum((duty.percent for duty in duties), Decimal(0)), service_emphasis(duties)
    problems = []
    if total != HUNDRED:
        word, gap = ("Add", HUNDRED - total) if total < HUNDRED else ("Take away", total - HUNDRED)
        problems.append(Problem("total", f"The duties total {total:.2f}% of the time. {word} {gap:.2f}%."))
    if service < minimum:
        problems.append(
            Problem(
                "service_emphasis",
                f"Duties that serve customers take {service:.2f}%. At least {minimum:.2f}% is asked.",
            )
        )
    return problems
