"""Putting names under what an evaluation says, and striking them when that changes."""

from evaluations.models import Signature
from organization.refusal import Refused

STATEMENTS = {
    Signature.As.RATER: "This rating rests on the work as I know it, held against the standards of the plan.",
    Signature.As.REVIEWER: "I have reviewed this rating and approve it.",
    Signature.As.EMPLOYEE: "I have read this rating. My signature does not mean that I agree with it.",
}
NOT_SIGNED = "The employee did not sign. This was recorded before a witness."


def put_signature(evaluation, signed_as, content, *, by, at, statement="", **fields):
    """Sign what stands there now. A signature of the same person under the same content is kept as it is."""
    present = evaluation.signatures.filter(signed_as=signed_as, struck_at=None).first()
    if present and present.by_id == by.pk and present.content_hash == content:
        return present
    if present:
        _strike([present], "Somebody else signs in this place now.", at)
    return Signature.objects.create(
        evaluation=evaluation,
        signed_as=signed_as,
        by=by,
        at=at,
        statement=statement or STATEMENTS[signed_as],
        content_hash=content,
        **fields,
    )


def refuse_unread(seen, content):
    """Nobody signs what he has not read: `seen` is the hash of what stood on his page, if there was one."""
    if seen and seen != content:
        raise Refused("The rating was changed after you opened this page. Read it again before you sign.")


def strike_changed(evaluation, content, *, at):
    """Strike the signatures that stand under other content than this."""
    changed = evaluation.signatures.filter(struck_at=None).exclude(content_hash=content)
    _strike(changed, "What it stood under was changed.", at)


def _strike(signatures, reason, at):
    for signature in signatures:
        signature.struck_at, signature.struck_reason = at, reason
        signature.save(update_fields=["struck_at", "struck_reason"])
