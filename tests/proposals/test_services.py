"""What heads propose within their pools, what HR accepts, and what a run pays of it."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from audit.models import Entry
from compensation.change_words import sentences
from compensation.explaining import as_data, explain_line
from compensation.facts import stale_cases, stale_lines
from compensation.models import PayPlan, Pool, Proposal, ProposalSheet, RunLine
from compensation.needs import needs_of
from compensation.pay import proposing
from compensation.pool_bars import what_bars_a_run
from compensation.runs.proof import altered_parts
from compensation.services.runs import compute_here, start_run
from organization.models import Assignment, Department, Fund
from organization.refusal import Refused
from outbox.models import Message
from proposals import services
from proposals.sheets import Sheet
from tests.proposals.conftest import DUE_ON, Office
from tests.world import AT, ON


def pool_of(plan, key="office:CC"):
    return Pool.objects.get(plan=plan, key=key)


def run(office):
    by = office.world.person("miguel")
    return compute_here(start_run(office.plan.pk, by=by, at=AT, in_background=False))


def line_of(run, number):
    return RunLine.objects.select_related("case__proposal", "run__plan").get(run=run, number=number)


def test_pools_come_from_the_payroll_after_the_raise_of_those_who_take_part(office):
    pool = pool_of(office.plan)
    payroll = (83_061 + 58_220 + 46_280 + 39_870) * 102  # cents, two percent more; the elected Clerk has none
    assert (pool.people, pool.payroll) == (4, payroll)
    assert pool.amount == payroll * 25 // 1000
    assert not Pool.objects.filter(plan=office.plan, key="office:CJ").exists()


def test_each_office_and_the_heads_have_a_sheet_and_who_proposes_is_told(office):
    assert {sheet.name for sheet in ProposalSheet.objects.filter(plan=office.plan)} == {
        "County Clerk",
        "Human Resources",
        "Information Technology",
        "Heads of departments",
    }
    told = set(Message.objects.filter(about="proposals.opened").values_list("to", flat=True))
    assert office.world.users["ruth"].email in told
    assert office.world.users["dale"].email in told  # the Judge, for the heads


def test_a_head_proposes_for_his_people_alone(office):
    with pytest.raises(Refused, match="Only the head"):
        office.save("marisol", "3", who="joel")
    with pytest.raises(Refused, match="not on the sheet"):
        office.save("priya", "2")
    with pytest.raises(Refused, match="Only the head"):
        office.save("joel", "3", sheet=office.heads(), who="joel")
    assert office.save("joel", "3", sheet=office.heads(), who="dale").revision == 1


def test_a_proposal_beyond_the_plan_is_refused_and_nothing_is_kept(office):
    with pytest.raises(Refused, match=r"Marisol Treviño: 3\.50% is not within 2\.25% to 3\.25%"):
        office.save("marisol", "3.5")
    with pytest.raises(Refused, match="“much” is not a percentage"):
        office.save("marisol", "much")
    assert not Proposal.objects.exists()


def test_who_was_slower_learns_what_stands_there_now(office):
    assert office.save("marisol", "3").revision == 1
    assert office.save("marisol", "3", base=0).revision == 1  # the same again, after a lost answer
    assert office.save("marisol", "2.5", base=0) == services.Conflict("3.00", 1)


def test_an_overspent_pool_and_a_missing_reason_keep_a_sheet_from_being_sent(office):
    office.save("marisol", "3.25")
    office.save("denise", "4")
    office.save("stephen", "3.25")
    office.save("quang", "2.5")
    with pytest.raises(Refused) as refused:
        office.send()
    assert "County Clerk is overspent by $" in str(refused.value)
    assert "A reason is missing for" in str(refused.value)
    assert office.sheet().state == "open"


@pytest.mark.parametrize(
    ("key", "shared"),
    [
        ("small", {"small_people": 4, "small_percent": "4", "small_together": True}),
        ("fund:200", {"own": [{"fund": "200", "percent": "3"}]}),
    ],
)
def test_a_pool_that_offices_share_counts_what_the_others_use_and_reads_no_one_else(rated, key, shared):
    fund = Fund.objects.create(code="200", name="Records")
    Assignment.objects.filter(employee__in=[rated.employees[who] for who in ("priya", "marisol")]).update(
        fund=fund
    )
    office = Office(rated, **shared)
    sheet = Sheet(office.sheet("IT"), on=ON)
    everybody, here = sheet.pooled.people(), {row.id for row in sheet.rows}
    used = sheet.pooled.used([each for each in everybody if each.employee_id not in here])
    assert sheet.others == {key: used[key]}
    assert used[key] > 0
    assert len(sheet.pooled.sharing({key})) < len(everybody)


def test_scaling_uses_the_pool_up_to_the_cent_and_keeps_to_the_limits(office):
    for key, value in {"marisol": "3.25", "denise": "4", "stephen": "3.25", "quang": "2.5"}.items():
        office.save(key, value)
    assert office.scale()
    sheet = Sheet(office.sheet(), on=ON)
    assert [pool.left for pool in sheet.pools] == [0]
    assert not sheet.what_bars_sending
    office.send()


@pytest.mark.parametrize("hourly", [("denise",), ("stephen", "denise", "marisol", "quang")])
def test_cents_that_hourly_rates_leave_go_to_whoever_can_take_them_and_else_are_explained(rated, hourly):
    for key in hourly:
        line = Assignment.objects.get(employee=rated.employees[key])
        Assignment.objects.filter(pk=line.pk).update(
            basis="hourly", rate=(line.rate / 2080).quantize(Decimal("0.0001")), fte=Decimal("0.75")
        )
    office = Office(rated)
    for key in ("denise", "quang"):
        office.save(key, "3" if key == "denise" else "2.5")

    office.scale()

    sheet = Sheet(office.sheet(), on=ON)
    (pool,) = sheet.pools
    assert 0 <= pool.left < 21  # a ten-thousandth of a dollar times 2,080 hours
    raised = [row for row in sheet.rows if row.spent]
    for row in raised:  # nobody's next step fits
        more = proposing.fit(row.case, row.plan, row.spent + pool.left)
        assert proposing.cost(row.case._replace(proposed=more), row.plan) == row.spent
    assert bool(pool.left) == ("can be given to nobody here: pay rises in steps" in pool.why_left)
    assert pool.left == 0 or len(hourly) == 4


def test_a_pool_that_does_not_even_cover_the_least_is_told(rated):
    office = Office(rated, percent="1")
    with pytest.raises(Refused, match="County Clerk: Even the least for everybody comes to"):
        office.scale()


def test_what_was_sent_waits_for_hr_and_comes_back_with_a_word(office):
    office.save("denise", "3")
    office.save("denise", "Much was done by her team.", field="reason", base=1)
    office.scale()
    office.send()
    with pytest.raises(Refused, match="were sent to HR"):
        office.save("denise", "3.1", base=2)
    by = office.world.person("miguel")
    with pytest.raises(Refused, match="Write what"):
        services.send_back(office.sheet().pk, " ", by=by, at=AT)
    services.send_back(office.sheet().pk, "Denise is at the maximum.", by=by, at=AT)
    assert (office.sheet().state, office.sheet().note) == ("returned", "Denise is at the maximum.")
    assert Message.objects.filter(about="proposals.sent_back", body__contains="Denise is").exists()


def fitting(office):
    """Quang below his guideline, with a reason: the County Clerk stays within the pool."""
    for key, value in {"denise": "3", "stephen": "2.25", "marisol": "2.3"}.items():
        office.save(key, value)
        office.save(key, "As the office agreed.", field="reason", base=1)


def test_a_run_waits_for_every_sheet_and_pays_what_was_accepted(office):
    fitting(office)
    with pytest.raises(Refused, match="4 sheets of proposals not accepted yet"):
        run(office)
    office.accept_all()
    line = line_of(run(office), "10482")
    assert altered_parts(line.run) == []
    assert (line.merit_value, line.case.proposed_value) == (23_000, 23_000)
    assert line.merit == 108_573  # 2.30% of 47,205.60, to the cent
    explained = explain_line(line)
    assert explained.is_same_again
    assert "Merit proposed for level 4" in [each.label for each in explained.rate]
    told = as_data(line, explained)["proposal"]
    assert (told["proposed"], told["by"]) == ("2.30%", "Ruth Ann Kowalczyk")
    assert told["reason"] == "As the office agreed."
    quang = line_of(line.run, "10483")
    assert (quang.merit_value, quang.case.proposal_id) == (20_000, None)  # the guideline


def test_a_line_is_stale_when_another_proposal_was_accepted_after_the_run(office):
    fitting(office)
    office.accept_all()
    computed = run(office)
    assert not stale_cases(computed)
    services.send_back(office.sheet().pk, "Less.", by=office.world.person("miguel"), at=AT)
    office.save("marisol", "2.25", base=2)
    said = [sentences(case) for case in stale_cases(computed)]
    assert ["The proposal of the run (2.30%) is not accepted any more."] in said
    assert stale_lines([computed]) == {case.line_id for case in stale_cases(computed)}
    office.send()
    office.accept()
    (stale,) = stale_cases(computed)
    assert sentences(stale) == ["Another proposal was accepted: 2.25% in place of 2.30%."]


def test_what_was_accepted_stays_as_it_was_whoever_writes(office):
    fitting(office)
    office.accept_all()
    accepted = Proposal.objects.get(employee=office.world.employees["marisol"])
    with pytest.raises(DatabaseError, match="it was accepted"), transaction.atomic():
        Proposal.objects.filter(pk=accepted.pk).update(value=99_000)
    services.send_back(office.sheet().pk, "Less.", by=office.world.person("miguel"), at=AT)
    office.save("marisol", "2.25", base=2)
    accepted.refresh_from_db()
    assert (accepted.value, accepted.is_current) == (23_000, False)


def test_a_plan_that_changed_asks_for_its_pools_again(office):
    fitting(office)
    office.accept_all()
    PayPlan.objects.filter(pk=office.plan.pk).update(revision=office.plan.revision + 1)
    with pytest.raises(Refused, match="Work them out again"):
        run(office)
    office.work_out()
    assert run(office).state == "done"


def test_a_run_of_a_plan_without_proposals_is_barred_by_an_overspent_pool(rated):
    office = Office(rated, percent="2", by_heads=False)
    with pytest.raises(Refused, match="not worked out yet"):
        run(office)
    office.work_out()
    assert not ProposalSheet.objects.exists()
    with pytest.raises(Refused, match="The pool of County Clerk is overspent by"):
        run(office)


def test_sheets_of_a_plan_whose_heads_propose_no_more_wait_for_nobody(rated):
    office = Office(rated, percent="9")
    office.save("marisol", "3.1")
    office.plan.refresh_from_db()
    office.plan.rules |= {"proposals": None}
    office.plan.save()
    assert not ProposalSheet.objects.visible_to(office.world.person("miguel")).exists()
    assert what_bars_a_run(office.plan, on=ON) == []
    assert [need.title for need in needs_of(office.world.person("miguel"))] == [
        f"Run the pay plan of fiscal year {office.plan.fiscal_year}"
    ]


def test_every_change_and_act_is_in_the_history(office):
    office.save("marisol", "2.3")
    entry = Entry.objects.get(act="proposal.written")
    assert (entry.actor_name, entry.after["proposed"]) == ("Ruth Ann Kowalczyk", "2.30%")
    assert Entry.objects.filter(act="pools.worked_out").exists()


def test_only_hr_works_out_pools_accepts_and_sends_back(office):
    ruth = office.world.person("ruth")
    with pytest.raises(Refused):
        services.work_out_pools(office.plan.pk, due_on=DUE_ON, by=ruth, at=AT)
    with pytest.raises(Refused):
        services.accept_sheets([office.sheet().pk], by=ruth, at=AT)
    with pytest.raises(Refused):
        services.send_back(office.sheet().pk, "No.", by=ruth, at=AT)


def test_a_department_with_the_code_heads_is_not_taken_for_the_heads(rated):
    Department.objects.filter(pk=rated.departments["CC"].pk).update(code="heads")

    office = Office(rated)

    names = {row.employee.full_name for row in Sheet(office.sheet("heads"), on=ON).rows}
    assert "Marisol Treviño" in names
    assert "Joel Rosenthal" in {row.employee.full_name for row in Sheet(office.heads(), on=ON).rows}
