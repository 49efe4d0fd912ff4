"""Who may do what in which state: one table. Pages ask it for their buttons, services before every act."""

from typing import NamedTuple

from evaluations.permissions import (
    is_employee,
    is_hr,
    is_hr_on_correction,
    is_rater,
    is_rater_or_hr,
    is_reviewer,
)
from evaluations.states import FROM_RATING_ON, SEEN_BY_EMPLOYEE, State
from organization.refusal import Refused


class CannotMove(Refused):
    """The act is not for this person, or not in this state."""


class Move(NamedTuple):
    """`to` is None for an act that leaves the state as it is."""

    start: tuple[State, ...]
    to: State | None
    who: object  # (person, evaluation) -> bool
    whose: str  # for the sentence of a refusal


RATER, EMPLOYEE, REVIEWER, HR = "the supervisor", "the employee", "the reviewer", "an HR administrator"
WRITING, OPEN_PLAN = (State.PLANNING,), (State.PLANNED,)
WORKING = (State.UNDER_WAY,)

MOVES = {  # act: from, to, who
    "edit_plan": Move(WRITING, None, is_rater_or_hr, RATER),
    "issue_plan": Move(WRITING, State.PLANNED, is_rater_or_hr, RATER),
    "take_back_plan": Move(OPEN_PLAN, State.PLANNING, is_rater_or_hr, RATER),
    "acknowledge_plan": Move(OPEN_PLAN, State.UNDER_WAY, is_employee, EMPLOYEE),
    "begin_unacknowledged": Move(OPEN_PLAN, State.UNDER_WAY, is_rater_or_hr, RATER),
    "review_progress": Move(WORKING, None, is_rater, RATER),
    "write_self": Move(WORKING, None, is_employee, EMPLOYEE),
    "rate": Move(WORKING, None, is_rater, RATER),
    "waive": Move(WORKING, None, is_hr, HR),
    "submit_rating": Move(WORKING, State.RATED, is_rater, RATER),
    "return_rating": Move((State.RATED,), State.UNDER_WAY, is_reviewer, REVIEWER),
    "approve": Move((State.RATED,), State.APPROVED, is_reviewer, REVIEWER),
    "release": Move((State.APPROVED,), State.RELEASED, is_rater_or_hr, RATER),
    "sign": Move((State.RELEASED,), State.OF_RECORD, is_employee, EMPLOYEE),
    "record_refusal": Move((State.RELEASED,), State.OF_RECORD, is_rater_or_hr, RATER),
    "correct": Move((State.OF_RECORD,), None, is_hr, HR),
    "withdraw_correction": Move(WORKING, None, is_hr_on_correction, HR),
}

STEP_BACK = {  # EVL-10: HR moves a form back by one state, with a reason; what is of record is corrected
    State.PLANNED: State.PLANNING,
    State.UNDER_WAY: State.PLANNED,
    State.RATED: State.UNDER_WAY,
    State.APPROVED: State.RATED,
    State.RELEASED: State.APPROVED,
}
MOVES["step_back"] = Move(tuple(STEP_BACK), None, is_hr, HR)


def can(act, evaluation, person):
    """May this person do it now? `evaluation` comes from `with_line(on)`."""
    move = MOVES[act]
    return (
        evaluation.state in move.start
        and evaluation.superseded_by_id is None
        and evaluation.cycle.state == "open"
        and move.who(person, evaluation)
    )


def next_state(act, evaluation, person):
    """The state after the act. Raises `CannotMove` with a sentence for the person."""
    move = MOVES[act]
    if not move.who(person, evaluation):
        own = is_employee(person, evaluation) and move.whose != EMPLOYEE
        if own:
            raise CannotMove("This is your own evaluation. Somebody else has to do this step.")
        raise CannotMove(f"Only {move.whose} of {evaluation.employee.full_name} can do this.")
    if evaluation.superseded_by_id is not None:
        raise CannotMove("A correction has replaced this version. Open the newest one.")
    if evaluation.cycle.state != "open":
        raise CannotMove(f"The cycle {evaluation.cycle} is not open.")
    if evaluation.state not in move.start:
        state = _known_state(evaluation, person).label
        raise CannotMove(f"This step is not open now. The evaluation stands at “{state}”.")
    if act == "step_back":
        return STEP_BACK[State(evaluation.state)]
    return move.to or State(evaluation.state)


def _known_state(evaluation, person):
    """The state as the person may know it: his own rating does not exist before its release (EVL-8)."""
    state = State(evaluation.state)
    hidden = is_employee(person, evaluation) and state in FROM_RATING_ON and state not in SEEN_BY_EMPLOYEE
    return State.UNDER_WAY if hidden else state
