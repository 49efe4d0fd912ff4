from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from compensation.models import Run
from look import formats
from organization.audience import for_roles
from organization.models import Employee, Role
from organization.refusal import Refused
from payroll import permissions, services
from payroll.forms import DeclineForm, SecondWordForm
from payroll.models import Batch, FileLayout, Release
from payroll.permissions import READERS
from payroll.views.asking import refuse, release_page
from payroll.views.fetching import find_run


@for_roles(*READERS)
def batches(request):
    """Every file that left, and the runs that have something to release."""
    found = Batch.objects.visible_to(request.person).select_related("run__plan", "action", "release")
    found = found.defer("content", "action__document")
    runs = Run.objects.filter(state=Run.State.DONE, plan__state="adopted").order_by("plan_id", "-number")
    out = Batch.objects.filter(run__plan=OuterRef("plan_id"))
    runs = runs.distinct("plan_id").select_related("plan").annotate(has_batch=Exists(out))
    open_ones = Release.objects.filter(state__in=[Release.State.ASKED, Release.State.GOES_ON])
    open_ones = open_ones.select_related("run", "asked_by", "given_by", "action").defer("action__document")
    return render(
        request,
        "payroll/batches.html",
        {
            "page": Paginator(found, 25).get_page(request.GET.get("page")),
            "runs": sorted(runs, key=lambda run: -run.number),
            "open_ones": open_ones,
            "can_release": permissions.can_release(request.person),
            "can_lay_out": permissions.can_lay_out(request.person),
        },
    )


@for_roles(*READERS)
def run(request, number):
    """What of a run is ready, what waits and why, and the release itself."""
    found = find_run(number)
    if found.plan.action is None:
        return render(request, "payroll/run.html", {"run": found, "not_adopted": True})
    batches = found.batches.defer("content")
    return release_page(request, found, Release.Kind.READY, "payroll/run.html", batches=batches)


@for_roles(Role.PAYROLL)
def second_word(request, pk):
    asked = get_object_or_404(
        Release.objects.select_related(
            "run__plan__action", "run__plan__cycle", "action", "asked_by", "given_by"
        ),
        pk=pk,
    )
    if asked.state != Release.State.ASKED:  # given meanwhile, by a colleague or in another tab
        if asked.given_by:
            messages.info(request, f"{asked.given_by.name} gave the second word already.")
        return redirect("payroll:release", asked.pk)
    if "decline" in request.POST:
        return _decline(request, asked)
    form = SecondWordForm(request.POST or None, request=request)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            services.release_as_second(
                asked.pk, by=request.person, at=request.at, seen=form.cleaned_data["seen"]
            )
        except Refused as problem:
            status = refuse(form, problem)
        else:
            return redirect("payroll:release", asked.pk)
    return _second_word_page(request, asked, form, DeclineForm(), status)


def _decline(request, asked):
    """The second clerk says no, with the reason; who asked takes the request back."""
    is_asker = asked.asked_by_id == request.user.pk
    form = DeclineForm({"reason": "Taken back by who asked."} if is_asker else request.POST)
    if not form.is_valid():
        return _second_word_page(request, asked, SecondWordForm(request=request), form, 422)
    try:
        services.decline(asked.pk, reason=form.cleaned_data["reason"], by=request.person, at=request.at)
    except Refused as problem:
        messages.error(request, str(problem))
        return redirect("payroll:second_word", asked.pk)
    messages.success(request, "Nothing is released. What was ready is ready as before.")
    return redirect("payroll:batches")


def _second_word_page(request, asked, form, decline_form, status):
    page = {"run": asked.run, "form": form, "decline_form": decline_form}
    reader = request.person.employee_id
    page["standing"] = services.standing_of(asked.run, asked.kind, on=request.on, reader=reader)
    page |= {"asked": asked, "is_asker": asked.asked_by_id == request.user.pk}
    return render(request, "payroll/second_word.html", page, status=status)


@for_roles(*READERS)
def release(request, pk):
    """How far a release is that a worker carries out, or why nothing was released; in the end, its batch."""
    found = _find_release(pk)
    if found.state == Release.State.ASKED:
        return redirect("payroll:batches")
    if found.state == Release.State.RELEASED:
        return redirect("payroll:batch", found.batch.number)
    return render(request, "payroll/release.html", {"release": found})


@for_roles(*READERS)
def release_progress(request, pk):
    """The part of the page that moves. When there is nothing more to wait for, the page is asked for anew."""
    found = _find_release(pk)
    if found.state == Release.State.GOES_ON:
        return render(request, "payroll/release.html#progress", {"release": found})
    if found.state == Release.State.RELEASED:
        lines = formats.plural(found.batch.lines_count, "line", "lines")
        counts = f"{lines} for {formats.plural(found.batch.people_count, 'person', 'people')}"
        messages.success(request, f"{found.batch} is released: {counts}.")
    return HttpResponse(headers={"HX-Refresh": "true"})


def _find_release(pk):
    found = Release.objects.select_related("run__plan", "action", "asked_by", "given_by", "work", "batch")
    return get_object_or_404(found.defer("action__document", "batch__content"), pk=pk)


@for_roles(*READERS)
def batch(request, number):
    found = get_object_or_404(
        Batch.objects.visible_to(request.person)
        .defer("content", "action__document")
        .select_related("run__plan", "action", "released_by", "release__asked_by"),
        number=number,
    )
    lines = found.lines.select_related("employee", "line__department")
    words = request.GET.get("words", "").strip()
    if words:
        lines = lines.filter(employee__in=Employee.objects.search(words))
    page = Paginator(lines, 50).get_page(request.GET.get("page"))
    shown = {"batch": found, "page": page, "words": words}
    if permissions.can_take_file(request.person):
        shown |= {"can_take": True, "layouts": FileLayout.objects.all()}
    return render(request, "payroll/batch.html", shown)


@for_roles(Role.PAYROLL, Role.AUDITOR)
def download(request, number):
    """The file, byte for byte as it was released."""
    found = get_object_or_404(Batch.objects.visible_to(request.person), number=number)
    answer = HttpResponse(bytes(found.content), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="payroll-batch-{found.number:04d}.csv"'
    services.note_download(found, by=request.person, at=request.at)
    return answer
