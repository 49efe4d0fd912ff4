"""What the pages of pools and proposals show."""

from django.db.models import Q

from compensation.accepted import proposes
from compensation.models import PayPlan, ProposalSheet
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
        "lump": sum(row.award.lump for row in sheet.rows),
        "new_annual": sum(row.award.new_annual for row in sheet.rows),
    }


class PlanPools:
    """The pools of a plan as they stand: with what is used of each, and the sheets."""

    def __init__(self, plan, *, on):
        self.plan = plan
        pooled = PooledPlan(plan, on=on)
        self.rules = pooled.rules
        used = pooled.used(pooled.people()) if pooled.stored else {}
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
        over = sum(1 for pool in self.pools if pool.left < 0)
        return [
            ("In all pools", money.dollars(amount), formats.plural(len(self.pools), "pool", "pools")),
            ("Used", money.dollars(used), "by what is proposed, else by the guideline"),
            ("Left", money.dollars(amount - used), f"{over} overspent" if over else "none is overspent"),
        ]


class _Pool(PoolState):
    def __init__(self, name, stored, used):
        super().__init__(name, stored.amount, used, 0)
        self.people, self.payroll, self.formula = stored.people, stored.payroll, stored.formula
