"""Rows and columns of a plan's tables added and taken out on the page, before anything is saved."""

from compensation.plans.groups import GROUP
from compensation.plans.rows import MOST_ROWS, TEAM, whole
from compensation.plans.tables import MOST_CUTS

BY_SCORE = ("from", "below", "score")
YEARS = ("months", "value")
KINDS = {"merit": BY_SCORE, "lump": BY_SCORE, "tenure": YEARS, "team": TEAM, "group": GROUP}


def with_rows_changed(data, act):
    """The posted values with a row added (`merit:add`) or taken out (`merit:remove:2`): the later move up.

    `merit:cut` adds a column by position in the range, `merit:uncut` takes the last one out.
    """
    name, _, what = act.partition(":")
    found = {key: data[key] for key in data}
    if name not in KINDS:
        return found
    if what in ("cut", "uncut"):
        cuts = whole(found.get(f"{name}_cuts"), 0) + (1 if what == "cut" else -1)
        found[f"{name}_cuts"] = str(min(max(cuts, 0), MOST_CUTS))
        return found if what == "uncut" else _with_new_column(found, name, cuts + 1)
    count = min(whole(found.get(f"{name}_rows"), 0), MOST_ROWS)
    if what == "add":
        found[f"{name}_rows"] = str(min(count + 1, MOST_ROWS))
        if KINDS[name] == BY_SCORE:
            found[f"{name}_from_{count + 1}"] = found.get(f"{name}_below_{count}", "")
        return found
    gone = whole(what.removeprefix("remove:"), 0)
    if not 1 <= gone <= count:
        return found
    for kind in KINDS[name]:
        for key in list(found):
            rest = key.removeprefix(f"{name}_{kind}_").split("_")
            if key.startswith(f"{name}_{kind}_") and whole(rest[0], 0) >= gone:
                after = "_".join([f"{name}_{kind}", str(whole(rest[0], 0) + 1), *rest[1:]])
                found[key] = found.get(after, "")
    found[f"{name}_rows"] = str(count - 1)
    return found


def _with_new_column(found, name, column):
    """Each row's new cell holds what the column before it does."""
    rows = [f"{name}_{level}" for level in range(1, 10)]
    rows += [f"{name}_score_{number}" for number in range(1, MOST_ROWS + 1)]
    for row in rows:
        before = row if column == 2 else f"{row}_{column - 1}"
        if before in found:
            found[f"{row}_{column}"] = found[before]
    return found
