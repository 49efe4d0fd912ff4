"""The pay year of the small county, step by step: rated, computed, certified, released."""

from datetime import date

from certification import services as certification
from certification.permissions import can_certify
from certification.sets import AwardSet, Signers
from compensation.models import PayPlan
from compensation.plans.standard import year_one
from compensation.services.runs import compute_here, start_run
from court.models import CourtAction
from organization.models import County
from payroll import services as payroll
from payroll.differences import certifying
from payroll.differences.finding import sum_up as differences
from payroll.models import Release
from payroll.monthly import sum_up as payments
from payroll.readiness import sum_up
from payroll.releasing import release_here
from tests.world import AT, ON

RATINGS = {
    "stephen": (4, "4.21"),
    "denise": (4, "3.88"),
    "marisol": (4, "3.98"),
    "joel": (5, "4.62"),
    "priya": (3, "3.30"),
    "tomas": (3, "3.05"),
    "anita": (4, "3.70"),
    "miguel": (4, "3.64"),
    "carl": (3, "2.96"),
    "fatima": (4, "4.10"),
    "eunji": (5, "4.55"),
}


def rate_all(world, but=()):
    """Ratings of record for all employees but Quang, the elected and those of the keys `but`."""
    for key, (level, score) in RATINGS.items():
        if key not in but:
            world.rate(key, level, score)


LUMP_IN_MONTHS = {
    "lump_sum": {
        "gives": "amount",
        "by": "level",
        "table": [
            {"level": level, "amount": dollars}
            for level, dollars in ((3, "750"), (4, "1125.07"), (5, "1500"))
        ],
    },
    "monthly_payments": 12,
}


def draft(world, kind):
    """A draft of 2027 as one of the standard plans has it."""
    return PayPlan.objects.create(
        fiscal_year=2027,
        title="Pay plan for fiscal year 2027",
        rules=kind(2027, county=County.objects.get(), cycle=world.cycle),
        cycle=world.cycle,
        base_on=ON,
        changed_at=AT,
    )


def compute(world, *, rules=None, **merit):
    """A computed run of the year-one plan, which the Court adopted before the service began.

    `merit` is what its merit has otherwise, `rules` what the plan has.
    """
    rules = year_one(2027, county=County.objects.get(), cycle=world.cycle) | (rules or {})
    plan = PayPlan.objects.create(
        fiscal_year=2027,
        title="Pay plan for fiscal year 2027",
        state="adopted",
        rules=rules | {"merit": rules["merit"] and rules["merit"] | merit},
        cycle=world.cycle,
        base_on=ON,
        action=world.order("pay_plan"),
        changed_at=AT,
    )
    return compute_here(start_run(plan.pk, by=world.person("miguel"), at=AT, in_background=False))


def ask(world, run):
    certification.ask_to_certify(run.pk, by=world.person("miguel"), at=AT, on=ON)


def hash_read(world, run, code, who):
    """What somebody would sign now in a department (None for the heads): empty if it is not his to sign."""
    award_set, person, chart = AwardSet(run, world.departments.get(code)), world.person(who), Signers(ON)
    if not can_certify(person, award_set, chart):
        return ""
    return certification.draft_now(award_set, chart, person).hash


def certify(world, run, code, who):
    department = world.departments.get(code)
    return certification.certify(
        run.pk,
        department and department.pk,
        by=world.person(who),
        at=AT,
        seen_hash=hash_read(world, run, code, who),
    )


def order_release(world):
    return world.order(
        "release", number="2026-1301", meeting_on=date(2026, 10, 6), title="To release the pay"
    )


def ask_release(world, run, who="carl"):
    """The word of a clerk for what is ready: a Release that waits for the second word, or for a worker."""
    order = CourtAction.objects.get(number="2026-1301")
    return payroll.release(
        run.pk, order.pk, by=world.person(who), at=AT, seen=sum_up(run).seen, in_background=False
    )


def release(world, run, who="carl"):
    """The Release that waits for the second word, or the batch."""
    made = ask_release(world, run, who)
    return made if made.state == Release.State.ASKED else release_here(made)


def give_second_word(world, run, asked, who="fatima"):
    return payroll.release_as_second(
        asked.pk, by=world.person(who), at=AT, seen=sum_up(run).seen, in_background=False
    )


def second_word(world, run, asked, who="fatima"):
    return release_here(give_second_word(world, run, asked, who))


def released(world, *, rules=None):
    """The County Clerk's awards are certified and released, with the raise of everyone: the batch."""
    rate_all(world)
    run = compute(world, rules=rules)
    ask(world, run)
    certify(world, run, "CC", "ruth")
    order_release(world)
    return second_word(world, run, release(world, run))


def release_payments(world, run, on):
    """The monthly payments that are due on a day: the batch, by the word of two clerks where one is in it."""
    order = CourtAction.objects.get(number="2026-1301")
    word = {"at": AT + (on - ON), "seen": payments(run, on=on).seen, "in_background": False}
    asked = payroll.release(run.pk, order.pk, by=world.person("carl", on), kind=Release.Kind.PAYMENTS, **word)
    if asked.state == Release.State.ASKED:
        asked = payroll.release_as_second(asked.pk, by=world.person("fatima", on), **word)
    return release_here(asked)


def release_differences(world, run, who="carl"):
    """What late corrections change, as far as it is certified: the batch."""
    order = CourtAction.objects.get(number="2026-1301")
    word = {"by": world.person(who), "at": AT, "seen": differences(run).seen, "in_background": False}
    return release_here(payroll.release(run.pk, order.pk, kind=Release.Kind.DIFFERENCES, **word))


def certify_differences(world, run, who="ruth"):
    person = world.person(who)
    seen = certifying.seen_of(certifying.to_sign(run, person))
    return certifying.certify_differences(run.pk, by=person, at=AT, seen=seen)
