from django.shortcuts import render
from django.utils.timezone import localtime

from accounts.audience import for_signed_in
from reports import home as home_page


@for_signed_in
def home(request):
    person = request.person
    needs = home_page.needs_of(person)
    cycle = home_page.open_cycle()
    hour = localtime(request.at).hour
    return render(
        request,
        "reports/home.html",
        {
            "greeting": "Good morning" if hour < 12 else "Good afternoon" if hour < 18 else "Good evening",
            "first_name": person.user.get_short_name(),
            "today": person.on,
            "needs": needs,
            "cycle": cycle,
            "team": home_page.team_of(person),
            "progress": home_page.cycle_progress(person, cycle),
            "dates": home_page.dates_ahead(person, cycle),
        },
    )
