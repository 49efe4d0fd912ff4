from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localtime

from accounts.audience import for_signed_in
from compensation.audience import PAY_OFFICES, for_pay_offices
from compensation.models import Run
from compensation.permissions import may_run
from evaluations.models import Cycle
from evaluations.needs import own_and_team
from organization.audience import for_employees
from payroll.permissions import can_read
from reports import awards, pay
from reports import home as home_page
from reports.award_pdf import pdf_of
from reports.first_steps import first_steps
from reports.pay_progress import pay_progress
from reports.run_stale import stale_of
from reports.run_steps import steps_of


@for_signed_in
def home(request):
    """What needs somebody. The figures of his roles come in by themselves, see `home_figures`."""
    person = request.person
    own, team = own_and_team(person)
    needs = home_page.needs_of(person, (own, team))
    hour = localtime(request.at).hour
    return render(
        request,
        "reports/home.html",
        {
            "greeting": "Good morning" if hour < 12 else "Good afternoon" if hour < 18 else "Good evening",
            "first_name": person.employee.first_name if person.employee else person.user.get_short_name(),
            "today": person.on,
            "needs": needs,
            "steps": first_steps(person),
            "first_due": home_page.first_due(needs, person.on),
            "team": team,
            "team_cycles": {one.cycle for one in team},
            "sealed": home_page.last_sealed(person),
            "doors": [] if team or person.is_head else list(home_page.doors_of(person)),
        },
    )


@for_signed_in
def home_figures(request):
    """What stands beside it: how far the pay of the year and the cycle are, and the dates ahead."""
    person, cycles = request.person, Cycle.objects.filter(state="open")
    cycle = cycles.in_hand(person.on)
    progress = home_page.cycle_progress(person, cycle)
    return render(
        request,
        "reports/home_figures.html",
        {
            "cycle": cycle,
            "pay": pay_progress(person),
            "progress": progress,
            "people": sum(count for _, count, _ in progress),
            "dates": home_page.dates_ahead(person, cycles),
        },
    )


@for_signed_in
def award(request, line_id):
    """How one person's pay was worked out (PAY-6)."""
    line = get_object_or_404(awards.lines_for(request.person), pk=line_id)
    context = {
        "line": line,
        **awards.explain(line, request.person, request.county),
        "may_run": may_run(request.person),
        "reads_differences": can_read(request.person),
        "reads_run": request.person.has_role(*PAY_OFFICES),
    }
    return render(request, "reports/award.html", context)


@for_signed_in
def award_pdf(request, line_id):
    """The same as one document."""
    line = get_object_or_404(awards.lines_for(request.person), pk=line_id)
    content = pdf_of(
        line, awards.explain(line, request.person, request.county), request.county, on=request.on
    )
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="award-{line.run.number}-{line.number}.pdf"'
    return answer


@for_pay_offices
def run_steps(request, number):
    """How far a run has come, asked for by its page: what follows it stands in the apps above it."""
    run = get_object_or_404(Run.objects.select_related("plan__action"), number=number, state=Run.State.DONE)
    return render(request, "reports/run_steps.html", {"steps": steps_of(run)})


@for_pay_offices
def run_stale(request, number):
    """What no longer holds, asked for by the page of a run: it compares everybody with today."""
    run = get_object_or_404(
        Run.objects.select_related("plan__action", "plan__cycle"), number=number, state=Run.State.DONE
    )
    context = {"run": run, "stale": stale_of(run), "may_run": may_run(request.person)}
    return render(request, "reports/run_stale.html", context)


@for_employees
def my_pay(request):
    return render(request, "reports/my_pay.html", pay.my_pay(request.person, request.county))
