from datetime import date, timedelta
from decimal import Decimal
from threading import Thread

import pytest
from django.db import DatabaseError, connection, transaction

from evaluations.content import digest
from evaluations.models import Evaluation, Evidence, RatingOfRecord, Signature
from evaluations.services import hr, journal, ratings, signing
from evaluations.services.locking import NotReady
from evaluations.workflow import CannotMove
from organization.refusal import Refused
from outbox.models import Message
from tests.evaluations.conftest import WORDS
from tests.world import AT


def submit(world, evaluation):
    ratings.submit_rating(evaluation.pk, by=world.person("denise"), at=AT)
    evaluation.refresh_from_db()
    return evaluation


def rules_missing(world, evaluation):
    with pytest.raises(NotReady) as refusal:
        submit(world, evaluation)
    return [problem.rule for problem in refusal.value.problems]


def signatures(evaluation):
    """(as, struck) of every signature in order."""
    return [(one.signed_as, one.struck_at is not None) for one in evaluation.signatures.order_by("pk")]


def test_a_rating_goes_to_the_reviewer_with_its_score_and_a_signature(desk, world):
    evaluation = desk.under_way()
    desk.give_levels(evaluation, [4, 5, 3, 4])

    submit(world, evaluation)

    # 30 × 4 + 15 × 5 + 40 × 3 + 15 × 4 = 375
    assert (evaluation.state, evaluation.score, evaluation.level) == ("rated", Decimal("3.75"), 4)
    assert evaluation.rated_by == world.employees["denise"]
    assert signatures(evaluation) == [("rater", False)]


def test_every_problem_is_named_at_once(desk, world):
    evaluation = desk.under_way(progress=False)
    first, second, *_ = evaluation.elements.all()
    desk.save(evaluation, first, "level", 5, 0)
    desk.save(evaluation, second, "level", 3, 0)

    assert rules_missing(world, evaluation) == [
        "progress_review",
        "narrative",
        "evidence",
        "not_rated",
        "not_rated",
    ]


@pytest.mark.parametrize(("level", "missing"), [(1, 2), (2, 2), (3, 0), (4, 0), (5, 2)])
def test_the_outer_levels_need_a_narrative_and_evidence(desk, world, level, missing):
    evaluation = desk.under_way()
    desk.give_levels(evaluation, [3, 3, 3, 3])
    desk.save(evaluation, evaluation.elements.first(), "level", level, 1)

    if missing:
        assert rules_missing(world, evaluation) == ["narrative", "evidence"]
    else:
        assert submit(world, evaluation).state == "rated"


def test_39_words_are_too_few(desk, world):
    evaluation = desk.under_way()
    desk.give_levels(evaluation, [5, 3, 3, 3])
    desk.save(evaluation, evaluation.elements.first(), "narrative", WORDS.removesuffix("word "), 1)

    assert rules_missing(world, evaluation) == ["narrative"]


def test_90_days_under_the_plan_are_enough_and_89_are_not(desk, world):
    evaluation = desk.under_way()
    desk.give_levels(evaluation, [3, 3, 3, 3])
    end = world.cycle.ends_on
    Evaluation.objects.update(
        plan_issued_at=AT.replace(year=end.year, month=6, day=4)
    )  # 89 days before its end

    assert rules_missing(world, evaluation) == ["minimum_period"]

    Evaluation.objects.update(plan_issued_at=AT.replace(year=end.year, month=6, day=3))
    assert submit(world, evaluation).state == "rated"


def test_hr_waives_progress_review_and_period_but_no_level(desk, world):
    evaluation = desk.under_way(progress=False)
    hr.waive(evaluation.pk, reason="She joined from another office.", by=world.person("miguel"), at=AT)

    assert set(rules_missing(world, evaluation)) == {"not_rated"}


def test_a_critical_element_at_level_1_makes_the_rating_level_1(desk):
    evaluation = desk.rated(levels=(1, 5, 5, 5))

    evaluation.refresh_from_db()
    assert (evaluation.score, evaluation.level) == (Decimal("3.80"), 1)


def test_the_reviewer_gives_it_back_with_a_note(desk, world):
    evaluation = desk.rated()

    ratings.return_rating(evaluation.pk, note="Too few facts.", by=world.person("stephen"), at=AT)

    evaluation.refresh_from_db()
    assert (evaluation.state, evaluation.score, evaluation.rated_by) == ("under_way", None, None)
    assert (
        Message.objects.filter(about="evaluation.returned").get().to == world.employees["denise"].work_email
    )


def test_returning_needs_a_note(desk, world):
    evaluation = desk.rated()

    with pytest.raises(Refused, match="Write what should be changed"):
        ratings.return_rating(evaluation.pk, note="  ", by=world.person("stephen"), at=AT)


def test_signing_puts_the_rating_on_record(desk, world):
    evaluation = desk.released(levels=(4, 5, 3, 4))

    result = signing.sign_evaluation(
        evaluation.pk, comment="I see the second element otherwise.", by=world.person("marisol"), at=AT
    )

    assert (result.level, result.score, result.version) == (4, Decimal("3.75"), 1)
    assert (result.service_weight, result.service_score) == (45, Decimal("4.33"))  # (30 × 4 + 15 × 5) ÷ 45
    assert (result.evidence_count, result.has_progress_review, result.is_signed) == (1, True, True)
    assert [one.signed_as for one in evaluation.signatures.all()] == ["rater", "reviewer", "employee"]
    assert evaluation.signatures.get(signed_as="employee").comment == "I see the second element otherwise."


