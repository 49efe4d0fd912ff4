"""Job descriptions: every job with the version in force, a version as a page, and the editor."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.forms import formset_factory
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.audience import for_signed_in
from jobs import services
from jobs.checks import (
    minimum_service_weight,
    problems_of_description,
    problems_of_duties,
    service_emphasis,
)
from jobs.differences import part
from jobs.forms import DescriptionForm, DutyForm, NoteForm
from jobs.models import Acknowledgement, JobDescription, State
from jobs.permissions import is_writer
from jobs.workflow import MOVES, WRITER, CannotMove, can
from look.views import conflict
from organization.models import Assignment, Job
from organization.refusal import Refused

Duties = formset_factory(DutyForm, extra=2)
SORTS = {"title": ["title"], "people": ["people", "title"], "emphasis": ["emphasis", "title"]}
BUTTONS = {  # act: service, what is said afterwards
    "send_to_hr": (services.send_to_hr, "The description is with HR."),
    "send_to_head": (services.send_to_head, "The description is with the head for approval."),
    "publish": (services.publish, "The description is published. Everyone in the job is asked to read it."),
    "acknowledge": (services.acknowledge, "Thank you. You have read the description of your job."),
}
NOTES = {"return_from_hr": services.return_from_hr, "return_from_head": services.return_from_head}


@for_signed_in
def descriptions(request):
    """Every job with its description: in force, on its way, or missing."""
    found, words, state, sort = _jobs(request)
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    return render(
        request,
        "jobs/list.html",
        {
            "page": page,
            "words": words,
            "state": state,
            "sort": sort,
            "minimum": minimum_service_weight(request.county),
            "is_hr": request.person.has_role("hr"),
        },
    )


def _jobs(request):
    person, words = request.person, request.GET.get("q", "").strip()
    state, sort = request.GET.get("state", ""), request.GET.get("sort", "title")
    visible = JobDescription.objects.visible_to(person).filter(job=OuterRef("pk"))
    published = JobDescription.objects.published().filter(job=OuterRef("pk")).with_service_emphasis()
    coming = visible.filter(state__in=[State.DRAFT, State.HR_REVIEW, State.HEAD_APPROVAL])
    held = Assignment.objects.in_force(person.on).filter(job=OuterRef("pk")).order_by()
    read = (
        Acknowledgement.objects.filter(description__job=OuterRef("pk"), description__state=State.PUBLISHED)
        .order_by()
        .values("description")
        .annotate(count=Count("pk"))
        .values("count")
    )
    jobs = Job.objects.annotate(
        people=Coalesce(Subquery(held.values("job").annotate(count=Count("pk")).values("count")), 0),
        published_id=Subquery(published.values("pk")[:1]),
        version=Subquery(published.values("version")[:1]),
        emphasis=Subquery(published.values("service_emphasis")[:1]),
        coming_id=Subquery(coming.values("pk")[:1]),
        coming_state=Subquery(coming.values("state")[:1]),
        read=Subquery(read),
    )
    if words:
        jobs = jobs.filter(Q(title__icontains=words) | Q(code__icontains=words))
    if state == "missing":
        jobs = jobs.filter(Exists(held), published_id=None)
    elif state == "coming":
        jobs = jobs.exclude(coming_id=None)
    elif state == "published":
        jobs = jobs.exclude(published_id=None)
    else:
        state = ""
        jobs = jobs.filter(Exists(held) | Q(published_id__isnull=False) | Q(coming_id__isnull=False))
    if sort.removeprefix("-") not in SORTS:
        sort = "title"
    first, *rest = SORTS[sort.removeprefix("-")]
    return jobs.order_by(f"-{first}" if sort.startswith("-") else first, *rest, "pk"), words, state, sort


@for_signed_in
def show(request, pk):
    """One version, to be read and printed."""
    description = _get(request, pk)
    return render(request, "jobs/show.html", _shown(request, description))


def _get(request, pk):
    found = JobDescription.objects.visible_to(request.person).select_related("job", "approved_by")
    return get_object_or_404(found, pk=pk)


def _shown(request, description, **more):
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
def edit(request, pk):
    """The editor of a draft; what was typed stays whatever happens."""
    description = _get(request, pk)
    if not can("edit", description, request.person):
        return redirect("jobs:show", pk)
    duties = list(description.duties.all())
    if request.method != "POST":
        form = DescriptionForm(instance=description)
        formset = Duties(
            initial=[
                {"text": duty.text, "percent": duty.percent, "is_service": duty.is_service} for duty in duties
            ],
            prefix="duty",
        )
        return _edit_page(request, description, form, formset, duties, services.revision_of(description))
    base = request.POST.get("base", "")
    form = DescriptionForm(request.POST, instance=_get(request, pk))
    formset = Duties(request.POST, prefix="duty")
    if not (form.is_valid() and formset.is_valid()):
        return _edit_page(request, description, form, formset, rows_of(formset), base, status=422)
    try:
        services.save_description(
            pk, form.cleaned_data, rows_of(formset), base=base, by=request.person, at=request.at
        )
        if request.POST.get("act") == "send":
            services.send_to_hr(pk, by=request.person, at=request.at)
            messages.success(request, "The description is with HR.")
            return redirect("jobs:show", pk)
    except services.NotReady as problem:
        messages.error(request, f"{problem} What is missing is listed on this page; your changes are saved.")
        return redirect("jobs:edit", pk)
    except services.Changed as problem:
        newest = services.revision_of(_get(request, pk))
        return _edit_page(
            request, description, form, formset, rows_of(formset), newest, status=409, problem=str(problem)
        )
    except Refused as problem:
        return conflict(request, str(problem))
    messages.success(request, "The draft is saved.")
    return redirect("jobs:edit", pk)


def _edit_page(request, description, form, formset, duties, base, *, status=200, problem=""):
    context = {
        "description": description,
        "form": form,
        "formset": formset,
        "base": base,
        "problem": problem,
        **_totals(request, duties),
    }
    return render(request, "jobs/edit.html", context, status=status)


@for_signed_in
@require_POST
def totals(request):
    """What the duties come to while somebody types."""
    formset = Duties(request.POST, prefix="duty")
    formset.is_valid()
    return render(request, "jobs/_totals.html", _totals(request, rows_of(formset)))


def _totals(request, duties):
    minimum = minimum_service_weight(request.county)
    return {
        "total": sum(duty.percent for duty in duties),
        "emphasis": service_emphasis(duties),
        "minimum": minimum,
        "problems": problems_of_duties(duties, minimum=minimum),
    }


def rows_of(formset):
    """The duties as typed; of a faulty row, what can be read."""
    values = [getattr(form, "cleaned_data", {}) for form in formset]
    return [
        services.DutyRow(one.get("text", "").strip(), one["percent"], one.get("is_service", False))
        for one in values
        if one.get("percent")
    ]


@for_signed_in
def compare(request, pk, other):
    """Two versions of one job side by side, the words that changed marked (JOB-3)."""
    one = _get(request, pk)
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


@for_signed_in
@require_POST
def begin(request, job_id):
    """Begin the next version of a job's description."""
    job = get_object_or_404(Job, pk=job_id)
    if not is_writer(request.person, JobDescription(job=job)):
        raise PermissionDenied(f"Only {WRITER} can do this.")
    try:
        draft = services.begin_description(job.pk, by=request.person, at=request.at)
    except Refused as problem:
        return conflict(request, str(problem), title="This cannot be begun")
    return redirect("jobs:edit", draft.pk)


def _only_for(act, description, request):
    """403 for a person to whom this act is never open; in another state the service refuses it."""
    move = MOVES[act]
    if not move.who(request.person, description):
        raise PermissionDenied(f"Only {move.whose} can do this.")


@for_signed_in
@require_POST
def press(request, pk, act):
    """An act of one button."""
    description = _get(request, pk)
    _only_for(act, description, request)
    service, said = BUTTONS[act]
    try:
        service(description.pk, by=request.person, at=request.at)
    except services.NotReady as problem:
        context = _shown(request, description, problems=problem.problems, problem=str(problem))
        return render(request, "jobs/show.html", context, status=422)
    except CannotMove as problem:
        return conflict(request, str(problem), title="This is not possible any more")
    messages.success(request, said)
    return redirect("jobs:show", pk)


@for_signed_in
@require_POST
def give_back(request, pk, act):
    description = _get(request, pk)
    _only_for(act, description, request)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return render(request, "jobs/show.html", _shown(request, description, note=form), status=422)
    try:
        NOTES[act](description.pk, note=form.cleaned_data["note"], by=request.person, at=request.at)
    except Refused as problem:
        return conflict(request, str(problem), title="This is not possible any more")
    messages.success(request, "The description was given back.")
    return redirect("jobs:list")
