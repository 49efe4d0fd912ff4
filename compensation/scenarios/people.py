"""The people of a set of scenarios: taken once from the facts of today, kept, and read again by each request.

With each stands what says from which pool he would be paid: his fund, whether the job is his main one, and
whether he headed a department on that day.

A slider asks for the whole county several times a second. The rows are kept compressed in the database, so
that every scenario of a set counts the same people, and each process keeps the last few sets ready for use.
"""

import io
import zlib
from hashlib import sha256
from typing import NamedTuple

from django.db import connection

from compensation.facts import FACTS, TODAY, asked_by
from compensation.pay import pools
from compensation.pay.pool_cost import Placed
from compensation.pooled import member_of, office_of
from compensation.runs.parts import NULL, read_case

PLACE = "coalesce(f.code, '')", "today.slot", "today.employee_id = ANY(%(heads)s)"
TAKEN = f"""
    COPY (
        SELECT today.fund_id, {", ".join(PLACE)}, {", ".join(f"today.{name}" for name in FACTS)}
        FROM ({TODAY}) today LEFT JOIN organization_fund f ON f.id = today.fund_id
        ORDER BY today.employee_id, today.slot
    ) TO STDOUT
"""  # noqa: S608 - put together from constants
SETS_KEPT = 3
_ready = {}


class Place(NamedTuple):
    fund: str  # its code; empty where it is not known
    slot: int
    is_head: bool


class County(NamedTuple):
    people: tuple  # pairs of a PayCase and a fund id
    places: tuple[Place, ...]  # in the same order
    placed: dict  # what was worked out of them, by the rule of the pools


def take(plan, rules, *, cycle_id, head_ids=()):
    """Everybody employed on the day of a plan, with what its rules, parsed, ask of them, as a ScenarioSet
    keeps them; with their ratings in a cycle. `head_ids` are the employees who head departments.
    """
    rows = io.StringIO()
    asked = asked_by(rules, on=plan.base_on, cycle_id=cycle_id, earned_in=plan.cycle_id)
    with connection.cursor() as cursor:
        cursor.copy_expert(
            cursor.mogrify(TAKEN, asked | {"heads": list(head_ids)}).decode(),
            rows,
        )
    text = rows.getvalue().encode()
    return {
        "facts": zlib.compress(text),
        "facts_hash": sha256(text).hexdigest(),
        "people": text.count(b"\n"),
    }


def people_of(scenarios):
    """Pairs of a PayCase and a fund id (None for none), in a tuple. `facts` is fetched if it is needed."""
    return _county_of(scenarios).people


def placed(scenarios, rule):
    """From which pool each of the people is paid by the `Pools` of a plan; None where it has none."""
    if rule is None:
        return None
    county = _county_of(scenarios)
    sizeless = rule._replace(percent=0, small_percent=0)  # no dial puts anybody into another pool
    if sizeless not in county.placed:
        county.placed[sizeless] = _place(county, sizeless)
    return county.placed[sizeless]


def _place(county, rule):
    members = [
        member_of(case, office_of(case, is_head=place.is_head), place.fund, place.slot, payroll=None)
        for (case, _), place in zip(county.people, county.places, strict=True)
    ]
    small = pools.small_offices(members, rule)
    keys = (pools.key_of(each.office, each.fund, each.is_grant, rule, small) for each in members)
    return Placed(tuple(keys), small)


def _county_of(scenarios):
    county = _ready.get(scenarios.facts_hash)
    if county is None:
        text = zlib.decompress(bytes(scenarios.facts))
        people, places = zip(*map(_read, text.decode().split("\n")[:-1]), strict=True)
        county = County(people, places, {})
        for oldest in list(_ready)[: len(_ready) + 1 - SETS_KEPT]:
            _ready.pop(oldest, None)
        # By their own hash: facts that are fetched later may have been taken again meanwhile.
        _ready[sha256(text).hexdigest()] = county
    return county


def _read(row):
    fund_id, fund, slot, is_head, case = row.split("\t", 4)
    pair = read_case(case), None if fund_id == NULL else int(fund_id)
    return pair, Place(fund, int(slot), is_head == "t")
