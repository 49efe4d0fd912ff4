import pytest

from compensation.models import RunLine
from look.formats import money_from_cents
from tests import pay_year


@pytest.fixture
def batch(world):
    return pay_year.released(world)


def page_of(client, world, batch, number, who):
    client.force_login(world.users[who])
    line = RunLine.objects.get(run=batch.run, number=number)
    return client.get(f"/pay/awards/{line.pk}/")


def test_every_link_of_the_chain_is_there(world, batch, client):
    page = page_of(client, world, batch, "10482", "grace").content.decode()

    for words in (
        "Plan adopted by the Commissioners Court",
        "Rating of record: 3.98, level 4",
        "Certified by the County Clerk",
        "Released to payroll",
        "Computed once more from the frozen inputs, no figure differs.",
    ):
        assert words in page
    assert page.count(f'href="/pay/runs/{batch.run.number}/"') == 2  # above the page, and in the chain


def test_ones_own_award_is_shown_once_all_of_it_is_released(world, batch, client):
    assert page_of(client, world, batch, "10482", "marisol").status_code == 200
    assert page_of(client, world, batch, "1021", "tomas").status_code == 404


def test_a_head_reads_his_peoples_awards_and_not_his_own_before_release(world, batch, client):
    assert page_of(client, world, batch, "1021", "joel").status_code == 200
    assert page_of(client, world, batch, "1003", "joel").status_code == 404


def test_what_is_released_of_a_raise_stands_beside_the_whole_of_it(world, batch, client):
    line = RunLine.objects.get(run=batch.run, number="1021")
    page = page_of(client, world, batch, "1021", "grace")
    label, amount, note = page.context["figures"][1]
    assert (label, amount) == ("More each year", money_from_cents(line.across_the_board + line.merit))
    assert note.endswith(f"; {money_from_cents(line.across_the_board)} of it is released, the rest waits")
    whole = page_of(client, world, batch, "10482", "grace")
    assert "of it is released" not in whole.context["figures"][1][2]


def test_a_changed_line_shows(world, batch, client):
    RunLine.objects.filter(number="10482").update(new_hourly=1)

    page = page_of(client, world, batch, "10482", "grace").content.decode()

    assert "Not what was computed" in page


def test_my_pay_shows_what_was_released(world, batch, client):
    client.force_login(world.users["marisol"])

    page = client.get("/my-pay/").content.decode()

    assert "Across the board and merit" in page
    assert "How it was worked out" in page


def test_the_page_reads_from_the_result_down_to_the_plan_as_it_was(world, batch, client):
    page = page_of(client, world, batch, "10482", "grace").content.decode()

    parts = (
        *("New pay a year", "From old to new rate", "What would have changed it", "The rules, one by one"),
        *("The rating behind it", "The plan as it was", "The chain of proof"),
    )
    places = [page.index(f">{part}<") for part in parts]
    assert places == sorted(places)
    assert "Certificate CC-2027-01" in page
    assert "Rated at level 5" in page
    assert "$354.05 more a year" in page


def test_the_same_is_one_tagged_pdf(world, batch, client):
    client.force_login(world.users["marisol"])
    line = RunLine.objects.get(run=batch.run, number="10482")

    content = client.get(f"/pay/awards/{line.pk}/award.pdf").content

    assert content.startswith(b"%PDF-")
    assert b"/MarkInfo" in content or b"/StructTreeRoot" in content


def test_elements_are_for_who_may_read_the_evaluation(world, batch, client):
    assert "Courtesy and listening" in page_of(client, world, batch, "10482", "marisol").content.decode()
    assert "Courtesy and listening" not in page_of(client, world, batch, "10482", "carl").content.decode()


def test_who_is_left_out_reads_each_rule_and_what_would_cure_it(world, batch, client):
    page = page_of(client, world, batch, "10483", "miguel").content.decode()

    assert "No rating of record." in page
    assert "Once the evaluation is finished and of record, Human Resources runs the plan again." in page


def test_what_holds_an_award_back_stands_first_with_its_cure(world, client):
    pay_year.rate_all(world, but=["marisol"])
    world.rate("marisol", 4, "3.98", signed=False)
    line = pay_year.compute(world).lines.get(number="10482")
    client.force_login(world.users["ruth"])

    page = client.get(f"/pay/awards/{line.pk}/").content.decode()

    assert "The employee has not signed." in page
    assert "Ask the supervisor for the signature or the refusal." in page


def test_batch_letter_and_my_pay_lead_there_in_one_click(world, batch, client):
    line = RunLine.objects.get(run=batch.run, number="10482")
    there = f'href="/pay/awards/{line.pk}/"'
    client.force_login(world.users["carl"])
    assert there in client.get(f"/payroll/batches/{batch.number}/").content.decode()
    client.force_login(world.users["marisol"])
    assert there in client.get("/my-pay/").content.decode()
    assert there in client.get(f"/payroll/batches/{batch.number}/letters/{line.pk}/").content.decode()


def test_no_letter_leads_to_an_award_of_which_a_part_waits(world, batch, client):
    line = RunLine.objects.get(run=batch.run, number="1021")
    client.force_login(world.users["tomas"])

    assert (
        "/pay/awards/"
        not in client.get(f"/payroll/batches/{batch.number}/letters/{line.pk}/").content.decode()
    )
