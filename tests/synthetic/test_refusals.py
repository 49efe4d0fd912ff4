import pytest

from audit.models import Entry
from organization.models import Department
from organization.refusal import Refused
from synthetic import county as synthetic_county
from synthetic.calendar_of_county import STAND, moment
from tests.synthetic.conftest import SMALL

pytestmark = pytest.mark.django_db


def test_it_refuses_a_database_that_holds_a_department():
    Department.objects.create(code="CC", name="County Clerk")

    with pytest.raises(Refused, match="not made up"):
        synthetic_county.make(SMALL)


def test_it_refuses_what_an_earlier_try_left():
    Entry.objects.create(at=moment(STAND), act=synthetic_county.BEGUN, subject_id="1")

    with pytest.raises(Refused, match="cut short"):
        synthetic_county.make(SMALL)


def test_it_refuses_production(settings):
    settings.PRODUCTION = True

    with pytest.raises(Refused, match="real one"):
        synthetic_county.make(SMALL)
