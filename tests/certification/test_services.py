from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from audit.models import Entry
from certification import services
from certification.models import Certificate, Voiding
from certification.sets import AwardSet, Chart, awards_in
from certification.standing import compare, stand
from compensation.services.runs import compute_here, start_run
from organization.models import Assignment
from organization.refusal import Refused
from outbox.models import Message
from tests.pay_year import certify, hash_read
from tests.world import AT, ON


@pytest.fixture
def asked(rated, run):
    services.ask_to_certify(run.pk, by=rated.person("miguel"), at=AT, on=ON)
    return run


def problems(world, run, code):
    award_set = AwardSet(run, world.departments[code])
    awards = stand(awards_in(award_set, Chart(ON)), compare(run), minimum_service_weight=30)
    return {award.line.number: [problem.code for problem in award.problems] for award in awards}


def test_the_head_signs_for_his_people_and_the_judge_for_the_heads(rated, asked):
    clerk = certify(rated, asked, "CC", "ruth")
    heads = certify(rated, asked, None, "dale")

    assert sorted(clerk.lines.values_list("line__number", flat=True)) == ["1010", "1011", "10482"]
    assert sorted(heads.lines.values_list("line__number", flat=True)) == ["1003", "1004"]
    assert clerk.number == "CC-2027-01"
    assert "certify that I have reviewed the 3 awards" in clerk.statement


@pytest.mark.parametrize(
    ("code", "who"), [("CC", "joel"), ("CC", "stephen"), ("CC", "miguel"), (None, "joel")]
)
def test_nobody_else_signs(rated, asked, code, who):
    with pytest.raises(Refused, match=r"^Only "):
        certify(rated, asked, code, who)


def test_before_hr_asks_nothing_is_signed(rated, run):
    with pytest.raises(Refused, match="HR has not asked"):
        certify(rated, run, "CC", "ruth")


def test_a_set_that_changed_meanwhile_is_not_signed(rated, asked):
    read = hash_read(rated, asked, "CC")
    rated.rate("marisol", 5, "4.60")

    with pytest.raises(services.SetChanged, match="changed while you were reading"):
        services.certify(asked.pk, rated.departments["CC"].pk, by=rated.person("ruth"), at=AT, seen_hash=read)


def test_each_reason_holds_back_and_all_are_told(rated, run):
    assert problems(rated, run, "CC") == {"1010": [], "1011": [], "10482": []}

    rated.rate("marisol", 3, "3.10", service_weight="20.00", progress=False, signed=False)

    assert problems(rated, run, "CC")["10482"] == ["changed"]


def test_a_later_rating_voids_the_certificate_and_tells_the_head(rated, asked):
    certificate = certify(rated, asked, "CC", "ruth")
    rated.rate("marisol", 3, "3.10")

    services.note_voids(asked.pk, by=rated.person("miguel"), at=AT)

    voiding = Voiding.objects.get(certificate=certificate)
    assert voiding.reasons == [
        "What the award of Marisol Treviño rests on changed. "
        "Rating level: 4, now 3; Rating score: 3.98, now 3.10."
    ]
    assert Message.objects.get(about="certificate.void").to == rated.users["ruth"].email
    assert Entry.objects.acts().filter(act="certificate.void").count() == 1


def test_what_still_holds_can_be_signed_again(rated, asked):
    certify(rated, asked, "CC", "ruth")
    rated.rate("marisol", 3, "3.10")

    again = certify(rated, asked, "CC", "ruth")

    assert (again.number, again.awards) == ("CC-2027-02", 2)


def test_a_change_of_pay_after_the_plans_day_voids_nothing(rated, asked):
    certify(rated, asked, "CC", "ruth")
    line = rated.assignment("marisol")
    Assignment.objects.filter(pk=line.pk).update(ends_on=date(2026, 10, 1))

    assert services.note_voids(asked.pk, by=rated.person("miguel"), at=AT) == []


def test_a_set_is_signed_once(rated, asked):
    certify(rated, asked, "CC", "ruth")

    with pytest.raises(Refused, match="No award is ready"):
        certify(rated, asked, "CC", "ruth")


def test_only_one_run_of_a_year_goes_to_the_heads(rated, asked):
    second = compute_here(start_run(asked.plan_id, by=rated.person("miguel"), at=AT, in_background=False))

    with pytest.raises(Refused, match="Only one run can be paid"):
        services.ask_to_certify(second.pk, by=rated.person("miguel"), at=AT, on=ON)


def test_a_head_returns_the_set_with_a_note(rated, asked):
    services.return_set(
        asked.pk, rated.departments["CC"].pk, note="Quang is missing.", by=rated.person("ruth"), at=AT
    )

    services.ask_to_certify(asked.pk, by=rated.person("miguel"), at=AT, on=ON)
    assert certify(rated, asked, "CC", "ruth").awards == 3


@pytest.mark.django_db(transaction=True)
def test_two_heads_press_at_the_same_instant(rated, asked):
    read = hash_read(rated, asked, "CC")

    def press(_):
        try:
            return services.certify(
                asked.pk, rated.departments["CC"].pk, by=rated.person("ruth"), at=AT, seen_hash=read
            ).number
        except Refused:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        signed = [number for number in pool.map(press, range(4)) if number]

    assert signed == ["CC-2027-01"]
    assert Certificate.objects.count() == 1
