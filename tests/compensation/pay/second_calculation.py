"""A second calculation, in Decimal dollars and written from the rules' text alone."""

import calendar
from datetime import date
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)

MODES = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "up": ROUND_UP, "down": ROUND_DOWN}


class Oracle:
    """One plan in Decimal: dollars a year or an hour, fractions of one instead of percents."""

    def __init__(self, rules, table, adopted_on, noticed=None):
        self.rules, self.table, self.adopted_on, self.noticed = rules, table, adopted_on, noticed or {}
        self.mode = MODES[rules.rounding.mode]
        self.grades, self.numbers = {}, {}
        for grade in table.grades:
            points = (grade.minimum, grade.maximum) if grade.maximum else (grade.minimum,)
            old = [Decimal(cents) / 100 for cents in (grade.steps or points)]
            self.grades[grade.code] = (bool(grade.steps), old, self.raised_cells(grade, old))
            self.numbers[grade.code] = grade.numbers

    def raised_cells(self, grade, old):
        rule, across = self.rules.schedule, self.rules.across_the_board
        if rule is None or (rule.percent is None and across is None):
            return old
        place = Decimal("0.01") if rule.place == "cent" else Decimal(1)

        def up(cell):
            least = Decimal(across.at_least) / 100 if rule.percent is None else Decimal(0)
            extra = Decimal(across.amount) / 100 if rule.percent is None else Decimal(0)
            percent = self.published(across) if rule.percent is None else rule.percent
            more = max(cell * share(percent), least) + extra
            return max(self.round(cell + more, place), cell) if more else cell

        if rule.method == "cells":
            return [up(cell) for cell in old]
        first = up(old[0])
        if rule.method == "increment":
            increment = self.round(first / rule.divisor, place)
            return [first + increment * number for number in range(len(old))]
        if not grade.steps:
            return [first, *(self.round(first * cell / old[0], place) for cell in old[1:])]
        new = [first]
        for _ in old[1:]:
            new.append(self.round(new[-1] * (1 + share(rule.between)), place))
        return new

    @staticmethod
    def published(across):
        """The percent as published, less what passes the multiple that it is rounded down to."""
        over = across.percent % across.rounded_down_to if across.rounded_down_to else 0
        return across.percent - over

    def round(self, amount, place):
        return exact(amount / place).quantize(Decimal(1), rounding=self.mode) * place

    def tenure_day(self, case):
        """The day of tenure: as many months after each anniversary as its first row has beyond years."""
        tenure = self.rules.tenure
        return self.own_day(case, tenure.begins, tenure.table[0].months % 12)

    def own_day(self, case, begins, months=0):
        """The day that a component names: that of the raise, one for all, or a person's anniversary."""
        if begins is None:
            return self.rules.effective_on
        if begins.on:
            return begins.on
        since, year = getattr(case, begins.anniversary), self.rules.fiscal_year
        if since is None:
            return None
        passed = [after(since, months + 12 * count) for count in range(0 if months else 1, 80)]
        return max(next(day for day in passed if day >= year.starts_on), self.rules.effective_on)

    def is_in(self, case, who, by, begins=None, months=0):
        r = self.rules
        starts = begins.on if begins and begins.on else r.effective_on
        day = who.as_of or starts
        if begins and begins.anniversary:
            own = self.own_day(case, begins, months)
            if own is None or own > r.fiscal_year.ends_on:
                return False
            if case.separated_on and case.separated_on <= own:
                return False
        level = max(who.at_least_level or 0, 3 if by else 0)
        least_score = max(who.at_least_score or 0, r.lowest_earning_score if by == "score" else 0)
        tests = [
            case.kind in who.kinds,
            not who.court_only or case.pay_set_by == "court",
            who.grant_funded or not case.is_grant,
            case.separated_on is None or case.separated_on > starts,
            case.grade not in who.grades_left_out,
            who.hired_by is None or (case.hired_on is not None and case.hired_on <= who.hired_by),
            served(case.hired_on, day, who.months_of_service),
            served(case.in_position_since, day, who.months_in_position),
            case.last_promotion_on is None or served(case.last_promotion_on, day, who.months_since_promotion),
            case.last_merit_on is None or served(case.last_merit_on, day, who.months_since_merit),
            not who.at_least_fte or (case.fte or 0) >= who.at_least_fte,
            not (by == "level" or who.at_least_level) or case.level is not None,
            case.level is None or case.level >= level,
            not (by == "score" or who.at_least_score)
            or (case.score is not None and case.score >= least_score),
            (case.service_weight or 0) >= who.at_least_service_weight,
        ]
        return all(tests)

    def part_of_year(self, case, component, begins=None, *, by_years=False):
        r = self.rules
        if r.proration.by == "none" or component not in r.proration.components:
            return Decimal(1)
        if case.hired_on is None:
            return Decimal(0)
        if r.proration.by == "months":
            until = self.own_day(case, begins) or r.effective_on
            if by_years:
                until = max(until, self.tenure_day(case))
            months = (until.year - case.hired_on.year) * 12 + until.month - case.hired_on.month
            return Decimal(min(max(months, 0), 12)) / 12
        return part(getattr(r, r.proration.of), case.hired_on)

    def earned(self, component, case):
        measure = case.level if component.by == "level" else case.score
        for band in component.table:
            if band.starts <= measure and (band.ends is None or measure < band.ends):
                return band.value
        return 0

    def answer(self, case):
        """`step` is from here on the place in the grade, from 1, whatever number or year it has."""
        numbers = self.numbers.get(case.grade, ())
        if case.step is not None:
            case = case._replace(step=numbers.index(case.step) + 1 if case.step in numbers else 0)
        r = self.rules
        hourly = case.basis == "hourly"
        hours = Decimal(case.hours_per_year or r.hours_per_year)
        rate = Decimal(case.rate) / (10_000 if hourly else 100)
        place = Decimal("0.0001") if r.rounding.hourly_decimals == 4 else Decimal("0.01")
        if not hourly:
            place = Decimal("0.01") if r.rounding.place == "cent" else Decimal(1)
        yearly = (hours if hourly else 1) * (Decimal(case.fte) / 10_000 if case.fte else 1)
        old, new, lowest, highest, steps = self.range_of(case, hours, place)
        on_step = steps and case.step is not None and 1 <= case.step <= len(old)
        above = rate - old[case.step - 1] if on_step else Decimal(0)

        across, given_across = r.across_the_board, False
        after = rate
        if across and self.is_in(case, across.who, None):
            given_across = True
            full_year = Decimal(across.at_least) / 100, Decimal(across.amount) / 100
            if on_step and new is not old and (not above or (r.keeps_above_step and above > 0)):
                after = max(new[case.step - 1] + above, rate)
            elif not any(full_year) or case.fte is not None:
                least, extra = (amount / hours if hourly else amount for amount in full_year)
                more = max(rate * share(self.published(across)), least) + extra
                more *= self.part_of_year(case, "across_the_board")
                after = max(self.round(rate + more, place), rate) if more else rate
        over, full = Decimal(0), after
        if across and across.stops_at_maximum and r.at_maximum != "none" and highest is not None:
            kept = min(after, max(highest, rate))
            over += self.cents(after * yearly) - self.cents(kept * yearly)
            after = kept
        lifting = r.schedule is not None and r.schedule.lift_to_minimum
        if lowest is not None and lifting and after < lowest:
            blocked = across is not None and given_across and self.no_part(case, across)
            if (given_across and not blocked) if across else self.is_in(case, r.who, None):
                after = lowest
        paid = max(after, full) if r.at_maximum == "split" else after
        yearly_paid = paid * (hours if hourly else 1)
        if case.kind == "elected" and across and paid > rate and not self.was_noticed(case, yearly_paid):
            after, over = rate, Decimal(0)
        lifted = after
        grade = (new, highest, steps)
        once_by_years, step = r.tenure is not None and r.tenure.paid_once, case.step
        if not once_by_years:
            after, step = self.tenure(case, rate, after, hours, place, grade, above)
        base = self.merit(case._replace(step=step), rate, after, hours, place, grade, by_years=after > lifted)
        base, uncapped = base
        over += self.cents(uncapped * yearly) - self.cents(base * yearly)
        bases = {"new": base, "raised": after, "old": rate}
        lump = self.lump_sum(case, bases[r.lump_sum.base_used if r.lump_sum else "new"] * yearly)
        longevity = self.paid_by_years(case, base * yearly) if once_by_years else Decimal(0)
        before, lift, raised, paid = (self.cents(each * yearly) for each in (rate, lifted, after, base))
        excess = over if r.at_maximum == "split" else 0
        return {
            "lifted_rate": lifted,
            "tenure_rate": after,
            "new_rate": base,
            "old_annual": before,
            "tenure": raised - lift,
            "merit": paid - raised,
            "new_annual": paid,
            "excess": excess,
            "forfeited": over - excess,
            "lump_sum": lump,
            "longevity": longevity,
            "lump": excess + lump + longevity,
            **self.employer("raise", lift - before, before),
            **(
                self.employer("tenure", longevity, paid + excess + lump)
                if longevity
                else self.employer("tenure", raised - lift, lift)
            ),
            **self.employer("merit", paid - raised, raised),
            **self.employer("lump", excess + lump, paid),
        }

    def in_year(self, case, found, *, has_merit):
        """What is paid within the fiscal year: raise, tenure, merit, once, then the employer's share.

        `has_merit`: the rating earned merit, be it all over the maximum.
        """
        days = [
            self.own_day(case, part.begins if part else None)
            for part in (None, self.rules.merit, self.rules.lump_sum)
        ]
        raised = found["new_annual"] - found["merit"] - found["tenure"] - found["old_annual"]
        tenure_on = self.tenure_day(case) if self.rules.tenure else None
        if found["tenure_rate"] > found["lifted_rate"] and days[1]:
            days[1] = max(days[1], tenure_on)
        shares = [self.months_left(day) for day in (days[0], tenure_on, days[1])]
        parts = [
            (raised, found["fica_raise"] + found["retirement_raise"], shares[0]),
            (found["tenure"], found["fica_tenure"] + found["retirement_tenure"], shares[1]),
            (found["merit"], found["fica_merit"] + found["retirement_merit"], shares[2]),
        ]
        once = found["excess"] + found["lump_sum"], found["fica_lump"] + found["retirement_lump"]
        of_years = found["longevity"], parts[1][1] if found["longevity"] else Decimal(0)
        if found["longevity"]:
            parts[1] = (Decimal(0), Decimal(0), shares[1])
        first_on = days[2] and (days[2] if days[2] <= self.rules.fiscal_year.ends_on else days[0])
        if first_on and days[1] and has_merit and found["excess"]:
            first_on = max(first_on, days[1])
        pay, share = (self.paid_in_months(amount, first_on) for amount in once)
        return [
            *(self.cents(amount * of) for amount, _, of in parts),
            pay,
            *(self.cents(amount * of) for _, amount, of in parts),
            share,
            *(self.paid_in_months(amount, tenure_on) for amount in of_years),
        ]

    def paid_in_months(self, amount, first_on):
        """The payments of a sum within the fiscal year; odd cents are dealt out from the first on."""
        count, cents = self.rules.monthly_payments, int(amount * 100)
        dealt = [cents // count] * count
        for odd in range(cents - sum(dealt)):
            dealt[odd] += 1
        ends_on = self.rules.fiscal_year.ends_on
        paid = (each for month, each in enumerate(dealt) if not first_on or after(first_on, month) <= ends_on)
        return Decimal(sum(paid)) / 100

    def months_left(self, begins_on):
        """Months from a day to the end of the fiscal year, of twelve; of a month that has begun its days."""
        year, months = self.rules.fiscal_year, Decimal(0)
        if begins_on is None:
            return Decimal(1)
        day = max(begins_on, year.starts_on)
        while day <= year.ends_on:
            last = calendar.monthrange(day.year, day.month)[1]
            months += Decimal(last - day.day + 1) / last
            day = after(day.replace(day=1), 1)
        return months / 12

    def was_noticed(self, case, yearly):
        """Whether a published notice allows an officer so much a year."""
        return case.number in self.noticed and yearly <= Decimal(self.noticed[case.number]) / 100

    def earned_by_years(self, case):
        """What the table of tenure gives for the length of service; 0 for who has no part in it."""
        tenure, value = self.rules.tenure, 0
        months = tenure.table[0].months % 12 if tenure else 0
        if not tenure or not self.is_in(case, tenure.who, None, tenure.begins, months):
            return 0
        since, on = getattr(case, tenure.since), tenure.as_of or self.tenure_day(case)
        if since is None:
            return 0
        for row in tenure.table:
            value = row.value if after(since, row.months) <= on else value
        return value

    def paid_by_years(self, case, pay):
        """What tenure pays once: a percent of the new pay of a year, or dollars at the FTE."""
        value = self.earned_by_years(case)
        if self.rules.tenure.gives == "percent":
            amount = share(value) * pay
        else:
            amount = Decimal(value) / 100 * Decimal(case.fte or 0) / 10_000
        return self.round(amount, Decimal("0.01") if self.rules.rounding.place == "cent" else Decimal(1))

    def tenure(self, case, rate, now, hours, place, grade, above):
        """What tenure adds, at most to the maximum; the step afterwards."""
        r, tenure = self.rules, self.rules.tenure
        new, highest, steps = grade
        value = self.earned_by_years(case)
        if not value:
            return now, case.step
        if tenure.gives == "step":
            reached = sum(number <= value for number in self.numbers[case.grade]) if steps else 0
            above = max(above, Decimal(0)) if r.keeps_above_step else Decimal(0)
            if not reached or new[reached - 1] + above <= now:
                return now, case.step
            most = max(highest, now) if r.at_maximum != "none" else new[reached - 1] + above
            return min(new[reached - 1] + above, most), reached
        capped = r.at_maximum != "none" and highest is not None
        if tenure.gives == "steps":
            if not steps or case.step is None or not 1 <= case.step <= len(new):
                return now, case.step
            step = min(case.step + value, len(new))
            more = now + new[step - 1] - new[case.step - 1]
        elif tenure.gives == "amount" and case.fte is None:
            return now, case.step
        else:
            step = case.step
            if tenure.gives == "amount":
                more = Decimal(value) / 100 / (hours if case.basis == "hourly" else 1)
            else:
                more = (now if r.order == "compounded" else rate) * share(value)
            more = max(self.round(now + more, place), now)
        return (min(more, max(highest, now)) if capped else more), step

    def employer(self, name, amount, before):
        """Social Security up to the wage base, Medicare and retirement on all of it, each to the cent."""
        rates = self.rules.employer
        taxed = min(amount, max(Decimal(rates.wage_base) / 100 - before, 0))
        fica = self.cents(taxed * share(rates.social_security)) + self.cents(amount * share(rates.medicare))
        return {f"fica_{name}": fica, f"retirement_{name}": self.cents(amount * share(rates.retirement))}

    def no_part(self, case, across):
        """Dollars without an FTE, or no service: nothing across the board, and so no lift."""
        return ((across.at_least or across.amount) and case.fte is None) or not self.part_of_year(
            case, "across_the_board"
        )

    def merit(self, case, rate, after, hours, place, grade, *, by_years):
        r, merit = self.rules, self.rules.merit
        new, highest, steps = grade
        if not merit or not self.is_in(case, merit.who or r.who, merit.by, merit.begins):
            return after, after
        if not self.earned(merit, case):
            return after, after
        value, caps = self.earned(merit, case), r.at_maximum != "none"
        if merit.gives == "steps":
            if not steps or case.step is None or not 1 <= case.step <= len(new):
                return after, after
            full = Decimal(merit.at_least) / 100 / (hours if case.basis == "hourly" else 1)
            least = self.round(full, place)
            while case.step + value <= len(new) and new[case.step + value - 1] - new[case.step - 1] < least:
                value += 1
            short = least if case.step + value > len(new) else 0
            if merit.ends_at_step is not None and merit.ends_at_step <= max(self.numbers[case.grade]):
                allowed = sum(number <= merit.ends_at_step for number in self.numbers[case.grade])
                value = min(value, allowed - case.step)
                if value <= 0:
                    return after, after
            to = min(case.step + value, len(new))
            reached = after + new[to - 1] - new[case.step - 1]
            beyond = (new[-1] - new[-2]) * (case.step + value - to) if caps and len(new) > 1 else 0
            uncapped = reached + beyond
            if caps and case.step + value > len(new):
                uncapped = max(uncapped, after + short)
            return (min(reached, max(highest, after)) if caps else reached), uncapped
        if merit.gives == "amount":
            if case.fte is None:
                return after, after
            more = Decimal(value) / 100 / (hours if case.basis == "hourly" else 1)
        else:
            more = (after if r.order == "compounded" else rate) * share(value)
            if merit.at_least and case.fte is None:
                return after, after
            more = max(more, Decimal(merit.at_least) / 100 / (hours if case.basis == "hourly" else 1))
        more *= self.part_of_year(case, "merit", merit.begins, by_years=by_years)
        uncapped = max(self.round(after + more, place), after) if more else after
        if highest is None or not caps:
            return uncapped, uncapped
        return min(uncapped, max(highest, after)), uncapped

    def lump_sum(self, case, pay):
        r, lump = self.rules, self.rules.lump_sum
        by = "level" if lump and lump.by == "team" else lump and lump.by
        if not lump or not self.is_in(case, lump.who or r.who, by, lump.begins):
            return 0
        amount = Decimal(self.of_team(lump, case) if lump.by == "team" else self.earned(lump, case))
        if lump.gives in ("percent", "earnings"):
            if not amount or (lump.gives == "earnings" and case.earnings is None):
                return 0
            amount = share(amount) * (pay if lump.gives == "percent" else Decimal(case.earnings) / 100)
            if lump.at_least and lump.follows_fte and case.fte is None:
                return 0
            fte = Decimal(case.fte) / 10_000 if lump.follows_fte and lump.at_least else 1
            amount = max(amount, Decimal(lump.at_least) / 100 * fte)
        else:
            if lump.follows_fte and case.fte is None:
                return 0
            amount = amount / 100 * (Decimal(case.fte) / 10_000 if lump.follows_fte else 1)
        if lump.gives != "earnings":
            amount *= self.part_of_year(case, "lump_sum", lump.begins)
        if lump.from_adoption_on and self.adopted_on:
            hired = case.hired_on
            by_days = (
                lump.gives != "earnings"
                and r.proration.by == "days"
                and getattr(r, r.proration.of) == r.performance_period
            )
            if (
                by_days
                and "lump_sum" in r.proration.components
                and hired
                and hired > r.performance_period.starts_on
            ):
                amount /= self.part_of_year(case, "lump_sum") or 1
                amount *= part(r.performance_period, max(hired, self.adopted_on))
            else:
                amount *= part(r.performance_period, self.adopted_on)
        return self.round(amount, Decimal("0.01") if r.rounding.place == "cent" else Decimal(1))

    @staticmethod
    def of_team(lump, case):
        for team in lump.teams:
            if not team.members.departments or case.department in team.members.departments:
                return (team.value if isinstance(team.value, tuple) else (team.value,) * 3)[case.level - 3]
        return 0

    def range_of(self, case, hours, place):
        """Old and new cells, minimum, maximum, and whether the cells are steps, by the unit of the case."""
        if case.fte is None or case.grade not in self.grades:
            return None, None, None, None, False
        steps, old, new = self.grades[case.grade]
        if case.basis == "annual":
            return old, new, new[0], new[-1] if len(new) > 1 or steps else None, steps

        def by_hour(cell, rounding):
            return (cell / hours / place).quantize(Decimal(1), rounding=rounding) * place

        cells = [[by_hour(cell, ROUND_HALF_UP) for cell in row] for row in (old, new)]
        if steps:
            return cells[0], cells[0] if new is old else cells[1], cells[1][0], cells[1][-1], steps
        lowest = by_hour(new[0], ROUND_CEILING)
        if len(new) == 1:
            return *cells, lowest, None, steps
        highest = by_hour(new[-1], ROUND_FLOOR)
        return *cells, min(lowest, highest), highest, steps

    @staticmethod
    def cents(amount):
        return exact(Decimal(amount)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def exact(amount):
    """An amount without what a third or a twelfth lost in sixty digits: 6.75999… of a cent is 6.76 of it."""
    return amount.quantize(Decimal("1e-40"))


def share(millionths):
    return Decimal(millionths) / 1_000_000


def part(period, since):
    whole = (period.ends_on - period.starts_on).days + 1
    return Decimal(max((period.ends_on - max(period.starts_on, since)).days + 1, 0)) / whole


def served(since, day, months):
    """Whether `months` have passed since a day: counted forward, to the last day of a shorter month."""
    if not months:
        return True
    return since is not None and after(since, months) <= day


def after(since, months):
    year, month = divmod(since.year * 12 + since.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(since.day, last))
