"""How one value of a plan is read from JSON and written back; `read` raises ValueError with a sentence.

`schema` says the same in JSON Schema, for who writes a plan with other tools.
"""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from compensation.pay import money

YEARS = range(1900, 2200)  # others are slips of the finger, and no calendar reaches them


class Codec(NamedTuple):
    read: Callable
    write: Callable
    schema: dict


def one_of(*choices):
    def read(value):
        if not any(value == choice and type(value) is type(choice) for choice in choices):
            raise ValueError(f"“{value}” is none of {', '.join(map(str, choices))}.")
        return value

    return Codec(read, lambda value: value, {"enum": list(choices)})


def some_of(*choices):
    return several(one_of(*choices))


def several(codec):
    return Codec(
        lambda values: tuple(map(codec.read, listed(values))),
        lambda values: list(map(codec.write, values)),
        {"type": "array", "items": codec.schema},
    )


def optional(codec):
    return Codec(
        lambda value: None if value is None else codec.read(value),
        lambda value: None if value is None else codec.write(value),
        {"anyOf": [codec.schema, {"type": "null"}]},
    )


def figure(read, decimals, at_least=0):
    schema = {"type": ["string", "integer"], "pattern": f"^-?[0-9]+(\\.[0-9]{{0,{decimals}}})?$"}
    return Codec(read, lambda value: money.plain(value, decimals, at_least=at_least), schema)


def within(lowest, highest, read, shown):
    """`read`, and a sentence for what is not from `lowest` to `highest`; `shown` says how people write it."""

    def checked(given):
        value = read(given)
        if not lowest <= value <= highest:
            raise ValueError(f"“{given}” is not {shown}.")
        return value

    return checked


def whole(lowest, highest):
    def read(value):
        if isinstance(value, bool) or not isinstance(value, int):
            raise ValueError(f"“{value}” is not a whole number.")
        if not lowest <= value <= highest:
            raise ValueError(f"{value} is not from {lowest} to {highest}.")
        return value

    return Codec(read, lambda value: value, {"type": "integer", "minimum": lowest, "maximum": highest})


def listed(value):
    if not isinstance(value, list | tuple):
        raise ValueError(f"“{value}” is not a list.")
    return value


def day(value):
    try:
        found = date.fromisoformat(value)
    except (TypeError, ValueError):
        found = None
    if found is None or found.isoformat() != value:
        raise ValueError(f"“{value}” is not a day written like 2026-10-01.")
    if found.year not in YEARS:
        raise ValueError(f"“{value}” is not a day from {YEARS[0]} to {YEARS[-1]}.")
    return found


def text(value):
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"“{value}” is not a text.")
    return value


DAY = Codec(day, date.isoformat, {"type": "string", "format": "date"})
TEXT = Codec(text, str, {"type": "string", "pattern": r"\S"})
