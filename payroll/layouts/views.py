from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from organization.audience import for_roles
from organization.models import Role
from organization.refusal import Refused
from payroll.layouts import services
from payroll.layouts.examples import EXAMPLES
from payroll.layouts.files import file_in_layout, sample
from payroll.layouts.forms import ROWS, FileForm, file_initial, read_layout, rows_initial, show_problems
from payroll.layouts.layout import CSV, parse
from payroll.models import Batch, FileLayout


@for_roles(Role.PAYROLL, Role.HR)
def layouts(request):
    kept = [(each, parse(each.document)) for each in FileLayout.objects.select_related("changed_by")]
    return render(request, "payroll/layouts.html", {"layouts": kept})


@for_roles(Role.PAYROLL, Role.HR)
def new_layout(request, kind):
    """Begin with the example of its kind."""
    if kind not in EXAMPLES:
        raise Http404
    return _edit(request, EXAMPLES[kind])


@for_roles(Role.PAYROLL, Role.HR)
def edit_layout(request, pk):
    kept = get_object_or_404(FileLayout, pk=pk)
    return _edit(request, parse(kept.document), kept)


def _edit(request, layout, kept=None):
    kind = layout.kind
    if request.method != "POST":
        name = kept.name if kept else ""
        form = FileForm(kind=kind, initial=file_initial(layout) | {"name": name})
        rows = ROWS[kind](initial=list(rows_initial(layout)), prefix="column")
        return _page(request, kind, kept, form, rows, tried=sample(), layout=layout)
    form, rows = FileForm(request.POST, kind=kind), ROWS[kind](request.POST, prefix="column")
    if not (form.is_valid() & rows.is_valid()):
        return _page(request, kind, kept, form, rows, status=422)
    layout, places = read_layout(kind, form, rows)
    tried = sample()
    try:
        if request.POST.get("act") == "save":
            pk, name = kept and kept.pk, form.cleaned_data["name"]
            made = services.save_layout(name, layout, by=request.person, at=request.at, pk=pk)
            messages.success(request, f"The layout “{made}” is saved.")
            return redirect("payroll:layouts")
        services.check_layout(layout, tried)
    except services.LayoutProblems as problem:
        show_problems(problem.problems, form, rows, places)
        return _page(request, kind, kept, form, rows, status=422)
    except Refused as problem:
        form.add_error("name", str(problem))
        return _page(request, kind, kept, form, rows, status=422)
    form = FileForm(kind=kind, initial=form.cleaned_data)
    rows = ROWS[kind](initial=list(rows_initial(layout)), prefix="column")
    return _page(request, kind, kept, form, rows, tried=tried, layout=layout)


def _page(request, kind, kept, form, rows, *, tried=None, layout=None, status=200):
    form.focus_errors = bool(form.errors)
    shown = {"kind": kind, "is_csv": kind == CSV, "kept": kept, "form": form, "rows": rows}
    if layout is not None:
        try:
            shown |= {"preview": services.check_layout(layout, tried), "batch": tried[0]}
        except services.LayoutProblems as problem:  # stored, and a later batch does not fit it
            shown["problem"] = str(problem)
    return render(request, "payroll/layout.html", shown, status=status)


@for_roles(Role.PAYROLL, Role.HR)
@require_POST
def default_layout(request, pk):
    kept = get_object_or_404(FileLayout, pk=pk)
    services.make_default(kept.pk, by=request.person, at=request.at)
    messages.success(request, f"“{kept}” is offered first now.")
    return redirect("payroll:layouts")


@for_roles(Role.PAYROLL, Role.HR)
def remove_layout(request, pk):
    """Asks first: a layout that is gone has to be defined anew."""
    kept = get_object_or_404(FileLayout.objects.select_related("changed_by"), pk=pk)
    if request.method != "POST":
        shown = {"kept": kept, "layout": parse(kept.document)}
        return render(request, "payroll/layout_remove.html", shown)
    services.remove_layout(kept.pk, by=request.person, at=request.at)
    messages.success(request, f"The layout “{kept}” is gone. What was downloaded in it stays in the history.")
    return redirect("payroll:layouts")


@for_roles(Role.PAYROLL, Role.AUDITOR)
def download_in_layout(request, number, pk):
    """A batch in a county's own layout; the batch's own file is `payroll.views.releases.download`."""
    batch = get_object_or_404(Batch.objects.visible_to(request.person).defer("content"), number=number)
    kept = get_object_or_404(FileLayout, pk=pk)
    try:
        content = file_in_layout(batch, kept, by=request.person, at=request.at)
    except Refused as problem:
        messages.error(request, str(problem))
        return redirect("payroll:batch", batch.number)
    layout = parse(kept.document)
    kind = "text/csv; charset=utf-8" if layout.kind == CSV else "text/plain; charset=us-ascii"
    answer = HttpResponse(content, content_type=kind)
    name = f"payroll-batch-{batch.number:04d}-layout-{kept.pk}.{layout.suffix}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
