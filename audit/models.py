"""Append-only history of acts and row changes, sealed into a hash chain."""

from django.db import models
from django.db.models import BigIntegerField, Func, TextField
from django.db.models.functions import Cast, Now

from audit import triggers


class EntryQuerySet(models.QuerySet):
    def acts(self):
        return self.exclude(act__startswith="row.")

    def row_changes(self):
        return self.filter(act__startswith="row.")

    def about(self, subject):
        return self.filter(subject_type=subject._meta.db_table, subject_id=str(subject.pk))

    def not_sealed(self):
        return self.filter(link=None)


class Entry(models.Model):
    """One act of a person, or one row change written by a trigger. The people are kept by name: history outlives them."""

    at = models.DateTimeField(help_text="the county's time")
    written_at = models.DateTimeField(db_default=Now(), help_text="the clock's time")
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
        help_text="joins an act with the row changes it made",
    )

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="entry_by_subject"),
            models.Index(fields=["act", "-id"], name="entry_by_act"),
            models.Index(fields=["transaction"], name="entry_by_transaction"),
            models.Index(fields=["actor_id", "-id"], name="entry_by_actor"),
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
