from decimal import Decimal

import pytest

from audit.models import Entry
from evaluations.checks import problems_of_plan
from evaluations.models import Element
from evaluations.services import plans
from evaluations.services.locking import NotReady
from evaluations.workflow import CannotMove
from outbox.models import Message
from tests.world import AT


def element(name="One", kind="critical", weight="100", is_service=True, standard="Met."):
    return Element(
        name=name, kind=kind, weight=Decimal(weight), is_service=is_service, standard=standard, section="A"
    )


def rules_broken(*elements, minimum="30"):
    return [problem.rule for problem in problems_of_plan(elements, minimum=Decimal(minimum))]


def rows_of(evaluation, **changes):
    return [
        plans.Row(
            **{field: getattr(one, field) for field in plans.Row._fields if field != "from_library"} | changes
        )
        for one in evaluation.elements.all()
    ]


def base_of(evaluation):
    return plans.plan_digest(list(evaluation.elements.all()))


def test_a_sound_plan_has_no_problem():
    assert rules_broken(element(weight="60"), element(weight="40", is_service=False)) == []


def test_a_plan_needs_a_critical_element():
    assert rules_broken(element(kind="non_critical")) == ["critical"]


def test_a_plan_needs_a_service_element():
    assert rules_broken(element(is_service=False)) == ["service", "service_weight"]


def test_service_must_weigh_the_minimum():
    parts = [element(weight="29.99"), element(weight="70.01", is_service=False)]

    assert rules_broken(*parts) == ["service_weight"]
    assert rules_broken(*parts, minimum="29.99") == []


@pytest.mark.parametrize("weights", [("33.33", "33.33", "33.33"), ("50", "50.01")])
def test_weights_must_total_exactly_100(weights):
    assert rules_broken(*(element(weight=weight) for weight in weights)) == ["total"]


def test_every_counted_element_needs_a_standard():
    parts = [element(weight="60"), element(weight="40", standard=" ")]

    assert rules_broken(*parts) == ["standard"]
    assert (
        rules_broken(*parts[:1], element(weight="40"), element("Extra", "additional", "0", standard="")) == []
    )


def test_additional_elements_carry_no_weight():
    assert rules_broken(element(), element("Extra", "additional", "10")) == ["additional"]


def test_an_issued_plan_waits_for_the_employee(desk, world):
    evaluation = desk.planning()

    plans.issue_plan(evaluation.pk, by=world.person("denise"), at=AT)

    evaluation.refresh_from_db()
    assert (evaluation.state, evaluation.plan_issued_at) == ("planned", AT)
    assert Message.objects.get().to == world.employees["marisol"].work_email
    assert Entry.objects.get(act="evaluation.plan_issued").after == {"service_weight": "45.00"}


def test_an_unsound_plan_is_refused_with_every_problem(desk, world):
    evaluation = desk.planning()
    evaluation.elements.filter(is_service=True).update(is_service=False)
    evaluation.elements.update(kind="non_critical")

    with pytest.raises(NotReady) as refusal:
        plans.issue_plan(evaluation.pk, by=world.person("denise"), at=AT)

    assert [problem.rule for problem in refusal.value.problems] == ["critical", "service", "service_weight"]


def test_the_county_minimum_holds_also_where_the_cycle_asks_for_less(desk, world):
    evaluation = desk.planning()
    world.cycle.minimum_service_weight = 10
    world.cycle.save()
    evaluation.elements.filter(weight=30).update(is_service=False)

    with pytest.raises(NotReady):
        plans.issue_plan(evaluation.pk, by=world.person("denise"), at=AT)


def test_elements_are_changed_added_and_taken_away(desk, world):
    evaluation = desk.planning()
    first, second, *_ = rows_of(evaluation)
    new = second._replace(pk=None, name="Phone manners", section="Customer service", weight=Decimal("70"))

    plans.save_plan(
        evaluation.pk,
        [second, new, first._replace(weight=Decimal("15.50"))],
        base=base_of(evaluation),
        by=world.person("denise"),
        at=AT,
    )

    assert list(evaluation.elements.values_list("position", "name", "weight")) == [
        (1, "Timeliness and follow-up", 15),
        (2, "Phone manners", 70),
        (3, "Courtesy and listening", Decimal("15.50")),
    ]
    assert evaluation.elements.get(position=1).anchors["5"] == "Always."


def test_a_plan_that_changed_meanwhile_is_not_overwritten(desk, world):
    evaluation = desk.planning()
    rows, base = rows_of(evaluation), base_of(evaluation)
    evaluation.elements.filter(position=1).update(standard="Another one.")

    with pytest.raises(plans.PlanChanged):
        plans.save_plan(evaluation.pk, rows, base=base, by=world.person("denise"), at=AT)


def test_an_issued_plan_cannot_be_edited_until_it_is_taken_back(desk, world):
    evaluation = desk.planned()
    rows = rows_of(evaluation)

    with pytest.raises(CannotMove):
        plans.save_plan(evaluation.pk, rows, base=base_of(evaluation), by=world.person("denise"), at=AT)
    plans.take_back_plan(evaluation.pk, by=world.person("denise"), at=AT)
    plans.save_plan(evaluation.pk, rows, base=base_of(evaluation), by=world.person("denise"), at=AT)


def test_work_begins_without_an_acknowledgement_only_with_a_reason(desk, world):
    evaluation = desk.planned()

    plans.begin_unacknowledged(
        evaluation.pk, reason="On leave until November.", by=world.person("denise"), at=AT
    )

    evaluation.refresh_from_db()
    assert (evaluation.state, evaluation.not_acknowledged) == ("under_way", "On leave until November.")
