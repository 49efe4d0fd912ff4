from django.db import models
from django.db.models import Q


class Kind(models.TextChoices):
    CRITICAL = "critical", "Critical"
    NON_CRITICAL = "non_critical", "Non-critical"
    ADDITIONAL = "additional", "Additional"


class Nature(models.TextChoices):
    SKILL = "skill", "Skill"
    ACCOMPLISHMENT = "accomplishment", "Accomplishment"


class ElementText(models.Model):
    """What an element says, in the library, a template and a plan: the same fields, copied, never linked."""

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=14, choices=Kind, default=Kind.NON_CRITICAL)
    nature = models.CharField(max_length=14, choices=Nature, default=Nature.SKILL)
    is_service = models.BooleanField(default=False)
    standard = models.TextField(blank=True, help_text="what fully successful work is (level 3)")
    anchors = models.JSONField(default=dict, blank=True, help_text="level number to the behaviour seen at it")

    class Meta:
        abstract = True

    def __str__(self):
        return self.name


class LibraryElement(ElementText):
    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["name"], name="library_element_name_once")]


class For(models.TextChoices):
    FRONT_LINE = "front_line", "Front line"
    SUPERVISOR = "supervisor", "Supervisors"
    HEAD = "head", "Department heads"


class Template(models.Model):
    name = models.CharField(max_length=120, unique=True)
    level = models.CharField(max_length=12, choices=For)
    job_family = models.CharField(max_length=80, blank=True, help_text="empty serves every family")
    in_use = models.BooleanField(default=True)

    class Meta:
        ordering = ["level", "name"]

    def __str__(self):
        return self.name


class TemplateElement(ElementText):
    template = models.ForeignKey(Template, on_delete=models.CASCADE, related_name="elements")
    section = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField()
    weight = models.DecimalField(
        max_digits=5, decimal_places=2, help_text="of 100; 0 for an additional element"
    )

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["template", "position"], name="template_element_position_once"),
            models.CheckConstraint(
                condition=Q(weight__range=(0, 100)), name="template_element_weight_of_100"
            ),
        ]
