"""The tables of a group as one line of text each, and back.

`3: 2.00; 4: 2.75; 5: 3.50`: by score each row holds until the next one begins, the last one for all above;
slashes part the columns by position in the range. A team is `Road crews | ROAD, JAIL | 12 | result | 500`.
"""

from compensation.pay.money import read_score
from compensation.pay.rules import BadRules, Problem
from compensation.plans.rows import TEAM
from compensation.plans.slots import codes, two_places

TEAM_EXAMPLE = "Road crews | ROAD, JAIL | | Potholes filled in two days | 500 / 600 / 700"


def tenure_of(gives, since, text, old, field):
    """Tenure, as a document writes them; `field` is where the table stands in it."""
    example = "12: 1.00; 120: 2.25" if gives == "percent" else "12: 1; 24: 2"
    rows = [
        {"months": number(months), gives: number(earns) if gives in ("step", "steps") else earns}
        for months, earns in _pairs(text, field, f"months of service and what they earn. Write {example}")
    ]
    return {**old, "gives": gives, "since": since, "table": rows}


def bands_of(gives, by, text, field, *, has_columns):
    """The rows of merit or of a lump sum by rating."""
    example = "3: 2.00; 4: 2.75; 5: 3.50" if by == "level" else "2.50: 1.00; 3.50: 2.00"
    pairs = _pairs(text, field, f"a rating and what it earns. Write {example}")
    found = []
    for place, (rating, earns) in enumerate(pairs):
        values = [number(each) if gives == "steps" else each for each in codes(earns, "/")]
        value = values if has_columns or len(values) > 1 else (values or [""])[0]
        if by == "level":
            found.append({"level": number(rating), gives: value})
            continue
        starts, _, ends = rating.partition("-")
        following = pairs[place + 1][0].partition("-")[0].strip() if place + 1 < len(pairs) else None
        found.append({"from": starts.strip(), "below": ends.strip() or following, gives: value})
    return found


def teams_of(gives, text, kept, field):
    """Teams; what the text has no place for stays as `kept` has it by the team's name."""
    others, found = {team["name"]: team["members"] for team in kept}, []
    for row in codes(text, ";"):
        cells = [cell.strip() for cell in row.split("|")]
        if len(cells) != len(TEAM):
            message = (
                f"“{row}” is not a team: name | departments | grades | result | what each earns, such as"
                f" {TEAM_EXAMPLE}."
            )
            raise BadRules([Problem(field, "form", message)])
        name, departments, grades, result, earns = cells
        members = {"departments": codes(departments), "grades": codes(grades)}
        value = codes(earns, "/") if "/" in earns else earns
        found.append(
            {"name": name, "members": others.get(name, {}) | members, "result": result, gives: value}
        )
    return found


def written(component):
    """A table of ratings as one line of text."""
    gives, rows = component["gives"], component["table"]
    if component["by"] != "score":
        return "; ".join(f"{row['level']}: {_earned(row[gives], gives)}" for row in rows)
    nexts = [*(row["from"] for row in rows[1:]), None]
    return "; ".join(
        f"{row['from']}{_end(row['below'], after)}: {_earned(row[gives], gives)}"
        for row, after in zip(rows, nexts, strict=True)
    )


def written_years(tenure):
    gives = tenure["gives"]
    return "; ".join(f"{row['months']}: {_earned(row[gives], gives)}" for row in tenure["table"])


def written_teams(lump):
    gives, rows = lump["gives"], []
    for team in lump["teams"]:
        codes_of = (", ".join(team["members"][kind]) for kind in ("departments", "grades"))
        rows.append(" | ".join([team["name"], *codes_of, team["result"], _earned(team[gives], gives)]))
    return "; ".join(rows)


def number(text):
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else text


def _pairs(text, field, wanted):
    """`3: 2; 4: 3` as pairs. Raises BadRules for a row that has no colon."""
    rows = [tuple(part.strip() for part in row.split(":")) for row in codes(text, ";")]
    for row in rows:
        if len(row) != 2:
            raise BadRules([Problem(field, "form", f"“{': '.join(row)}” is not {wanted}.")])
    return rows


def _end(below, following):
    """The end of a row by score, where it is not the beginning of the next."""
    if below is None or (following is not None and read_score(below) == read_score(following)):
        return ""
    return f"-{below}"


def _earned(value, gives):
    values = value if isinstance(value, list) else [value]
    return " / ".join(two_places(each) if gives in ("percent", "earnings") else str(each) for each in values)
