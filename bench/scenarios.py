"""A scenario over the whole county: from a turned dial to every figure of the page, and a goal sought; then
the same of a plan with pools.

The floor is the bare calculation: one award for each case, kept nowhere.
"""

import time
from statistics import median

from django.utils import timezone

from accounts.models import User
from bench import county
from compensation import services
from compensation.models import Scenario
from compensation.pay import dials as pay_dials
from compensation.pay.calculation import award
from compensation.scenarios import pages as scenario_pages
from compensation.scenarios import sums as scenario_sums
from compensation.scenarios.people import people_of
from organization.models import RoleGrant
from organization.person import Person

PEOPLE, MILLISECONDS, EVALUATIONS = 10_000, 200, 20
ROUNDS = 5


def measure(people=PEOPLE, *, rounds=ROUNDS):
    """Build a county of `people` and measure. Prints what was found; returns (whether it is within the
    bounds, what was found).
    """
    county.empty()
    plan, by = county.build(people), an_administrator()
    began = time.perf_counter()
    services.begin_scenarios(plan.pk, by=by, at=timezone.now())
    taken = time.perf_counter() - began
    floor, turn, seeking, sought = _timed("merit", "by_rating", rounds)
    plan.rules["pools"] = {"percent": "2.5", "small_people": 4, "small_percent": "4"}
    plan.save(update_fields=["rules"])
    services.take_again(Scenario.objects.get().set_id, by=by, at=timezone.now())
    _, pooled, seeking_pools, sought_pools = _timed("pool", "all_pooled", rounds)
    bound = MILLISECONDS * people / PEOPLE
    checks = [
        *(
            (
                f"dial turned{of} {took * 1000:5.0f} ms, {took / floor:4.2f} x the floor",
                took * 1000 <= bound,
                f"{bound:.0f} ms",
            )
            for of, took in (("", turn), (", with pools", pooled))
        ),
        *(
            (
                f"goal sought{of} {took * 1000:5.0f} ms, {found.evaluations} evaluations",
                found.evaluations <= EVALUATIONS,
                f"{EVALUATIONS}",
            )
            for of, took, found in (("", seeking, sought), (" of pools", seeking_pools, sought_pools))
        ),
    ]
    print(f"\nScenario over {people:,} people, median of {rounds}")
    print(f"  floor       {floor * 1000:5.0f} ms, the bare awards; the people were taken in {taken:.1f} s")
    for line, holds, limit in checks:
        print(f"  {line}  ({'within' if holds else 'BEYOND'}: {limit})")
    return all(holds for _, holds, _ in checks), {
        "people": people,
        "take": taken,
        "floor": floor,
        "turn": turn,
        "turn_with_pools": pooled,
        "seek": seeking,
        "evaluations": sought.evaluations,
    }


def _timed(dial, figure, rounds):
    """Seconds of the bare awards, of a dial turned and of a goal sought, and what was found."""
    found = Scenario.objects.select_related("set").get()
    dials, names = pay_dials.read(found.dials), {3: "Fully successful", 4: "Exceeds", 5: "Outstanding"}
    cases, ready = [case for case, _ in people_of(found.set)], scenario_sums.plan_of(found.set, dials)
    floors, turns = [], []
    for turn in range(rounds):
        began = time.perf_counter()
        for case in cases:
            award(case, ready)
        floors.append(time.perf_counter() - began)
        began = time.perf_counter()
        turned = dials._replace(merit=(dials.merit[0] + turn, *dials.merit[1:]))
        scenario_pages.results(found, scenario_sums.summary_of(found.set, turned), names)
        turns.append(time.perf_counter() - began)
    began = time.perf_counter()
    target = found.totals[figure] * 11 // 10
    _, sought = services.seek(found.set, dials, dial, target, figure=figure)
    return median(floors), median(turns), time.perf_counter() - began, sought


def an_administrator():
    user = User.objects.create(email="hr@bench.example", name="HR")
    RoleGrant.objects.create(user=user, role="hr", starts_on=county.BASE_ON.replace(year=2020))
    return Person(user=user, on=county.BASE_ON)
