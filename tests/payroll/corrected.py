"""Differences of a released run, taken from the signature to the batch."""

from datetime import date

from court.models import CourtAction
from organization.models import Assignment
from payroll import services
from payroll.differences import certifying
from payroll.differences.finding import sum_up
from payroll.models import Release
from payroll.releasing import release_here
from tests.world import AT


def name_of(found):
    return {each.line.number: each for each in found}


def certify(world, run, who="ruth"):
    person = world.person(who)
    seen = certifying.seen_of(certifying.to_sign(run, person))
    return certifying.certify_differences(run.pk, by=person, at=AT, seen=seen)


def ask(world, run, who="carl", seen=None):
    return services.release(
        run.pk,
        CourtAction.objects.get(number="2026-1301").pk,
        by=world.person(who),
        at=AT,
        seen=seen or sum_up(run).seen,
        kind=Release.Kind.DIFFERENCES,
        in_background=False,
    )


def release(world, run):
    return release_here(ask(world, run))


def pay_of(world, key):
    return Assignment.objects.in_force(date(2026, 10, 3)).get(employee=world.employees[key], slot=1).rate
