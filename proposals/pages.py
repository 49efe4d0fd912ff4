"""What the pages of pools and proposals show."""

from django.db.models import Q

from compensation.accepted import proposes
from compensation.models import PayPlan, ProposalSheet, Run
from compensation.pay import money
from compensation.pooled import PooledPlan
from look import formats
from proposals.sheets import PoolState

SORTS = {
    "name": lambda row: (row.person.sort_key, row.case.number),
    "rating": lambda row: (row.case.score is not None, row.case.score, row.person.sort_key),
    "compa": lambda row: (row.compa_ratio is not None, row.compa_ratio, row.person.sort_key),
    "share": lambda row: (row.share, row.person.sort_key),
}


def sorted_rows(sheet, sort):
    """The rows in the order asked for: a name of SORTS, with a minus for descending."""
    key = SORTS.get(sort.removeprefix("-"), SORTS["name"])
    return sorted(sheet.rows, key=key, reverse=sort.startswith("-"))


def sheets_of(person):
    """Sheets that a person may see, of plans that still count, the latest year first."""
    found = ProposalSheet.objects.visible_to(person).select_related("plan", "department")
    return found.exclude(plan__state=PayPlan.State.SUPERSEDED).order_by(
        "-plan__fiscal_year", "-plan__version", "department__name"
    )


def plans_with_pools():
    found = PayPlan.objects.filter(~Q(rules__pools=None), rules__has_key="pools")
    return found.exclude(state=PayPlan.State.SUPERSEDED).order_by("-fiscal_year", "-version")


def is_run_already(plan, sheets):
    """Whether a run of a plan as it stands has what its sheets, which are all accepted, propose by now."""
    accepted_at = max(sheet.accepted_at for sheet in sheets)
    has_it = Q(frozen_at=None) | Q(frozen_at__gte=accepted_at)
    runs = plan.runs.exclude(state=Run.State.CANCELLED)
    return runs.filter(has_it, plan_revision=plan.revision).exists()


def figures(sheet):
    """What leads the page: left, proposed, off the guideline."""
    left = sum(pool.left for pool in sheet.pools)
    amount = sum(pool.amount for pool in sheet.pools)
    rows = [row for row in sheet.rows if row.room]
    done = sum(1 for row in rows if row.case.proposed)
    off = [row for row in rows if row.is_off]
    missing = sum(1 for row in off if row.lacks_reason)
    share = "with the employer’s share" if sheet.rules.pools.with_employer else "before the employer’s share"
    label = "Left in the pool" if len(sheet.pools) == 1 else "Left in the pools"
    return [
        (
            label if left >= 0 else "Over the pool",
            money.dollars(abs(left)),
            f"of {money.dollars(amount)}, {share}",
        ),
        (
            "Proposed",
            f"{done:,} of {len(rows):,}",
            _what_others_have(sheet) if done < len(rows) else "",
        ),
        (
            "Off the guideline",
            f"{len(off):,}",
            f"{missing:,} without a reason" if missing else "each with a reason" if off else "",
        ),
    ]


def _what_others_have(sheet):
    return f"the others have {'the guideline' if sheet.rules.proposals.without == 'guideline' else 'nothing'}"


def totals(sheet):
    """Sums over the rows: a year, once, new pay; in cents."""
    return {
        "people": len(sheet.rows),
        "merit": sum(row.award.merit for row in sheet.rows),
        "lump": sum(row.award.awarded_once for row in sheet.rows),
        "new_annual": sum(row.award.new_annual for row in sheet.rows),
    }


class Preview:
    """What a sheet's awards and pools would be with some entries taken over, beside what they are now.

    `rows` are pairs of an entry and its row as it would be. Each award is the one that a run pays: a proposal
    between two steps of an hourly rate comes to the nearest step.
    """

    def __init__(self, sheet, entries):
        self.with_employer = sheet.rules.pools.with_employer
        then = sheet.with_entries(entries)
        self.rows = [(entry, then.row_of(entry.row.id)) for entry in entries]
        changing = {entry.row.id for entry in entries}
        self.pools = [
            _PreviewedPool(now, after, changing) for now, after in zip(sheet.pools, then.pools, strict=True)
        ]

    @property
    def sums(self):
        """What the rows are paid now and then, and what they cost their pools, in cents."""
        found = {"paid": 0, "paid_then": 0, "spent": 0, "spent_then": 0}
        for entry, then in self.rows:
            for row, name in ((entry.row, ""), (then, "_then")):
                found[f"paid{name}"] += row.paid
                found[f"spent{name}"] += row.spent
        return found

    @property
    def all_pools(self):
        """The sums over the pools, by the names of `_PreviewedPool`; None for one pool."""
        names = ("amount", "others", "now", "then", "left_now", "left")
        if len(self.pools) < 2:
            return None
        return {name: sum(getattr(pool, name) for pool in self.pools) for name in names}


class _PreviewedPool:
    """amount - others - now = left_now, and amount - others - then = left, in cents."""

    def __init__(self, now, then, changing):
        self.name, self.amount = now.name, now.amount
        self.now, self.then = (
            sum(row.spent for row in state.rows if row.id in changing) for state in (now, then)
        )
        self.others = now.used - self.now
        self.left_now, self.left, self.why_left = now.left, then.left, then.why_left


class PlanPools:
    """The pools of a plan as they stand; `counted` with what is used of each, for which an award is computed
    for each person of the county.
    """

    def __init__(self, plan, *, on, counted):
        self.plan, self.is_counted = plan, counted
        pooled = PooledPlan(plan, on=on)
        used = pooled.used(pooled.people()) if pooled.stored and counted else {}
        self.pools = sorted(
            (_Pool(pooled.name(key), pool, used.get(key, 0)) for key, pool in pooled.stored.items()),
            key=lambda each: (each.left >= 0, each.name),
        )
        none = {key: spent for key, spent in used.items() if key not in pooled.stored and spent}
        self.without_pool = [(pooled.name(key), spent) for key, spent in sorted(none.items())]
        self.is_out_of_date = any(pool.plan_revision != plan.revision for pool in pooled.stored.values())

    @property
    def proposes(self):
        return proposes(self.plan.rules)

    @property
    def figures(self):
        amount, used = (sum(getattr(pool, name) for pool in self.pools) for name in ("amount", "used"))
        whole = ("In all pools", money.dollars(amount), formats.plural(len(self.pools), "pool", "pools"))
        if not self.is_counted:
            return [whole, ("Used", "…", "being added up"), ("Left", "…", "")]
        over = sum(1 for pool in self.pools if pool.left < 0)
        return [
            whole,
            ("Used", money.dollars(used), "by what is proposed, else by the guideline"),
            ("Left", money.dollars(amount - used), f"{over} overspent" if over else "none is overspent"),
        ]


class _Pool(PoolState):
    def __init__(self, name, stored, used):
        super().__init__(name, stored.amount, used, 0)
        self.people, self.payroll, self.formula = stored.people, stored.payroll, stored.formula
