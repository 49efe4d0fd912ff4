"""The tables of a plan read from JSON and written back: what ratings earn, and what tenure does."""

from compensation.pay import money
from compensation.pay.codecs import figure, listed, optional, several, whole, within
from compensation.pay.money import MILLION
from compensation.pay.rules import Band, Problem, Service

PERCENT = figure(money.read_percent, 4)
MULTIPLE = PERCENT._replace(
    read=within(1, MILLION // 4, PERCENT.read, "a percent above zero, up to 25, whose multiples are meant")
)
DOLLARS = figure(money.read_dollars, 2, at_least=2)
SCORE = figure(money.read_score, 2, at_least=2)
RATED = SCORE._replace(read=within(0, 10_00, SCORE.read, "a score from 0 to 10"))
UNITS = {"steps": whole(0, 20), "percent": PERCENT, "amount": DOLLARS, "earnings": PERCENT}
TENURE_GIVES = {"step": whole(0, 99)} | {name: UNITS[name] for name in ("steps", "percent", "amount")}
MONTHS = whole(0, 720)


def read_value(codec, given, field, problems):
    """One value; None, with a problem, for what can't be read."""
    try:
        return codec.read(given)
    except ValueError as problem:
        problems.append(Problem(field, "form", str(problem)))
    return None


def read_bands(rows, component, field, problems):
    """Rows like `{"level": 3, "percent": "2"}`, or `{"from": "2.75", "below": "3.00", "percent": "1"}`.

    With positions a row has a list, one value for each column: `{"level": 3, "percent": ["3", "2"]}`.
    """
    by, gives, positions = component["by"], component["gives"], component.get("positions")
    if by is None or gives is None:  # already reported
        return ()
    unit = UNITS[gives]
    earned = one_value(unit) if positions is None else columns(unit, len(positions.cuts or ()) + 1)
    keys = {"level": whole(1, 9), gives: earned} if by == "level" else {}
    keys = keys or {"from": RATED, "below": optional(RATED), gives: earned}
    bands = []
    for row in _rows(rows, keys, field, problems):
        if by == "level":
            bands.append(Band(row["level"], (row["level"] or 0) + 1, row[gives]))
        else:
            bands.append(Band(row["from"], row["below"], row[gives]))
    return tuple(bands)


def write_band(band, component):
    write = UNITS[component.gives].write
    earned = list(map(write, band.value)) if isinstance(band.value, tuple) else write(band.value)
    earned = {component.gives: earned}
    if component.by == "level":
        return {"level": band.starts} | earned
    below = None if band.ends is None else SCORE.write(band.ends)
    return {"from": SCORE.write(band.starts), "below": below} | earned


def read_service(rows, component, field, problems):
    """Rows like `{"months": 12, "step": 2}`: from so many months of service on."""
    gives = component["gives"]
    if gives is None:  # already reported
        return ()
    keys = {"months": MONTHS, gives: TENURE_GIVES[gives]}
    return tuple(Service(row["months"], row[gives]) for row in _rows(rows, keys, field, problems))


def write_service(row, component):
    return {"months": row.months, component.gives: TENURE_GIVES[component.gives].write(row.value)}


def one_value(unit):
    """A value that is not cut into columns."""

    def read(value):
        if isinstance(value, list):
            raise ValueError(f"It has {len(value)} values, and the range is not cut into columns.")
        return unit.read(value)

    return unit._replace(read=read)


def columns(unit, count):
    """One value for each position in the range, or for each level."""

    def read(values):
        if len(listed(values)) != count:
            raise ValueError(f"{count} columns need {count} values, and there are {len(values)}.")
        return tuple(map(unit.read, values))

    return several(unit)._replace(read=read)


def _rows(rows, keys, field, problems):
    """Each row that has the right keys, as a dict of what was read."""
    if not isinstance(rows, list):
        problems.append(Problem(field, "form", f"“{rows}” is not a list of rows."))
        return
    for number, row in enumerate(rows, 1):
        place = f"{field}.{number}"
        if not isinstance(row, dict) or set(row) - set(keys) or set(keys) - set(row) - {"below"}:
            problems.append(Problem(place, "form", f"A row needs {', '.join(keys)}, and nothing else."))
            continue
        yield {
            key: read_value(codec, row.get(key), f"{place}.{key}", problems) for key, codec in keys.items()
        }
