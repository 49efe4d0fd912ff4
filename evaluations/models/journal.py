from django.db import models
from django.db.models import Q

from organization.models import Assignment


class JournalEntryQuerySet(models.QuerySet):
    def visible_to(self, person):
        """One's own entries, and shared ones about oneself or one's direct reports.

        What an entry says once it is linked as evidence goes with the rating instead.
        """
        if person.employee_id is None:
            return self.none()
        direct = Assignment.objects.in_force(person.on).filter(slot=1, supervisor=person.employee_id)
        about = Q(employee=person.employee_id) | Q(employee__in=direct.values("employee"))
        return self.filter(Q(author=person.employee_id) | (Q(shared=True) & about))


class JournalEntry(models.Model):
    """A line written when it happened, to be found again in September."""

    employee = models.ForeignKey("organization.Employee", on_delete=models.PROTECT, related_name="journal")
    author = models.ForeignKey("organization.Employee", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    text = models.TextField()
    shared = models.BooleanField(default=False, help_text="with the employee")
    created_at = models.DateTimeField()

    objects = JournalEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-id"]
        verbose_name_plural = "journal entries"
        indexes = [models.Index(fields=["employee", "-on"], name="journal_by_employee")]

    def __str__(self):
        return self.text


class Evidence(models.Model):
    """What an element's level rests on: a journal entry, or a fact stated by the rater."""

    element = models.ForeignKey("evaluations.Element", on_delete=models.CASCADE, related_name="evidence")
    entry = models.ForeignKey(
        JournalEntry, on_delete=models.PROTECT, null=True, blank=True, related_name="used_in"
    )
    text = models.TextField(blank=True)
    by = models.ForeignKey("organization.Employee", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        verbose_name, verbose_name_plural = "piece of evidence", "pieces of evidence"
        constraints = [
            models.UniqueConstraint(fields=["element", "entry"], name="evidence_entry_once"),
            models.CheckConstraint(
                condition=Q(entry__isnull=False) | ~Q(text=""), name="evidence_entry_or_text"
            ),
        ]

    def __str__(self):
        return self.text or str(self.entry)
