"""A past run computes to the same cents again, and one that was tampered with does not (PAY-12)."""

import json

import pytest
from django.core.management import call_command
from django.db import connection

from audit.models import Entry
from compensation.models import RunLine
from compensation.runs.recomputing import recompute
from organization.models import Assignment
from organization.refusal import Refused
from tests import pay_year
from tests.world import AT


@pytest.fixture
def run(world):
    pay_year.rate_all(world)
    return pay_year.compute(world)


def test_a_past_run_is_the_same_after_everything_else_changed(world, run):
    world.rate("marisol", 5, "4.90")
    Assignment.objects.filter(employee=world.employees["tomas"]).update(rate=1)

    found = recompute(run, by=world.person("grace"), at=AT)

    assert (found.lines, found.is_same, found.result) == (run.people, True, run.result_hash)
    assert Entry.objects.get(act="pay_run.recomputed").after["same"] is True


def test_a_cent_changed_past_the_product_shows_with_line_and_figure(world, run):
    RunLine.objects.filter(number="10482").update(lump_value=1)

    found = recompute(run, by=world.person("grace"), at=AT)

    assert [tuple(each) for each in found.differences] == [("10482", "lump_value", "1", "0")]
    assert (found.different, found.is_same, found.same_result) == (1, False, True)


def test_a_line_that_is_gone_shows(world, run):
    RunLine.objects.filter(number="10482").delete()

    (gone,) = recompute(run, by=world.person("grace"), at=AT).differences

    assert (gone.employee, gone.stored) == ("10482", None)


def test_frozen_facts_that_were_changed_show_by_their_hash(world, run):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE compensation_runcase SET score = score + 1 WHERE number = '10482'")

    assert not recompute(run, by=world.person("grace"), at=AT).same_inputs


def test_the_command_takes_a_run_or_a_year_and_ends_with_1_where_it_differs(run, capsys):
    call_command("recompute", "FY2027")
    assert "the same to the cent" in capsys.readouterr().out

    RunLine.objects.filter(number="10482").update(lump_value=1)
    with pytest.raises(SystemExit) as ended:
        call_command("recompute", str(run.number), "--json")

    told = json.loads(capsys.readouterr().out)
    assert ended.value.code == 1
    assert told["runs"][0]["differences"][0]["figure"] == "lump_value"
    assert told["refused"] == f"Not the same when computed again: Pay run {run.number}."


@pytest.mark.parametrize("what", ["FY1999", "99", "last"])
def test_a_run_that_is_not_there_is_said_so(run, what):
    with pytest.raises(Exception, match=r"neither the number|no computed pay run"):
        call_command("recompute", what)


def test_only_auditors_and_hr_compute_again(world, run):
    with pytest.raises(Refused, match="Only auditors"):
        recompute(run, by=world.person("carl"), at=AT)


def test_an_auditor_reads_it_on_a_page(world, run, client):
    client.force_login(world.users["grace"])

    page = client.post(f"/pay/runs/{run.number}/recomputed/")

    assert "The same to the cent" in page.content.decode()
