"""A second draft for the year after next: heads propose merit from pools, by last fall's ratings."""

from datetime import date

from compensation.models import ProposalSheet
from compensation.pay.pool_rules import Limit, Pools, Proposals
from compensation.services.plans import create_plan
from proposals import services
from proposals.scaling import scale_sheet
from proposals.sheets import Sheet
from synthetic.calendar_of_county import base_day, moment
from synthetic.pay_history import first_year_of_initiative, save

DAY, DUE_ON = date(2026, 9, 9), date(2026, 9, 25)
POINTS = {3: (15_000, 25_000), 4: (22_500, 32_500), 5: (30_000, 40_000)}
PROPOSED = (  # by the County Clerk, who is at work on her sheet
    ("3.25", "Took over the passport counter in May and cut its line from forty minutes to twelve."),
    ("3", "Trained both newcomers of the records room."),
    ("2.5", "As agreed with the chief deputy: the desk was hers alone from March on."),
)


def with_pools(rules):
    """Merit from pools of two and a half percent; small offices have four percent of theirs."""
    limits = tuple(Limit(level, "percent", *ends) for level, ends in POINTS.items())
    pools = Pools(percent=25_000, small_people=4, small_percent=40_000)
    return first_year_of_initiative(rules)._replace(pools=pools, proposals=Proposals(limits))


def make(cast, cycle):
    """The draft, its pools, one sheet with HR and one half done."""
    hr, at = cast.user_on("miguel", DAY), moment(DAY, 10)
    plan = create_plan(2028, "year_one", by=hr, at=at, cycle_id=cycle.pk, base_on=base_day(2028))
    plan = save(plan, with_pools, "Merit from pools, tried on last fall’s ratings", by=hr, at=at)
    services.work_out_pools(plan.pk, due_on=DUE_ON, by=hr, at=at)
    departments = ProposalSheet.objects.filter(plan=plan, department__isnull=False)
    sheets = {sheet.department.code: sheet for sheet in departments}
    ruth, joel = (cast.user_on(part, DAY) for part in ("ruth", "joel"))
    _propose(sheets["CC"], ruth)
    _scale(sheets["IT"], joel)
    services.send_sheet(sheets["IT"].pk, by=joel, at=moment(DAY, 14, 20))


def _scale(sheet, by):
    found = scale_sheet(Sheet(sheet, on=DAY, by=by))
    entries = [(entry.row.id, (entry.proposed, entry.reason)) for entry in found]
    services.take_over(sheet.pk, entries, source="scaling to the pool", by=by, at=moment(DAY, 14))


def _propose(sheet, by):
    rows = Sheet(sheet, on=DAY, by=by).rows
    exceeding = [row for row in rows if row.room and row.case.level == 4]
    for row, (value, reason) in zip(exceeding, PROPOSED, strict=False):
        at = moment(DAY, 15)
        services.save_field(sheet.pk, row.id, "proposed", value, base=0, by=by, at=at)
        services.save_field(sheet.pk, row.id, "reason", reason, base=1, by=by, at=at)
