import pytest

from certification.models import Certificate, Request
from certification.services import ask_to_certify
from compensation.services.runs import compute_here, start_run
from tests import pay_year
from tests.world import AT, ON, PASSWORD


@pytest.fixture
def ruth(rated, run, client):
    ask_to_certify(run.pk, by=rated.person("miguel"), at=AT, on=ON)
    client.force_login(rated.users["ruth"])
    return client


def test_the_head_reads_and_signs(rated, run, ruth):
    page = ruth.get(f"/certification/{run.number}/CC/")
    assert "I, Ruth Ann Kowalczyk, County Clerk of Caprock County, certify" in page.content.decode()

    answer = ruth.post(
        f"/certification/{run.number}/CC/", {"seen": page.context["signing"].hash, "password": PASSWORD}
    )

    assert answer.url == "/certification/certificates/CC-2027-01/"
    assert "3 awards" in ruth.get(answer.url).content.decode()


def test_a_wrong_password_signs_nothing(rated, run, ruth):
    page = ruth.get(f"/certification/{run.number}/CC/")

    answer = ruth.post(
        f"/certification/{run.number}/CC/", {"seen": page.context["signing"].hash, "password": "guess"}
    )

    assert answer.status_code == 422
    assert Certificate.objects.count() == 0


def test_what_changed_while_reading_is_shown_anew(rated, run, ruth):
    page = ruth.get(f"/certification/{run.number}/CC/")
    rated.rate("marisol", 5, "4.60")

    answer = ruth.post(
        f"/certification/{run.number}/CC/", {"seen": page.context["signing"].hash, "password": PASSWORD}
    )

    assert answer.status_code == 409
    assert "The rating changed after the pay run." in answer.content.decode()


def test_another_head_does_not_find_the_set(rated, run, ruth):
    ruth.force_login(rated.users["joel"])

    assert ruth.get(f"/certification/{run.number}/CC/").status_code == 404
    assert ruth.get(f"/certification/{run.number}/IT/").status_code == 200


def test_the_certificate_says_that_it_no_longer_holds(rated, run, ruth):
    page = ruth.get(f"/certification/{run.number}/CC/")
    ruth.post(
        f"/certification/{run.number}/CC/", {"seen": page.context["signing"].hash, "password": PASSWORD}
    )
    rated.rate("marisol", 3, "3.10")

    shown = ruth.get("/certification/certificates/CC-2027-01/").content.decode()

    assert "This certificate no longer holds" in shown
    assert "level from 4 to 3" in shown


def test_the_head_reads_in_the_set_why_a_certificate_no_longer_holds(rated, run, ruth):
    page = ruth.get(f"/certification/{run.number}/CC/")
    ruth.post(
        f"/certification/{run.number}/CC/", {"seen": page.context["signing"].hash, "password": PASSWORD}
    )
    rated.rate("marisol", 5, "4.60")

    page = ruth.get(f"/certification/{run.number}/CC/").content.decode()

    assert "Certificates that no longer hold" in page
    assert "What the award of Marisol Treviño rests on changed." in page


def test_hr_asks_and_sees_each_department(rated, run, client):
    client.force_login(rated.users["miguel"])

    client.post(f"/certification/{run.number}/ask/")

    page = client.get(f"/certification/{run.number}/").content.decode()
    assert page.count("With the head") == 4
    assert "Heads of departments" in page


def test_a_run_whose_place_was_taken_says_so_and_asks_nobody(rated, run, client):
    by = rated.person("miguel")
    ask_to_certify(run.pk, by=by, at=AT, on=ON)
    second = compute_here(start_run(run.plan_id, by=by, at=AT, in_background=False))
    ask_to_certify(second.pk, by=by, at=AT, on=ON)
    client.force_login(rated.users["miguel"])

    page = client.get(f"/certification/{run.number}/").content.decode()

    assert "This run is not paid." in page
    assert f"/certification/{run.number}/ask/" not in page


@pytest.mark.parametrize("note", ["", "   ", "Quang\0 is missing."])
def test_a_note_that_cannot_be_kept_returns_nothing(rated, run, client, note):
    pay_year.ask(rated, run)
    client.force_login(rated.users["ruth"])

    answer = client.post(f"/certification/{run.number}/CC/return/", {"note": note}, follow=True)

    assert answer.status_code == 200
    assert Request.objects.get(department=rated.departments["CC"]).state == Request.State.ASKED
