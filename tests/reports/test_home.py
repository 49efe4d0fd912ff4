"""What a home page tells: what waits, how far the pay is, and what else there is for somebody."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certification.models import Request
from evaluations.models import Cycle
from organization.models import RoleGrant
from organization.needs import Need
from reports.home import dates_ahead, first_due
from reports.pay_progress import pay_progress
from tests import pay_year
from tests.reports.test_query_counts import LIMIT, NOT_ASKED
from tests.world import ON


def home(client, world, who, path="/"):
    client.force_login(world.users[who])
    return client.get(path).content.decode()


def chain(world, who="carl"):
    return [(link.title, link.waiting) for link in pay_progress(world.person(who)).links]


def test_the_chain_tells_how_far_the_pay_of_the_year_is_and_leads_there(world, client):
    assert pay_progress(world.person("carl")) is None

    pay_year.rate_all(world)
    run = pay_year.compute(world)
    assert chain(world) == [
        ("Plan adopted by the Court", False),
        ("Computed", False),
        ("Not certified yet", True),
        ("No order of release yet", True),
        ("Nothing is released yet", True),
    ]

    pay_year.ask(world, run)
    pay_year.certify(world, run, "CC", "ruth")
    pay_year.order_release(world)
    pay_year.second_word(world, run, pay_year.release(world, run))
    for who in ("miguel", "carl", "susan", "grace", "hector"):
        pages = [link.url for link in pay_progress(world.person(who)).links if link.url]
        client.force_login(world.users[who])
        assert [client.get(page).status_code for page in pages] == [200] * len(pages)
    assert f"/pay/runs/{run.number}/" in [link.url for link in pay_progress(world.person("miguel")).links]
    assert [title for title, waiting in chain(world)[2:] if not waiting] == [
        "Certified",
        "Release ordered by the Court",
        "Released to payroll",
    ]


def test_it_is_for_those_who_move_the_pay(world):
    pay_year.rate_all(world)
    pay_year.compute(world)

    assert all(pay_progress(world.person(key)) for key in ("miguel", "carl", "susan", "grace", "hector"))
    assert not any(pay_progress(world.person(key)) for key in ("marisol", "ruth", "denise", "eunji"))


def test_who_has_no_part_in_the_work_of_others_is_told_what_there_is(world, client):
    for who in ("marisol", "eunji"):
        page = home(client, world, who)
        assert "What you can do here" in page
        assert page.count('href="/evaluations/mine/"') == 2  # in the navigation, too


def test_states_in_which_nobody_is_do_not_appear(world, client):
    pay_year.rate_all(world)

    figures = home(client, world, "ruth", "/home/figures/")

    assert "Of record" in figures
    assert "With the reviewer" not in figures
    assert "so far" not in home(client, world, "carl", "/home/figures/")


def test_dates_of_two_open_cycles_name_their_cycle(world):
    def words():
        return [said for _, said in dates_ahead(world.person("miguel"), Cycle.objects.filter(state="open"))]

    assert words()[-1] == "Signatures are due"
    world.next_cycle()
    assert words()[2:5] == [
        "Ratings are released to employees, Fall 2026",
        "Plans are due, Fall 2027",
        "Signatures are due, Fall 2026",
    ]


# A set that waits for a signature is compared with the facts of today, which takes four queries more.
@pytest.mark.parametrize(
    ("who", "most"),
    [(who, 15) for who in ("miguel", "carl", "hector", "susan", "grace", "ruth", "denise", "marisol")]
    + [("dale", 19)],
)
def test_it_costs_few_queries(world, client, who, most):
    pay_year.released(world)
    home(client, world, who)  # signs in

    for path in ("/", "/home/figures/"):
        with CaptureQueriesContext(connection) as captured:
            client.get(path)

        queries = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
        assert len(queries) <= most, (path, len(queries))


def test_who_is_hr_and_heads_a_department_with_awards_to_sign_costs_no_more(world, client):
    pay_year.rate_all(world)
    run = pay_year.compute(world)
    pay_year.ask(world, run)
    user = world.users["anita"]
    RoleGrant.objects.create(user=user, role="hr", starts_on=ON)
    Request.objects.update(due_on=ON - timedelta(days=1))
    client.force_login(user)
    page = client.get("/").content.decode()
    assert "that nobody has signed" in page
    assert "of Human Resources" in page

    with CaptureQueriesContext(connection) as captured:
        client.get("/")

    assert sum(not query["sql"].startswith(NOT_ASKED) for query in captured) <= LIMIT


def test_the_first_date_is_told():
    needs = [Need("b", "", "", "", "", None), Need("a", "", "", "", "", ON)]
    assert first_due(needs, ON) == "the first is due today"
    assert first_due(needs[:1], ON) == ""


def test_the_search_opens_with_the_focus_in_its_field(world, client):
    page = home(client, world, "miguel")
    address = page.split("data-search")[0].rsplit('href="', 1)[1].split('"')[0]
    path, field = address.split("#")

    assert f'id="{field}" name="words" type="search"' in home(client, world, "miguel", path)
