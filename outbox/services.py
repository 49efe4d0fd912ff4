"""Mail is written with the act that it tells of, sent after it, and tried again until it is gone."""

from functools import partial

from django.db import transaction

from outbox import tasks
from outbox.models import Message


def send(to, subject, body, *, about):
    """Put one message into the outbox, in the transaction of the act `about`; it leaves after the commit.

    A broker that is down costs nobody a click: the scheduler sweeps what was not handed over.
    """
    message = Message.objects.create(to=to, subject=subject, body=body, about=about)
    transaction.on_commit(partial(tasks.deliver.delay, message.pk), robust=True)
    return message
