import pytest
from django.core.management import call_command

from accounts.models import User
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


def test_a_county_of_ones_own_is_left_alone_where_that_is_asked_for(capsys):
    User.objects.create_user("pat@county.example", "Pat Doe")

    call_command("demo_county", "--if-empty")

    assert capsys.readouterr().out == "A county that was not made up is there, and nothing is made up.\n"
    assert not Department.objects.exists()


def test_it_refuses_what_an_earlier_try_left():
    Entry.objects.create(at=moment(STAND), act=synthetic_county.BEGUN, subject_id="1")

    with pytest.raises(Refused, match="cut short"):
        synthetic_county.make(SMALL)


def test_it_refuses_production(settings):
    settings.PRODUCTION = True

    with pytest.raises(Refused, match="real one"):
        synthetic_county.make(SMALL)
