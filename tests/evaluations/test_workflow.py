import pytest

from evaluations.models import Evaluation
from evaluations.permissions import approver_id
from evaluations.states import State
from evaluations.workflow import MOVES, CannotMove, can, next_state
from organization.models import Assignment, Headship
from tests.world import ON

# Who may do what on Marisol's evaluation: Denise supervises her, Stephen supervises Denise, Miguel is HR.
ALLOWED = {
    "edit_plan": {"planning": {"denise", "miguel"}},
    "issue_plan": {"planning": {"denise", "miguel"}},
    "take_back_plan": {"planned": {"denise", "miguel"}},
    "acknowledge_plan": {"planned": {"marisol"}},
    "begin_unacknowledged": {"planned": {"denise", "miguel"}},
    "review_progress": {"under_way": {"denise"}},
    "write_self": {"under_way": {"marisol"}},
    "rate": {"under_way": {"denise"}},
    "waive": {"under_way": {"miguel"}},
    "submit_rating": {"under_way": {"denise"}},
    "return_rating": {"rated": {"stephen"}},
    "approve": {"rated": {"stephen"}},
    "release": {"approved": {"denise", "miguel"}},
    "sign": {"released": {"marisol"}},
    "record_refusal": {"released": {"denise", "miguel"}},
    "correct": {"of_record": {"miguel"}},
    "withdraw_correction": {},  # this is no correction
    "step_back": {state: {"miguel"} for state in ("planned", "under_way", "rated", "approved", "released")},
}
ROLES = ["marisol", "quang", "denise", "stephen", "ruth", "miguel", "anita", "joel", "grace", "carl", "dale"]


def with_line(evaluation):
    return Evaluation.objects.with_line(ON).select_related("cycle", "employee").get(pk=evaluation.pk)


def test_the_table_names_every_act():
    assert set(ALLOWED) == set(MOVES)


def test_every_act_in_every_state_by_every_role(desk, world):
    evaluation = with_line(desk.planning())
    people = {key: world.person(key) for key in ROLES}
    found = {}

    for act in MOVES:
        for state in State:
            evaluation.state = state
            allowed = {key for key, person in people.items() if can(act, evaluation, person)}
            if allowed:
                found.setdefault(act, {})[state.value] = allowed

    assert found == {act: states for act, states in ALLOWED.items() if states}


def test_nothing_moves_in_a_cycle_that_is_not_open(desk, world):
    evaluation = with_line(desk.planning())
    evaluation.cycle.state = "closed"

    assert not any(can(act, evaluation, world.person(key)) for act in MOVES for key in ROLES)


def test_refusals_say_why(desk, world):
    evaluation = with_line(desk.planning())

    with pytest.raises(CannotMove, match="Only the supervisor of Marisol Treviño can do this"):
        next_state("issue_plan", evaluation, world.person("quang"))
    with pytest.raises(CannotMove, match="your own evaluation"):
        next_state("rate", evaluation, world.person("marisol"))
    with pytest.raises(CannotMove, match="stands at “Plan being written”"):
        next_state("rate", evaluation, world.person("denise"))


def test_hr_does_nothing_to_its_own_evaluation(desk, world):
    evaluation = with_line(desk.planning("miguel"))

    for state in State:
        evaluation.state = state
        assert not any(
            can(act, evaluation, world.person("miguel"))
            for act in MOVES
            if act not in ("acknowledge_plan", "write_self", "sign")
        )


@pytest.mark.parametrize(
    ("who", "level", "approver"),
    [
        ("marisol", 3, "stephen"),  # the supervisor's supervisor
        ("marisol", 1, "stephen"),
        ("stephen", 3, "ruth"),  # reports to an elected official, who rates and approves
        ("stephen", 1, None),  # the lowest level is for HR then
        ("joel", 3, "dale"),  # a head cannot approve his own, so his supervisor does
        ("priya", 3, "dale"),
    ],
)
def test_who_approves(desk, world, who, level, approver):
    evaluation = with_line(desk.planning(who))
    evaluation.level = level

    assert approver_id(evaluation) == (world.employees[approver].pk if approver else None)


def test_without_reviewer_and_head_hr_approves(desk, world):
    Headship.objects.all().delete()
    evaluation = with_line(desk.planning("stephen"))
    evaluation.state, evaluation.level = State.RATED, 3

    assert can("approve", evaluation, world.person("miguel"))


def test_a_new_supervisor_rates_at_once(desk, world):
    evaluation = desk.under_way()
    Assignment.objects.filter(employee=world.employees["marisol"]).update(
        supervisor=world.employees["stephen"]
    )

    assert can("rate", with_line(evaluation), world.person("stephen"))
    assert not can("rate", with_line(evaluation), world.person("denise"))
