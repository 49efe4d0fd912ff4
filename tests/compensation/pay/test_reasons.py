from datetime import date

from compensation.pay import eligibility, reasons
from compensation.pay.calculation import award
from compensation.pay.cures import CURES
from compensation.pay.preparation import prepare
from compensation.pay.rules import AcrossTheBoard, Band, Merit, Who

WHO = Who(
    hired_by=date(2026, 4, 1),
    months_of_service=12,
    months_in_position=6,
    months_since_promotion=6,
    months_since_merit=6,
    at_least_fte=5_000,
    at_least_service_weight=3_000,
    grades_left_out=("L1",),
)
MERIT = Merit("percent", "score", (Band(250, None, 20_000),))


def said(case, rules):
    return [reasons.sentence(reason, case, rules) for reason in award(case, prepare(rules)).reasons]


def test_each_rule_says_why_someone_is_left_out(rules, case):
    left_out = case._replace(
        kind="temporary",
        pay_set_by="judges",
        is_grant=True,
        separated_on=date(2026, 9, 1),
        grade="L1",
        hired_on=date(2026, 11, 3),
        in_position_since=date(2026, 6, 1),
        last_promotion_on=date(2026, 5, 1),
        last_merit_on=date(2026, 4, 2),
        fte=2_500,
        level=2,
        score=240,
        service_weight=2_000,
    )
    assert said(left_out, rules._replace(who=WHO, merit=MERIT)) == [
        "Temporary position, and the plan is for regular positions.",
        "Pay is set by the district judges, not by the Court.",
        "Paid from a grant, and the plan leaves grant-funded positions out.",
        "No longer employed since September 1, 2026.",
        "The plan leaves positions in grade L1 out.",
        "Hired November 3, 2026, after April 1, 2026.",
        "Hired November 3, 2026, after October 1, 2025: too short a service.",
        "In the position since June 1, 2026, later than April 1, 2026.",
        "Promoted May 1, 2026, later than April 1, 2026.",
        "Last merit raise April 2, 2026, later than April 1, 2026.",
        "0.25 FTE, less than 0.5.",
        "Rated at level 2; the plan pays from level 3 on.",
        "Score of 2.40; the plan pays from 2.50 on.",
        "Service elements weigh 20.00 of 100, under 30.00.",
    ]


def test_what_is_not_known_is_said_to_be_unknown(rules, case):
    unknown = case._replace(
        grade=None,
        hired_on=None,
        in_position_since=None,
        fte=None,
        level=None,
        score=None,
        service_weight=None,
    )
    assert said(unknown, rules._replace(who=WHO, merit=MERIT)) == [
        "No hire date is on record.",
        "The day since which the position is held is not on record.",
        "The FTE of the position is not on record. Human Resources adds it to the person’s record.",
        "No rating of record.",
    ]


def test_who_takes_part_is_told_the_facts_that_let_him_in(rules, case):
    rules = rules._replace(who=WHO, merit=MERIT)
    found = reasons.findings("merit", case, award(case, prepare(rules)).reasons, rules)
    assert {finding.met for finding in found} == {True}
    assert [finding.sentence for finding in found] == [
        "Regular position.",
        "Pay is set by the Commissioners Court.",
        "Not paid from a grant.",
        "Employed October 1, 2026.",
        "Grade 12 is not among those that the plan leaves out.",
        "Hired May 4, 2020, not after April 1, 2026.",
        "Hired May 4, 2020, not after October 1, 2025.",
        "In the position since May 4, 2020, not later than April 1, 2026.",
        "Last promotion: none on record.",
        "Last merit raise: none on record.",
        "1 FTE.",
        "Rating of record: level 3, a score of 3.00.",
        "Service elements weigh 45.00 of 100.",
    ]


def test_findings_tell_failed_from_unknown(rules, case):
    rules = rules._replace(across_the_board=AcrossTheBoard(20_000), merit=MERIT)
    case = case._replace(kind="elected", level=None, score=None)
    given = award(case, prepare(rules)).reasons
    met = {finding.rule: finding.met for finding in reasons.findings("merit", case, given, rules)}
    assert met == {
        "kind": False,
        "pay set by": True,
        "grant": True,
        "employed": True,
        "rating of record": None,
    }
    assert [finding.rule for finding in reasons.findings("atb", case, given, rules) if not finding.met] == [
        "kind"
    ]


def test_what_stops_an_award_after_the_rules_is_a_finding_too(rules, case):
    rules = rules._replace(merit=MERIT._replace(table=(Band(250, 350, 0), Band(350, None, 1))))
    found = reasons.findings("merit", case, award(case, prepare(rules)).reasons, rules)
    assert found[-1][:3] == ("award", False, "The plan pays nothing for level 3, a score of 3.00.")


def test_every_code_has_a_sentence_and_every_rule_its_code():
    """Codes are short enough for the column of a run's lines."""
    covered = {code for _, _, codes, _ in reasons.RULES for code in codes}
    assert covered <= set(reasons.SENTENCES)
    found = eligibility.reasons.__code__.co_consts
    assert covered == {text for text in found if isinstance(text, str) and text in reasons.SENTENCES}
    assert max(map(len, reasons.SENTENCES)) + len("merit:") <= 40


def test_each_reason_says_what_would_cure_it_or_that_there_is_nothing_to_cure():
    assert set(CURES) == set(reasons.SENTENCES)
    nobody_acts = {code for code, cure in CURES.items() if not cure}
    assert nobody_acts == {
        *(
            "grade_unknown",
            "last_step",
            "merit_ends",
            "anniversary_later",
            "step_reached",
            "at_maximum",
            "team_earned_nothing",
        )
    }


def test_a_rule_that_is_not_met_comes_with_its_cure(rules, case):
    rules = rules._replace(merit=MERIT, who=rules.who._replace(hired_by=date(2020, 1, 1)))
    found = reasons.findings("merit", case, award(case, prepare(rules)).reasons, rules)
    assert [(each.rule, each.cure) for each in found if each.cure] == [("hired by", CURES["hired_too_late"])]
