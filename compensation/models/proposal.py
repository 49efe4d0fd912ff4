import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from audit.triggers import Trigger, tracked
from compensation.pay.case import Proposed

SETTLED = """
    IF OLD.is_settled AND (
        TG_OP = 'DELETE' OR to_jsonb(NEW) - 'is_current' IS DISTINCT FROM to_jsonb(OLD) - 'is_current'
    ) THEN RAISE EXCEPTION 'countyhr: % of a proposal is refused, it was accepted', TG_OP; END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""


class Pool(models.Model):
    """What one component of a plan may cost some people, in cents: worked out by HR, and fixed until then.

    `key` is that of `compensation.pay.pools`; `plan_revision` the draft by which it was worked out.
    """

    plan = models.ForeignKey("compensation.PayPlan", on_delete=models.CASCADE, related_name="pools")
    plan_revision = models.PositiveIntegerField()
    worked_out_at = models.DateTimeField()
    key = models.CharField(max_length=60)
    people = models.PositiveIntegerField()
    payroll = models.BigIntegerField(help_text="cents a year, of those who take part")
    amount = models.BigIntegerField(help_text="cents")
    formula = models.CharField(max_length=120, help_text="how the amount came about")

    class Meta:
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="pool_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="pool_not_below_zero"),
        ]
        triggers = tracked()

    def __str__(self):
        return f"pool {self.key} of {self.plan}"


class ProposalSheetQuerySet(models.QuerySet):
    def visible_to(self, person):
        """The county for HR, budget, payroll and auditors; a head's departments; the heads for the Judge, and
        departments that nobody heads.

        Of plans whose heads propose: a sheet from before the rules changed is kept, and nobody works on it.
        """
        found = self.exclude(plan__rules__proposals=None)
        if person.sees_everyone:
            return found
        wanted = Q(department__in=person.departments)
        if person.is_county_judge:
            chart = person.chart
            headless = [each.pk for each in chart.departments.values() if chart.certifier(each) is None]
            wanted |= Q(department=None) | Q(department__in=headless)
        return found.filter(wanted)


class ProposalSheet(models.Model):
    """What the head of a department proposes for its people; the sheet of the heads has no department."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        SENT = "sent", "With HR"
        RETURNED = "returned", "Sent back"
        ACCEPTED = "accepted", "Accepted"

    plan = models.ForeignKey("compensation.PayPlan", on_delete=models.PROTECT, related_name="sheets")
    department = models.ForeignKey(
        "organization.Department", on_delete=models.PROTECT, null=True, related_name="+"
    )
    is_small = models.BooleanField(default=False, help_text="a small office by the plan's rule")
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    note = models.TextField(blank=True, help_text="why HR sent it back")
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    sent_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True)

    objects = ProposalSheetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "department"], name="proposal_sheet_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "sent", "returned", "accepted"]),
                name="proposal_sheet_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state="accepted", accepted_at__isnull=False)
                | ~Q(state="accepted") & Q(accepted_at=None),
                name="proposal_sheet_dated_once_accepted",
            ),
        ]
        triggers = tracked()

    def __str__(self):
        return f"proposals for {self.name}, {self.plan}"

    @property
    def name(self):
        return self.department.name if self.department else "Heads of departments"

    @property
    def code(self):
        """The department's, as in addresses; None for the heads."""
        return self.department and self.department.code

    @property
    def is_open(self):
        return self.state in (self.State.OPEN, self.State.RETURNED)


class Proposal(models.Model):
    """What is proposed for one person. Once accepted it stays as it is; what follows is a row of its own.

    It stands for the person until another one is written, also where he moves to another office or heads one
    no longer: then it belongs to the sheet on which it was proposed, and shows on the one he is on now.
    Without a value it is a reason written ahead of one, and proposes nothing.
    """

    # That of the sheet: one proposal counts for a person in a plan.
    plan = models.ForeignKey("compensation.PayPlan", on_delete=models.PROTECT, related_name="+")
    sheet = models.ForeignKey(ProposalSheet, on_delete=models.PROTECT, related_name="proposals")
    employee = models.ForeignKey("organization.Employee", on_delete=models.PROTECT, related_name="+")
    gives = models.CharField(max_length=7, null=True, help_text="percent or amount")
    value = models.BigIntegerField(null=True, help_text="millionths or cents")
    reason = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=160)
    at = models.DateTimeField()
    is_settled = models.BooleanField(default=False, help_text="it was accepted")
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "employee"], condition=Q(is_current=True), name="proposal_once"
            ),
            models.CheckConstraint(
                condition=Q(gives=None, value=None) | Q(gives__in=["percent", "amount"], value__gte=0),
                name="proposal_in_percent_or_dollars",
            ),
        ]
        triggers = [
            *tracked(),
            Trigger(
                name="settled_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=SETTLED,
            ),
        ]

    def __str__(self):
        return f"proposal for {self.employee_id} on {self.sheet_id}"

    @property
    def proposed(self):
        return None if self.gives is None else Proposed(self.gives, self.value)
