from datetime import date

import pytest

from compensation.models import PayPlan, ProposalSheet
from compensation.plans import standard as standard_plans
from court.models import CourtAction
from organization.models import County
from proposals import services
from proposals.scaling import scale_sheet
from proposals.sheets import Sheet
from tests.world import AT

LIMITS = [
    {"level": 3, "percent": ["1.5", "2.5"]},
    {"level": 4, "percent": ["2.25", "3.25"]},
    {"level": 5, "percent": ["3", "4"]},
]
DUE_ON = date(2026, 9, 25)


def make_plan(world, *, by_heads, version=1, **pools):
    """Two percent for all, merit of 2.00, 2.75 and 3.50 percent from pools of 2.5 percent of payroll."""
    rules = standard_plans.year_one(2027, county=County.objects.get(), cycle=world.cycle)
    proposals = {"limits": LIMITS} if by_heads else None
    rules |= {"pools": {"percent": "2.5"} | pools, "proposals": proposals}
    return PayPlan.objects.create(
        fiscal_year=2027,
        version=version,
        title="Merit from pools",
        state="adopted",
        rules=rules,
        cycle=world.cycle,
        base_on=date(2026, 9, 15),
        action=CourtAction.objects.first() or world.order("pay_plan"),
        changed_at=AT,
    )


class Office:
    """The County Clerk's sheet of a plan with pools, and short ways to act on it."""

    def __init__(self, world, *, by_heads=True, **pools):
        self.world, self.plan = world, make_plan(world, by_heads=by_heads, **pools)
        if by_heads:
            self.work_out()

    def work_out(self, at=AT):
        services.work_out_pools(self.plan.pk, due_on=DUE_ON, by=self.world.person("miguel"), at=at)

    def sheet(self, code="CC"):
        return ProposalSheet.objects.get(plan=self.plan, department__code=code)

    def heads(self):
        return ProposalSheet.objects.get(plan=self.plan, department=None)

    def save(self, key, value, *, field="proposed", base=0, who="ruth", sheet=None):
        return services.save_field(
            (sheet or self.sheet()).pk,
            self.world.employees[key].pk,
            field,
            value,
            base=base,
            by=self.world.person(who),
            at=AT,
        )

    def scale(self, who="ruth"):
        """Scale the sheet to its pool and take that over; returns how many rows changed."""
        by = self.world.person(who)
        entries = scale_sheet(Sheet(self.sheet(), on=by.on, by=by))
        taken = [(each.row.id, (each.proposed, each.reason)) for each in entries]
        return services.take_over(self.sheet().pk, taken, source="scaling to the pool", by=by, at=AT)

    def send(self, sheet=None, who="ruth"):
        services.send_sheet((sheet or self.sheet()).pk, by=self.world.person(who), at=AT)

    def accept(self, *sheets):
        services.accept_sheets(
            [sheet.pk for sheet in sheets or [self.sheet()]], by=self.world.person("miguel"), at=AT
        )

    def accept_all(self):
        """Every sheet sent by whoever proposes there, and accepted."""
        for sheet in ProposalSheet.objects.filter(plan=self.plan).exclude(state="accepted"):
            code = sheet.department.code if sheet.department else None
            if sheet.is_open:
                self.send(sheet, {"CC": "ruth", "IT": "joel", "HR": "anita", None: "dale"}[code])
            self.accept(sheet)


@pytest.fixture
def rated(world):
    ratings = {"marisol": 4, "quang": 3, "denise": 5, "stephen": 4, "priya": 3, "tomas": 2, "joel": 4}
    for key, level in ratings.items():
        world.rate(key, level)
    return world


@pytest.fixture
def office(rated):
    return Office(rated)
