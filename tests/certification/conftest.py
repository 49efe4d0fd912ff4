from datetime import date

import pytest

from compensation.models import PayPlan
from compensation.services.runs import compute_here, start_run
from compensation.standard_plans import year_one
from organization.models import County
from tests.world import AT


@pytest.fixture
def rated(world):
    """The world with ratings of record for all but Quang, and an adopted year-one plan."""
    for key, level, score in [
        ("stephen", 4, "4.21"),
        ("denise", 4, "3.88"),
        ("marisol", 4, "3.98"),
        ("joel", 5, "4.62"),
        ("priya", 3, "3.30"),
        ("tomas", 3, "3.05"),
        ("anita", 4, "3.70"),
        ("miguel", 4, "3.64"),
        ("carl", 3, "2.96"),
        ("fatima", 4, "4.10"),
        ("eunji", 5, "4.55"),
    ]:
        world.rate(key, level, score)
    return world


@pytest.fixture
def run(rated):
    """A computed run of the plan that the Court adopted before the service began."""
    world = rated
    plan = PayPlan.objects.create(
        fiscal_year=2027,
        title="Pay plan for fiscal year 2027",
        state="adopted",
        rules=year_one(2027, county=County.objects.get(), cycle=world.cycle),
        cycle=world.cycle,
        base_on=date(2026, 9, 15),
        action=world.order("pay_plan"),
        changed_at=AT,
    )
    started = start_run(plan.pk, by=world.person("miguel"), at=AT, in_background=False)
    return compute_here(started)
