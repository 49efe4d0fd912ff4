"""Lump sums of the small county, released, and overtime files on them."""

from datetime import date, timedelta

from compensation.models import PayPlan
from compensation.plans.standard import year_two
from compensation.services.runs import compute_here, start_run
from organization.models import County
from overtime import services
from overtime.sources import source_of
from tests import pay_year
from tests.world import AT, ON

FIRST, LAST = date(2025, 9, 6), date(2026, 8, 29)  # weeks end on Saturdays; the service is of September 1 on
WEEKS = [FIRST + timedelta(7 * place) for place in range((LAST - FIRST).days // 7 + 1)]
NAMES = "Employee number,Week ending,Hours worked,Overtime hours\n"


def computed_lumps(world, **lump_sum):
    """A computed run of the year-two plan: Marisol's and Denise's lump sums are $1,125.00 each."""
    pay_year.rate_all(world)
    rules = year_two(2027, county=County.objects.get(), cycle=world.cycle)
    plan = PayPlan.objects.create(
        fiscal_year=2027,
        title="Lump sums of fiscal year 2027",
        state="adopted",
        rules=rules | {"lump_sum": rules["lump_sum"] | lump_sum},
        cycle=world.cycle,
        base_on=ON,
        action=world.order("pay_plan"),
        changed_at=AT,
    )
    return compute_here(start_run(plan.pk, by=world.person("miguel"), at=AT, in_background=False))


def released_lumps(world):
    """The batch with the lump sums of the County Clerk's: Denise, Marisol and Stephen, who is exempt."""
    run = computed_lumps(world)
    pay_year.ask(world, run)
    pay_year.certify(world, run, "CC", "ruth")
    pay_year.order_release(world)
    return pay_year.release(world, run)


def rows_of(number, *, overtime_in=(0,), hours=40):
    """A row a week of the whole service; 7 hours of overtime in some of the weeks."""
    return "".join(
        f"{number},{day:%m/%d/%Y},{hours + 7 if place in overtime_in else hours},"
        f"{7 if place in overtime_in else 0}\n"
        for place, day in enumerate(WEEKS)
    )


def upload(world, batch, rows, *, names=NAMES, method="weeks", complete=False, who="carl"):
    return services.upload(
        source_of("batch", batch.number),
        (names + rows).encode(),
        "overtime.csv",
        method=method,
        complete=complete,
        by=world.person(who),
        at=AT,
    )


def kept(world, batch, rows):
    worksheet = upload(world, batch, rows)
    return services.keep(worksheet.pk, without_refused=True, by=world.person("carl"), at=AT)


def drafted(world):
    return upload(world, released_lumps(world), rows_of("10482") + rows_of("1011", overtime_in=()))
