from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from audit.models import Entry
from certification import services
from certification.counting import count
from certification.fingerprint import FINGERPRINT, JOINS, award_form, canonical, digest
from certification.models import Certificate, Request, Voiding, WrittenException
from certification.overview import ready_counts, signed_by
from certification.sets import AwardSet, Signers, awards_in
from certification.standing import compare, stand
from compensation.models import RunLine
from compensation.services.runs import compute_here, start_run
from court.models import CourtAction
from organization.models import Assignment, Employee
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
    awards = stand(awards_in(award_set, Signers(ON)), compare(run), minimum_service_weight=30)
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
    read = hash_read(rated, asked, "CC", "ruth")
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
        "The rating of record was replaced: level from 4 to 3, score from 3.98 to 3.10."
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


def test_a_later_run_takes_the_place_of_the_one_before(rated, asked):
    certify(rated, asked, "CC", "ruth")
    second = compute_here(start_run(asked.plan_id, by=rated.person("miguel"), at=AT, in_background=False))

    services.ask_to_certify(second.pk, by=rated.person("miguel"), at=AT, on=ON)

    assert not asked.certification_requests.exists()
    asked.refresh_from_db()
    assert asked.replaced_by == second
    with pytest.raises(Refused, match="Only the latest run is paid"):
        services.ask_to_certify(asked.pk, by=rated.person("miguel"), at=AT, on=ON)


def test_a_run_out_of_date_as_a_whole_is_not_signed(rated, asked):
    plan = asked.plan
    plan.rules["across_the_board"]["percent"] = 10_000
    plan.save(update_fields=["rules"])

    with pytest.raises(Refused, match="were changed after the run"):
        certify(rated, asked, "CC", "ruth")


def test_a_plan_whose_order_was_corrected_is_not_signed(rated, asked):
    CourtAction.objects.create(
        number="2025-0983A",
        purpose="pay_plan",
        title="It failed",
        meeting_on=date(2025, 8, 26),
        motion="To adopt the pay plan",
        mover="Commissioner Ortiz",
        seconder="Commissioner Bell",
        effective_on=date(2025, 8, 26),
        corrects=asked.plan.action,
        recorded_at=AT,
    )

    with pytest.raises(Refused, match="was corrected"):
        certify(rated, asked, "CC", "ruth")


def test_lines_changed_past_the_product_are_not_signed(rated, asked):
    RunLine.objects.filter(run=asked, number="10482").update(new_hourly=400_000)

    with pytest.raises(Refused, match="are not what was computed"):
        certify(rated, asked, "CC", "ruth")


def test_who_has_left_signs_nothing(rated, asked):
    Employee.objects.filter(pk=rated.employees["ruth"].pk).update(separated_on=ON)

    with pytest.raises(Refused, match=r"^Only "):
        certify(rated, asked, "CC", "ruth")


def test_a_change_elsewhere_voids_the_certificate_of_the_heads(rated, asked):
    heads = certify(rated, asked, None, "dale")
    rated.rate("joel", 3, "3.10")

    voids = compare(asked, departments=[rated.departments["HR"].pk]).voids

    assert list(voids) == [heads.pk]


def test_a_head_returns_the_set_with_a_note(rated, asked):
    services.return_set(
        asked.pk, rated.departments["CC"].pk, note="Quang is missing.", by=rated.person("ruth"), at=AT
    )

    services.ask_to_certify(asked.pk, by=rated.person("miguel"), at=AT, on=ON)
    assert certify(rated, asked, "CC", "ruth").awards == 3


@pytest.mark.django_db(transaction=True)
def test_two_heads_press_at_the_same_instant(rated, asked):
    read = hash_read(rated, asked, "CC", "ruth")

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


@pytest.mark.parametrize("number", ["10482", 'O"1\\n\x1fé€'])
def test_the_database_fingerprints_as_python_does(rated, run, number):
    RunLine.objects.filter(run=run, number="10482").update(number=number)
    line = RunLine.objects.select_related("case__rating").get(run=run, number=number)
    without_rating = RunLine.objects.select_related("case__rating").filter(run=run, case__rating=None).first()

    written = WrittenException.objects.create(
        rating=line.case.rating,
        reason='A "reason"\nof two lines\t\x1f é€',
        written_by=rated.users["ruth"],
        name=r"Ruth \ Ann",
        title="County Clerk",
        written_at=AT,
    )

    for each, exception in ((line, written), (without_rating, None)):
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {FINGERPRINT} FROM compensation_runline l "  # noqa: S608
                f"JOIN compensation_runcase c ON c.id = l.case_id {JOINS} WHERE l.id = %s",
                [each.pk],
            )
            assert cursor.fetchone() == (digest(canonical(award_form(each, exception))),)


def test_what_one_can_sign_of_several_runs_is_counted_at_once(rated, asked, django_assert_num_queries):
    by = rated.person("miguel")
    later = compute_here(start_run(asked.plan_id, by=by, at=AT, in_background=False))
    Request.objects.create(run=later, department=rated.departments["CC"], asked_at=AT, due_on=ON)
    rated.rate("marisol", 5)
    ruth, chart = rated.person("ruth"), Signers(ON)
    requests = signed_by(ruth, chart, list(Request.objects.select_related("run__plan__cycle", "department")))
    assert {each.run for each in requests} == {asked, later}
    assert ruth.county
    with django_assert_num_queries(2):
        ready = ready_counts(requests, chart, ruth)
    for request in requests:
        lines = awards_in(AwardSet(request.run, request.department), chart)
        awards = stand(lines, compare(request.run), minimum_service_weight=30)
        assert ready[request.pk] == sum(award.state == "ready" for award in awards) > 0


def test_the_counted_awards_stand_as_the_single_ones(rated, asked):
    rated.rate("marisol", 3, "3.10")
    certify(rated, asked, "CC", "ruth")
    chart, comparison = Signers(ON), compare(asked)
    lines = RunLine.objects.awards().filter(run=asked).select_related("case__rating")

    groups = count(comparison, chart.head_ids, minimum_service_weights={asked.pk: 30})

    single = Counter(
        (None if award.line.employee_id in chart.head_ids else award.line.department_id, award.state)
        for award in stand(lines, comparison, minimum_service_weight=30)
    )
    counted = Counter()
    for group in groups:
        counted[group.department_id, group.state] += group.awards
    assert counted == single
    assert {state for _, state in single} == {"certified", "held", "ready"}
    assert sum(group.merit for group in groups) == sum(line.merit for line in lines)
