"""What bars a run of a plan with pools: what waits, at once; what is overspent, by the facts it froze."""

from datetime import date, timedelta

import pytest
from django.test import Client

from audit.models import Entry
from compensation import facts, pool_bars, services
from compensation.models import Run, RunCase, RunLine, RunPart
from compensation.pooled import PooledPlan
from organization import clock
from organization.models import Assignment, Employee
from organization.refusal import Refused
from proposals import services as proposing
from tests.proposals.conftest import Office
from tests.world import AT, ON

PLAN = "/pay/plans/2027v1/"


@pytest.fixture
def overspent(rated):
    """A plan whose heads do not propose; by its table the County Clerk has more than its pool."""
    office = Office(rated, percent="2", by_heads=False)
    office.work_out()
    return office


@pytest.fixture
def hr(rated, client):
    client.force_login(rated.users["miguel"])
    return client


def start(office):
    by = office.world.person("miguel")
    return services.start_run(office.plan.pk, by=by, at=AT, in_background=False)


def refused(run):
    with pytest.raises(Refused) as why:
        services.compute_here(run)
    run.refresh_from_db()
    assert (run.state, run.is_refused, run.frozen_at, run.people) == ("cancelled", True, None, 0)
    for model in (RunCase, RunPart, RunLine):
        assert not model.objects.filter(run=run).exists()
    return str(why.value)


def larger_pools(office):
    office.plan.rules["pools"]["percent"] = "9"
    office.plan.save(update_fields=["rules"])
    office.work_out()


def test_a_run_that_overspends_a_pool_ends_refused_and_holds_nothing(overspent, hr):
    run = start(overspent)
    (barred, *_) = pool_bars.what_bars_a_run(overspent.plan, on=ON)

    assert "The pool of County Clerk is overspent by $" in barred.message
    assert barred.message in refused(run)
    assert barred.message in Entry.objects.acts().about(run).latest("pk").reason
    page = hr.get(f"/pay/runs/{run.number}/").text
    assert "The run was refused" in page
    assert "The pool of County Clerk is overspent by $" in page
    assert "Refused" in hr.get(PLAN).text


def test_the_page_of_pools_leads_who_may_run_the_plan_to_it_until_a_run_has_what_was_accepted(rated):
    office = Office(rated, percent="9")
    office.accept_all()

    def is_led(key):
        client = Client()
        client.force_login(rated.users[key])
        return "To the plan, to run it" in client.get("/pay/proposals/2027v1/").text

    assert [key for key in ("miguel", "grace", "susan") if is_led(key)] == ["miguel"]
    run = start(office)
    assert not is_led("miguel")
    services.compute_here(run)
    assert not is_led("miguel")
    hr, later = rated.person("miguel"), clock.now() + timedelta(days=1)
    proposing.send_back(office.sheet().pk, "Look again.", by=hr, at=later)
    proposing.send_sheet(office.sheet().pk, by=rated.person("ruth"), at=later)
    proposing.accept_sheets([office.sheet().pk], by=hr, at=later)
    assert is_led("miguel")


def test_pools_worked_out_again_make_a_run_stale(overspent):
    larger_pools(overspent)
    run = start(overspent)
    services.compute_here(run)
    run.refresh_from_db()
    assert facts.what_changed_for_all(run) == []
    overspent.work_out(at=run.frozen_at + timedelta(hours=1))
    assert facts.what_changed_for_all(run) == ["The pools of the plan were worked out again after the run."]


def test_many_overspent_pools_are_counted_and_the_cure_is_said_once(overspent, monkeypatch):
    monkeypatch.setattr(pool_bars, "NAMED", 2)
    overspent.plan.pools.update(amount=0)
    (barred,) = pool_bars.what_bars_a_run(overspent.plan, on=ON)
    assert barred.message.count("The pool of ") == 2
    cure = "Change the pools or what the table gives, then work the pools out again."
    assert barred.message.endswith(f"1 other pool is overspent, too. {cure}")


