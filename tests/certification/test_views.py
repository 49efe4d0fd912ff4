import pytest

from certification.models import Certificate, Request
from certification.services import ask_to_certify
from compensation.services.runs import compute_here, start_run
from look.formats import short_date
from organization.models import Department, Headship
from organization.refusal import Refused
from tests import pay_year
from tests.world import AT, ON, PASSWORD


@pytest.fixture
def ruth(rated, run, client):
    ask_to_certify(run.pk, by=rated.person("miguel"), at=AT, on=ON)
    client.force_login(rated.users["ruth"])
    return client


def test_the_head_reads_and_signs(rated, run, ruth):
    page = ruth.get(f"/certification/{run.number}/departments/CC/")
    assert "I, Ruth Ann Kowalczyk, County Clerk of Caprock County, signing as" in page.content.decode()

    answer = ruth.post(
        f"/certification/{run.number}/departments/CC/",
        {"seen": page.context["signing"].hash, "password": PASSWORD},
    )

    assert answer.url == "/certification/certificates/CC-2027-01/"
    assert "3 awards" in ruth.get(answer.url).content.decode()


def test_a_wrong_password_signs_nothing(rated, run, ruth):
    page = ruth.get(f"/certification/{run.number}/departments/CC/")

    answer = ruth.post(
        f"/certification/{run.number}/departments/CC/",
        {"seen": page.context["signing"].hash, "password": "guess"},
    )

    assert answer.status_code == 422
    assert Certificate.objects.count() == 0


def test_what_changed_while_reading_is_shown_anew(rated, run, ruth):
    page = ruth.get(f"/certification/{run.number}/departments/CC/")
    rated.rate("marisol", 5, "4.60")

    answer = ruth.post(
        f"/certification/{run.number}/departments/CC/",
        {"seen": page.context["signing"].hash, "password": PASSWORD},
    )

    assert answer.status_code == 409
    assert "The rating changed after the pay run." in answer.content.decode()


def test_hr_reads_until_when_each_signer_has_and_goes_back_to_the_run(rated, run, client):
    client.force_login(rated.users["miguel"])
    asked = client.post(f"/certification/{run.number}/ask/", follow=True).text
    due_on = Request.objects.filter(run=run).first().due_on
    assert f"until {short_date(due_on)}" in asked
    assert f'href="/pay/runs/{run.number}/"' in asked


@pytest.mark.parametrize("code", ["heads", "ask"])
def test_a_department_with_the_code_of_a_page_has_its_own_set(rated, run, ruth, code):
    Department.objects.filter(pk=rated.departments["CC"].pk).update(code=code)

    page = ruth.get(f"/certification/{run.number}/departments/{code}/")

    assert page.context["set"].name == "County Clerk"
    assert page.context["signs"]
    ruth.force_login(rated.users["dale"])
    assert ruth.get(f"/certification/{run.number}/heads/").context["set"].name == "Heads of departments"


def test_a_former_head_reads_what_she_signed_and_nothing_else_of_the_set(rated, run, ruth):
    pay_year.certify(rated, run, "CC", "ruth")
    Headship.objects.filter(department=rated.departments["CC"]).update(employee=rated.employees["stephen"])

    assert ">CC-2027-01<" in ruth.get("/certification/").content.decode()
    page = ruth.get("/certification/certificates/CC-2027-01/")
    assert page.status_code == 200
    assert "Certificates of this set" not in page.content.decode()
    for part in ("verify/", "certificate.pdf"):
        assert ruth.get(f"/certification/certificates/CC-2027-01/{part}").status_code == 200
    assert ruth.get(f"/certification/{run.number}/departments/CC/").status_code == 403
    assert ruth.get("/certification/delegations/").status_code == 403


def test_a_returned_set_is_signed_once_hr_has_asked_anew(rated, run, ruth):
    address = f"/certification/{run.number}/departments/CC/"
    ruth.post(f"{address}return/", {"note": "Is the weight of Marisol right?"})

    page = ruth.get(address)
    assert "The set is with HR" in page.content.decode()
    assert not page.context["may_sign_now"]
    with pytest.raises(Refused, match="asked for it anew"):
        pay_year.certify(rated, run, "CC", "ruth")
    ask_to_certify(run.pk, by=rated.person("miguel"), at=AT, on=ON)

    pay_year.certify(rated, run, "CC", "ruth")
    turns = ruth.get(f"{address}certificates/").context["turns"]
    assert [(turn.word, turn.note) for turn in turns] == [
        ("Asked by HR", ""),
        ("Returned to HR", "Is the weight of Marisol right?"),
        ("Asked by HR", ""),
    ]


def test_another_head_does_not_find_the_set(rated, run, ruth):
    ruth.force_login(rated.users["joel"])

    assert ruth.get(f"/certification/{run.number}/departments/CC/").status_code == 404
    assert ruth.get(f"/certification/{run.number}/departments/IT/").status_code == 200


def test_the_certificate_says_that_it_no_longer_holds(rated, run, ruth):
    page = ruth.get(f"/certification/{run.number}/departments/CC/")
    ruth.post(
        f"/certification/{run.number}/departments/CC/",
        {"seen": page.context["signing"].hash, "password": PASSWORD},
    )
    rated.rate("marisol", 3, "3.10")

    shown = ruth.get("/certification/certificates/CC-2027-01/").content.decode()

    assert "This certificate no longer holds" in shown
    assert "level from 4 to 3" in shown


def test_the_head_reads_in_the_set_why_a_certificate_no_longer_holds(rated, run, ruth):
    page = ruth.get(f"/certification/{run.number}/departments/CC/")
    ruth.post(
        f"/certification/{run.number}/departments/CC/",
        {"seen": page.context["signing"].hash, "password": PASSWORD},
    )
    rated.rate("marisol", 5, "4.60")

    page = ruth.get(f"/certification/{run.number}/departments/CC/").content.decode()

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

    answer = client.post(f"/certification/{run.number}/departments/CC/return/", {"note": note}, follow=True)

    assert answer.status_code == 200
    assert Request.objects.get(department=rated.departments["CC"]).state == Request.State.ASKED
