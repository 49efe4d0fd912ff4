"""A sheet of proposals as it stands: its people, what may be proposed, what it comes to, and what is left."""

from functools import cached_property

from compensation.models import ProposalSheet
from compensation.pay import money, pools, proposed, proposing
from compensation.pay.calculation import award
from compensation.pay.reasons import sentence
from compensation.pooled import PooledPlan
from evaluations.models import Level
from organization.models import Assignment
from proposals.scaling import why_left

HEADS = pools.HEADS
SHOWN = (  # of an assignment: what rows tell of a person
    *("job__title", "employee__number", "employee__first_name", "employee__last_name"),
    "employee__sort_name",
)


class Row:
    """One person of a sheet. Figures are worked out when they are asked for."""

    def __init__(self, sheet, person):
        self.sheet, self.person, self.case = sheet, person, person.case
        self.revision = person.revision
        # A reason is its author's: who proposes here for somebody who was elsewhere writes one of his own.
        self.reason = person.reason if person.sheet_id in (None, sheet.stored.pk) else ""

    @property
    def id(self):
        return self.person.employee_id

    @cached_property
    def assignment(self):
        return self.sheet.assignments[self.person.assignment_id]

    @property
    def employee(self):
        return self.assignment.employee

    @cached_property
    def plan(self):
        return self.sheet.ready.of(self.case)

    @cached_property
    def room(self):
        """Between what may be proposed; None where nothing can be."""
        return proposing.span(self.case, self.plan) if self.person.slot == 1 else None

    @cached_property
    def is_own(self):
        return self.sheet.by is not None and self.id == self.sheet.by.employee_id

    @property
    def elsewhere(self):
        """The office on whose sheet it was proposed, where that is another one."""
        return self.sheet.elsewhere.get(self.person.sheet_id, "")

    @property
    def guideline(self):
        return self.room.write(self.room.guideline)

    @property
    def limits(self):
        return str(self.room)

    @property
    def may_be_proposed(self):
        return self.room is not None and not self.is_own

    @cached_property
    def why_nothing(self):
        """Why nothing can be proposed, in sentences."""
        component = proposing.NAMES[self.sheet.component]
        codes = proposing.why_nothing(self.case, self.plan)
        return " ".join(sentence(f"{component}:{code}", self.case, self.sheet.rules) for code in codes)

    @cached_property
    def base(self):
        """Yearly pay on which the component is taken, in cents."""
        return proposing.payroll(self.case, self.plan) or 0

    @cached_property
    def award(self):
        return award(self.case, self.plan)

    @cached_property
    def spent(self):
        """What it costs the pool, in cents."""
        return proposing.cost(self.case, self.plan) if self.sheet.gives_component(self.plan) else 0

    @cached_property
    def paid(self):
        """What the component pays, a year and once, in cents: `spent` without an employer's share."""
        given = self.sheet.gives_component(self.plan)
        return proposing.cost_in(self.award, self.case, self.plan)[0] if given else 0

    @cached_property
    def share(self):
        """What is given, in hundredths of a percent of base pay, as it is shown: the measure of the rank.

        No finer: cents and hourly rates are rounded, and who has the same percent shares a place.
        """
        given = self.award.merit + self.award.awarded_once
        return money.half_up(given * 10_000, self.base) if self.base else 0

    @cached_property
    def compa_ratio(self):
        """Pay after the raise over the midpoint of the range, in hundredths; None without a range."""
        return proposing.compa_ratio(self.case, self.plan)

    @property
    def level_name(self):
        return self.sheet.levels.get(self.case.level, "")

    @property
    def shown(self):
        """What is proposed, as its field shows it."""
        given = self.case.proposed
        if given is None:
            return ""
        return proposed.write(given).removesuffix("%")

    @cached_property
    def is_off(self):
        return proposing.is_off(self.case, self.plan)

    @cached_property
    def lacks_reason(self):
        return not self.person.reason.strip() and proposing.needs_reason(self.case, self.plan)

    @cached_property
    def problem(self):
        return proposing.problem(self.case, self.plan)


