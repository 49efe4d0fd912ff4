"""A past run computed again from what it froze, and compared with what is stored, line by line (PAY-12).

`proof` compares stored rows with the hashes of the day; here the calculation itself runs again, by the
plan's rules as they were.
"""

import io
from hashlib import sha256
from typing import NamedTuple

from django.db import connection

from audit.services import record
from compensation.conditions import conditions_of_run, prepared
from compensation.models import Run
from compensation.pay.calculation import award
from compensation.pay.case import FIGURES
from compensation.permissions import may_recompute
from compensation.runs.computing import inputs_hash, result_hash
from compensation.runs.parts import line_text, read_cases
from organization.refusal import Refused

COLUMNS = ("number", "outcome", "reasons", *FIGURES)
STORED = f"case_id, {', '.join(COLUMNS)} FROM compensation_runline WHERE part_id = {{}}"
SHOWN = 100


class Difference(NamedTuple):
    """One figure of one line that is not what the calculation gives; both as stored: cents, rates, codes."""

    employee: str
    figure: str
    stored: str | None  # None: there is no such line
    computed: str | None


class Recomputation(NamedTuple):
    run: Run
    lines: int
    different: int  # lines
    differences: list[Difference]  # of the first lines
    inputs: str
    result: str

    @property
    def same_inputs(self):
        return self.inputs == self.run.inputs_hash

    @property
    def same_result(self):
        return self.result == self.run.result_hash

    @property
    def is_same(self):
        return self.same_inputs and self.same_result and not self.different


def recompute(run, *, by, at):
    """Compute a run again and write down whether it came out the same. Returns a Recomputation.

    Raises Refused for who may not, and for a run that was not computed to its end.
    """
    if not may_recompute(by):
        raise Refused("Only auditors, HR administrators and the system compute a past run again.")
    if run.state != Run.State.DONE:
        raise Refused(f"{run} was not computed to its end. There is nothing to compare.")
    found = _recompute(run)
    after = {
        "same": found.is_same,
        "lines": found.lines,
        "different": found.different,
        "result": found.result,
    }
    record("pay_run.recomputed", run, by=by, at=at, after=after)
    return found


def _recompute(run):
    plan = prepared(conditions_of_run(run))
    differences, different, lines, hashes = [], 0, 0, []
    for part_id in run.parts.order_by("number").values_list("pk", flat=True):
        with connection.cursor() as cursor:
            rows, read = read_cases(cursor, [part_id], plan)
            stored = _stored(cursor, part_id)
        inputs, result = sha256(), sha256()
        for row in rows:
            _, case_id, _, facts = row.split("\t", 3)
            text = line_text(award(read(facts), plan))
            inputs.update(f"{facts}\n".encode())
            result.update(f"{text}\n".encode())
            lines += 1
            if (was := stored.pop(case_id, None)) != text:
                different += 1
                differences += _compare(was, text) if len(differences) < SHOWN else []
        different += len(stored)
        differences += [Difference(text.split("\t", 1)[0], "line", text, None) for text in stored.values()]
        hashes.append((inputs.hexdigest(), result.hexdigest()))
    inputs, results = zip(*hashes, strict=True) if hashes else ((), ())
    whole = inputs_hash(run, inputs), result_hash(results)
    return Recomputation(run, lines, different, differences[:SHOWN], *whole)


def _stored(cursor, part_id):
    text = io.StringIO()
    cursor.copy_expert(f"COPY (SELECT {STORED.format(int(part_id))}) TO STDOUT", text)
    return dict(row.split("\t", 1) for row in text.getvalue().split("\n")[:-1])


def _compare(stored, computed):
    now = computed.split("\t")
    if stored is None:
        return [Difference(now[0], "line", None, computed)]
    both = zip(COLUMNS, stored.split("\t"), now, strict=True)
    return [Difference(now[0], name, was, is_now) for name, was, is_now in both if was != is_now]
