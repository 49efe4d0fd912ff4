"""Sending what lies in the outbox."""

from datetime import timedelta

from django.core.mail import send_mail
from django.db import transaction

from outbox.models import Message

MOST_ATTEMPTS = 8


@transaction.atomic
def deliver_message(message_id, *, now):
    """Send one waiting message now. A failure is tried again later, twice as late each time, eight times."""
    message = Message.objects.waiting().select_for_update(skip_locked=True).filter(pk=message_id).first()
    if message is None:
        return
    message.attempts += 1
    try:
        send_mail(message.subject, message.body, None, [message.to])
    except OSError as problem:
        message.error = str(problem)
        message.next_try_at = now + timedelta(minutes=2**message.attempts)
        if message.attempts >= MOST_ATTEMPTS:
            message.given_up_at = now
    else:
        message.sent_at = now
        message.error = ""
    message.save(update_fields=["attempts", "error", "next_try_at", "given_up_at", "sent_at"])


def due(*, now, limit=200):
    """Ids of waiting messages whose time has come."""
    waiting = Message.objects.waiting().filter(next_try_at__lte=now).order_by("next_try_at")
    return list(waiting.values_list("pk", flat=True)[:limit])
