from django.db import connection, models
from django.db.models import Max, Q

from audit.triggers import tracked

_PUT = """
    INSERT INTO organization_advancement (employee_id, kind, "on", source, note)
    SELECT told.employee_id, told.kind, told.day, %(source)s, %(note)s
    FROM unnest(%(employees)s::bigint[], %(kinds)s::text[], %(days)s::date[]) told (employee_id, kind, day)
    ON CONFLICT DO NOTHING
"""


class AdvancementQuerySet(models.QuerySet):
    def put(self, told, *, source, note):
        """Put many on record, (employee id, kind, day) each, but for those that are. One query."""
        if not told:
            return
        employees, kinds, days = (list(column) for column in zip(*sorted(told), strict=True))
        values = {"source": source, "note": note, "employees": employees, "kinds": kinds, "days": days}
        with connection.cursor() as cursor:
            cursor.execute(_PUT, values)

    def last_days(self, on):
        """(employee id, kind, the last day, the last one that no roster told) on or before a day."""
        of_others = Max("on", filter=~Q(source=Advancement.Source.ROSTER))
        found = self.filter(on__lte=on).order_by().values_list("employee_id", "kind")
        return found.annotate(last=Max("on"), of_others=of_others)


class Advancement(models.Model):
    """A promotion or a merit raise that somebody had, and its day: a plan can ask how long ago the last was.

    The last one on or before a day counts on that day, so what comes later changes nothing that was paid. One
    that is wrong is put right or taken off the record; the history keeps it. Who has none on record has had
    none as far as the county knows.
    """

    class Kind(models.TextChoices):
        PROMOTION = "promotion", "Promotion"
        MERIT = "merit", "Merit raise"

    class Source(models.TextChoices):
        ROSTER = "roster", "Roster"
        HR = "hr", "Human Resources"
        RELEASE = "release", "Release of pay"

    employee = models.ForeignKey(  # the constraint below leads by it
        "organization.Employee", on_delete=models.PROTECT, related_name="advancements", db_index=False
    )
    kind = models.CharField(max_length=9, choices=Kind)
    on = models.DateField(help_text="from which it counts")
    source = models.CharField(max_length=7, choices=Source)
    note = models.CharField(max_length=200, blank=True, help_text="HR's reason, the file, the batch")

    objects = AdvancementQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "kind"]
        verbose_name = "promotion or merit raise"
        verbose_name_plural = "promotions and merit raises"
        constraints = [
            models.UniqueConstraint(fields=["employee", "kind", "on"], name="advancement_once_a_day"),
            models.CheckConstraint(
                condition=Q(kind__in=["promotion", "merit"]), name="advancement_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(source__in=["roster", "hr", "release"]), name="advancement_source_known"
            ),
        ]
        triggers = tracked()

    def __str__(self):
        return f"{self.get_kind_display()} of {self.employee} on {self.on}"
