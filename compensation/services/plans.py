"""Drafting and adopting pay plans. An adopted version is never edited: a change is the next version."""

from django.db import transaction
from django.db.models import Max

from audit.services import record
from compensation.conditions import conditions_of, prepared, raise_day, read_schedule
from compensation.models import Grade, PayPlan, Schedule
from compensation.models.plan import general_schedule
from compensation.pay.preparation import raised_tables
from compensation.pay.rules import BadRules
from compensation.pay.written_rules import dump
from compensation.permissions import may_plan
from compensation.plans import standard as standard_plans
from compensation.plans.checks import plan_problems
from compensation.plans.document import document_of, examples_of
from compensation.plans.orders import WHICH_ORDERS, orders_to_adopt
from compensation.plans.years import day_years_later, period_of, years_later
from compensation.services.schedules import put_in_force, take_back, write_grades
from evaluations.models import Cycle
from organization.models import PayCalendar, the_county
from organization.refusal import Refused


class ChangedMeanwhile(Refused):
    """Somebody else saved the draft since it was opened."""


STANDARD = {
    "year_one": ("Across the board and merit", standard_plans.year_one),
    "year_two": ("Lump sum by rating", standard_plans.year_two),
    "nothing": ("Pay plan", standard_plans.nothing),
}


@transaction.atomic
def create_plan(fiscal_year, kind, *, by, at, cycle_id=None, schedule_codes=None, base_on=None):
    """Draft the next version of a fiscal year's plan from the standard one of `kind`, a key of STANDARD.

    It goes by all schedules in force on the day of its base pay, unless codes are given.
    """
    _refuse_others(by)
    county = the_county()
    title, rules_of = STANDARD[kind]
    year = standard_plans.fiscal_year_period(fiscal_year, county.fiscal_year_starts_month)
    cycle = _cycle(year, cycle_id)
    base_on = base_on or year.starts_on - standard_plans.ONE_DAY
    tables = Schedule.objects.in_force(base_on)
    if schedule_codes is None:
        schedule_codes = list(tables.order_by("code").values_list("code", flat=True)) or general_schedule()
    options = {"pay_calendar": PayCalendar.objects.exists()}
    if kind == "year_one":
        grades = Grade.objects.filter(schedule__in=tables.filter(code__in=schedule_codes))
        options["by_steps"] = grades.exists() and not grades.filter(steps__isnull=True).exists()
    return _add_version(
        by,
        at,
        fiscal_year=fiscal_year,
        title=title,
        rules=rules_of(fiscal_year, county=county, cycle=cycle, **options),
        cycle=cycle,
        schedule_codes=list(schedule_codes),
        base_on=base_on,
    )


def _cycle(year, cycle_id):
    """The cycle that was chosen, or the last one that ended before the fiscal year."""
    chosen = {"ends_on__lte": year.starts_on} if cycle_id is None else {"pk": cycle_id}
    cycle = Cycle.objects.filter(**chosen).order_by("-ends_on").first()
    if cycle is None:
        raise Refused(
            "There is no evaluation cycle that ended before the fiscal year. Open one, or choose one."
        )
    return cycle


@transaction.atomic
def copy_plan(plan_id, *, by, at):
    """Draft the next version of a plan, beginning with its rules."""
    _refuse_others(by)
    plan = PayPlan.objects.get(pk=plan_id)
    kept = ("fiscal_year", "title", "rules", "examples", "cycle", "schedule_codes", "base_on")
    return _add_version(by, at, **{name: getattr(plan, name) for name in kept})


@transaction.atomic
def copy_to_year(plan_id, fiscal_year, *, cycle_id=None, by, at):
    """Draft the next version of another fiscal year's plan from a plan, with its days moved by whole years.

    It pays the ratings of the cycle, whose period is the performance period.
    """
    _refuse_others(by)
    plan, county = PayPlan.objects.get(pk=plan_id), the_county()
    if fiscal_year == plan.fiscal_year:
        raise Refused(f"{plan} is of that year already. Begin a new version on its page.")
    years = fiscal_year - plan.fiscal_year
    moved = years_later(plan.rules, years)
    year = standard_plans.fiscal_year_period(fiscal_year, county.fiscal_year_starts_month)
    cycle = _cycle(year, cycle_id)
    moved |= {"fiscal_year": dump(year), "performance_period": dump(period_of(cycle))}
    return _add_version(
        by,
        at,
        fiscal_year=fiscal_year,
        title=plan.title,
        rules=moved,
        examples=years_later(plan.examples, years),
        cycle=cycle,
        schedule_codes=plan.schedule_codes,
        base_on=day_years_later(plan.base_on, years),
    )


def _add_version(by, at, *, fiscal_year, **fields):
    # The years are few: lock them all, so that two people never make the same version.
    others = PayPlan.objects.select_for_update().filter(fiscal_year=fiscal_year)
    last = others.order_by().aggregate(last=Max("version"))["last"] if list(others) else 0
    plan = PayPlan.objects.create(
        fiscal_year=fiscal_year, version=last + 1, drafted_by_id=by.user_id, changed_at=at, **fields
    )
    record("pay_plan.drafted", plan, by=by, at=at)
    return plan


