"""What would be taken over, beside what stands there: awards as they will be paid, and pools that add up."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from compensation.models import PayPlan, RunLine
from compensation.pay import money, proposing
from compensation.pay import proposed as texts
from compensation.services.runs import compute_here, start_run
from organization.models import Assignment, Fund
from proposals.pages import Preview
from proposals.scaling import scale_sheet
from proposals.sheets import Sheet
from tests.proposals.conftest import Office
from tests.world import AT, ON


def by_the_hour(world, *keys):
    for key in keys:
        line = Assignment.objects.get(employee=world.employees[key])
        rate = (line.rate / 2080).quantize(Decimal("0.0001"))
        Assignment.objects.filter(pk=line.pk).update(basis="hourly", rate=rate, fte=Decimal("0.75"))


def preview_of(office):
    sheet = Sheet(office.sheet(), on=ON, by=office.world.person("ruth"))
    return Preview(sheet, [entry for entry in scale_sheet(sheet) if entry.changes])


def test_the_preview_of_scaling_shows_the_awards_that_the_run_pays(rated):
    by_the_hour(rated, "denise", "stephen", "marisol", "quang")
    office = Office(rated)
    shown = {then.case.number: (entry.now, then.paid) for entry, then in preview_of(office).rows}
    assert len(shown) == 4
    assert all(now == money.dollars(paid) for now, paid in shown.values())

    office.scale()
    office.accept_all()
    by = office.world.person("miguel")
    run = compute_here(start_run(office.plan.pk, by=by, at=AT, in_background=False))

    paid = RunLine.objects.filter(run=run, number__in=shown).values_list("number", "merit")
    assert dict(paid) == {number: award for number, (_, award) in shown.items()}


@pytest.mark.parametrize("pools", [{}, {"percent": "3", "with_employer": True}, {"by_fund": True}])
def test_pool_rows_and_what_is_left_add_up_before_and_after(rated, pools):
    by_the_hour(rated, "denise", "quang")
    streets = Fund.objects.create(code="020", name="Road and bridge")
    Assignment.objects.filter(employee=rated.employees["marisol"]).update(fund=streets)
    preview = preview_of(Office(rated, **pools))
    for pool in preview.pools:
        assert pool.left_now == pool.amount - pool.others - pool.now
        assert pool.left == pool.amount - pool.others - pool.then
        assert pool.left_now < 0 <= pool.left
    sums = preview.sums
    assert sums["spent"] == sum(pool.now for pool in preview.pools)
    assert sums["spent_then"] == sum(pool.then for pool in preview.pools)
    assert (sums["spent"] > sums["paid"]) == bool(pools.get("with_employer"))
    together = preview.all_pools
    assert (together is not None) == bool(pools.get("by_fund"))
    assert together is None or together["left"] == sum(pool.left for pool in preview.pools)


def test_who_does_not_change_counts_among_the_others(office):
    sheet = Sheet(office.sheet(), on=ON, by=office.world.person("ruth"))
    entries = [entry for entry in scale_sheet(sheet) if entry.changes]
    (pool,) = Preview(sheet, entries[:1]).pools
    assert pool.now == entries[0].row.spent
    assert pool.others == sum(row.spent for row in sheet.rows) - pool.now


def test_the_page_shows_the_sums(office):
    client = Client()
    client.force_login(office.world.users["ruth"])
    page = client.post(reverse("proposals:scale", args=[2027, 1, "CC"])).content.decode()
    preview = preview_of(office)
    for name in ("paid", "paid_then"):
        assert f'<span class="sum">{money.dollars(preview.sums[name])}</span>' in page
    assert f'data-label="Left then">{money.dollars(preview.pools[0].left)}</td>' in page


def test_an_amount_that_no_award_comes_to_stays_where_the_award_itself_may_not_be_proposed(rated):
    by_the_hour(rated, "denise")
    office = Office(rated)
    limits = [limit for limit in office.plan.rules["proposals"]["limits"] if limit["level"] != 5]
    rules = office.plan.rules | {
        "proposals": {"limits": [*limits, {"level": 5, "amount": ["1900.10", "2000"]}]}
    }
    PayPlan.objects.filter(pk=office.plan.pk).update(rules=rules)
    sheet = Sheet(office.sheet(), on=ON, by=office.world.person("ruth"))
    row = sheet.row_of(office.world.employees["denise"].pk)

    least = proposing.fit(row.case, row.plan, 0)

    assert texts.write(least) == "$1,900.10"
    assert proposing.problem(row.case._replace(proposed=least), row.plan) == ""
