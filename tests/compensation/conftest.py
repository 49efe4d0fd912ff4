from datetime import date

import pytest
from django.urls import reverse

from compensation.models import PayPlan
from compensation.plans import standard as standard_plans
from compensation.plans.form import PlanForm
from organization.models import County
from tests.world import AT


@pytest.fixture
def county(world):
    """The small county with everybody's rating of record that has one."""
    for key, level in {"marisol": 4, "quang": 3, "denise": 5, "tomas": 2, "priya": 3, "joel": 4}.items():
        world.rate(key, level)
    return world


@pytest.fixture
def year_one(county):
    """Two percent for all, then merit by level: 2.00, 2.75 and 3.50 percent."""
    return PayPlan.objects.create(
        fiscal_year=2027,
        title="Across the board and merit",
        rules=standard_plans.year_one(2027, county=County.objects.get(), cycle=county.cycle),
        cycle=county.cycle,
        base_on=date(2026, 9, 15),
        changed_at=AT,
    )


@pytest.fixture
def year_two(county):
    """Dollars by level, paid once: 750, 1,125 and 1,500."""
    return PayPlan.objects.create(
        fiscal_year=2027,
        title="Lump sum",
        rules=standard_plans.year_two(2027, county=County.objects.get(), cycle=county.cycle),
        cycle=county.cycle,
        base_on=date(2026, 9, 15),
        changed_at=AT,
    )


@pytest.fixture
def as_(client, county):
    def sign_in(key):
        client.force_login(county.users[key], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


def typed(plan, **changes):
    """What the browser posts when somebody changes some slots of a plan."""
    form = PlanForm(plan=plan)
    kept = {name: field.initial for name, field in form.fields.items()}
    return {name: "" if value is None else value for name, value in (kept | changes).items()}


def plan_url(plan, name="plan"):
    return reverse(f"compensation:{name}", args=[plan.fiscal_year, plan.version])
