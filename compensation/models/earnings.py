from django.db import models
from django.db.models import Q

from audit.triggers import tracked


class Earnings(models.Model):
    """What somebody earned in all in the performance period of a cycle, overtime included, in dollars.

    A percent of it needs no recomputed overtime (29 CFR 778.210). A later file puts its figure in the place
    of the former; who is not in it keeps his.
    """

    cycle = models.ForeignKey("evaluations.Cycle", on_delete=models.PROTECT, related_name="+")
    employee = models.ForeignKey("organization.Employee", on_delete=models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        ordering = ["cycle", "employee"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "employee"], name="earnings_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="earnings_not_below_zero"),
        ]
        triggers = tracked()

    def __str__(self):
        return f"earnings of {self.employee}"
