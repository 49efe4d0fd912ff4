"""A certificate years later: its history, its PDF, and whether it is still what was signed (PAY-9)."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from certification import services
from certification.history import history_of
from certification.models import Certificate
from certification.verifying import stands, verify
from compensation.services.runs import compute_here, start_run
from organization.models import Employee
from tests import pay_year
from tests.pay_year import certify
from tests.world import AT


@pytest.fixture
def signed(rated, run):
    pay_year.ask(rated, run)
    return certify(rated, run, "CC", "ruth")


def verdict_on(certificate):
    return verify(Certificate.objects.to_verify().get(pk=certificate.pk))


def past_the_product(sql, *values):
    """What only somebody with the database in hand could do."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_what_nobody_touched_is_unaltered_and_stands(signed):
    verdict = verdict_on(signed)

    assert [check.passed for check in verdict.checks] == [True] * 4
    assert stands(verdict) == "It stands: nothing that it rests on has changed."
    assert verdict.differences == []


@pytest.mark.parametrize(
    ("sql", "failed"),
    [
        ("content = replace(content, 'Marisol', 'Marisa')", {"seal"}),
        ("content = ''", {"seal", "readable"}),
        ("base_total = base_total + 1", {"record"}),
        ("statement = 'I certify nothing.'", {"record"}),
        ("signed_name = 'Somebody Else'", {"record", "history"}),
        ("signed_at = signed_at - interval '1 day'", {"history"}),
        ("number = 'CC-2027-07'", {"history"}),
        ("department_id = NULL", {"history"}),
        ("signed_by_id = (SELECT max(id) FROM accounts_user)", {"history"}),
        ("content = jsonb_set(content::jsonb, '{signed_by}', '7')::text", {"seal", "readable"}),
    ],
)
def test_each_part_altered_past_the_product_shows(signed, sql, failed):
    past_the_product(f"UPDATE certification_certificate SET {sql} WHERE id = %s", signed.pk)  # noqa: S608

    verdict = verdict_on(signed)

    assert {check.code for check in verdict.checks if not check.passed} == failed
    assert not verdict.is_unaltered


def test_an_award_put_in_the_place_of_another_shows(rated, run, signed):
    first, other = signed.lines.first(), run.lines.get(number="1020")
    past_the_product("UPDATE certification_certifiedline SET line_id = %s WHERE id = %s", other.pk, first.pk)

    assert {check.code for check in verdict_on(signed).checks if not check.passed} == {"awards"}


def test_content_and_seal_altered_together_show_in_the_history(signed):
    past_the_product(
        "UPDATE certification_certificate SET content = content || ' ', "
        "content_hash = encode(sha256(convert_to(content || ' ', 'UTF8')), 'hex') WHERE id = %s",
        signed.pk,
    )

    assert {check.code for check in verdict_on(signed).checks if not check.passed} == {"history"}


def test_a_later_rating_leaves_the_text_unaltered_and_is_told(rated, signed):
    rated.rate("marisol", 3, "3.10")

    verdict = verdict_on(signed)

    assert verdict.is_unaltered
    assert stands(verdict).startswith("It no longer holds. What the award of Marisol Treviño rests on")
    (difference,) = verdict.differences
    assert difference.name == "Marisol Treviño"
    assert "level from 4 to 3" in difference.sentences[0]


def test_once_released_it_stands_whatever_changes(rated):
    pay_year.released(rated)
    certificate = Certificate.objects.get()
    Employee.objects.filter(number="10482").update(last_name="Garza")
    rated.rate("marisol", 3, "3.10")

    verdict = verdict_on(certificate)

    assert stands(verdict) == "It stands: its awards were released, and are final."
    (difference,) = verdict.differences
    assert "The name is now Marisol Garza." in difference.sentences


def test_the_command_tells_and_fails_for_what_was_altered(signed):
    out = StringIO()
    call_command("verify_certificate", signed.number, "--json", stdout=out)
    assert json.loads(out.getvalue())["unaltered"] is True

    past_the_product("UPDATE certification_certificate SET statement = 'No.' WHERE id = %s", signed.pk)

    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("verify_certificate", signed.number, stdout=out)
    assert ended.value.code == 1
    assert "ALTERED." in out.getvalue()
    with pytest.raises(CommandError, match="There is no certificate CC-1999-01"):
        call_command("verify_certificate", "CC-1999-01")


def test_the_history_tells_what_fell_and_what_took_its_place(rated, run, signed):
    rated.rate("marisol", 3, "3.10")
    services.note_voids(run.pk, by=rated.person("miguel"), at=AT)
    certify(rated, run, "CC", "ruth")

    newest, first = history_of(run, rated.departments["CC"])

    assert (newest.certificate.number, newest.state) == ("CC-2027-02", "certified")
    assert (first.state, first.renewed_by) == ("void", [("CC-2027-02", 2)])
    assert first.reasons[0].startswith("What the award of Marisol Treviño rests on changed.")


def test_a_certificate_of_a_run_that_is_not_paid_says_so(rated, run, signed):
    by = rated.person("miguel")
    second = compute_here(start_run(run.plan_id, by=by, at=AT, in_background=False))
    pay_year.ask(rated, second)

    (first,) = history_of(second, rated.departments["CC"])

    assert first.word == "Another run took its place"
    assert stands(verdict_on(signed)).startswith("It is not paid")


@pytest.mark.parametrize("who", ["ruth", "miguel", "grace", "carl"])
def test_the_pages_of_a_certificate_for_head_hr_auditor_and_payroll(rated, run, signed, client, who):
    rated.rate("marisol", 3, "3.10")
    client.force_login(rated.users[who])

    pdf = client.get("/certification/certificates/CC-2027-01/certificate.pdf")
    checked = client.get("/certification/certificates/CC-2027-01/verify/").content.decode()
    history = client.get(f"/certification/{run.number}/departments/CC/certificates/").content.decode()

    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert "CC-2027-01 is as it was signed" in checked
    assert "level from 4 to 3" in checked
    assert "Void" in history


@pytest.mark.parametrize("altered", ["'{}'", "replace(content, 'Marisol', 'Marisa')"])
def test_what_was_altered_is_not_shown_as_signed_nor_printed(rated, signed, client, altered):
    past_the_product(
        f"UPDATE certification_certificate SET content = {altered} WHERE id = %s",  # noqa: S608
        signed.pk,
    )
    client.force_login(rated.users["grace"])

    page = client.get("/certification/certificates/CC-2027-01/", follow=True).content.decode()

    assert "CC-2027-01 was altered" in page
    assert "Nothing can rest on it" in page
    assert client.get("/certification/certificates/CC-2027-01/certificate.pdf").status_code == 302


def test_certificates_are_counted_on_beyond_the_ninety_ninth(rated, run, signed):
    other = certify(rated, run, "IT", "joel")
    for certificate, number in ((signed, "CC-2027-100"), (other, "CC-2027-99")):
        past_the_product(
            "UPDATE certification_certificate SET number = %s WHERE id = %s", number, certificate.pk
        )
    rated.rate("marisol", 3, "3.10")

    assert certify(rated, run, "CC", "ruth").number == "CC-2027-101"
