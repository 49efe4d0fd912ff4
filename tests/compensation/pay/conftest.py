"""One plan and one person, in the middle of everything, from which each test departs."""

from datetime import date

import pytest

from compensation.pay.case import PayCase
from compensation.pay.rules import Period, Rules, Who


@pytest.fixture
def rules():
    """A plan for fiscal year 2027 that pays nothing yet."""
    return Rules(
        fiscal_year=Period(date(2026, 10, 1), date(2027, 9, 30)),
        performance_period=Period(date(2025, 9, 1), date(2026, 8, 31)),
        effective_on=date(2026, 10, 1),
        who=Who(),
    )


@pytest.fixture
def case():
    """A full-time regular employee of grade 12 with everything known, rated at level 3."""
    return PayCase(
        number="10482",
        basis="annual",
        rate=5_000_000,
        hours_per_year=2080,
        fte=10_000,
        grade="12",
        hired_on=date(2020, 5, 4),
        in_position_since=date(2020, 5, 4),
        level=3,
        score=300,
        service_weight=4500,
    )
