"""What is wrong with a plan, found and returned rather than raised."""

from compensation.conditions import A_YEAR, conditions_of
from compensation.models import Earnings, Grade
from compensation.pay import money, periods, schedule
from compensation.pay.checks import find_problems
from compensation.pay.rules import LOWEST_EARNING_LEVEL, BadRules, Members, Problem
from compensation.pay.written_rules import parse
from compensation.plans import examples as plan_examples
from compensation.plans.advancement_checks import advancement_problems
from compensation.plans.document import document_of
from compensation.plans.notice_checks import notice_problems
from evaluations.models import RatingOfRecord
from look import formats
from organization.models import Department, the_county


def plan_problems(plan, *, conditions=None, county=None, adopted_on=None):
    """Problems of a plan, each with the field, the rule broken and a sentence; "refused" or "warning"
    (PAY-3). An example that does not come out is one. `adopted_on` asks what an order of that day would meet;
    otherwise it is the day of the plan's own order, if it has one.
    """
    conditions = conditions or conditions_of(plan)
    try:
        rules = parse(conditions.rules)
        whole = document_of(plan, conditions)
    except BadRules as bad:
        return bad.problems
    tables = {each["code"]: schedule.parse(each["before"]) for each in conditions.schedules}
    try:
        effective_on = periods.effective_date(
            rules.effective_on, rules.effective_rule, conditions.pay_anchor_on, conditions.pay_period_days
        )
    except ValueError as problem:
        return [Problem("effective_rule", "a pay calendar", str(problem))]
    found = find_problems(
        rules,
        adopted_on=adopted_on or (plan.action.meeting_on if plan.action else None),
        effective_on=effective_on,
        tables=tuple(tables.values()),
    )
    if effective_on - plan.base_on > A_YEAR:
        message = (
            f"The base pay is of {periods.say(plan.base_on)}, more than a year before it changes on "
            f"{periods.say(effective_on)}."
        )
        found.append(Problem("base_on", "base pay of the year before", message))
    if effective_on <= plan.base_on:
        message = (
            f"Pay changes on {periods.say(effective_on)}; the base pay is of {periods.say(plan.base_on)}. "
            "Take the base pay of a day before the change, or the raise would be given on top of itself."
        )
        found.append(Problem("base_on", "base pay before the raise", message))
    found += notice_problems(plan, rules, conditions)
    found += _rules_without_facts(rules, plan)
    found += _unknown_codes(rules)
    found += _grades_of_other_schedules(rules, tables)
    found += _service_weights(rules, minimum_service_weight(plan.cycle, county or the_county()))
    found += _scores_of_the_scale(rules, plan)
    if plan.cycle_id is None and (rules.merit or rules.lump_sum):
        message = "The plan pays by rating. Choose the evaluation cycle whose ratings it pays."
        found.append(Problem("cycle", "a rating to pay by", message))
    found += _missing_schedules(rules, plan.schedule_codes, tables)
    return [*found, *plan_examples.problems(whole)]


def _missing_schedules(rules, codes, tables):
    """Schedules of the plan without a table: nothing to raise, no step to go to, nobody's range known."""
    of_all = rules, *(group.rules for group in rules.groups)
    parts = [part for own in of_all for part in (own.merit, own.tenure) if part]
    needed = any(part.gives in ("step", "steps") for part in parts) or any(own.schedule for own in of_all)
    for code in codes:
        missing = f"No schedule {code} is in force on the day of the base pay."
        if code in tables:
            continue
        if needed:
            yield Problem("schedule", "a schedule to raise", f"{missing} Import it first.")
        elif tables:
            message = f"{missing} Nobody in its grades would have a range: import it first."
            yield Problem("schedule", "ranges on record", message, "warning")


def _grades_of_other_schedules(rules, tables):
    """Grades that a group is known by and no schedule of the plan has: no step and no range holds there."""
    known = {code for table in tables.values() for code in table.by_code}
    for number, group in enumerate(rules.groups, 1):
        missing = [grade for grade in group.members.grades if grade not in known]
        own = group.rules
        by_step = [part for part in (own.tenure, own.merit) if part and part.gives in ("step", "steps")]
        if tables and missing and by_step:
            named = ", ".join(missing[:3]) + (f" and {len(missing) - 3} more" if len(missing) > 3 else "")
            lack = "lacks" if len(tables) == 1 else "lack"
            message = (
                f"{group.name} goes by steps, and {' and '.join(tables)} {lack} {named}: nobody there"
                " gets a step. Add the schedule that has them to the plan."
            )
            yield Problem(f"groups.{number}.members", "steps of the plan's schedule", message, "warning")


