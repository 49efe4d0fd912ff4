"""The few figures of a plan that a scenario turns, and the plan's rules with them in place (PAY-7)."""

from typing import NamedTuple

from compensation.pay.rules import AcrossTheBoard, Band, LumpSum, Merit
from compensation.pay.written_tables import UNITS

LEVELS = (3, 4, 5)  # fully successful, exceeds, outstanding: what can earn
GIVES = {"merit": ("percent", "steps", "amount", "none"), "lump": ("percent", "amount", "none")}
GREATEST = {"percent": 250_000, "steps": 20, "amount": 5_000_000}  # of a dial, in its unit
SOUGHT = GREATEST | {"amount": 1_000_000}  # up to where a value is sought
POOLS = ("pool", "small_pool")  # the dials of pools
AS_PLANNED = "plan"  # a table by score or by position is no list of levels: it stays as the plan has it


class Dials(NamedTuple):
    """What is turned. A component's three values are what fully successful earns, and what exceeds and
    outstanding add to it, in its unit: steps, millionths or cents.
    """

    across: int = 0  # millionths
    merit_gives: str = "none"
    merit: tuple[int, int, int] = (0, 0, 0)
    lump_gives: str = "none"
    lump: tuple[int, int, int] = (0, 0, 0)
    pool: int | None = None  # millionths of payroll; None: the plan has no pools of a percent
    small_pool: int | None = None  # of small offices; None: the plan has no rule for them


def dials_of(rules):
    """The dials as a plan's rules have them."""
    merit_gives, merit = _read(rules.merit)
    lump_gives, lump = _read(rules.lump_sum)
    across = rules.across_the_board.given if rules.across_the_board else 0
    return Dials(across, merit_gives, merit, lump_gives, lump, *_pool_percents(rules))


def fitted(dials, rules):
    """Dials that were turned by other rules: those of pools that `rules` do not have are gone, and those that
    are new stand as the rules have them.
    """
    pool, small_pool = _pool_percents(rules)
    return dials._replace(
        pool=pool if pool is None or dials.pool is None else dials.pool,
        small_pool=small_pool if small_pool is None or dials.small_pool is None else dials.small_pool,
    )


def _pool_percents(rules):
    """The percent of pools and that of small offices; None where a plan has no such."""
    if rules.pools is None or rules.pools.amount:
        return None, None
    return rules.pools.percent, rules.pools.small_percent if rules.pools.small_people else None


def turned(rules, dials):
    """The plan's rules with the dials in place; whatever they do not name is held equal."""
    dials = fitted(dials, rules)
    across = rules.across_the_board or AcrossTheBoard()
    if dials.across != across.given:  # what is turned is the percent itself, rounded to nothing
        across = across._replace(percent=dials.across, rounded_down_to=None)
    pays = across.given or across.at_least or across.amount
    merit = rules.merit
    if dials.merit_gives != AS_PLANNED:
        table = _table(dials.merit_gives, dials.merit)
        merit = table and (merit or Merit("percent", "level", ()))._replace(
            gives=dials.merit_gives, by="level", table=table, positions=None
        )
        if merit and merit.gives != "steps":
            merit = merit._replace(ends_at_step=None)
        merit = _least(merit)
    lump = rules.lump_sum
    if dials.lump_gives != AS_PLANNED:
        table = _table(dials.lump_gives, dials.lump)
        lump = table and (lump or LumpSum("amount", "level", ()))._replace(
            gives=dials.lump_gives, by="level", table=table, teams=()
        )
        lump = _least(lump)
    pools = rules.pools
    if dials.pool is not None:
        pools = pools._replace(percent=dials.pool)
    if dials.small_pool is not None:
        pools = pools._replace(small_percent=dials.small_pool)
    return rules.having(across_the_board=across if pays else None, merit=merit, lump_sum=lump, pools=pools)


def _least(component):
    """A component without the least that it gives, where it gives dollars."""
    if component and component.gives == "amount":
        return component._replace(at_least=0)
    return component


def unit_of(dials, dial):
    """What a dial is in: "percent", "steps", "amount", or what its part gives instead of a value."""
    return "percent" if dial in ("across", *POOLS) else getattr(dials, f"{dial}_gives")


def write(dials):
    """The dials as plain data for JSON, figures as texts; `read` takes it back."""
    return {
        "across": UNITS["percent"].write(dials.across),
        "merit_gives": dials.merit_gives,
        "merit": _write(dials.merit_gives, dials.merit),
        "lump_gives": dials.lump_gives,
        "lump": _write(dials.lump_gives, dials.lump),
    } | {
        name: UNITS["percent"].write(getattr(dials, name))
        for name in POOLS
        if getattr(dials, name) is not None
    }


def read(data):
    """Dials from what `write` wrote. Raises ValueError with a sentence."""
    return Dials(
        UNITS["percent"].read(data["across"]),
        data["merit_gives"],
        _figures(data["merit_gives"], data["merit"]),
        data["lump_gives"],
        _figures(data["lump_gives"], data["lump"]),
        *(UNITS["percent"].read(data[name]) if name in data else None for name in POOLS),
    )


def _read(component):
    """What a component gives, and its three values."""
    if component is None:
        return "none", (0, 0, 0)
    by_level = {band.starts: band.value for band in component.table}
    is_list = component.by == "level" and component.gives in GREATEST
    if not is_list or getattr(component, "positions", None) or set(by_level) != set(LEVELS):
        return AS_PLANNED, (0, 0, 0)
    first, *others = (by_level[level] for level in LEVELS)
    return component.gives, (first, *(value - first for value in others))


def _table(gives, values):
    """The rows of a component; None where it gives nothing at all."""
    if gives == "none" or not any(values):
        return None
    first, *added = values
    earned = (first, *(first + more for more in added))
    return tuple(Band(level, level + 1, value) for level, value in zip(LEVELS, earned, strict=True))


def _write(gives, values):
    return [UNITS[gives].write(value) for value in values] if gives in UNITS else []


def _figures(gives, texts):
    return tuple(UNITS[gives].read(text) for text in texts) if gives in UNITS else (0, 0, 0)
