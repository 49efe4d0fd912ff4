"""Who may do what with a description in which state: one table."""

from typing import NamedTuple

from jobs.models import State
from jobs.permissions import holds_job, is_approver, is_hr, is_writer
from organization.refusal import Refused


class CannotMove(Refused):
    """The act is not for this person, or not in this state."""


class Move(NamedTuple):
    """`to` is None for an act that leaves the state as it is."""

    start: State
    to: State | None
    who: object  # (person, description) -> bool
    whose: str


WRITER = "an HR administrator or the head of a department with this job"

MOVES = {  # act: from, to, who
    "edit": Move(State.DRAFT, None, is_writer, WRITER),
    "send_to_hr": Move(State.DRAFT, State.HR_REVIEW, is_writer, WRITER),
    "return_from_hr": Move(State.HR_REVIEW, State.DRAFT, is_hr, "an HR administrator"),
    "send_to_head": Move(State.HR_REVIEW, State.HEAD_APPROVAL, is_hr, "an HR administrator"),
    "return_from_head": Move(
        State.HEAD_APPROVAL, State.DRAFT, is_approver, "the head of a department with this job"
    ),
    "publish": Move(
        State.HEAD_APPROVAL, State.PUBLISHED, is_approver, "the head of a department with this job"
    ),
    "begin_version": Move(State.PUBLISHED, None, is_writer, WRITER),
    "acknowledge": Move(State.PUBLISHED, None, holds_job, "someone who holds this job"),
}


def can(act, description, person):
    move = MOVES[act]
    return description.state == move.start and move.who(person, description)


def next_state(act, description, person):
    """The state after the act. Raises `CannotMove` with a sentence for the person."""
    move = MOVES[act]
    if not move.who(person, description):
        raise CannotMove(f"Only {move.whose} can do this.")
    if description.state != move.start:
        state = State(description.state).label
        raise CannotMove(f"This step is not open now. The description stands at “{state}”.")
    return move.to or State(description.state)
