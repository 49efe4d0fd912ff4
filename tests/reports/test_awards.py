import pytest

from compensation.models import RunLine
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


def test_ones_own_award_is_shown_once_all_of_it_is_released(world, batch, client):
    assert page_of(client, world, batch, "10482", "marisol").status_code == 200
    assert page_of(client, world, batch, "1021", "tomas").status_code == 404


def test_a_head_reads_his_peoples_awards_and_not_his_own_before_release(world, batch, client):
    assert page_of(client, world, batch, "1021", "joel").status_code == 200
    assert page_of(client, world, batch, "1003", "joel").status_code == 404


def test_a_changed_line_shows(world, batch, client):
    RunLine.objects.filter(number="10482").update(new_hourly=1)

    page = page_of(client, world, batch, "10482", "grace").content.decode()

    assert "Not what was computed" in page


def test_my_pay_shows_what_was_released(world, batch, client):
    client.force_login(world.users["marisol"])

    page = client.get("/my-pay/").content.decode()

    assert "Across the board and merit" in page
    assert "How it was worked out" in page
