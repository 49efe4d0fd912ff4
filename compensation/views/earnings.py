from django.contrib import messages
from django.db.models import Count, Sum
from django.shortcuts import redirect, render

from compensation.audience import for_those_of_earnings
from compensation.forms import EarningsForm
from compensation.models import Earnings
from compensation.services import import_earnings
from look import formats
from organization.refusal import Refused


@for_those_of_earnings
def earnings(request):
    """Total earnings on record by period, and a file of them put on record."""
    form, problems = EarningsForm(request.POST or None, request.FILES or None), []
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            found = import_earnings(
                asked["file"].read(),
                asked["file"].name,
                cycle_id=asked["cycle"].pk,
                named={name: asked[name] for name in ("number", "earnings")},
                without_unknown=asked["without_unknown"],
                by=request.person,
                at=request.at,
            )
        except Refused as problem:
            form.add_error("file", str(problem))
            problems = problem.details.get("refusals", [])
        else:
            messages.success(request, _told(found))
            return redirect("compensation:earnings")
    on_record = Earnings.objects.values("cycle__name", "cycle__starts_on", "cycle__ends_on").annotate(
        people=Count("pk"), total=Sum("amount")
    )
    context = {
        "form": form,
        "problems": problems[:100],
        "refused": len(problems),
        "on_record": on_record.order_by("-cycle__ends_on"),
    }
    return render(request, "compensation/earnings.html", context, status=422 if form.errors else 200)


def _told(found):
    people = formats.plural(found.people, "person", "people")
    said = f"Earnings of {people} are on record, {formats.money(found.total)} in all"
    said += f": {formats.number(found.added)} new, {formats.number(found.changed)} changed."
    if found.left_out:
        said += f" {formats.plural(found.left_out, 'row', 'rows')} of people not on the roster left out."
    return said
