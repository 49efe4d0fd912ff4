"""Who signs a corrected award before it is paid, what a signature rests on, and who is told (PAY-12)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from certification import services as certification
from certification.models import Delegation
from organization.models import Assignment, Employee
from organization.refusal import Refused
from outbox.models import Message
from payroll import tasks
from payroll.differences import certifying
from payroll.differences.finding import find_differences
from payroll.models import DifferenceCertificate
from payroll.needs import needs_of
from tests import pay_year
from tests.payroll.corrected import certify
from tests.world import AT, PASSWORD


def test_corrected_awards_wait_on_the_home_page_of_who_signs_them(world, run, client):
    world.rate("marisol", 5, "4.60")
    world.rate("joel", 3, "3.10")  # lower: nobody signs for it
    tasks.find_corrected()

    (need,) = needs_of(world.person("ruth"))
    assert (need.title, need.url) == (
        "Certify 1 corrected award",
        reverse("payroll:certify_differences", args=[run.number]),
    )
    client.force_login(world.users["ruth"])
    assert "Certify 1 corrected award" in client.get("/").content.decode()
    for other in ("joel", "dale", "stephen"):
        assert needs_of(world.person(other)) == []
    page = client.get(need.url)
    assert "Signing as head of County Clerk, I certify" in page.content.decode()
    client.post(need.url, {"seen": page.context["seen"], "password": PASSWORD})

    assert needs_of(world.person("ruth")) == []


def test_no_deputy_is_asked_at_home_for_his_own_corrected_award(world, run):
    for who in ("stephen", "marisol"):
        Delegation.objects.create(
            principal=world.employees["ruth"],
            delegate=world.employees[who],
            department=world.departments["CC"],
            words="In writing.",
            starts_on=AT.date(),
            ends_on=AT.date() + timedelta(days=30),
            given_at=AT,
        )
    world.rate("marisol", 5, "4.60")
    tasks.find_corrected()

    assert needs_of(world.person("marisol")) == []
    (need,) = needs_of(world.person("stephen"))
    assert need.title == "Certify 1 corrected award"


def test_a_corrected_award_is_certified_by_written_exception(world, run, client):
    world.rate("marisol", 5, "4.60", progress=False)
    tasks.find_corrected()
    client.force_login(world.users["ruth"])
    page, line = reverse("payroll:certify_differences", args=[run.number]), run.lines.get(number="10482").pk
    assert "Certify 1 corrected award" in client.get("/").content.decode()
    with pytest.raises(Refused, match="No corrected award waits"):
        certify(world, run)
    exception = reverse("payroll:difference_exception", args=[run.number, line])
    assert exception in client.get(page).content.decode()
    assert client.post(exception, {"reason": "No."}).status_code == 422

    client.post(exception, {"reason": "Her supervisor was on leave in spring."})

    shown = client.get(page)
    assert "Her supervisor was on leave in spring." in shown.content.decode()
    unread = client.post(page, {"seen": shown.context["seen"], "password": PASSWORD})
    assert (unread.status_code, DifferenceCertificate.objects.count()) == (422, 0)
    client.post(page, {"seen": shown.context["seen"], "password": PASSWORD, "read": "on"})
    signed = DifferenceCertificate.objects.get()
    assert signed.exception.name == "Ruth Ann Kowalczyk"
    assert "but for what the written exception names" in signed.statement
    client.post(reverse("payroll:withdraw_difference_exception", args=[run.number, line]))
    assert [each.waits for each in find_differences(run)] == ["No progress review is on record."]


def test_nobody_excepts_a_corrected_award_of_his_own_or_of_another_department(world, run):
    world.rate("marisol", 5, "4.60", progress=False)
    line = run.lines.get(number="10482").pk
    for who in ("joel", "miguel"):
        with pytest.raises(Refused, match="Only who signs"):
            certifying.write_exception(
                run.pk, line, reason="It was a hard year for all of us.", by=world.person(who), at=AT
            )


def test_a_rating_without_a_signature_waits_with_its_reason(world, run):
    world.rate("marisol", 5, "4.60", signed=False)

    (found,) = find_differences(run)

    assert found.waits == "The employee has not signed."
    with pytest.raises(Refused, match="No corrected award waits"):
        certify(world, run)


def test_nobody_else_certifies_and_nobody_his_own(world, run):
    world.rate("marisol", 5, "4.60")
    world.rate("joel", 5, "4.99")

    assert certifying.to_sign(run, world.person("marisol")) == []
    assert certifying.to_sign(run, world.person("joel")) == []
    assert [each.line.number for each in certifying.to_sign(run, world.person("ruth"))] == ["10482"]


def test_a_fact_changed_after_the_signature_asks_for_another(world, run):
    world.rate("marisol", 5, "4.60")
    certify(world, run)
    world.assignment("marisol")
    Employee.objects.filter(pk=world.employees["marisol"].pk).update(hired_on=date(2018, 1, 1))

    (found,) = find_differences(run)

    assert found.waits == "The head has not certified the higher award."


def test_a_signature_does_not_outlive_the_rating_that_it_was_given_on(world, run):
    world.rate("marisol", 5, "4.60")
    certify(world, run)
    world.rate("marisol", 5, "4.60", signed=False)

    (found,) = find_differences(run)

    assert found.waits == "The employee has not signed."


def test_what_was_computed_and_left_out_by_the_head_is_signed_before_a_correction_pays_it(world):
    """At the maximum merit is paid once; in another grade it is base pay, which nobody signed for."""
    pay_year.rate_all(world)
    Assignment.objects.filter(employee=world.employees["marisol"]).update(rate=57_120)
    run = pay_year.compute(world)
    line = run.lines.get(number="10482")
    assert (line.merit, line.lump > 0) == (0, True)
    pay_year.ask(world, run)
    certification.withhold(
        run.pk,
        world.departments["CC"].pk,
        line.pk,
        reason="I was not asked about this rating.",
        by=world.person("ruth"),
        at=AT,
    )
    pay_year.certify(world, run, "CC", "ruth")
    pay_year.order_release(world)
    pay_year.second_word(world, run, pay_year.release(world, run))
    Assignment.objects.filter(employee=world.employees["marisol"]).update(grade="C4")

    (found,) = find_differences(run)

    assert (found.award.merit > 0, found.waits) == (True, "The head has not certified the higher award.")


def test_who_has_to_sign_is_written_to(world, run):
    world.rate("marisol", 5, "4.60")

    assert certifying.ask_to_certify(run.pk, by=world.person("miguel"), at=AT) == 1

    message = Message.objects.latest("pk")
    assert message.to == world.users["ruth"].email
    assert f"/payroll/runs/{run.number}/differences/certify/" in message.body
