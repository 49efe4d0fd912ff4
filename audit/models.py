"""Append-only history of acts and row changes, sealed into a hash chain."""

from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.db.models import BigIntegerField, Exists, Func, OuterRef, Q, TextField
from django.db.models.functions import Cast, Now

from audit import triggers

IS_ACT = ~Q(act__startswith="row.")


class EntryQuerySet(models.QuerySet):
    def acts(self):
        return self.filter(IS_ACT)

    def row_changes(self):
        return self.filter(~IS_ACT)

    def about(self, subject):
        return self.filter(subject_type=subject._meta.db_table, subject_id=str(subject.pk))

    def of_transaction_of(self, entry):
        return self.filter(transaction=entry.transaction, written_at=entry.written_at)

    def without_an_act(self):
        """Row changes that no service made: somebody worked on the database itself."""
        same = Entry.objects.acts().filter(
            transaction=OuterRef("transaction"), written_at=OuterRef("written_at")
        )
        return self.row_changes().exclude(Exists(same))


class Entry(models.Model):
    """One act of a person, or one row change written by a trigger. People are kept by name.

    `transaction` with `written_at` joins an act to the row changes it made. The number alone would not do: it
    begins anew in a restored database.
    """

    at = models.DateTimeField(help_text="the county's time")
    written_at = models.DateTimeField(
        db_default=TransactionNow(), help_text="when its transaction began, by the clock"
    )
    act = models.CharField(max_length=60)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200, blank=True)
    actor_role = models.CharField(max_length=80, blank=True)
    subject_type = models.CharField(max_length=63, help_text="the table")
    subject_id = models.CharField(max_length=40)
    subject_name = models.CharField(max_length=200, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    reason = models.TextField(blank=True)
    request_id = models.CharField(max_length=40, blank=True)
    transaction = models.BigIntegerField(
        db_default=Cast(Cast(Func(function="pg_current_xact_id"), TextField()), BigIntegerField()),
    )

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="entry_by_subject"),
            models.Index(fields=["act", "-id"], name="entry_by_act"),
            models.Index(fields=["transaction"], name="entry_by_transaction"),
            models.Index(fields=["actor_id", "-id"], name="entry_by_actor"),
            # Row changes outnumber acts a thousand to one after an import.
            models.Index(fields=["-id"], condition=IS_ACT, name="entry_acts"),
            models.Index(fields=["transaction"], condition=IS_ACT, name="entry_acts_by_transaction"),
        ]
        triggers = triggers.append_only()

    def __str__(self):
        return f"{self.act} {self.subject_name or self.subject_id}"


class Link(models.Model):
    """One link of the chain: `hash` is SHA-256 over the hash before it and the digest of the entry."""

    position = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT)
    hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["position"]
        triggers = triggers.append_only()

    def __str__(self):
        return f"link {self.position}"
