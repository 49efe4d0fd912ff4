"""A run over the small county: exact cents, and the same whatever happens on the way."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from psycopg2.errors import QueryCanceled

from audit.models import Entry
from compensation import services
from compensation.models import Run, RunLine
from compensation.runs import computing, freezing, parts
from organization.models import Employee
from organization.person import Person
from organization.refusal import Refused
from tests.world import AT


def begin(plan, world):
    return services.start_run(plan.pk, by=world.person("miguel"), at=AT, in_background=False)


def start(plan, world):
    """A run whose facts a worker has frozen, and computed nothing yet."""
    run = begin(plan, world)
    freezing.freeze_run(run.pk)
    run.refresh_from_db()
    return run


def run_of(plan, world):
    return services.compute_here(start(plan, world))


def line_of(run, world, key):
    return RunLine.objects.get(run=run, employee=world.employees[key])


def test_year_one_pays_the_raise_then_merit_on_the_new_base(year_one, county):
    line = line_of(run_of(year_one, county), county, "marisol")
    assert (line.old_annual, line.across_the_board, line.merit, line.new_annual) == (
        46_280_00,
        925_60,
        1_298_15,
        48_503_75,
    )
    assert (line.lump, line.outcome, line.reasons) == (0, "awarded", [])


def test_year_one_pays_once_what_passes_the_maximum(year_one, county):
    county.schedule.grades.filter(code="C2").update(minimum=30_000, midpoint=40_000, maximum=47_400)
    line = line_of(run_of(year_one, county), county, "marisol")
    assert (line.new_annual, line.merit, line.excess, line.lump) == (48_348_00, 1_142_40, 155_75, 155_75)


def test_year_two_pays_a_lump_sum_and_leaves_the_base(year_two, county):
    run = run_of(year_two, county)
    paid = {key: line_of(run, county, key).lump for key in ("quang", "marisol", "denise", "tomas")}
    assert paid == {"quang": 750_00, "marisol": 1_125_00, "denise": 1_500_00, "tomas": 0}
    assert line_of(run, county, "marisol").new_annual == 46_280_00


def test_employers_share_of_a_lump_sum(year_two, county):
    line = line_of(run_of(year_two, county), county, "denise")
    assert (line.fica, line.retirement) == (114_75, 173_85)


def test_everybody_has_a_line_and_who_gets_nothing_a_reason(year_one, county):
    run = run_of(year_one, county)
    outcomes = {key: line_of(run, county, key) for key in county.employees}
    assert len(outcomes) == run.people == 14
    assert outcomes["tomas"].outcome == "below"
    assert outcomes["tomas"].reasons == ["merit:level_too_low"]
    assert outcomes["ruth"].reasons[:2] == ["atb:elected", "merit:elected"]
    assert outcomes["miguel"].reasons == ["merit:no_rating"]
    assert (run.totals["awarded"], run.totals["below"], run.totals["left_out"]) == (5, 1, 8)


def test_totals_are_the_sums_of_the_lines(year_one, county):
    run = run_of(year_one, county)
    lines = list(RunLine.objects.filter(run=run))
    for figure in ("old_annual", "new_annual", "across_the_board", "merit", "lump", "fica", "retirement"):
        assert run.totals[figure] == sum(getattr(line, figure) for line in lines)


def test_same_inputs_same_hash_in_another_run(year_one, county):
    first, second = run_of(year_one, county), run_of(year_one, county)
    assert (first.number, second.number) == (1, 2)
    assert (first.inputs_hash, first.result_hash) == (second.inputs_hash, second.result_hash)


def test_other_inputs_other_hash(year_one, county):
    first = run_of(year_one, county)
    county.rate("carl", 3)
    second = run_of(year_one, county)
    assert first.inputs_hash != second.inputs_hash
    assert first.result_hash != second.result_hash


def test_a_part_delivered_twice_is_computed_once(year_one, county):
    run = run_of(year_one, county)
    before = list(RunLine.objects.values_list("pk", flat=True).order_by("pk"))
    for part in run.parts.all():
        assert not computing.compute_part(run.pk, part.pk)
    assert list(RunLine.objects.values_list("pk", flat=True).order_by("pk")) == before


def test_a_part_that_breaks_off_leaves_no_line_and_can_be_computed_again(year_one, county, monkeypatch):
    expected = run_of(year_one, county).result_hash
    run = start(year_one, county)
    awards = iter([parts.award])

    def break_off(case, plan):
        return next(awards)(case, plan)

    with monkeypatch.context() as broken:
        broken.setattr(parts, "award", break_off)
        broken.setattr(parts, "ROWS_AT_ONCE", 1)
        with pytest.raises(QueryCanceled, match="StopIteration"), transaction.atomic():
            computing.compute_part(run.pk, run.parts.first().pk)
    assert (run.lines.count(), run.parts.filter(state="done").count()) == (0, 0)
    assert services.compute_here(run).result_hash == expected


def test_only_one_run_of_a_plan_at_a_time(year_one, county):
    start(year_one, county)
    with pytest.raises(Refused, match="Pay run 1 of this plan is being computed"):
        start(year_one, county)
    assert Run.objects.count() == 1


def test_a_cancelled_run_stops_and_can_be_resumed(year_one, county):
    expected = run_of(year_one, county).result_hash
    run = start(year_one, county)
    computing.compute_part(run.pk, run.parts.first().pk)
    services.cancel_run(run.pk, by=county.person("miguel"), at=AT)
    computing.compute_run(run.pk)
    run.refresh_from_db()
    assert (run.state, run.parts.filter(state="done").count()) == ("cancelled", 1)
    services.resume_run(run.pk, by=county.person("miguel"), at=AT, in_background=False)
    assert services.compute_here(run).result_hash == expected


def test_the_facts_are_those_of_when_a_worker_freezes_them(year_one, county):
    run = begin(year_one, county)
    assert (run.frozen_at, run.people, run.parts.count()) == (None, 0, 0)
    county.rate("carl", 3)
    frozen = services.compute_here(run)
    assert frozen.result_hash == run_of(year_one, county).result_hash
    assert frozen.cases.get(number=county.employees["carl"].number).level == 3


def test_a_run_cancelled_before_anything_is_frozen_freezes_once_it_goes_on(year_one, county):
    run = begin(year_one, county)
    services.cancel_run(run.pk, by=county.person("miguel"), at=AT)
    assert not freezing.freeze_run(run.pk)
    assert computing.left_behind() == []
    services.resume_run(run.pk, by=county.person("miguel"), at=AT, in_background=False)
    assert services.compute_here(run).lines.count() == 14


def test_a_run_that_nobody_has_taken_up_is_queued_again(year_one, county):
    run = begin(year_one, county)
    assert computing.left_behind() == [run.pk]
    freezing.freeze_run(run.pk)
    assert computing.left_behind() == []


def test_a_run_whose_plan_changed_before_it_was_frozen_is_cancelled_and_says_why(year_one, county):
    run = begin(year_one, county)
    year_one.base_on, year_one.revision = year_one.base_on - timedelta(days=1), year_one.revision + 1
    year_one.save()
    with pytest.raises(Refused, match="was changed after the run was begun"):
        services.compute_here(run)
    run.refresh_from_db()
    assert (run.state, run.frozen_at, run.cases.count()) == ("cancelled", None, 0)
    assert Entry.objects.acts().about(run).latest("pk").reason == run.problem


def test_nobody_employed_on_the_day_is_said_at_once(year_one, county):
    Employee.objects.update(separated_on=year_one.base_on)
    with pytest.raises(Refused, match="Nobody is employed on September 15, 2026"):
        services.start_run(year_one.pk, by=Person.system(year_one.base_on), at=AT)


@pytest.mark.parametrize("key", ["joel", "carl", "susan", "grace", "marisol"])
def test_only_hr_starts_a_run(year_one, county, key):
    with pytest.raises(Refused, match="Only an HR administrator"):
        services.start_run(year_one.pk, by=county.person(key), at=AT)


def test_a_plan_whose_rules_are_refused_is_not_run(year_one, county):
    year_one.rules["merit"]["table"] = [{"level": 2, "percent": "1"}]
    year_one.save()
    with pytest.raises(Refused, match="Nothing is paid below"):
        start(year_one, county)


def test_queries_of_a_part_do_not_grow_with_its_people(year_one, county):
    run = start(year_one, county)
    counts = set()
    for part in run.parts.exclude(pk=run.parts.last().pk):
        with CaptureQueriesContext(connection) as queries:
            computing.compute_part(run.pk, part.pk)
        counts.add(len(queries))
    assert counts == {7}


def test_what_a_dead_worker_left_is_queued_again(year_one, county, monkeypatch):
    run = start(year_one, county)
    assert computing.left_behind() == []
    monkeypatch.setattr(computing, "STILL_SECONDS", 0)
    assert computing.left_behind() == [run.pk]
    for part in run.parts.all():
        computing.compute_part(run.pk, part.pk)
    assert computing.left_behind() == []
    run.refresh_from_db()
    assert run.state == "done"
