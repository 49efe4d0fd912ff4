"""What heads propose, as texts such as `2.75%` and `$1,500.00`; the limits and pools of a plan, as JSON."""

from compensation.pay import money
from compensation.pay.case import Proposed
from compensation.pay.codecs import TEXT, Codec, several, text, whole
from compensation.pay.pool_rules import Limit, OwnPool

READ = {"percent": money.read_percent, "amount": money.read_dollars}
MOST = {"percent": 1_000_000, "amount": 100_000_000}  # 100 percent, a million dollars: above all awards
LEVEL = whole(1, 9)


def read(written, plain=None):
    """The Proposed in `2.75%` or `$1,500`; a plain number is what `plain` says, "percent" or "amount".

    Raises ValueError with a sentence.
    """
    shown = str(written).strip()
    gives = "percent" if shown.endswith("%") else "amount" if shown.startswith("$") else plain
    if gives is None:
        raise ValueError(f"“{shown}” is neither a percent, such as 2.75%, nor dollars, such as $1,500.")
    value = READ[gives](shown)
    if not 0 <= value <= MOST[gives]:
        raise ValueError(f"“{shown}” is not from nothing to {write(Proposed(gives, MOST[gives]))}.")
    return Proposed(gives, value)


def write(proposed):
    """`2.75%` or `$1,500.00`, which `read` takes back."""
    return money.percent(proposed.value) if proposed.gives == "percent" else money.dollars(proposed.value)


def _unit(row):
    """The one of percent and amount that a row has."""
    units = [name for name in READ if row.get(name) is not None]
    if len(units) != 1:
        raise ValueError("A row has either a percent or an amount.")
    return units[0]


def _read_limit(row):
    if not isinstance(row, dict) or set(row) - {"level", *READ}:
        raise ValueError("A limit has a level, and from the least to the most a percent or an amount.")
    gives = _unit(row)
    if not isinstance(row[gives], list | tuple) or len(row[gives]) != 2:
        raise ValueError("A limit has two figures, the least and the most.")
    return Limit(LEVEL.read(row.get("level")), gives, *map(READ[gives], row[gives]))


def _write_limit(limit):
    return {"level": limit.level, limit.gives: [_plain(limit.gives, each) for each in limit[2:]]}


def _plain(gives, value):
    return money.plain(value, 4) if gives == "percent" else money.plain(value, 2, at_least=2)


def _read_own(row):
    if not isinstance(row, dict) or set(row) - {"department", "fund", *READ}:
        raise ValueError("A pool of its own has a department or a fund, and a percent or an amount.")
    places = {name: text(row[name]) for name in ("department", "fund") if row.get(name)}
    if len(places) != 1:
        raise ValueError("A pool of its own is either a department's or a fund's.")
    gives = _unit(row)
    return OwnPool(**places, **{gives: READ[gives](row[gives])})


def _write_own(pool):
    gives = "amount" if pool.percent is None else "percent"
    place = "department" if pool.department else "fund"
    return {place: getattr(pool, place), gives: _plain(gives, getattr(pool, gives))}


FIGURE = {"type": ["string", "integer"]}
PAIR = {"type": "array", "items": FIGURE, "minItems": 2, "maxItems": 2}


def _schema(properties, required):
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "required": required,
        "oneOf": [{"required": [name]} for name in READ],
    }


LIMITS = several(
    Codec(_read_limit, _write_limit, _schema({"level": LEVEL.schema} | dict.fromkeys(READ, PAIR), ["level"]))
)
_PLACES = {"department": TEXT.schema, "fund": TEXT.schema}
OWN_POOLS = several(Codec(_read_own, _write_own, _schema(_PLACES | dict.fromkeys(READ, FIGURE), [])))
