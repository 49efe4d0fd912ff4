"""The people of a set of scenarios: taken once from the facts of today, kept, and read again by each request.

A slider asks for the whole county several times a second. The rows are kept compressed in the database, so
that every scenario of a set counts the same people, and each process keeps the last few sets ready for use.
"""

import io
import zlib
from hashlib import sha256

from django.db import connection

from compensation.facts import FACTS, TODAY
from compensation.parts import NULL, read_case

TAKEN = f"""
    COPY (SELECT today.fund_id, {", ".join(FACTS)} FROM ({TODAY}) today ORDER BY employee_id, slot) TO STDOUT
"""  # noqa: S608 - put together from constants
SETS_KEPT = 3
_ready = {}


def take(*, on, cycle_id, earnings_of=None):
    """Everybody employed on a day, with their ratings in a cycle, as a ScenarioSet keeps them; with
    total earnings of the period of another, or of none.
    """
    rows = io.StringIO()
    with connection.cursor() as cursor:
        cursor.copy_expert(
            cursor.mogrify(TAKEN, {"on": on, "cycle": cycle_id, "earnings": earnings_of}).decode(), rows
        )
    text = rows.getvalue().encode()
    return {
        "facts": zlib.compress(text),
        "facts_hash": sha256(text).hexdigest(),
        "people": text.count(b"\n"),
    }


def people_of(scenarios):
    """Pairs of a PayCase and a fund id (None for none), in a tuple. `facts` is fetched if it is needed."""
    people = _ready.get(scenarios.facts_hash)
    if people is None:
        text = zlib.decompress(bytes(scenarios.facts))
        people = tuple(_read(row) for row in text.decode().split("\n")[:-1])
        for oldest in list(_ready)[: len(_ready) + 1 - SETS_KEPT]:
            _ready.pop(oldest, None)
        # By their own hash: facts that are fetched later may have been taken again meanwhile.
        _ready[sha256(text).hexdigest()] = people
    return people


def _read(row):
    fund, case = row.split("\t", 1)
    return read_case(case), None if fund == NULL else int(fund)
