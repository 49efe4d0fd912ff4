from evaluations.models import Evaluation
from evaluations.workflow import next_state
from organization.refusal import Refused


class NotReady(Refused):
    """Something is missing. `problems` are all of them, as values of `evaluations.checks`."""

    def __init__(self, message, problems):
        super().__init__(message, details={"problems": [problem.text for problem in problems]})
        self.problems = problems


def lock_for(act, evaluation_id, by):
    """The evaluation, locked until the transaction ends, and the state that the act leads to."""
    evaluation = (
        Evaluation.objects.with_line(by.on)
        .select_for_update(of=("self",))
        .select_related("cycle__scale", "employee")
        .get(pk=evaluation_id)
    )
    return evaluation, next_state(act, evaluation, by)


def need_reason(text, what="a reason"):
    """The reason, trimmed. Raises `Refused` where there is none."""
    text = text.strip()
    if not text:
        raise Refused(f"Write {what}. It stays with the record.")
    return text
