"""A written exception stands for a missing progress review or signature, and for nothing else (PAY-9)."""

import pytest

from audit.models import Entry
from certification import services
from certification.models import WrittenException
from certification.standing import compare
from compensation.models import RunLine
from compensation.services.runs import compute_here, start_run
from organization.refusal import Refused
from reports.awards import explain, lines_for
from tests import pay_year
from tests.pay_year import certify
from tests.world import AT, PASSWORD

WHY = "Her supervisor was on leave from January to May, and nobody stood in."


@pytest.fixture
def lacking(rated):
    """Marisol's rating lacks a progress review; the run counts it, and the heads are asked."""
    rated.rate("marisol", 4, "3.98", progress=False)
    run = pay_year.compute(rated)
    pay_year.ask(rated, run)
    return run


def line(run, number="10482"):
    return RunLine.objects.get(run=run, number=number)


def write(world, run, *, who="ruth", number="10482", code="CC", reason=WHY):
    department = world.departments.get(code)
    return services.write_exception(
        run.pk,
        department and department.pk,
        line(run, number).pk,
        reason=reason,
        by=world.person(who),
        at=AT,
    )


def withdraw(world, run):
    services.withdraw_exception(
        run.pk, world.departments["CC"].pk, line(run).pk, by=world.person("ruth"), at=AT
    )


def test_an_excepted_award_is_signed_with_its_reason(rated, lacking):
    write(rated, lacking)

    certificate = certify(rated, lacking, "CC", "ruth")

    assert (certificate.awards, certificate.exceptions) == (3, 1)
    assert "but for the 1 award by written exception" in certificate.statement
    assert WHY in certificate.content
    assert Entry.objects.acts().get(act="exception.written").reason == WHY


def test_without_it_the_award_is_held_back(rated, lacking):
    assert certify(rated, lacking, "CC", "ruth").awards == 2


def test_it_stands_in_the_explanation_of_the_award(rated, lacking):
    write(rated, lacking)
    certify(rated, lacking, "CC", "ruth")

    miguel = rated.person("miguel")
    chain = explain(lines_for(miguel).get(pk=line(lacking).pk), miguel, miguel.county)["chain"]

    (link,) = [link for link in chain if link.title == "By written exception, without a progress review"]
    assert (link.text, link.source) == (WHY, "Ruth Ann Kowalczyk, County Clerk, September 15, 2026")


def test_it_stands_for_a_missing_signature_too(rated):
    rated.rate("denise", 4, "3.88", signed=False)
    run = pay_year.compute(rated)
    pay_year.ask(rated, run)

    write(rated, run, number="1011", reason="She is at sea, and has read it by telephone.")

    assert certify(rated, run, "CC", "ruth").exceptions == 1


@pytest.mark.parametrize("facts", [{"service_weight": "20.00"}, {"service_weight": "0.00"}, {"level": 2}])
def test_nothing_else_is_excepted(rated, facts):
    level = facts.pop("level", 4)
    rated.rate("marisol", level, "3.98", progress=False, **facts)
    run = pay_year.compute(rated)
    pay_year.ask(rated, run)

    with pytest.raises(Refused, match=r"nothing else|not in the set"):
        write(rated, run)
    assert not WrittenException.objects.exists()


def test_a_rating_that_changed_since_is_not_excepted(rated, lacking):
    rated.rate("marisol", 5, "4.60", progress=False)

    with pytest.raises(Refused, match="nothing else"):
        write(rated, lacking)


@pytest.mark.parametrize("who", ["stephen", "denise", "joel", "miguel", "dale"])
def test_nobody_else_writes_one(rated, lacking, who):
    with pytest.raises(Refused, match=r"^Only Ruth Ann Kowalczyk"):
        write(rated, lacking, who=who)


def test_a_reason_is_a_sentence_and_written_once(rated, lacking):
    with pytest.raises(Refused, match="as a sentence"):
        write(rated, lacking, reason="On leave.")
    write(rated, lacking)

    with pytest.raises(Refused, match="already"):
        write(rated, lacking)


def test_withdrawn_after_the_signature_it_voids_the_certificate(rated, lacking):
    write(rated, lacking)
    certificate = certify(rated, lacking, "CC", "ruth")

    withdraw(rated, lacking)

    assert compare(lacking).voids[certificate.pk].reasons == [
        "The written exception for Marisol Treviño was withdrawn."
    ]
    assert certify(rated, lacking, "CC", "ruth").awards == 2


def test_it_is_withdrawn_on_the_page_until_the_award_is_released(rated, lacking, client):
    write(rated, lacking)
    certify(rated, lacking, "CC", "ruth")
    client.force_login(rated.users["ruth"])
    address = f"/certification/{lacking.number}/departments/CC/"
    withdrawal = f"{address}exceptions/{line(lacking).pk}/withdraw/"
    assert withdrawal in client.get(address).content.decode()
    pay_year.order_release(rated)
    pay_year.second_word(rated, lacking, pay_year.release(rated, lacking))

    with pytest.raises(Refused, match="is final"):
        withdraw(rated, lacking)
    assert withdrawal not in client.get(address).content.decode()


def test_the_same_rating_keeps_it_in_a_later_run(rated, lacking):
    write(rated, lacking)
    by = rated.person("miguel")
    second = compute_here(start_run(lacking.plan_id, by=by, at=AT, in_background=False))
    pay_year.ask(rated, second)

    assert certify(rated, second, "CC", "ruth").exceptions == 1


def test_the_head_writes_reads_and_signs_it_on_the_pages(rated, lacking, client):
    client.force_login(rated.users["ruth"])
    address = f"/certification/{lacking.number}/departments/CC/"
    of_line = f"{address}exceptions/{line(lacking).pk}/"
    assert of_line in client.get(address).content.decode()

    assert client.post(of_line, {"reason": "Leave."}).status_code == 422
    client.post(of_line, {"reason": WHY})

    page = client.get(address)
    assert "By exception" in page.content.decode()
    answer = {"seen": page.context["signing"].hash, "password": PASSWORD}
    refused = client.post(address, answer)
    assert (refused.status_code, "check the box" in refused.content.decode()) == (422, True)
    signed = client.post(address, answer | {"read": "on"})
    assert WHY in client.get(signed.url).content.decode()


def test_it_is_withdrawn_on_the_page(rated, lacking, client):
    write(rated, lacking)
    client.force_login(rated.users["ruth"])

    client.post(f"/certification/{lacking.number}/departments/CC/exceptions/{line(lacking).pk}/withdraw/")

    assert not WrittenException.objects.standing().exists()
