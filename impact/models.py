"""Which group each person is in, by one characteristic: kept for the report alone (PAY-13)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from impact import rates
from impact.permissions import can_read

LEAST_SMALLEST = 5


class GroupFileQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Without the files themselves: who needs one asks for it."""
        return self.defer("content") if can_read(person) else self.none()

    def waiting(self):
        """Files whose columns are not matched yet."""
        return self.filter(content__isnull=False)

    def matched(self):
        return self.filter(content__isnull=True)


class GroupFile(models.Model):
    """One characteristic of people, as a file told it. Deleted on demand, and then gone.

    Its content is not written into the history, which could not be deleted: only that there was such a file,
    who opened the report, and who deleted it.
    """

    characteristic = models.CharField(max_length=60, help_text="such as sex, or race and ethnicity")
    groups = models.JSONField(default=dict, help_text="employee id to group")
    people = models.PositiveIntegerField(default=0)
    content = models.BinaryField(null=True, help_text="the file, until its columns are matched")
    smallest_group = models.PositiveSmallIntegerField(default=rates.SMALLEST_GROUP)
    ratio_percent = models.PositiveSmallIntegerField(default=rates.FOUR_FIFTHS)
    file_name = models.CharField(max_length=200)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    uploaded_at = models.DateTimeField()

    objects = GroupFileQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(smallest_group__gte=LEAST_SMALLEST), name="group_file_hides_small_groups"
            ),
            models.CheckConstraint(
                condition=Q(ratio_percent__range=(1, 100)), name="group_file_ratio_of_100"
            ),
            models.CheckConstraint(
                condition=Q(content__isnull=True) | Q(people=0), name="group_file_is_not_kept_once_read"
            ),
        ]

    def __str__(self):
        return f"Groups by {self.characteristic.lower()}"
