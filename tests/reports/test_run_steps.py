"""The steps of a run tick as its awards are certified, approved and released."""

from reports.run_steps import steps_of
from tests import pay_year


def later_steps(run):
    return dict(steps_of(run)[2:])


def test_steps_tick_one_after_the_other_and_tell_how_far(world):
    pay_year.rate_all(world)
    run = pay_year.compute(world)
    assert dict(steps_of(run)) == {
        "Inputs frozen": "done",
        "Computed": "done",
        "Certification": "now",
        "Court approval": "later",
        "Payroll file and letters": "later",
    }
    pay_year.ask(world, run)
    pay_year.certify(world, run, "CC", "ruth")
    assert later_steps(run)["Certification, 3 of 11 awards"] == "now"
    pay_year.order_release(world)
    assert later_steps(run)["Court approval"] == "done"
    pay_year.second_word(world, run, pay_year.release(world, run))
    assert later_steps(run)["Payroll file and letters, 4 of 12 positions paid in full"] == "later"
    for code, who in (("IT", "joel"), ("HR", "anita"), ("heads", "dale")):
        pay_year.certify(world, run, code, who)
    assert later_steps(run) == {
        "Certification": "done",
        "Court approval": "done",
        "Payroll file and letters, 4 of 12 positions paid in full": "now",
    }
    pay_year.second_word(world, run, pay_year.release(world, run))
    assert set(later_steps(run).values()) == {"done"}


def test_a_void_certificate_takes_its_step_back(world):
    pay_year.rate_all(world)
    run = pay_year.compute(world)
    pay_year.ask(world, run)
    pay_year.certify(world, run, "CC", "ruth")
    world.rate("marisol", 3)
    assert later_steps(run)["Certification"] == "now"


def test_the_page_of_the_run_asks_for_its_steps(world, client):
    pay_year.rate_all(world)
    run = pay_year.compute(world)
    client.force_login(world.users["susan"])
    assert f'hx-get="/pay/runs/{run.number}/steps/"' in client.get(f"/pay/runs/{run.number}/").text
    steps = client.get(f"/pay/runs/{run.number}/steps/").text
    assert 'aria-current="step"' in steps
    client.force_login(world.users["ruth"])
    assert client.get(f"/pay/runs/{run.number}/steps/").status_code == 403
