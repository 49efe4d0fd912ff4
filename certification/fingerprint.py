"""The canonical form of what is signed: the same awards and ratings give the same bytes at any time."""

import json
from hashlib import sha256

from compensation.pay.case import Award

FIGURES = Award._fields[2:]  # all but the number and the reasons


def award_form(line, exception=None):
    """One award as plain values: cents and rates as the run computed them, the rating they rest on, and the
    exception written for it.
    """
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
    form["exception"] = exception and {
        "by": exception.name,
        "title": exception.title,
        "reason": exception.reason,
    }
    return form


def canonical(value):
    """JSON with sorted keys and no blanks: one text for one value."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(text):
    return sha256(text.encode()).hexdigest()


def _in_sql():
    """`digest(canonical(award_form(line, exception)))` for the database, of a line `l`, its case `c`, rating
    `r` and exception `x`.
    """
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
    exception = {
        "by": "to_json(x.name)::text",
        "title": "to_json(x.title)::text",
        "reason": "to_json(x.reason)::text",
    }
    form["exception"] = f"CASE WHEN x.id IS NULL THEN 'null' ELSE {_object(exception)} END"
    form["rating"] = f"CASE WHEN r.id IS NULL THEN 'null' ELSE {_object(rating)} END"
    return f"encode(sha256(convert_to({_object(form)}, 'UTF8')), 'hex')"


def _object(members):
    pairs = " || ',' || ".join(f"'\"{name}\":' || {members[name]}" for name in sorted(members))
    return f"'{{' || {pairs} || '}}'"


FINGERPRINT = _in_sql()  # for a hundred thousand at once; a test holds it to the words above
JOINS = """LEFT JOIN evaluations_ratingofrecord r ON r.id = c.rating_id
    LEFT JOIN certification_writtenexception x ON x.rating_id = r.id AND x.withdrawn_at IS NULL"""


def set_content(award_set, awards, **said):
    """The canonical text of a set: which run, plan and order, what is said by whom, then each award by
    employee number, with the name and job by which its reader knows the person.
    """
    run = award_set.run
    action = run.plan.action
    forms = [
        {
            "award": award_form(award.line, award.exception),
            "name": award.line.employee.full_name,
            "sort_key": award.line.employee.sort_key,
            "job": award.line.case.assignment.job.title if award.line.case.assignment.job else "",
            "department": award.line.department.name,
            "excepted_at": award.exception and award.exception.written_at.isoformat(),
        }
        for award in awards
    ]
    forms.sort(key=lambda each: (each["award"]["number"], each["award"]["slot"]))
    return canonical(
        {
            "run": run.number,
            "result": run.result_hash,
            "plan": str(run.plan),
            "order": {"number": action.number, "on": action.meeting_on.isoformat()},
            "set": {"code": award_set.code, "name": award_set.name},
            "awards": forms,
            **said,
        }
    )
