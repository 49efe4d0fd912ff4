"""Mail is written with the act that it tells of, sent after it, and tried again until it is gone."""

from functools import partial
from textwrap import wrap

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from outbox import tasks
from outbox.models import Message

WIDTH = 72  # of a line of mail; an address is never broken


def send(to, subject, body, *, about):
    """Put one message into the outbox, in the transaction of the act `about`; it leaves after the commit.

    A broker that is down costs nobody a click: the scheduler sweeps what was not handed over.
    """
    message = Message.objects.create(to=to, subject=subject, body=wrapped(body), about=about)
    transaction.on_commit(partial(tasks.deliver.delay, message.pk), robust=True)
    return message


def link(view, *args):
    """The address of a page, as it stands in a mail on a line of its own."""
    return settings.ADDRESS.rstrip("/") + reverse(view, args=args)


def wrapped(body):
    """Lines that every mail program shows whole; those of a list are set in."""
    return (
        "\n".join(
            part
            for line in body.splitlines()
            for part in wrap(
                line,
                WIDTH,
                subsequent_indent="  " if line.startswith("- ") else "",
                break_long_words=False,
                break_on_hyphens=False,
            )
            or [""]
        )
        + "\n"
    )
