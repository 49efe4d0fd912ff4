"""One award in dispute does not hold up the others: whoever signs leaves it out, with the reason (PAY-9)."""

from datetime import date, timedelta

import pytest

from audit.models import Entry
from certification import services
from certification.needs import needs_of
from certification.overview import rows_of
from certification.sets import Signers
from certification.standing import compare
from organization.models import the_county
from organization.refusal import Refused
from tests import pay_year
from tests.world import AT, ON

WHY = "I was not asked about the projects that this rating names."


@pytest.fixture
def asked(rated):
    run = pay_year.compute(rated)
    pay_year.ask(rated, run)
    return run


def leave_out(world, run, *, who="ruth", number="10482", reason=WHY):
    line = run.lines.get(number=number)
    department = world.departments["CC"]
    return services.withhold(run.pk, department.pk, line.pk, reason=reason, by=world.person(who), at=AT)


def put_back(world, run):
    line, department = run.lines.get(number="10482"), world.departments["CC"]
    services.put_back(run.pk, department.pk, line.pk, by=world.person("ruth"), at=AT)


def row_of(world, run):
    rows = rows_of(run, Signers(ON), compare(run), county=the_county())
    return next(row for row in rows if row.award_set.code == "CC")


def test_the_others_are_signed_without_it_and_it_waits(rated, asked):
    leave_out(rated, asked)
    assert (row_of(rated, asked).ready, row_of(rated, asked).held) == (2, 1)

    certificate = pay_year.certify(rated, asked, "CC", "ruth")
    assert certificate.awards == 2
    assert Entry.objects.acts().get(act="award.left_out").reason == WHY

    put_back(rated, asked)
    assert pay_year.certify(rated, asked, "CC", "ruth").awards == 1
    assert (row_of(rated, asked).certified, row_of(rated, asked).held) == (3, 0)


def test_what_is_signed_is_not_left_out_and_nobody_else_decides(rated, asked):
    with pytest.raises(Refused, match="as a sentence"):
        leave_out(rated, asked, reason="No.")
    for who in ("miguel", "joel", "denise"):
        with pytest.raises(Refused, match="decides what is signed"):
            leave_out(rated, asked, who=who)
    with pytest.raises(Refused, match="is not left out"):
        put_back(rated, asked)
    pay_year.certify(rated, asked, "CC", "ruth")
    with pytest.raises(Refused, match="ready to be signed"):
        leave_out(rated, asked)


def test_hr_is_told_of_what_nobody_signed_in_time(rated, asked):
    def titles(on):
        return [need.title for need in needs_of(rated.person("miguel", on))]

    late = ON + timedelta(days=60)
    leave_out(rated, asked)
    assert titles(ON) == []
    (title,) = titles(late)
    assert title == f"See to 10 awards of {asked} that nobody has signed"
    pay_year.certify(rated, asked, "CC", "ruth")
    assert titles(late) == [title.replace("10", "8")]
    assert titles(date(2028, 1, 3)) == []


def test_it_is_left_out_on_the_page_and_the_reason_is_read(rated, asked, client):
    client.force_login(rated.users["ruth"])
    address = f"/certification/{asked.number}/departments/CC/"
    line = asked.lines.get(number="10482")
    assert f"{address}left-out/{line.pk}/" in client.get(address).text

    assert client.post(f"{address}left-out/{line.pk}/", {"reason": ""}).status_code == 422
    client.post(f"{address}left-out/{line.pk}/", {"reason": WHY})
    assert WHY in client.get(address).text
    client.force_login(rated.users["miguel"])
    assert WHY in client.get(address).text
    assert "Put it back" not in client.get(address).text
    assert WHY in client.get(f"/pay/awards/{line.pk}/").text

    client.force_login(rated.users["ruth"])
    client.post(f"{address}left-out/{line.pk}/back/")
    assert WHY not in client.get(address).text
