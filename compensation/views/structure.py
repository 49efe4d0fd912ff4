from datetime import date

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from compensation.audience import for_pay_offices_and_heads
from compensation.conditions import read_schedule
from compensation.models import Schedule
from compensation.permissions import may_plan
from compensation.schedules.files import columns_and_rows
from compensation.schedules.form import RaiseForm, ScheduleForm
from compensation.schedules.pages import changed_cells, chart_of, grade_rows
from compensation.services import import_schedule
from compensation.services.schedules import put_next, touched_by, why_it_stays, withdraw
from exchange.writing import csv_response
from look.formats import record_date
from organization.audience import for_hr
from organization.refusal import Refused


@for_pay_offices_and_heads
def structure(request):
    """A schedule on a day, with the people in it; the day and the schedule are in the address."""
    on = _day(request.GET.get("on")) or request.on
    in_force = list(Schedule.objects.in_force(on).select_related("action").order_by("code"))
    chosen = next((each for each in in_force if each.code == request.GET.get("schedule")), None)
    schedule = chosen or next(iter(in_force), None)
    context = {"on": on, "in_force": in_force, "schedule": schedule, "may_plan": may_plan(request.person)}
    if schedule:
        hours = request.county.hours_per_year
        rows = grade_rows(schedule, on=on, hours=hours)
        people = sum(row.people for row in rows)
        compared = [row for row in rows if row.compa is not None]
        compa = sum(row.compa * row.people for row in compared)
        steps = list(schedule.grades.prefetch_related("steps"))
        context |= {
            "rows": rows,
            "people": people,
            "at_maximum": sum(row.at_maximum for row in rows),
            "below": sum(row.below for row in rows),
            "compa": compa / sum(row.people for row in compared) if compared else None,
            "chart": chart_of(schedule, rows, on_words=record_date(on), hours=hours),
            "steps": _steps(steps),
        }
    return render(request, "compensation/structure.html", context)


@for_pay_offices_and_heads
def changes(request, pk):
    """Cell by cell what a schedule has otherwise than the one before it, or than another one (`than`)."""
    schedule = get_object_or_404(Schedule.objects.select_related("action"), pk=pk)
    others = list(Schedule.objects.filter(code=schedule.code).exclude(pk=pk).order_by("-starts_on"))
    earlier = (each for each in others if each.starts_on < schedule.starts_on)
    asked = (each for each in others if str(each.pk) == request.GET.get("than"))
    other = next(asked, None) or next(earlier, None)
    context = {"schedule": schedule, "other": other, "others": others}
    if may_plan(request.person) and not why_it_stays(schedule):
        context |= {"may_withdraw": True, "touched": touched_by(schedule.code, schedule.starts_on)}
    if other and other.basis == schedule.basis:
        context |= changed_cells(read_schedule(other), read_schedule(schedule))
    return render(request, "compensation/structure_changes.html", context)


@for_hr
def raise_table(request, pk):
    """The next table from this one: what would change is shown first, then it is put in force."""
    schedule = get_object_or_404(Schedule, pk=pk)
    table = read_schedule(schedule)
    year = schedule.starts_on.replace(year=schedule.starts_on.year + 1, day=min(schedule.starts_on.day, 28))
    begins = {"starts_on": year, "name": f"{schedule.code.capitalize()} schedule {year.year}"}
    form = RaiseForm(request.POST or None, table=table, initial=begins)
    context = {"schedule": schedule, "form": form}
    if request.method == "POST" and form.is_valid():
        context |= changed_cells(table, form.raised)
        context["touched"] = touched_by(schedule.code, form.cleaned_data["starts_on"])
        if "save" in request.POST:
            chosen = {name: form.cleaned_data[name] for name in ("starts_on", "name", "action")}
            try:
                made = put_next(schedule.pk, form.raised, **chosen, by=request.person, at=request.at)
            except Refused as problem:
                form.add_error("starts_on", str(problem))
            else:
                messages.success(request, f"{made} is in force from {record_date(made.starts_on)}.")
                return redirect("compensation:structure_changes", made.pk)
    status = 422 if form.errors else 200
    return render(request, "compensation/structure_raise.html", context, status=status)


@for_hr
@require_POST
def withdraw_table(request, pk):
    schedule = get_object_or_404(Schedule, pk=pk)
    try:
        name = withdraw(schedule.pk, by=request.person, at=request.at)
    except Refused as problem:
        messages.error(request, str(problem))
        return redirect("compensation:structure_changes", pk)
    messages.success(request, f"{name} was withdrawn. History keeps who did it.")
    return redirect("compensation:structure")


@for_pay_offices_and_heads
def export(request, pk):
    """The table as CSV, in the columns that an import reads again."""
    schedule = get_object_or_404(Schedule, pk=pk)
    table = read_schedule(schedule)
    return csv_response(f"{schedule.code.lower()}-{schedule.starts_on}.csv", *columns_and_rows(table))


@for_hr
def import_file(request):
    form = ScheduleForm(
        request.POST or None, request.FILES or None, initial={"starts_on": request.on, "code": "GENERAL"}
    )
    problems = []
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            schedule, changed = import_schedule(
                file.read(),
                file.name,
                by=request.person,
                at=request.at,
                starts_on=form.cleaned_data["starts_on"],
                code=form.cleaned_data["code"],
                name=form.cleaned_data["name"],
                basis=form.cleaned_data["basis"],
                action=form.cleaned_data["action"],
            )
        except Refused as problem:
            form.add_error("file", str(problem))
            problems = problem.details.get("refusals", [])
        else:
            words = "is in force" if changed else "was in force already, as it is in the file,"
            codes = schedule.open_grades()
            without = f" Without a maximum: {', '.join(codes)}." if codes else ""
            messages.success(request, f"{schedule} {words} from {record_date(schedule.starts_on)}.{without}")
            return redirect("compensation:structure_changes", schedule.pk)
    status = 422 if form.is_bound else 200
    return render(
        request, "compensation/structure_import.html", {"form": form, "problems": problems}, status=status
    )


def _day(text):
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404(f"{text} is not a day.") from None


def _steps(grades):
    """The step table: (numbers of the steps, rows of grade and amounts); nothing for open ranges."""
    numbers = sorted({step.number for grade in grades for step in grade.steps.all()})
    rows = []
    for grade in reversed(grades):
        amounts = {step.number: step.amount for step in grade.steps.all()}
        rows.append((grade.code, [amounts.get(number) for number in numbers]))
    return {"numbers": numbers, "rows": rows} if numbers else None
