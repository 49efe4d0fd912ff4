"""What is proposed stands for the person: also where he heads no department any more, or heads one now."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from compensation.explaining import explain_line
from compensation.facts import stale_cases
from compensation.models import Proposal, RunLine
from compensation.pool_bars import what_bars_a_run
from compensation.services.runs import compute_here, start_run
from organization.models import Assignment, Headship
from organization.refusal import Refused
from proposals import services
from proposals.sheets import Sheet
from reports.award_chain import chain_of
from tests.proposals.conftest import Office
from tests.proposals.test_next_version import next_version
from tests.world import AT, ON

SINCE = date(2026, 9, 10)


@pytest.fixture
def accepted(office):
    """The Judge proposes for Joel, who heads IT, and Joel for Priya; all is accepted."""
    for key, value, who, sheet in (
        ("joel", "2.50", "dale", office.heads()),
        ("priya", "2.25", "joel", office.sheet("IT")),
    ):
        office.save(key, value, who=who, sheet=sheet)
        office.save(key, "As agreed.", field="reason", base=1, who=who, sheet=sheet)
    for key, value in {"stephen": "2.25", "marisol": "2.25", "denise": "3", "quang": "1.5"}.items():
        office.save(key, value)
        office.save(key, "As agreed.", field="reason", base=1)
    office.accept_all()
    return office


def heads_no_longer(world, code="IT"):
    Headship.objects.filter(department=world.departments[code]).update(ends_on=SINCE)


def heads_from_now_on(world, key, code="IT"):
    heads_no_longer(world, code)
    Headship.objects.create(
        department=world.departments[code], employee=world.employees[key], starts_on=SINCE
    )


def computed(office):
    by = office.world.person("miguel")
    return compute_here(start_run(office.plan.pk, by=by, at=AT, in_background=False))


def row_on(sheet, world, key):
    return Sheet(sheet, on=ON).row_of(world.employees[key].pk)


def test_what_was_proposed_for_a_head_is_shown_where_he_is_now_and_is_what_the_run_pays(accepted):
    world = accepted.world
    heads_no_longer(world)

    assert row_on(accepted.heads(), world, "joel") is None
    row = row_on(accepted.sheet("IT"), world, "joel")
    assert (row.shown, row.person.reason, row.elsewhere) == ("2.50", "As agreed.", "Heads of departments")
    assert (row.reason, row.lacks_reason) == ("", False)  # the field is for a reason of the new head
    assert "Information Technology is overspent" in what_bars_a_run(accepted.plan, on=ON)[0].message
    accepted.work_out()  # his payroll counts there now
    line = RunLine.objects.get(run=computed(accepted), number="1003")
    assert (line.merit_value, line.merit) == (25_000, row.award.merit)
    proof = chain_of(line, explain_line(line), [], None, world.person("grace"))
    assert "Paid from the pool of Information Technology" in [link.title for link in proof.links]


def test_a_run_is_not_stale_because_somebody_heads_a_department_no_longer(accepted):
    run = computed(accepted)

    heads_from_now_on(accepted.world, "priya")

    assert stale_cases(run) == []


def test_who_proposes_for_the_person_now_may_write_another_and_one_counts(accepted):
    world = accepted.world
    heads_from_now_on(world, "priya")
    assert row_on(accepted.heads(), world, "priya").elsewhere == "Information Technology"
    services.send_back(accepted.heads().pk, "Priya heads IT now.", by=world.person("miguel"), at=AT)

    accepted.save("priya", "2.50", base=2, who="dale", sheet=accepted.heads())
    assert row_on(accepted.heads(), world, "priya").lacks_reason  # Joel's was for another figure
    accepted.save("priya", "Mine.", field="reason", base=3, who="dale", sheet=accepted.heads())

    row = row_on(accepted.heads(), world, "priya")
    assert (row.shown, row.elsewhere) == ("2.50", "")
    assert row_on(accepted.sheet("IT"), world, "priya") is None
    counting = Proposal.objects.get(employee=world.employees["priya"], is_current=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.create(
            plan=accepted.plan,
            sheet=accepted.sheet("IT"),
            employee=counting.employee,
            gives="percent",
            value=1,
            at=AT,
        )
    accepted.accept_all()
    line = RunLine.objects.get(run=computed(accepted), number="1020")
    assert line.merit_value == 25_000


def test_accepting_a_sheet_settles_what_it_shows_from_another(office):
    world = office.world
    office.save("joel", "2.50", who="dale", sheet=office.heads())
    heads_from_now_on(world, "priya")

    office.save("joel", "A good year.", field="reason", base=1, who="priya", sheet=office.sheet("IT"))
    office.save("joel", "2.75", base=2, who="priya", sheet=office.sheet("IT"))
    office.send(office.sheet("IT"), "priya")
    office.accept(office.sheet("IT"))

    former, kept = Proposal.objects.filter(employee=world.employees["joel"]).order_by("pk")
    assert (former.value, former.is_current, former.sheet) == (25_000, False, office.heads())
    assert (kept.value, kept.is_settled, kept.sheet) == (27_500, True, office.sheet("IT"))
    assert (kept.by_name, kept.reason) == ("Priya Raghunathan", "A good year.")


def test_what_nobody_sent_yet_is_settled_with_the_sheet_that_shows_it(office):
    world = office.world
    office.save("joel", "2.75", who="dale", sheet=office.heads())
    heads_from_now_on(world, "priya")
    office.send(office.sheet("IT"), "priya")

    office.accept(office.sheet("IT"))

    kept = Proposal.objects.get(employee=world.employees["joel"])
    assert (kept.is_settled, kept.sheet) == (True, office.sheet("IT"))
    assert what_bars_a_run(office.plan, on=ON)[0].rule == "proposals accepted"  # the others are open


def test_it_goes_over_to_the_next_version_wherever_the_person_is_now(accepted):
    heads_no_longer(accepted.world)

    next_version(accepted)

    row = row_on(accepted.sheet("IT"), accepted.world, "joel")
    assert (row.shown, row.reason, row.elsewhere) == ("2.50", "As agreed.", "")
    assert accepted.sheet("IT").state == "accepted"
    assert what_bars_a_run(accepted.plan, on=ON) == []


def test_what_no_accepted_sheet_showed_is_not_paid_and_bars_a_run(rated):
    office = Office(rated, percent="9")
    office.save("priya", "2.50", who="joel", sheet=office.sheet("IT"))  # without the reason that is due
    office.send(office.heads(), "dale")
    office.accept(office.heads())
    heads_from_now_on(rated, "priya")
    for code, who in (("IT", "priya"), ("CC", "ruth"), ("HR", "anita")):
        office.send(office.sheet(code), who)
        office.accept(office.sheet(code))

    (problem,) = what_bars_a_run(office.plan, on=ON)
    assert "1 proposal was never accepted" in problem.message
    assert "(employee 1020) came to another sheet meanwhile. Send back that of Heads" in problem.message
    with pytest.raises(Refused, match="never accepted"):
        computed(office)
    services.send_back(office.heads().pk, "Priya heads IT now.", by=rated.person("miguel"), at=AT)
    office.save("priya", "As agreed.", field="reason", base=1, who="dale", sheet=office.heads())
    office.accept_all()
    assert RunLine.objects.get(run=computed(office), number="1020").merit_value == 25_000


@pytest.fixture
def without_it(rated):
    """Everybody of IT works for the County Clerk after the proposals were accepted."""
    office = Office(rated, percent="9")
    office.save("priya", "2.25", who="joel", sheet=office.sheet("IT"))
    office.save("priya", "As agreed.", field="reason", base=1, who="joel", sheet=office.sheet("IT"))
    office.accept_all()
    clerks = Assignment.objects.filter(department=rated.departments["IT"])
    clerks.update(department=rated.departments["CC"])
    heads_no_longer(rated)
    return office


def test_the_next_version_keeps_what_an_office_without_people_had_proposed(without_it):
    next_version(without_it, percent="9")

    row = row_on(without_it.sheet("CC"), without_it.world, "priya")
    assert (row.shown, row.reason) == ("2.25", "As agreed.")
    assert without_it.sheet("CC").state == "accepted"


def test_an_office_that_comes_back_brings_nothing_back(without_it):
    world = without_it.world
    next_version(without_it, percent="9")
    services.send_back(without_it.sheet("CC").pk, "Less.", by=world.person("miguel"), at=AT)
    without_it.save("priya", "2.00", base=1, sheet=without_it.sheet("CC"))
    quang = Assignment.objects.filter(employee=world.employees["quang"])
    quang.update(department=world.departments["IT"])

    without_it.work_out()

    assert row_on(without_it.sheet("CC"), world, "priya").shown == "2.00"
    assert not without_it.sheet("IT").proposals.exists()


def test_the_judge_proposes_where_nobody_heads_a_department(office, client):
    heads_no_longer(office.world)
    office.work_out()
    client.force_login(office.world.users["dale"])

    assert client.get("/pay/proposals/2027v1/departments/IT/").status_code == 200
    assert "Propose the awards of Information Technology" in client.get("/").text
    client.post("/pay/proposals/2027v1/departments/IT/send")

    assert office.sheet("IT").state == "sent"
    assert client.get("/pay/proposals/2027v1/departments/CC/").status_code == 404
