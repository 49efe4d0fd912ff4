"""The canonical form of what is signed: the same awards and ratings give the same bytes at any time."""

import json
from hashlib import sha256

from compensation.pay.case import Award

FIGURES = Award._fields[2:]  # all but the number and the reasons


def award_form(line):
    """One award as plain values: cents and rates as the run computed them, and the rating they rest on."""
    rating = line.case.rating
    form = {"number": line.number, "slot": line.case.slot}
    form |= {name: getattr(line, name) for name in FIGURES}
    form["rating"] = rating and {
        "content": rating.content_hash,
        "level": rating.level,
        "score": str(rating.score),
        "service_weight": str(rating.service_weight),
        "evidence": rating.evidence_count,
        "progress_review": rating.has_progress_review,
        "signed": rating.is_signed,
    }
    return form


def canonical(value):
    """JSON with sorted keys and no blanks: one text for one value."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(text):
    return sha256(text.encode()).hexdigest()


def set_content(award_set, lines):
    """The canonical text of a set: which run, plan and order, then each award by employee number."""
    run = award_set.run
    awards = sorted((award_form(line) for line in lines), key=lambda form: (form["number"], form["slot"]))
    return canonical(
        {
            "run": run.number,
            "result": run.result_hash,
            "plan": str(run.plan),
            "order": run.plan.action.number,
            "set": award_set.code,
            "awards": awards,
        }
    )
