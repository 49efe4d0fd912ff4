"""One pay year of the synthetic county, act by act as its people do them, each timed."""

import time
from datetime import date, timedelta
from typing import NamedTuple

from django.utils import timezone

from certification import services as certification
from certification.sets import AwardSet, Signers, awards_in
from compensation import services as compensation
from compensation.models import PayPlan
from court.models import CourtAction, Seat
from court.services import record_action
from organization.models import County
from organization.person import Person
from payroll import services as payroll
from payroll.readiness import sum_up
from payroll.releasing import release_here
from synthetic.calendar_of_county import STAND, ZONE, moment

SIGNED_ON, RELEASED_ON = date(2026, 10, 2), date(2026, 10, 7)


class Act(NamedTuple):
    name: str
    seconds: float


class Year:
    """The pay of fiscal year 2027, which the synthetic county has adopted and not yet run."""

    def __init__(self, users):
        self.users, self.acts = users, []
        self.plan = PayPlan.objects.get(fiscal_year=2027, state=PayPlan.State.ADOPTED)

    def person(self, role, on):
        return Person(user=self.users[role], on=on)

    def timed(self, name, act, *args, **kwargs):
        began = time.perf_counter()
        made = act(*args, **kwargs)
        self.acts.append(Act(name, time.perf_counter() - began))
        return made

    def run_and_ask(self):
        hr = self.person("HR administrator", STAND)
        run = self.timed(
            "start a run",
            compensation.start_run,
            self.plan.pk,
            by=hr,
            at=moment(STAND),
            in_background=False,
        )
        self.run = self.timed("freeze and compute it, in the background", compensation.compute_here, run)
        self.timed(
            "ask all heads to certify",
            certification.ask_to_certify,
            self.run.pk,
            by=hr,
            at=moment(STAND),
            on=STAND,
        )

    def sets(self, on):
        """The sets of the run and who signs each, the largest first."""
        chart = Signers(on)
        asked = self.run.certification_requests.select_related("department")
        sets = [AwardSet(self.run, request.department) for request in asked]
        sizes = {each.code: awards_in(each, chart).count() for each in sets}
        return sorted(sets, key=lambda each: -sizes[each.code]), chart

    def sign_all(self):
        sets, chart = self.sets(SIGNED_ON)
        for place, award_set in enumerate(sets):
            person = Person(user=chart.certifier(award_set.department).user, on=SIGNED_ON)
            signing = certification.draft_now(award_set, chart, person)
            ready = signing.awards
            if not ready:
                continue
            signed = {
                "by": person,
                "at": moment(SIGNED_ON),
                "seen_hash": signing.hash,
            }
            department = award_set.department and award_set.department.pk
            name = f"sign the largest set, {len(ready):,} awards" if place == 0 else ""
            if name:
                self.timed(name, certification.certify, self.run.pk, department, **signed)
            else:
                certification.certify(self.run.pk, department, **signed)

    def release_all(self):
        order = CourtAction.objects.filter(number="2026-1301").first() or self._order()
        ready = self.timed("count what can be released", sum_up, self.run)
        word = {"seen": ready.seen, "at": moment(RELEASED_ON), "in_background": False}
        first, second = (self.person(role, RELEASED_ON) for role in ("Payroll clerk", "Second payroll clerk"))
        asked = self.timed(
            "ask for the second word", payroll.release, self.run.pk, order.pk, by=first, **word
        )
        given = self.timed("give the second word", payroll.release_as_second, asked.pk, by=second, **word)
        name = f"release {ready.people:,} people, in the background"
        self.batch = self.timed(name, release_here, given)
        County.objects.update(demo_days_ahead=(RELEASED_ON - timezone.localdate(timezone=ZONE)).days + 1)

    def _order(self):
        meeting = RELEASED_ON - timedelta(days=1)
        seats = list(Seat.objects.in_force(meeting))
        return record_action(
            {
                "number": "2026-1301",
                "purpose": CourtAction.Purpose.RELEASE,
                "title": "Release of pay for fiscal year 2027",
                "meeting_on": meeting,
                "motion": "To release the pay of fiscal year 2027 to payroll.",
                "mover": seats[1].member,
                "seconder": seats[2].member,
                "effective_on": meeting,
            },
            [(seat, "aye") for seat in seats],
            by=self.person("Court clerk", RELEASED_ON),
            at=moment(RELEASED_ON, 9),
        )
