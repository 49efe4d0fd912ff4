"""Pools: what a component may cost in each office, from the payroll of all, and shared to the cent.

Pure arithmetic over integers; the order of people and offices never matters.
"""

from collections import Counter
from typing import NamedTuple

from compensation.pay import money

HEADS = ""  # the office of the heads themselves, proposed for one level up: no department has this code
SMALL = "small"


class Member(NamedTuple):
    """One person, as far as pools go. `payroll` is None for who takes no part in the component."""

    office: str  # the department's code, or HEADS
    fund: str  # its code; empty where it is not known
    is_grant: bool
    is_staff: bool  # counts among the staff of a small office
    payroll: int | None


class Pool(NamedTuple):
    """What is there for some people, in cents, and how it came about."""

    key: str
    people: int
    payroll: int
    amount: int
    formula: str


class BadPools(ValueError):
    """The pools of a plan can't be worked out; the message is a sentence."""


def work_out(members, pools):
    """Every `Pool` of the plan's `Pools` by key, for these members.

    An amount for the county is shared among the pools that have no rule of their own; what small offices and
    departments of their own get is taken off first. Pools of funds are money of their own. Raises BadPools.
    """
    members = list(members)
    small = small_offices(members, pools)
    people, payroll = Counter(), Counter()
    for member in members:
        if member.payroll is not None:
            key = key_of(member.office, member.fund, member.is_grant, pools, small)
            people[key] += 1
            payroll[key] += member.payroll
    return sized(people, payroll, pools, small)


def sized(people, payroll, pools, small):
    """Every `Pool` by key, from how many people each key has and their payroll in cents. Raises BadPools.

    `small` are the small offices.
    """
    found, sharing = {}, []
    for key in sorted(people):
        rule = _rule(key, pools, small)
        if rule is None:
            sharing.append(key)
        else:
            found[key] = Pool(key, people[key], payroll[key], *_amount(rule, payroll[key]))
    if sharing:
        taken = sum(pool.amount for key, pool in found.items() if not key.startswith("fund:"))
        rest = pools.amount - taken
        if rest < 0:
            raise BadPools(
                f"Small offices and departments with pools of their own get {money.dollars(taken)}, more than"
                f" the {money.dollars(pools.amount)} that there are for all."
            )
        weights = {key: (payroll if pools.shared_by == "payroll" else people)[key] for key in sharing}
        for key, amount in largest_remainder(rest, weights).items():
            formula = f"{money.dollars(rest)} shared by {pools.shared_by}"
            found[key] = Pool(key, people[key], payroll[key], amount, formula)
    return found


def small_offices(members, pools):
    """The offices that have so few staff that the plan's rule for small offices holds. The heads are none."""
    if not pools.small_people:
        return frozenset()
    staff = Counter()
    for member in members:
        staff[member.office] += member.is_staff
    own = {pool.department for pool in pools.own}
    return (
        frozenset(
            office for office, count in staff.items() if count <= pools.small_people and office != HEADS
        )
        - own
    )


def key_of(office, fund, is_grant, pools, small):
    """The pool from which a person's award is paid."""
    if any(pool.fund == fund for pool in pools.own if pool.fund) or (is_grant and pools.grants == "own"):
        return f"fund:{fund}"
    if pools.small_together and office in small:
        return SMALL
    return f"office:{office}/{fund}" if pools.by_fund else f"office:{office}"


def _rule(key, pools, small):
    """An OwnPool that says how large the pool is; None where it shares the county's amount."""
    kind, _, rest = key.partition(":")
    if kind == "fund":
        return next((pool for pool in pools.own if pool.fund == rest), NOTHING)
    office = rest.split("/")[0]
    own = next((pool for pool in pools.own if pool.department and pool.department == office), None)
    if own and own.amount is not None and pools.by_fund:
        raise BadPools(
            f"Department {office} has one amount of its own, and the plan has a pool for each fund. "
            "Give the department a percent."
        )
    if own:
        return own
    if key == SMALL or office in small:
        return _Percent(pools.small_percent)
    return None if pools.amount else _Percent(pools.percent)


class _Percent(NamedTuple):
    percent: int
    amount: int | None = None


NOTHING = _Percent(0)


def _amount(rule, payroll):
    """(cents, how): a percent is rounded down, so that a pool is never more than the plan says."""
    if rule.amount is not None:
        return rule.amount, "an amount of its own"
    cents = money.percent_of(payroll, rule.percent, mode="down")
    return cents, f"{money.percent(rule.percent)} × {money.dollars(payroll)}"


def largest_remainder(total, weights):
    """`total` in proportion to the weights, as integers that add up to it exactly; by key.

    What rounding down leaves goes to the largest remainders, of equal ones to the first key. Weights that
    are all zero get nothing.
    """
    whole = sum(weights.values())
    if not whole:
        return dict.fromkeys(weights, 0)
    shares = {key: divmod(total * weight, whole) for key, weight in weights.items()}
    left = total - sum(share for share, _ in shares.values())
    first = sorted(shares, key=lambda key: (-shares[key][1], key))[:left]
    return {key: share + (key in first) for key, (share, _) in shares.items()}


def scale(total, wanted, least, most):
    """`wanted` cents by key made to come to `total`: in proportion, none under its least or over its most.

    Who is to have nothing, and may, has nothing. Raises BadPools where even the least of all come to more.
    Where the most of all come to less, that is it.
    """
    settled = {key: 0 for key in wanted if not wanted[key] and not least[key]}
    free = {key: wanted[key] or least[key] for key in wanted if key not in settled}
    if (floor := sum(least[key] for key in free)) > total:
        raise BadPools(
            f"Even the least for everybody comes to {money.dollars(floor)}, and there are"
            f" {money.dollars(total)}."
        )
    if sum(most[key] for key in free) <= total:
        return settled | {key: most[key] for key in free}
    while free:
        shares = largest_remainder(total - sum(settled.values()), free)
        under = {key: least[key] - share for key, share in shares.items() if share < least[key]}
        over = {key: share - most[key] for key, share in shares.items() if share > most[key]}
        if not under and not over:
            return settled | shares
        # What lies farther outside in all is settled first; the rest is shared anew.
        ends, bound = (under, least) if sum(under.values()) >= sum(over.values()) else (over, most)
        settled |= {key: bound[key] for key in ends}
        free = {key: weight for key, weight in free.items() if key not in ends}
    return settled
