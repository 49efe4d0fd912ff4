"""A version of a job description as a page, and two of them side by side."""

from django.shortcuts import get_object_or_404, render

from accounts.audience import for_signed_in
from jobs.checks import (
    minimum_service_weight,
    problems_of_description,
    service_emphasis,
)
from jobs.differences import part
from jobs.forms import NoteForm
from jobs.models import Acknowledgement, JobDescription, State
from jobs.workflow import MOVES, can
from organization.models import Assignment


@for_signed_in
def show(request, pk):
    """One version, to be read and printed."""
    description = get_description(request, pk)
    return render(request, "jobs/show.html", shown(request, description))


def get_description(request, pk):
    found = JobDescription.objects.visible_to(request.person).select_related("job", "approved_by")
    return get_object_or_404(found, pk=pk)


def shown(request, description, **more):
    person = request.person
    duties = list(description.duties.all())
    minimum = minimum_service_weight(request.county)
    versions = list(
        JobDescription.objects.visible_to(person).filter(job=description.job_id).order_by("version")
    )
    allowed = {act: can(act, description, person) for act in MOVES}
    coming = any(one.state not in (State.PUBLISHED, State.SUPERSEDED) for one in versions)
    allowed["begin_version"] = allowed["begin_version"] and not coming
    return {
        "description": description,
        "duties": duties,
        "emphasis": service_emphasis(duties),
        "minimum": minimum,
        "problems": problems_of_description(description, duties, minimum=minimum)
        if description.state == State.DRAFT
        else [],
        "versions": versions,
        "can": allowed,
        "read_at": Acknowledgement.objects.filter(description=description, employee=person.employee_id)
        .values_list("at", flat=True)
        .first()
        if person.employee_id
        else None,
        "note": NoteForm(),
        **_readers(description, person),
        **more,
    }


def _readers(description, person):
    """How many of the people in the job have read the version in force."""
    if description.state != State.PUBLISHED:
        return {}
    holders = (
        Assignment.objects.in_force(person.on).filter(job=description.job_id).values("employee").distinct()
    )
    return {
        "holders": holders.count(),
        "readers": Acknowledgement.objects.filter(description=description, employee__in=holders).count(),
    }


@for_signed_in
def compare(request, pk, other):
    """Two versions of one job side by side, the words that changed marked (JOB-3)."""
    one = get_description(request, pk)
    both = JobDescription.objects.visible_to(request.person).filter(job=one.job_id).select_related("job")
    old, new = sorted((one, get_object_or_404(both, pk=other)), key=lambda each: each.version)
    parts = [
        part("Summary", old.summary, new.summary),
        part("Duties", _duties_as_text(old), _duties_as_text(new)),
        part("Customer service: skills", old.service_skills, new.service_skills),
        part("Customer service: accomplishments", old.service_accomplishments, new.service_accomplishments),
        part("Qualifications", old.qualifications, new.qualifications),
        part("Physical demands", old.physical_demands, new.physical_demands),
        part("Grade and overtime", _terms_as_text(old), _terms_as_text(new)),
    ]
    context = {
        "new": new,
        "old": old,
        "changed": [each for each in parts if each.is_changed],
        "same": [each for each in parts if each.pairs and not each.is_changed],
    }
    return render(request, "jobs/compare.html", context)


def _terms_as_text(description):
    overtime = {None: "Overtime not known", True: "Exempt from overtime", False: "Paid overtime"}
    return "\n".join(
        filter(None, [description.grade and f"Grade {description.grade}", overtime[description.exempt]])
    )


def _duties_as_text(description):
    return "\n".join(
        f"{duty.percent.normalize():f}% {duty.text}{' (serves customers)' if duty.is_service else ''}"
        for duty in description.duties.all()
    )
