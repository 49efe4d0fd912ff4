from datetime import date

import pytest

from certification import services as certification
from certification.sets import AwardSet, Chart
from tests.certification.conftest import *  # noqa: F403 (fixtures)
from tests.world import AT, ON


def certify(world, run, code, who):
    department = world.departments.get(code)
    award_set = AwardSet(run, department)
    read = certification.hash_of(award_set, certification.ready_lines(award_set, Chart(ON)))
    return certification.certify(
        run.pk, department and department.pk, by=world.person(who), at=AT, seen_hash=read
    )


@pytest.fixture
def clerk_certified(rated, run):
    """The County Clerk's awards are certified; those of the others wait. The Court has released the pay."""
    certification.ask_to_certify(run.pk, by=rated.person("miguel"), at=AT, on=ON)
    certify(rated, run, "CC", "ruth")
    rated.order("release", number="2026-1301", meeting_on=date(2026, 10, 6), title="To release the pay")
    return run