def test_a_refusal_needs_a_witness_who_is_neither_of_the_two(desk, world):
    evaluation, denise = desk.released(), world.person("denise")

    for key in ("denise", "marisol"):
        with pytest.raises(Refused, match="witness"):
            signing.record_refusal(
                evaluation.pk, witness_id=world.employees[key].pk, note="Left.", by=denise, at=AT
            )
    result = signing.record_refusal(
        evaluation.pk, witness_id=world.employees["stephen"].pk, note="She left the room.", by=denise, at=AT
    )

    assert result.is_signed
    assert Signature.objects.get(refused=True).witness == world.employees["stephen"]


def test_a_rating_of_record_cannot_be_changed(desk, world):
    evaluation = desk.released()
    signing.sign_evaluation(evaluation.pk, by=world.person("marisol"), at=AT)

    with pytest.raises(DatabaseError), transaction.atomic():
        RatingOfRecord.objects.update(level=5)


def test_signatures_stay_on_what_was_not_changed(desk, world):
    evaluation = desk.approved()
    desk.step_back(evaluation, times=2)

    submit(world, evaluation)
    ratings.approve(evaluation.pk, by=world.person("stephen"), at=AT)

    assert signatures(evaluation) == [("rater", False), ("reviewer", False)]


def test_signatures_are_struck_on_what_was_changed(desk, world):
    evaluation = desk.approved()
    desk.step_back(evaluation, times=2)
    desk.save(evaluation, evaluation.elements.last(), "level", 3, 1)

    submit(world, evaluation)

    assert signatures(evaluation) == [("rater", True), ("reviewer", True), ("rater", False)]


def test_stepping_back_needs_a_reason(desk, world):
    with pytest.raises(Refused, match="Write a reason"):
        hr.step_back(desk.rated().pk, reason="", by=world.person("miguel"), at=AT)


def test_a_form_steps_back_to_its_beginning_one_state_at_a_time(desk, world):
    evaluation = desk.released()
    states = []

    for _ in range(5):
        desk.step_back(evaluation)
        evaluation.refresh_from_db()
        states.append(evaluation.state)

    assert states == ["approved", "rated", "under_way", "planned", "planning"]
    with pytest.raises(CannotMove):
        desk.step_back(evaluation)


def test_a_correction_is_a_new_version_and_the_old_one_stays(desk, world):
    evaluation = desk.released(levels=(5, 3, 3, 3))
    first = signing.sign_evaluation(evaluation.pk, by=world.person("marisol"), at=AT)

    new = hr.correct(evaluation.pk, reason="Wrong person's figures.", by=world.person("miguel"), at=AT)
    desk.save(new, new.elements.first(), "level", 4, 1)
    submit(world, new)
    ratings.approve(new.pk, by=world.person("stephen"), at=AT)
    ratings.release(new.pk, by=world.person("denise"), at=AT)
    second = signing.sign_evaluation(new.pk, by=world.person("marisol"), at=AT + timedelta(days=1))

    assert (first.version, first.score) == (1, Decimal("3.60"))
    assert (second.version, second.score, second.evidence_count) == (2, Decimal("3.30"), 1)
    assert list(Evaluation.objects.latest()) == [new]
    with pytest.raises(CannotMove, match="A correction has replaced this version"):
        hr.correct(evaluation.pk, reason="Again.", by=world.person("miguel"), at=AT)


def test_a_correction_is_withdrawn_before_anyone_signs_it(desk, world):
    evaluation, miguel = desk.released(levels=(5, 3, 3, 3)), world.person("miguel")
    signing.sign_evaluation(evaluation.pk, by=world.person("marisol"), at=AT)
    new = hr.correct(evaluation.pk, reason="Wrong person.", by=miguel, at=AT)

    hr.withdraw_correction(new.pk, reason="It was the right one.", by=miguel, at=AT)

    assert list(Evaluation.objects.latest()) == [evaluation]
    again = hr.correct(evaluation.pk, reason="It was wrong.", by=miguel, at=AT)
    submit(world, again)
    desk.step_back(again)
    with pytest.raises(Refused, match="signed already"):
        hr.withdraw_correction(again.pk, reason="No.", by=miguel, at=AT)


def test_evidence_from_the_journal_is_part_of_what_is_signed(desk, world):
    evaluation, denise = desk.under_way(), world.person("denise")
    entry = journal.add_entry(
        evaluation.employee_id, on=date(2026, 6, 4), text="New checklist.", shared=False, by=denise, at=AT
    )
    element = evaluation.elements.first()

    for _ in range(2):
        journal.link_evidence(evaluation.pk, element_id=element.pk, entry_id=entry.pk, by=denise, at=AT)

    assert Evidence.objects.get().entry == entry


def test_canonical_content_does_not_depend_on_order():
    assert digest({"a": 1, "b": "ñ"}) == digest({"b": "ñ", "a": 1})


@pytest.mark.django_db(transaction=True)
def test_signing_twice_at_once_gives_one_rating_of_record(desk, world):
    evaluation = desk.released()
    results = []

    def sign():
        try:
            results.append(signing.sign_evaluation(evaluation.pk, by=world.person("marisol"), at=AT).level)
        except CannotMove as refusal:
            results.append(str(refusal))
        finally:
            connection.close()

    threads = [Thread(target=sign) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(map(str, results)) == [
        "3",
        "This step is not open now. The evaluation stands at “Of record”.",
    ]
    assert RatingOfRecord.objects.count() == 1