@transaction.atomic
def save_plan(plan_id, *, revision, by, at, **changes):
    """Save what changes of a draft, by the names in CHANGEABLE; the rest stays as it is.

    Rules and examples that can't be read are refused; rules that are wrong and examples that fail are kept,
    and bar adoption. Raises ChangedMeanwhile when the draft is not at `revision` any more.
    """
    _refuse_others(by)
    plan = PayPlan.objects.select_for_update(of=("self",)).get(pk=plan_id)
    if plan.state != PayPlan.State.DRAFT:
        raise Refused(f"{plan} is {plan.get_state_display().lower()}. Draft a new version to change it.")
    if plan.revision != revision:
        raise ChangedMeanwhile("Somebody else saved this draft meanwhile.")
    before = _told(plan, changes)
    for name in changes:
        if name not in CHANGEABLE:
            raise TypeError(f"{name} is not a part of a plan that a draft changes")
        setattr(plan, name, changes[name])
    try:
        plan.rules, plan.examples = dump(document_of(plan).rules), examples_of(plan)
    except BadRules as problem:
        raise Refused(str(problem)) from None
    plan.revision, plan.changed_at = revision + 1, at
    plan.save(update_fields=[*changes, "rules", "examples", "revision", "changed_at"])
    record("pay_plan.changed", plan, by=by, at=at, before=before, after=_told(plan, changes))
    return plan


CHANGEABLE = ("title", "rules", "examples", "base_on", "cycle_id", "schedule_codes")


def _told(plan, changes):
    """What the history keeps of a change: always the rules, and the other parts that were changed."""
    return {"rules": plan.rules} | {
        name: str(value) if name == "base_on" else value
        for name in changes
        if (value := getattr(plan, name)) is not None
    }


@transaction.atomic
def adopt_plan(plan_id, action_id, *, revision=None, by, at):
    """Make a draft the plan in force by an order of the Court, and raise the schedule as it says.

    `revision` is the one that somebody read; ChangedMeanwhile is raised where the draft is another one now.

    Refused while a gate is open (PAY-3), and unless the order was carried and is about a pay plan. The
    version that was adopted before is superseded.
    """
    _refuse_others(by)
    plan = PayPlan.objects.select_for_update(of=("self",)).get(pk=plan_id)
    if plan.state != PayPlan.State.DRAFT:
        raise Refused(f"{plan} is {plan.get_state_display().lower()} already.")
    if revision not in (None, plan.revision):
        raise ChangedMeanwhile("Somebody saved this draft after you read it. Read it again, then adopt it.")
    action = orders_to_adopt(plan).filter(pk=action_id).first()
    if action is None:
        raise Refused(f"Choose an order that adopts this plan: {WHICH_ORDERS}")
    plan.action = action
    refused = [problem.message for problem in plan_problems(plan) if problem.severity == "refused"]
    if refused:
        raise Refused(f"{plan} can't be adopted. {' '.join(refused)}")
    former = PayPlan.objects.select_for_update(of=("self",)).filter(
        fiscal_year=plan.fiscal_year, state=PayPlan.State.ADOPTED
    )
    superseded = list(former)
    for other in superseded:
        other.state = PayPlan.State.SUPERSEDED
        other.save(update_fields=["state"])
        record("pay_plan.superseded", other, by=by, at=at, after={"by": str(plan)})
    plan.state, plan.changed_at = PayPlan.State.ADOPTED, at
    plan.save(update_fields=["state", "action", "changed_at"])
    record("pay_plan.adopted", plan, by=by, at=at, after={"order": action.number})
    _raise_schedules(plan, superseded, by=by, at=at)
    return plan


def _raise_schedules(plan, superseded, *, by, at):
    """Put the raised tables in force from the day of the raise, unless the county has put in its own. Those
    of the version before that this one does not raise are taken back.
    """
    conditions = conditions_of(plan)
    ready = prepared(conditions)
    codes = [each["code"] for each in conditions.schedules] if conditions.rules.get("schedule") else []
    for table in _raised_by(superseded):
        is_base = table.starts_on <= plan.base_on
        if not is_base and (table.starts_on != ready.effective_on or table.code not in codes):
            take_back(table, by=by, at=at)
    if not codes:
        return
    for code, raised in zip(codes, raised_tables(ready), strict=True):
        schedule = _put_raised(plan, code, raised, ready.effective_on)
        if schedule:
            record("schedule.raised", schedule, by=by, at=at, after={"plan": str(plan)})


def _raised_by(plans):
    """The tables that adopted plans have put in force, by their own orders or by those of versions before."""
    calendar = PayCalendar.objects.first()
    for plan in plans:
        if plan.rules.get("schedule"):
            orders = PayPlan.objects.filter(fiscal_year=plan.fiscal_year).values("action")
            raised = Schedule.objects.filter(code__in=plan.schedule_codes, action__in=orders)
            yield from raised.filter(starts_on=raise_day(plan, calendar))


def _put_raised(plan, code, raised, starts_on):
    """The schedule that was put in force or changed; None where it is there already."""
    same_day = Schedule.objects.filter(code=code, starts_on=starts_on).first()
    if same_day is None:
        name = f"{code.capitalize()} schedule, fiscal year {plan.fiscal_year}"
        return put_in_force(raised, code=code, name=name, starts_on=starts_on, action=plan.action)
    if read_schedule(same_day) == raised:
        return None
    former = PayPlan.objects.filter(action=same_day.action, fiscal_year=plan.fiscal_year).exclude(pk=plan.pk)
    if same_day.action is None or not former.exists():
        raise Refused(
            f"{same_day} begins on the day of the raise, and it is not the table that this plan gives. "
            "Leave the schedule out of the plan, or end that table."
        )
    # That of the version before, which this one replaces.
    same_day.grades.all().delete()
    write_grades(same_day, raised)
    same_day.action = plan.action
    same_day.save(update_fields=["action"])
    return same_day


def _refuse_others(by):
    if not may_plan(by):
        raise Refused("Only an HR administrator can draft and adopt pay plans.")
