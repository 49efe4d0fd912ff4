"""Pay plans, and two years of runs, certificates and batches, made by the services that a county uses."""

from datetime import date, timedelta

from compensation.pay.rules import Begin, Group, LumpSum, Members, Service, Team, Tenure, Who
from compensation.pay.written_rules import dump, parse
from compensation.services.plans import adopt_plan, create_plan, save_plan
from compensation.services.runs import compute_here, start_run
from court.models import CourtAction
from organization.models import Assignment
from outbox.models import Message
from payroll.layouts.examples import EXAMPLES
from payroll.layouts.layout import CSV, FIXED
from payroll.layouts.services import make_default, save_layout
from payroll.models import Release
from payroll.readiness import sum_up
from payroll.releasing import release_here
from payroll.services import release, release_as_second
from synthetic.calendar_of_county import base_day, moment, raise_day
from synthetic.certificates import Signing
from synthetic.tables import LAW

STEPPED = tuple(LAW[2026])
EVERYBODY = Who(grant_funded=True)  # across the board also for people paid from a grant
THREE_PERCENT = 30_000
TRIAL = {3: 7_500, 4: 12_500, 5: 17_500}  # the merit of 2026, in millionths


def adopt(fiscal_year, cycle, order, change, title, *, by, day):
    """Draft a plan of year one, change its rules and adopt it by that order, two days after the meeting."""
    at = moment(day, 11)
    plan = create_plan(
        fiscal_year,
        "year_one",
        by=by,
        at=at - timedelta(days=20),
        cycle_id=cycle.pk,
        base_on=base_day(fiscal_year),
    )
    plan = save(plan, change, title, by=by, at=at - timedelta(days=19))
    action = CourtAction.objects.get(number=order)
    return adopt_plan(plan.pk, action.pk, revision=plan.revision, by=by, at=at)


def draft_lump_sums(cycle, *, by, day):
    """The draft for the second year: lump sums by rating, and longevity. The Court has not seen it yet."""
    at = moment(day, 14)
    plan = create_plan(2028, "year_two", by=by, at=at, cycle_id=cycle.pk, base_on=base_day(2028))
    return save(plan, _with_longevity, "Year two: lump sums by rating, and longevity", by=by, at=at)


def _with_longevity(rules):
    """Longevity from five years on, with the payroll of December 1, beside the lump sums of October."""
    years = tuple(Service(12 * years, 6_000 * years) for years in (5, 10, 15, 20, 25))
    december = Begin(on=date(rules.fiscal_year.starts_on.year, 12, 1))
    return rules._replace(tenure=Tenure("amount", years, begins=december, who=EVERYBODY, paid_once=True))


def draft_with_groups(cycle, *, by, day):
    """Another draft for the second year: law enforcement is raised by tenure, elected officers are
    raised across the board, and the road crews share in what their team did.
    """
    at = moment(day, 15)
    plan = create_plan(2028, "year_one", by=by, at=at, cycle_id=cycle.pk, base_on=base_day(2028))
    return save(plan, _with_groups, "Tenure for law enforcement, a team award for roads", by=by, at=at)


def _with_groups(rules):
    across = rules.across_the_board._replace(who=EVERYBODY._replace(kinds=("regular", "elected")))
    crews = Team(
        "Road crews",
        Members(departments=("RB",)),
        "Potholes mended within five days: 92%",
        (40_000, 50_000, 60_000),
    )
    lump_sum = LumpSum("amount", "team", teams=(crews,), from_adoption_on=True)
    rules = rules._replace(across_the_board=across, lump_sum=lump_sum)
    years = (Service(6, 22_500), Service(6 + 18 * 12, 0))  # 2.25% each year, first after six months
    own_day = Begin(anniversary="hired_on", rule="first_period_on_or_after")
    law = rules._replace(tenure=Tenure("percent", years, begins=own_day), merit=None, lump_sum=None)
    own = ("tenure", "merit", "lump_sum")
    return rules._replace(groups=(Group("Law enforcement", Members(grades=STEPPED), law, own),))


def save(plan, change, title, *, by, at):
    return save_plan(
        plan.pk,
        revision=plan.revision,
        rules=dump(change(parse(plan.rules))),
        base_on=plan.base_on,
        cycle_id=plan.cycle_id,
        schedule_codes=plan.schedule_codes,
        title=title,
        by=by,
        at=at,
    )


def only_across_the_board(rules):
    across = rules.across_the_board._replace(percent=THREE_PERCENT, who=EVERYBODY)
    return rules._replace(across_the_board=across, merit=None, schedule=None)


def trial_of_merit(rules):
    """Small merit for those with a year in their position; the tables were adopted apart."""
    across = rules.across_the_board._replace(percent=THREE_PERCENT, who=EVERYBODY)
    table = tuple(band._replace(value=TRIAL[band.starts]) for band in rules.merit.table)
    who = rules.who._replace(months_in_position=12, grades_left_out=STEPPED)
    return rules._replace(
        across_the_board=across, merit=rules.merit._replace(table=table), who=who, schedule=None
    )


def first_year_of_initiative(rules):
    """Two percent across the board, then merit; whoever climbs the steps of law enforcement has no merit."""
    across = rules.across_the_board._replace(who=EVERYBODY)
    who = rules.who._replace(grades_left_out=STEPPED)
    return rules._replace(across_the_board=across, who=who, schedule=rules.schedule._replace(place="dollar"))


class Year:
    """Takes one adopted plan from its run to the payroll file."""

    def __init__(self, cast, plan):
        self.cast, self.plan = cast, plan

    def run(self, day):
        started = start_run(
            self.plan.pk, by=self.cast.user_on("miguel", day), at=moment(day, 8, 30), in_background=False
        )
        self.made = compute_here(started)

    def certify(self, day):
        Signing(self.cast, self.made, day).take_place()

    def release(self, day, order):
        """One clerk releases, the other gives the second word, since their own lines are in it."""
        action = CourtAction.objects.get(number=order)
        word = {"seen": sum_up(self.made).seen, "in_background": False}
        first, second = (self.cast.user_on(part, day) for part in ("lorena", "wade"))
        made = release(self.made.pk, action.pk, by=first, at=moment(day, 9, 20), **word)
        if made.state == Release.State.ASKED:
            made = release_as_second(made.pk, by=second, at=moment(day, 10, 5), **word)
        release_here(made)

    def raised(self):
        """What the release changed: (number, slot) to (rate, step, key of the new assignment)."""
        lines = Assignment.objects.filter(starts_on=raise_day(self.plan.fiscal_year))
        rows = lines.values_list("employee__number", "slot", "basis", "rate", "step", "pk")
        return {
            (number, slot): (int(rate * (10_000 if basis == "hourly" else 100)), step, key)
            for number, slot, basis, rate, step, key in rows.iterator(chunk_size=5_000)
        }


def lay_out_files(cast, day):
    """What the county's payroll system loads, and what its general ledger does."""
    clerk = cast.user_on("lorena", day)
    fixed = save_layout("Payroll system, fixed width", EXAMPLES[FIXED], by=clerk, at=moment(day, 9, 0))
    save_layout("General ledger, CSV", EXAMPLES[CSV], by=clerk, at=moment(day, 9, 20))
    make_default(fixed.pk, by=clerk, at=moment(day, 9, 25))


def mail_was_sent():
    """The mail of the past was read long ago: nobody sends it today."""
    Message.objects.waiting().update(sent_at=moment(raise_day(2026)), attempts=1)