class Sheet:
    """Everything about one sheet. `by` is who looks at it; without one, only figures are asked for."""

    def __init__(self, stored, *, on, by=None, pooled=None):
        self.stored, self.by = stored, by
        self.pooled = pooled or PooledPlan(stored.plan, on=on)
        self.ready, self.rules, self.chart = self.pooled.ready, self.pooled.rules, self.pooled.chart
        self.component = self.rules.pools.component
        self.office = stored.department.code if stored.department else HEADS

    def gives_component(self, plan):
        return getattr(plan.rules, self.component) is not None

    @cached_property
    def people(self):
        if self.stored.department is None:
            found = self.pooled.people(employees=self.chart.head_ids)
        else:
            found = self.pooled.people(departments=[self.stored.department_id])
        return [person for person in found if person.office == self.office and person.slot == 1]

    @cached_property
    def by_employee(self):
        return {person.employee_id: person for person in self.people}

    @cached_property
    def assignments(self):
        ids = [person.assignment_id for person in self.people]
        found = Assignment.objects.select_related("employee", "job").only(*SHOWN)
        return found.in_bulk(ids)

    @cached_property
    def elsewhere(self):
        """The other offices that proposed for people who are here now, by the ids of their sheets."""
        ids = {person.sheet_id for person in self.people} - {self.stored.pk, None}
        found = ProposalSheet.objects.filter(pk__in=ids).select_related("department") if ids else []
        return {sheet.pk: sheet.name for sheet in found}

    @cached_property
    def levels(self):
        cycle = self.stored.plan.cycle
        if cycle is None:
            return {}
        return dict(Level.objects.filter(scale=cycle.scale_id).values_list("number", "name"))

    @cached_property
    def rows(self):
        """Those who take part in the component, in the order of their names."""
        rows = [Row(self, person) for person in self.people]
        taking_part = [row for row in rows if proposing.payroll(row.case, row.plan) is not None]
        return sorted(taking_part, key=lambda row: (row.person.sort_key, row.case.number))

    def row_of(self, employee_id):
        """The row of one person, or None where he takes no part: without working out the others."""
        person = self.by_employee.get(employee_id)
        row = person and Row(self, person)
        return row if row and proposing.payroll(row.case, row.plan) is not None else None

    def anew(self):
        """The sheet as it is after something on it was written, by the plan that is made ready already."""
        return Sheet(self.stored, on=self.pooled.on, by=self.by, pooled=self.pooled)

    def with_entries(self, entries):
        """The sheet as it would be with these proposals (`reading.Entry`); nothing is written."""
        given = {entry.row.id: entry.proposed for entry in entries}
        found = self.anew()
        found.people = [
            person._replace(case=person.case._replace(proposed=given[person.employee_id]))
            if person.employee_id in given
            else person
            for person in self.people
        ]
        found.assignments, found.others = self.assignments, self.others
        return found

    @cached_property
    def others(self):
        """What other sheets use of the pools that this one shares with them, by key."""
        keys = {self.pooled.key(row.person) for row in self.rows}
        mine = {row.id for row in self.rows}
        elsewhere = [each for each in self.pooled.sharing(keys) if each.employee_id not in mine]
        return {key: spent for key, spent in self.pooled.used(elsewhere).items() if key in keys}

    @cached_property
    def pools(self):
        """A `PoolState` for each pool from which somebody here is paid, in the order of their names."""
        here = {}
        for row in self.rows:
            here.setdefault(self.pooled.key(row.person), []).append(row)
        return [
            PoolState(
                self.pooled.name(key),
                self.pooled.stored[key].amount if key in self.pooled.stored else 0,
                sum(row.spent for row in rows),
                self.others.get(key, 0),
                rows,
            )
            for key, rows in sorted(here.items())
        ]

    def ranks(self):
        """The rank of each row that can be proposed for, by what is given in percent of pay; ties share."""
        shares = sorted((row.share for row in self.rows if row.room), reverse=True)
        first = {}
        for place, share in enumerate(shares, 1):
            first.setdefault(share, place)
        return {row.id: first[row.share] for row in self.rows if row.room}

    @property
    def what_bars_sending(self):
        """Sentences on what must be settled before the sheet can go to HR."""
        found = [
            f"{pool.name} is overspent by {money.dollars(-pool.left)}."
            for pool in self.pools
            if pool.left < 0
        ]
        found += [f"{row.employee.full_name}: {row.problem}" for row in self.rows if row.problem]
        missing = [row.employee.full_name for row in self.rows if row.lacks_reason]
        if missing:
            names = ", ".join(missing[:5]) + (f" and {len(missing) - 5} more" if len(missing) > 5 else "")
            found.append(f"A reason is missing for {names}.")
        return found

    @property
    def is_out_of_date(self):
        """Whether the plan was changed after its pools were worked out."""
        revisions = {pool.plan_revision for pool in self.pooled.stored.values()}
        return revisions != {self.stored.plan.revision}


class PoolState:
    """What there is in a pool, what this sheet and others use of it, and what is left; in cents."""

    def __init__(self, name, amount, here, elsewhere, rows=()):
        self.name, self.amount, self.here, self.elsewhere = name, amount, here, elsewhere
        self.rows = rows

    @property
    def why_left(self):
        """Why the cents that are left can't be given, if so."""
        return why_left(self.rows, self.left)

    @property
    def used(self):
        return self.here + self.elsewhere

    @property
    def left(self):
        return self.amount - self.used

    @property
    def words(self):
        return f"{money.dollars(self.used)} of {money.dollars(self.amount)} used"

    @property
    def left_in_words(self):
        return f"{money.dollars(self.left)} left" if self.left >= 0 else f"{money.dollars(-self.left)} over"

    @property
    def here_in_words(self):
        return f"Here, {money.dollars(self.here)}"

    @property
    def elsewhere_in_words(self):
        return f"Other departments, {money.dollars(self.elsewhere)}"