def test_a_refused_run_goes_on_once_the_pools_hold_what_it_pays(overspent):
    run = start(overspent)
    refused(run)
    larger_pools(overspent)
    # The rules are others now, and a run keeps those of its beginning.
    services.resume_run(run.pk, by=overspent.world.person("miguel"), at=AT, in_background=False)
    assert "were changed after the run" in refused(run)
    assert services.compute_here(start(overspent)).state == "done"


def test_the_plans_page_and_the_click_ask_for_nobodys_award(overspent, hr, monkeypatch):
    def added_up(pooled):
        raise AssertionError("a request has added up the county")

    monkeypatch.setattr(pool_bars, "what_does_not_fit", added_up)
    page = hr.get(PLAN).text
    assert "Adding up whether a pool is overspent" in page
    assert f'hx-get="{PLAN}may-run/"' in page
    hr.post("/pay/runs/start/", {"plan": overspent.plan.pk})
    assert Run.objects.get().state == "running"


def test_what_the_page_asks_for_apart_says_that_the_plan_cannot_be_run(overspent, hr):
    part = hr.get(f"{PLAN}may-run/").text
    assert "It can’t be run yet. The pool of County Clerk is overspent by $" in part
    assert 'aria-disabled="true"' in part
    larger_pools(overspent)
    part = hr.get(f"{PLAN}may-run/").text
    assert "No pool is overspent by what stands now." in part
    assert "aria-disabled" not in part


def test_what_waits_is_said_at_once(office, hr):
    page = hr.get(PLAN).text
    assert "It can’t be run yet. 4 sheets of proposals not accepted yet" in page
    assert "Adding up whether a pool is overspent" not in page
    with pytest.raises(Refused, match="4 sheets of proposals not accepted yet"):
        start(office)


def test_what_is_frozen_is_what_the_pools_are_held_to(overspent):
    pooled = PooledPlan(overspent.plan, on=ON)
    used = pooled.used(pooled.people())
    for pool in overspent.plan.pools.all():
        overspent.plan.pools.filter(pk=pool.pk).update(amount=used[pool.key])
    assert services.compute_here(start(overspent)).state == "done"  # to the cent
    run = start(overspent)
    line = overspent.world.assignment("marisol")
    type(line).objects.filter(pk=line.pk).update(rate=line.rate + 1_000)
    assert refused(run).startswith("The pool of County Clerk is overspent by $")


def test_an_accepted_proposal_that_a_later_rating_does_not_allow_is_not_paid(rated):
    office = Office(rated, percent="9")
    office.save("marisol", "3.25")
    office.save("marisol", "As the office agreed.", field="reason", base=1)
    office.accept_all()
    run = start(office)
    rated.rate("marisol", 3)
    said = "1 proposal outside of what heads may propose (employee 10482). Send the sheets back."
    assert refused(run) == said


@pytest.mark.parametrize("since", [{"kind": "temporary"}, {"pay_set_by": "judges"}])
def test_a_proposal_for_somebody_who_takes_no_part_any_more_bars_nobody_elses_pay(rated, since):
    office = Office(rated, percent="9")
    office.save("marisol", "3.00")
    office.save("marisol", "As the office agreed.", field="reason", base=1)
    office.save("quang", "2.25")
    office.save("quang", "As the office agreed.", field="reason", base=1)
    office.accept_all()
    Assignment.objects.filter(employee=rated.employees["marisol"]).update(**since)
    run = services.compute_here(start(office))
    merit = dict(RunLine.objects.filter(run=run).values_list("number", "merit"))
    assert merit["10482"] == 0
    assert merit[rated.employees["quang"].number] > 0


def test_a_proposal_for_somebody_who_leaves_before_the_raise_bars_nobody_elses_pay(rated):
    office = Office(rated, percent="9")
    office.save("marisol", "2.75")
    office.accept_all()
    Employee.objects.filter(number="10482").update(separated_on=date(2026, 9, 30))
    run = services.compute_here(start(office))
    assert RunLine.objects.get(run=run, number="10482").merit == 0
