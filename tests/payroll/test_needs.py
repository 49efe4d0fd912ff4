from payroll.needs import needs_of
from tests import pay_year


def titles(world, key):
    return [need.title for need in needs_of(world.person(key))]


def test_a_certified_run_waits_for_the_court_clerk_and_then_for_payroll(rated):
    run = pay_year.compute(rated)
    pay_year.ask(rated, run)
    assert titles(rated, "hector") == titles(rated, "carl") == []

    pay_year.certify(rated, run, "CC", "ruth")
    assert titles(rated, "hector") == [f"Record the order that releases {run}, once the Court has voted"]
    assert titles(rated, "carl") == []

    pay_year.order_release(rated)
    assert titles(rated, "hector") == []
    assert titles(rated, "carl") == [f"Release what is certified of {run}"]

    asked = pay_year.release(rated, run)
    assert titles(rated, "fatima") == [f"Give the second word for {run}"]

    pay_year.second_word(rated, run, asked)
    assert titles(rated, "carl") == titles(rated, "hector") == []


def test_nobody_else_is_told(clerk_certified, rated):
    assert not any(titles(rated, key) for key in ("marisol", "ruth", "susan", "grace"))


def test_the_need_leads_to_the_form_with_its_purpose_chosen(rated, client):
    run = pay_year.compute(rated)
    pay_year.ask(rated, run)
    pay_year.certify(rated, run, "CC", "ruth")
    (need,) = needs_of(rated.person("hector"))
    client.force_login(rated.users["hector"])

    form = client.get(need.url).context["form"]

    assert form["purpose"].value() == "release"
