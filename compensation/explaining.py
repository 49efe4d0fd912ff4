"""One line explained: the order, the plan, its rules and this person, each step of the arithmetic (PAY-6)."""

from typing import NamedTuple

from compensation import facts
from compensation.change_words import sentences
from compensation.conditions import conditions_of_run, prepared
from compensation.models import Run
from compensation.pay import money, proposed
from compensation.pay.calculation import award
from compensation.pay.dating import dates_of
from compensation.pay.explain import employer_lines, ledger
from compensation.pay.reasons import COMPONENTS, findings
from compensation.pay.what_if import what_would_change
from compensation.records import read_award, read_case
from outbox.services import link

SECTIONS = ("rate", "year", "once", "longevity")  # of the arithmetic


class Explanation(NamedTuple):
    case: object  # the PayCase
    award: object  # the Award, as stored
    rules: object  # those that hold for the person
    plan: object  # all of it, made ready as the run kept it
    dates: object  # from when each part counts: Dates
    rate: list  # lines of the ledgers: of the rate, the year, what is paid once, and longevity
    year: list
    once: list
    longevity: list
    employer: list  # (label, cents)
    findings: list  # (component in words, [Finding]) for each component of the plan
    what_if: list  # of WhatIf: what would have changed it
    is_same_again: bool  # computed again from the frozen facts, nothing differs


def explain_line(line):
    """Explain a stored line, which comes with `case` and `run`."""
    return explain(read_case(line.case), read_award(line), line.run)


def explain(case, stored, run):
    """Explain an award that was stored for a case under the plan of a run, and compute it once more from the
    case to see that it is the same.
    """
    plan = prepared(conditions_of_run(run))
    rules = plan.rules.of(case)
    dates = dates_of(case, plan, stored)
    lines = ledger(case, stored, plan, base_on=run.plan.base_on)
    asked = [
        ("atb", rules.across_the_board),
        ("tenure", rules.tenure),
        ("merit", rules.merit),
        ("lump", rules.lump_sum),
    ]
    return Explanation(
        case=case,
        award=stored,
        rules=rules,
        plan=plan,
        dates=dates,
        **{section: [each for each in lines if each.section == section] for section in SECTIONS},
        employer=employer_lines(stored),
        findings=[
            (COMPONENTS[name], findings(name, case, stored.reasons, rules)) for name, rule in asked if rule
        ],
        what_if=what_would_change(case, plan),
        is_same_again=award(case, plan) == stored,
    )


class Staleness(NamedTuple):
    """Why a line no longer holds, in sentences: of the whole run, and of what the line rests on (PAY-5)."""

    run: list[str]
    line: list[str]
    later: Run | None  # of a stale one: a computed run of the same fiscal year that came after

    @property
    def is_stale(self):
        return bool(self.run or self.line)


def changes_of(line):
    """What the line itself rests on that is not as the run froze it, in sentences."""
    cases = facts.stale_cases(line.run, case=line.case_id)
    return [sentence for case in cases for sentence in sentences(case)]


def staleness_of(line):
    """Compare a line, which comes with its run and plan, with the facts, rules and schedule of today."""
    changed = changes_of(line)
    found = Staleness(facts.what_changed_for_all(line.run), changed, None)
    if not found.is_stale:
        return found
    later = Run.objects.filter(
        plan__fiscal_year=line.run.plan.fiscal_year, state=Run.State.DONE, number__gt=line.run.number
    )
    return found._replace(later=later.order_by("-number").first())


def _proposal(case):
    """What was proposed, by whom and why; None where the award is the guideline's."""
    found = case.proposal
    return found and {
        "proposed": proposed.write(case.proposed),
        "by": found.by_name,
        "at": found.at,
        "reason": found.reason,
    }


def as_data(line, explained):
    """The explanation ready for JSON, and whether the line still holds; money in text, exact."""
    run, plan, rating = line.run, line.run.plan, line.case.rating
    stale = staleness_of(line)
    later = stale.later and stale.later.number
    return {
        "employee": {
            "number": line.number,
            "name": line.employee.full_name,
            "department": line.department.name,
        },
        "run": {"number": run.number, "state": run.state, "result_hash": run.result_hash},
        "page": link("reports:award", line.pk),
        "plan": {
            "name": str(plan),
            "state": plan.state,
            "order": plan.action.number if plan.action else None,
            "base_on": plan.base_on,
            "effective_on": explained.dates.raise_on,
        },
        "rating": rating
        and {
            "level": rating.level,
            "score": rating.score,
            "service_weight": rating.service_weight,
            "evidence": rating.evidence_count,
            "progress_review": rating.has_progress_review,
            "signed": rating.is_signed,
        },
        "proposal": _proposal(line.case),
        "outcome": line.outcome,
        "eligibility": {component: [f._asdict() for f in found] for component, found in explained.findings},
        "arithmetic": {
            section: [
                {"label": each.label, "formula": each.formula, "amount": each.text, "kind": each.kind}
                for each in getattr(explained, section)
            ]
            for section in SECTIONS
        },
        "old_annual": money.plain(line.old_annual, 2, at_least=2),
        "new_annual": money.plain(line.new_annual, 2, at_least=2),
        "paid_once": money.plain(line.lump, 2, at_least=2),
        "employer": {label: money.plain(cents, 2, at_least=2) for label, cents in explained.employer},
        "what_would_have_changed_it": [
            {
                "fact": each.words,
                "new_annual": money.plain(each.award.new_annual, 2, at_least=2),
                "paid_once": money.plain(each.award.lump, 2, at_least=2),
            }
            for each in explained.what_if
        ],
        "same_when_computed_again": explained.is_same_again,
        "stale": {"is_stale": stale.is_stale, "run": stale.run, "line": stale.line, "later_run": later},
    }
