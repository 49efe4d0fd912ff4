"""Writing down that a certificate no longer holds, and telling it the same day (PAY-9)."""

from django.db import transaction

from audit.services import record
from certification.models import Voiding
from certification.sets import AwardSet
from certification.standing import compare
from compensation.models import Run
from outbox.services import link, send


@transaction.atomic
def note_voids(run_id, *, by, at):
    """Write down which certificates of a run no longer hold and tell those who signed. Returns the new."""
    run = (
        Run.objects.select_for_update(of=("self",))
        .select_related("plan__action", "plan__cycle")
        .get(pk=run_id)
    )
    noted = []
    for void in compare(run).voids.values():
        voiding, is_new = Voiding.objects.get_or_create(
            certificate=void.certificate, defaults={"found_at": at, "reasons": void.reasons}
        )
        if not is_new:
            continue
        noted.append(voiding)
        record("certificate.void", void.certificate, by=by, at=at, reason=" ".join(void.reasons))
        for email in _concerned(void.certificate):
            send(
                email,
                f"{void.certificate} no longer holds",
                "Nothing was paid on it since. Why it no longer holds:\n\n"
                + "\n".join(f"- {reason}" for reason in void.reasons)
                + "\n\nThe awards can be signed again once the change is settled:\n\n"
                + link("certification:set", run.number, AwardSet(run, void.certificate.department).code),
                about="certificate.void",
            )
    return noted


def _concerned(certificate):
    """Addresses of who signed, and of whom he signed for."""
    found = [certificate.signed_by.email]
    if certificate.delegation:
        found.append(certificate.delegation.principal.work_email)
    return [email for email in found if email]
