from django.db import models


class Job(models.Model):
    """A job by name. What it asks for stands in its description (`jobs`), what it pays in `compensation`."""

    code = models.CharField(max_length=30, unique=True)
    title = models.CharField(max_length=160)
    family = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["title"]

    def __str__(self):
        return self.title
