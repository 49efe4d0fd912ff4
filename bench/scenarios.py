"""A scenario over the whole county: from a turned dial to every figure of the page, and a goal sought.

The floor is the bare calculation: one award for each case, kept nowhere.
"""

import time
from statistics import median

from django.utils import timezone

from accounts.models import User
from bench import county
from compensation import scenario_pages, services
from compensation.models import Scenario
from compensation.pay import dials as pay_dials
from compensation.pay.calculation import award
from compensation.scenario_people import people_of
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
    found = Scenario.objects.select_related("set").get()
    dials, names = pay_dials.read(found.dials), {3: "Fully successful", 4: "Exceeds", 5: "Outstanding"}
    cases, ready = [case for case, _ in people_of(found.set)], services.plan_of(found.set, dials)
    floors, turns = [], []
    for turn in range(rounds):
        began = time.perf_counter()
        for case in cases:
            award(case, ready)
        floors.append(time.perf_counter() - began)
        began = time.perf_counter()
        turned = dials._replace(merit=(dials.merit[0] + turn, *dials.merit[1:]))
        scenario_pages.results(found, services.summary_of(found.set, turned), names)
        turns.append(time.perf_counter() - began)
    began = time.perf_counter()
    target = found.totals["by_rating"] * 11 // 10
    _, sought = services.seek(found.set, dials, "merit", target, figure=found.set.budget_for)
    seeking = time.perf_counter() - began
    floor, turn = median(floors), median(turns)
    bound = MILLISECONDS * people / PEOPLE
    checks = [
        (
            f"dial turned {turn * 1000:5.0f} ms, {turn / floor:4.2f} x the floor",
            turn * 1000 <= bound,
            f"{bound:.0f} ms",
        ),
        (
            f"goal sought {seeking * 1000:5.0f} ms, {sought.evaluations} evaluations",
            sought.evaluations <= EVALUATIONS,
            f"{EVALUATIONS}",
        ),
    ]
    print(f"\nScenario over {len(cases):,} people, median of {rounds}")
    print(f"  floor       {floor * 1000:5.0f} ms, the bare awards; the people were taken in {taken:.1f} s")
    for line, holds, limit in checks:
        print(f"  {line}  ({'within' if holds else 'BEYOND'}: {limit})")
    return all(holds for _, holds, _ in checks), {
        "people": len(cases),
        "take": taken,
        "floor": floor,
        "turn": turn,
        "seek": seeking,
        "evaluations": sought.evaluations,
    }


def an_administrator():
    user = User.objects.create(email="hr@bench.example", name="HR")
    RoleGrant.objects.create(user=user, role="hr", starts_on=county.BASE_ON.replace(year=2020))
    return Person(user=user, on=county.BASE_ON)
