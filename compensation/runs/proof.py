"""Proof that what is stored of a run is what was computed: asked before anything of it is signed or paid."""

from hashlib import sha256

from django.db import connection

from compensation.accepted import proposes
from compensation.facts import FACTS
from compensation.pay.case import FIGURES
from compensation.runs.parts import PROPOSED

LINES = f"number, outcome, reasons, {', '.join(FIGURES)} FROM compensation_runline"
LINES += " WHERE part_id = {} ORDER BY case_id"
CASES = "{} FROM compensation_runcase WHERE part_id = {{}} ORDER BY id"


class _Digest:
    """A file that only keeps the SHA-256 of what COPY writes to it."""

    def __init__(self):
        self.hash = sha256()

    def write(self, text):
        self.hash.update(text)


def altered_parts(run, *, departments=None):
    """Parts of a run (of some departments, ids, if asked) whose cases or lines are not what was hashed.

    Reads each part once, at the speed of COPY. Changes made past the product show here (PAY-5).
    """
    facts = (*FACTS, *PROPOSED) if proposes(run.rules) else FACTS
    cases, parts = CASES.format(", ".join(facts)), run.parts.order_by("number")
    if departments is not None:
        parts = parts.filter(department__in=departments)
    return [
        part
        for part in parts
        if _digest(LINES, part) != part.result_hash or _digest(cases, part) != part.inputs_hash
    ]


def _digest(rows, part):
    digest = _Digest()
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY (SELECT {rows.format(int(part.pk))}) TO STDOUT", digest)
    return digest.hash.hexdigest()
