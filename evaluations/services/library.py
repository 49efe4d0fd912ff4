"""The element library and the templates, kept by HR. Plans that were made from them stay as they are."""

from django.db import transaction

from audit.services import record
from evaluations.checks import minimum_service_weight, problems_of_plan
from evaluations.models import LibraryElement, Template, TemplateElement
from evaluations.services.cycles import require_hr
from evaluations.services.locking import NotReady
from evaluations.services.plans import PlanChanged, plan_digest, write_rows


@transaction.atomic
def save_library_element(element_id, fields, *, by, at):
    """Add an element to the library (`element_id` None) or change one."""
    require_hr(by)
    element = (
        LibraryElement.objects.select_for_update().get(pk=element_id) if element_id else LibraryElement()
    )
    for name, value in fields.items():
        setattr(element, name, value)
    element.save()
    record("library.element_saved", element, by=by, at=at)
    return element


@transaction.atomic
def save_template(template_id, rows, *, base, name, level, job_family, in_use, by, at):
    """Make a template (`template_id` None) or change one: its elements become `rows` (`services.plans.Row`).

    It may be saved while it is incomplete, but not put in use before it passes the rules of a plan (EVL-2).
    """
    require_hr(by)
    template = Template.objects.select_for_update().get(pk=template_id) if template_id else Template()
    present = list(template.elements.all()) if template_id else []
    if template_id and base != plan_digest(present):
        raise PlanChanged(
            "The template was changed in another window meanwhile. Yours is below; nothing is lost."
        )
    if in_use and (problems := problems_of_plan(rows, minimum=minimum_service_weight())):
        raise NotReady("The template cannot be in use yet.", problems)
    template.name, template.level, template.job_family, template.in_use = name, level, job_family, in_use
    template.save()
    write_rows(TemplateElement, {"template": template}, present, rows)
    record("template.saved", template, by=by, at=at, after={"in_use": in_use, "elements": len(rows)})
    return template
