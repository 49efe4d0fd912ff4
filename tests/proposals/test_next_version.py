"""A plan gets a next version while heads propose: what was proposed goes over, as far as it may."""

import pytest

from compensation.models import PayPlan, Proposal, ProposalSheet
from compensation.pool_bars import what_bars_a_run
from outbox.models import Message
from tests.proposals.conftest import LIMITS, make_plan
from tests.world import ON

NARROWER = [*LIMITS[:2], {"level": 5, "percent": ["3", "3.5"]}]


@pytest.fixture
def accepted(office):
    """Every sheet accepted; the Clerk proposes for each of hers, Joel for Priya."""
    proposed = {"stephen": "2.25", "marisol": "2.25", "denise": "3.60", "quang": "1.50"}
    for key, value in proposed.items():
        propose(office, key, value)
    propose(office, "priya", "2.25", who="joel", sheet=office.sheet("IT"))
    office.accept_all()
    return office


def propose(office, key, value, **by):
    office.save(key, value, **by)
    office.save(key, f"What {key} did this year.", field="reason", base=1, **by)


def next_version(office, limits=LIMITS, **pools):
    PayPlan.objects.update(state="superseded")
    office.plan = make_plan(office.world, by_heads=True, version=2, **pools)
    office.plan.rules["proposals"] = {"limits": limits}
    office.plan.save(update_fields=["rules"])
    Message.objects.all().delete()
    office.work_out()


def test_accepted_proposals_go_over_and_stay_accepted_where_the_rules_still_allow_them(accepted):
    next_version(accepted)

    states = set(ProposalSheet.objects.filter(plan=accepted.plan).values_list("state", flat=True))
    assert states == {"accepted"}
    kept = Proposal.objects.get(sheet=accepted.sheet(), employee=accepted.world.employees["marisol"])
    assert (kept.value, kept.reason) == (22_500, "What marisol did this year.")
    assert kept.by_name == "Ruth Ann Kowalczyk"
    assert kept.is_settled
    assert what_bars_a_run(accepted.plan, on=ON) == []
    assert not Message.objects.exists()


def test_what_the_new_rules_do_not_allow_is_named_and_its_head_has_the_sheet_again(accepted):
    next_version(accepted, NARROWER)

    clerk = accepted.sheet()
    assert clerk.state == "returned"
    assert "Denise Okafor, 3.60%: 3.60% is not within 3.00% to 3.50%, the limits for level 5." in clerk.note
    assert set(clerk.proposals.values_list("employee__first_name", flat=True)) == {
        "Stephen",
        "Marisol",
        "Quang",
    }
    assert accepted.sheet("IT").state == "accepted"
    (told,) = Message.objects.filter(about="proposals.opened")
    assert "Denise Okafor, 3.60%" in told.body


def test_a_smaller_pool_gives_the_sheet_back_with_all_that_was_proposed(accepted):
    next_version(accepted, percent="1.5")

    clerk = accepted.sheet()
    assert clerk.state == "returned"
    assert "is overspent by" in clerk.note
    assert clerk.proposals.count() == 4


def test_open_sheets_go_over_open(office):
    office.save("quang", "1.75")

    next_version(office)

    clerk = office.sheet()
    assert (clerk.state, clerk.note, clerk.proposals.get().value) == ("open", "", 17_500)


def test_a_draft_opens_no_sheets_while_heads_propose_under_the_version_before(office, client):
    office.save("quang", "1.75")
    former = office.plan
    small = {"small_people": 4, "small_percent": "4", "small_together": True}
    PayPlan.objects.update(state="superseded")
    draft = office.plan = make_plan(office.world, by_heads=True, version=2, **small)
    PayPlan.objects.filter(pk=draft.pk).update(state="draft")
    PayPlan.objects.filter(pk=former.pk).update(state="adopted")
    client.force_login(office.world.users["miguel"])

    client.post("/pay/proposals/2027v2/work-out", {"due_on": "2026-09-25"})

    assert draft.pools.exists()
    assert not draft.sheets.exists()
    page = client.get("/pay/proposals/2027v2/").text
    assert f"Heads go on proposing under {former}" in page
    assert "Awards without a pool" not in page
    assert "no sheets under this plan" in what_bars_a_run(draft, on=ON)[0].message
    office.plan = former
    office.save("quang", "2.00", base=1)
    PayPlan.objects.filter(pk=former.pk).update(state="superseded")
    PayPlan.objects.filter(pk=draft.pk).update(state="adopted")
    assert what_bars_a_run(draft, on=ON)
    office.plan = draft
    office.work_out()
    assert office.sheet().proposals.get(is_current=True).value == 20_000


def test_the_pools_page_says_what_goes_over_before_and_names_what_did_not_after(accepted, client):
    client.force_login(accepted.world.users["miguel"])
    PayPlan.objects.update(state="superseded")
    plan = make_plan(accepted.world, by_heads=True, version=2)
    plan.rules["proposals"] = {"limits": NARROWER}
    plan.save(update_fields=["rules"])

    before = client.get("/pay/proposals/2027v2/").content.decode()
    after = client.post("/pay/proposals/2027v2/work-out", {"due_on": "2026-09-25"}, follow=True)

    assert "What was proposed under FY2027, version 1 is carried over" in before
    assert "4 proposals were carried over" in after.content.decode()
    assert "Denise Okafor, 3.60%: 3.60% is not within" in after.content.decode()
