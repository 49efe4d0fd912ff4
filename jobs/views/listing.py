"""Every job with the version of its description in force."""

from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import render

from accounts.audience import for_signed_in
from jobs.checks import (
    minimum_service_weight,
)
from jobs.models import Acknowledgement, JobDescription, State
from organization.models import Assignment, Job

SORTS = {"title": ["title"], "people": ["people", "title"], "emphasis": ["emphasis", "title"]}


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
