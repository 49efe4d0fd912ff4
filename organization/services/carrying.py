"""A late correction of a record goes on into what began since, as far as that still said the same."""

from organization.models import Assignment

# Not carried: pay, as what changed it since was an act of its own on which its figures rest; and supervisors,
# as who can supervise whom is a matter of the day.
OF_THEIR_DAY = ("basis", "rate", "step", "supervisor")
CARRIED = (
    *("department_id", "division", "job_id", "fte", "exempt", "hours_per_year", "grade", "fund_id", "kind"),
    *("pay_set_by", "in_position_since"),
)


def carry_on(corrections):
    """Correct later assignments of the same positions: [(assignment as it was, as it is from a day on)].

    A field is carried until an assignment that said something else before, or that does not follow without a
    break. Returns the assignments that were changed, in order. Two queries, however many.
    """
    changed, ends = {}, {}
    for before, after in corrections:
        names = [name for name in CARRIED if getattr(before, name) != getattr(after, name)]
        if names:
            changed[after.employee_id, after.slot] = (before, after, names)
            ends[after.employee_id, after.slot] = after.ends_on
    people = {employee_id for employee_id, _ in changed}
    later, carried = Assignment.objects.filter(employee__in=people).order_by("starts_on"), []
    for line in later.select_for_update(of=("self",)) if people else ():
        key = line.employee_id, line.slot
        before, after, names = changed.get(key, (None, None, ()))
        if not names or line.starts_on <= after.starts_on:
            continue
        if line.starts_on != ends[key]:
            names.clear()  # employed anew
        ends[key] = line.ends_on
        names[:] = [name for name in names if getattr(line, name) == getattr(before, name)]
        for name in names:
            setattr(line, name, getattr(after, name))
        if names:
            known = {why: text for why, text in line.unknown.items() if why not in _plain(names)}
            line.unknown = known
            carried.append(line)
    Assignment.objects.bulk_update(carried, [*CARRIED, "unknown"], batch_size=500)
    return carried


def _plain(names):
    return {name.removesuffix("_id") for name in names}
