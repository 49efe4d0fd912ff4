"""Mail to be sent, written in the transaction of the act that it tells of."""

from django.db import models
from django.db.models.functions import Now


class MessageQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(sent_at=None, given_up_at=None)


class Message(models.Model):
    """One e-mail, sent on commit or, if that fails, by the scheduler; the row stays as proof of sending."""

    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    about = models.CharField(max_length=60, help_text="the act that it tells of")
    created_at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(db_default=Now())
    given_up_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(sent_at=None, given_up_at=None),
                name="message_waiting",
            )
        ]

    def __str__(self):
        return f"{self.subject} to {self.to}"