def minimum_service_weight(cycle, county):
    """What service elements must weigh at least, of 100: the county's minimum, or the cycle's if more.

    The same holds for certification, whatever the plan says.
    """
    return max(county.minimum_service_weight, cycle.minimum_service_weight if cycle else 0)


def _service_weights(rules, minimum):
    """A plan never asks for less service than the county does (EVL-5)."""
    for name in ("merit", "lump_sum"):
        part = getattr(rules, name)
        who = part and (part.who or rules.who)
        if who and who.at_least_service_weight < minimum * 100:
            weight = money.plain(who.at_least_service_weight, 2)
            message = (
                f"The plan pays from a service weight of {weight} on; the county asks for at least "
                f"{money.plain(int(minimum * 100), 2)} of 100."
            )
            field = f"{name}.who" if part.who else "who"
            yield Problem(f"{field}.at_least_service_weight", "the county's minimum service weight", message)
            if not part.who:
                return  # said once for both


def _scores_of_the_scale(rules, plan):
    """The score from which a rating earns is not below the band of "fully successful" (PAY-3); rows above the
    highest level, which no score passes, are told.
    """
    scored = [name for name in ("merit", "lump_sum") if (part := getattr(rules, name)) and part.by == "score"]
    if not scored or plan.cycle is None:
        return
    bands = {band.level: band for band in plan.cycle.scale.bands.all()}
    highest = max(bands, default=9)
    for name in scored:
        beyond = [row.starts for row in getattr(rules, name).table if row.starts > highest * 100]
        if beyond:
            first = money.plain(min(beyond), 2, at_least=2)
            message = (
                f"No score of {plan.cycle} is above {highest}.00, so nobody has what is paid from {first} on."
            )
            yield Problem(f"{name}.table", "scores that the scale has", message, "warning")
    band = bands.get(LOWEST_EARNING_LEVEL)
    if band and rules.lowest_earning_score < band.from_score * 100:
        score = money.plain(rules.lowest_earning_score, 2, at_least=2)
        message = f"Scores from {score} on would earn; fully successful begins at {band.from_score}."
        yield Problem("lowest_earning_score", "no pay below fully successful (PAY-3)", message)


def _rules_without_facts(rules, plan):
    """Rules on facts that are not on record: nobody could be held to them, or paid by them."""
    yield from advancement_problems(plan, rules)
    if rules.pays_earnings:
        yield from _earnings(plan)


def _earnings(plan):
    """Total earnings of the performance period: on record for nobody, or not for everybody who is rated."""
    earned = Earnings.objects.filter(cycle=plan.cycle_id)
    if not earned.exists():
        message = (
            "Total earnings of the performance period are not on record for anyone, so no run can pay a"
            " percent of them. Put them on record under Pay plans, Total earnings."
        )
        yield Problem("lump_sum.gives", "facts on record", message)
        return
    rated = RatingOfRecord.objects.filter(cycle=plan.cycle_id).exclude(employee__in=earned.values("employee"))
    if without := rated.values("employee").distinct().count():
        people = formats.plural(without, "person with a rating has", "people with a rating have")
        message = f"{people} no total earnings on record, and would be paid no percent of them."
        yield Problem("lump_sum.gives", "facts on record", message, "warning")


def _unknown_codes(rules):
    """Departments and grades that members of a group or a team are known by, and grades that are left out,
    that the county has not.
    """
    lumps = [each.lump_sum for each in (rules, *(group.rules for group in rules.groups))]
    parts = [
        (f"groups.{number}.members", group.name, group.members)
        for number, group in enumerate(rules.groups, 1)
    ]
    parts += [("lump_sum.teams", team.name, team.members) for lump in lumps if lump for team in lump.teams]
    if rules.who.grades_left_out:
        left_out = Members(grades=rules.who.grades_left_out)
        parts.insert(0, ("who.grades_left_out", "The list of grades that are left out", left_out))
    if not parts:
        return
    departments = set(Department.objects.values_list("code", flat=True))
    grades = set(Grade.objects.values_list("code", flat=True))
    for field, name, members in parts:
        for named, known, whole in (
            (members.departments, departments, ("no department has that code", "those codes")),
            (members.grades, grades, ("no schedule has that grade", "those grades")),
        ):
            unknown = [code for code in named if code not in known]
            if unknown:
                of = whole[0] if len(unknown) == 1 else f"{whole[0].partition(' that ')[0]} {whole[1]}"
                message = f"{name} names {' and '.join(unknown)}, and {of}."
                yield Problem(field, "codes that are known", message, "warning")
