"""Past pay of the made-up county agrees from the run to the assignment, and the next year can be taken."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Sum

from certification.models import Certificate, Delegation
from certification.services import ask_to_certify, certify, draft_now
from certification.sets import AwardSet, Signers
from compensation.models import PayPlan, Run, RunLine
from compensation.pay.notices import SOURCE
from compensation.plans.checks import plan_problems
from compensation.services.runs import compute_here, start_run
from court.models import Seat
from court.services import record_action
from organization.models import Assignment, Department
from payroll.models import Batch
from payroll.readiness import sum_up
from payroll.services import release
from synthetic.calendar_of_county import STAND, moment
from tests.synthetic.conftest import person, rolled_back

pytestmark = pytest.mark.django_db

AT = moment(STAND)


def test_two_years_were_run_and_released(county):
    runs = Run.objects.order_by("number").values_list("number", "plan__fiscal_year", "state")

    assert list(runs) == [(1, 2025, "done"), (2, 2026, "done")]
    assert [batch.run.number for batch in Batch.objects.order_by("number")] == [1, 2]


def test_totals_of_runs_are_the_sums_of_their_lines(county):
    for run in Run.objects.all():
        sums = run.lines.aggregate(merit=Sum("merit"), new_annual=Sum("new_annual"), lump=Sum("lump"))
        assert {name: run.totals[name] for name in sums} == sums


def test_totals_of_batches_are_the_sums_of_their_lines(county):
    for batch in Batch.objects.all():
        base = batch.lines.filter(element="BASE").aggregate(total=Sum("amount"))["total"]
        assert batch.base_total == base


def test_what_was_released_became_the_pay(county):
    released = RunLine.objects.filter(run__number=2, batch_lines__element="BASE").select_related("case")
    held_back = 0

    assert released
    for line in released.distinct():
        post = Assignment.objects.get(
            employee=line.employee_id, slot=line.case.slot, starts_on=date(2025, 10, 4)
        )
        places = -4 if line.case.basis == "hourly" else -2
        if post.rate != Decimal(line.new_rate).scaleb(places):
            assert post.rate == Decimal(line.tenure_rate).scaleb(places)
            held_back += 1
    assert held_back < len(released) / 4


def test_certificates_were_signed_by_heads(county):
    signed = Certificate.objects.select_related("department")
    heads = {
        certificate.department.code: certificate.signed_for.split(",")[0] or certificate.signed_name
        for certificate in signed
        if certificate.department
    }

    assert heads["CC"] == "Ruth Ann Kowalczyk"
    assert heads["IT"] == "Joel Rosenthal"


def test_the_clerks_deputy_signed_for_her_and_can_again(county):
    by_deputy = Certificate.objects.select_related("delegation__delegate").exclude(signed_for="").get()

    assert by_deputy.department.code == "CC"
    assert by_deputy.delegation.delegate.user_id == by_deputy.signed_by_id
    assert Delegation.objects.in_force(STAND).get().delegate.full_name == "Stephen Kucera"


def test_the_plan_of_the_coming_year_stands_and_waits(county):
    plan = PayPlan.objects.get(fiscal_year=2027)

    assert (plan.state, plan.runs.count()) == ("adopted", 0)
    assert [problem for problem in plan_problems(plan) if problem.severity == "refused"] == []
    assert PayPlan.objects.get(fiscal_year=2028, version=1).state == "draft"
    with_groups = PayPlan.objects.get(title="Tenure for law enforcement, a team award for roads")
    refused = [problem.rule for problem in plan_problems(with_groups) if problem.severity == "refused"]
    assert refused == [SOURCE]  # the notice on record is of the year before


def test_a_newcomer_can_take_the_year_to_the_payroll_file(county):
    with rolled_back():
        hr, clerk, ruth = (
            person(name) for name in ("Miguel Castañeda", "Leticia Barrera", "Ruth Ann Kowalczyk")
        )
        run = compute_here(
            start_run(PayPlan.objects.get(fiscal_year=2027).pk, by=hr, at=AT, in_background=False)
        )
        ask_to_certify(run.pk, by=hr, at=AT, on=STAND)
        award_set = AwardSet(run, Department.objects.get(code="CC"))
        seen = draft_now(award_set, Signers(STAND), ruth).hash
        certificate = certify(run.pk, award_set.department.pk, by=ruth, at=AT, seen_hash=seen)
        votes = [(seat, "aye") for seat in Seat.objects.in_force(STAND)]
        order = record_action(
            {
                "number": "2026-1187",
                "purpose": "release",
                "title": "Release of pay for fiscal year 2027",
                "meeting_on": STAND,
                "motion": "To release the pay of fiscal year 2027.",
                "mover": votes[1][0].member,
                "seconder": votes[2][0].member,
                "effective_on": date(2026, 10, 1),
            },
            votes,
            by=clerk,
            at=AT,
        )
        clerk_of_payroll = person("Lorena Quintanilla")
        asked = release(run.pk, order.pk, by=clerk_of_payroll, at=AT, seen=sum_up(run).seen)

        assert (len(votes), certificate.awards >= 3) == (5, True)
        assert asked.asked_by == clerk_of_payroll.user  # her own line is in it: the second clerk has the word
