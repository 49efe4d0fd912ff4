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


def _in_sql():
    """`digest(canonical(award_form(line)))` for the database, of a line `l`, its case `c` and rating `r`."""
    rating = {
        "content": "to_json(r.content_hash)::text",
        "level": "r.level::text",
        "score": "to_json(r.score::text)::text",
        "service_weight": "to_json(r.service_weight::text)::text",
        "evidence": "r.evidence_count::text",
        "progress_review": "r.has_progress_review::text",
        "signed": "r.is_signed::text",
    }
    form = {"number": "to_json(l.number)::text", "slot": "c.slot::text"}
    form |= {name: f"coalesce(l.{name}::text, 'null')" for name in FIGURES}
    form["rating"] = f"CASE WHEN r.id IS NULL THEN 'null' ELSE {_object(rating)} END"
    return f"encode(sha256(convert_to({_object(form)}, 'UTF8')), 'hex')"


def _object(members):
    pairs = " || ',' || ".join(f"'\"{name}\":' || {members[name]}" for name in sorted(members))
    return f"'{{' || {pairs} || '}}'"


FINGERPRINT = _in_sql()  # for a hundred thousand at once; a test holds it to the words above


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
