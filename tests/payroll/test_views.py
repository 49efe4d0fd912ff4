import pytest

from audit.models import Entry
from compensation.models import Run
from compensation.services.runs import compute_here, replace_earlier, start_run
from payroll.models import Batch, Release
from payroll.needs import needs_of
from payroll.releasing import carry_out
from tests.payroll.test_services import released
from tests.world import AT, PASSWORD


@pytest.fixture
def batch(rated, clerk_certified):
    return released(rated, clerk_certified)


def test_the_file_comes_down_byte_for_byte(rated, batch, client):
    client.force_login(rated.users["carl"])

    assert client.get(f"/payroll/batches/{batch.number}/file.csv").content == bytes(batch.content)


def letter_of(batch, number):
    line = batch.lines.filter(line__number=number).first()
    return f"/payroll/batches/{batch.number}/letters/{line.line_id}/"


def test_an_employee_reads_his_letter_and_nobody_elses(rated, batch, client):
    client.force_login(rated.users["marisol"])

    page = client.get(letter_of(batch, "10482")).content.decode()
    assert "your pay becomes $48,503.75 a year" in page
    assert "2.75% × $47,205.60" in page
    assert client.get(letter_of(batch, "10483")).status_code == 404


def test_the_letter_is_a_tagged_pdf(rated, batch, client):
    client.force_login(rated.users["marisol"])

    content = client.get(letter_of(batch, "10482") + "pdf/").content

    assert content.startswith(b"%PDF-")
    assert b"/MarkInfo" in content or b"/StructTreeRoot" in content


def test_while_merit_waits_the_letter_tells_nothing_of_it(rated, batch, client):
    client.force_login(rated.users["tomas"])

    page = client.get(letter_of(batch, "1021")).content.decode()

    assert "Another letter will explain it." in page
    assert "2.00% × $62,985.00" not in page


def test_a_clerk_releases_through_the_pages(rated, clerk_certified, client):
    client.force_login(rated.users["carl"])
    page = client.get(f"/payroll/runs/{clerk_certified.number}/")
    order = page.context["orders"].get()

    answer = client.post(
        f"/payroll/runs/{clerk_certified.number}/",
        {"action": order.pk, "seen": page.context["standing"].seen, "password": PASSWORD},
    )
    assert answer.url == "/payroll/"

    client.force_login(rated.users["fatima"])
    second = client.get("/payroll/").context["open_ones"][0]
    page = client.get(f"/payroll/second/{second.pk}/")
    answer = client.post(
        f"/payroll/second/{second.pk}/", {"seen": page.context["standing"].seen, "password": PASSWORD}
    )
    assert answer.url == f"/payroll/releases/{second.pk}/"

    assert "Being released" in client.get(answer.url).content.decode()
    carry_out(second.pk)  # what a worker does
    assert client.get(f"{answer.url}progress/").headers["HX-Refresh"] == "true"
    page = client.get(answer.url, follow=True)
    assert page.redirect_chain[0][0] == f"/payroll/batches/{Batch.objects.get().number}/"
    assert "is released: " in page.content.decode()


def test_a_second_word_that_was_given_meanwhile_leads_to_its_batch(rated, clerk_certified, client):
    client.force_login(rated.users["carl"])
    page = client.get(f"/payroll/runs/{clerk_certified.number}/")
    seen, order = page.context["standing"].seen, page.context["orders"].get()
    client.post(
        f"/payroll/runs/{clerk_certified.number}/", {"action": order.pk, "seen": seen, "password": PASSWORD}
    )
    client.force_login(rated.users["fatima"])
    address = f"/payroll/second/{client.get('/payroll/').context['open_ones'][0].pk}/"
    word = {"seen": client.get(address).context["standing"].seen, "password": PASSWORD}
    client.post(address, word)

    answer = client.post(address, word, follow=True)

    assert answer.redirect_chain[0][0] == f"/payroll/releases/{Release.objects.get().pk}/"
    assert "gave the second word already" in answer.content.decode()


def test_a_second_word_is_refused_with_a_reason_and_a_request_taken_back(rated, clerk_certified, client):
    def ask():
        client.force_login(rated.users["carl"])
        page = client.get(f"/payroll/runs/{clerk_certified.number}/")
        seen, order = page.context["standing"].seen, page.context["orders"].get()
        word = {"action": order.pk, "seen": seen, "password": PASSWORD}
        client.post(f"/payroll/runs/{clerk_certified.number}/", word)
        return Release.objects.latest("pk")

    asked = ask()
    client.force_login(rated.users["fatima"])
    address = f"/payroll/second/{asked.pk}/"
    assert client.post(address, {"decline": "1", "reason": ""}).status_code == 422
    client.post(address, {"decline": "1", "reason": "The order is that of last year."})
    asked.refresh_from_db()
    assert asked.problem == "Fatima Haddad did not give the second word: The order is that of last year."
    carl = [need.title for need in needs_of(rated.person("carl"))]
    assert f"Look again at the release of {asked.run}, which was stopped" in carl

    again = ask()
    start_run(clerk_certified.plan_id, by=rated.person("miguel"), at=AT, in_background=False)
    later = compute_here(Run.objects.latest("number"))
    replace_earlier(later)
    client.post(f"/payroll/second/{again.pk}/", {"decline": "1"})
    assert not Release.objects.filter(pk=again.pk).exists()
    assert Entry.objects.filter(act="release.taken_back").exists()
    assert not Batch.objects.exists()


def test_a_wrong_password_releases_nothing(rated, clerk_certified, client):
    client.force_login(rated.users["carl"])
    page = client.get(f"/payroll/runs/{clerk_certified.number}/")

    answer = client.post(
        f"/payroll/runs/{clerk_certified.number}/",
        {
            "action": page.context["orders"].get().pk,
            "seen": page.context["standing"].seen,
            "password": "guess",
        },
    )

    assert answer.status_code == 422
    assert Batch.objects.count() == 0
