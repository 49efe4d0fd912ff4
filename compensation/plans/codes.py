"""The grades that a plan names, as people write them: one by one, or from one to another (PAY-2)."""

from compensation.models import Grade, Schedule
from compensation.pay.rules import BadRules, Problem
from look.formats import listed
from organization.models import Department

DASHES = ("-", "–", "—")


def grades_by_schedule(on):
    """The codes of the grades in force on a day, in the order of each schedule, by the schedule's code."""
    tables = Schedule.objects.in_force(on)
    found = {}
    rows = Grade.objects.filter(schedule__in=tables).order_by("schedule__code", "position")
    for schedule, code in rows.values_list("schedule__code", "code"):
        found.setdefault(schedule, []).append(code)
    return found


def known(on):
    """What can be named, for the page: each schedule with its grades in order, and the departments."""
    schedules = [(code, ", ".join(grades)) for code, grades in grades_by_schedule(on).items()]
    return {
        "schedules": schedules,
        "departments": list(Department.objects.order_by("code").values_list("code", "name")),
    }


def spell_out(rules, on):
    """Put each grade in the place of ranges of them in the rules, as a document writes those.

    The sentences say what each range was understood as. Raises BadRules for one that can't be.
    """
    places = list(_places(rules))
    if not any(_may_be_range(code) for _, grades in places for code in grades):
        return []
    schedules, understood, problems = grades_by_schedule(on), [], []
    for field, grades in places:
        found = []
        for code in grades:
            try:
                between = grades_between(code, schedules)
            except ValueError as problem:
                problems.append(Problem(field, "a range of grades", str(problem)))
                continue
            if between != [code]:
                understood.append(f"“{code}” is {listed(between)}.")
            found += [each for each in between if each not in found]
        grades[:] = found
    if problems:
        raise BadRules(problems)
    return understood


def grades_between(text, schedules):
    """The grades that “D1 to D4” or “D1-D4” is, both ends among them; the text itself where it is one grade.

    A grade of that very name is that grade. Raises ValueError with a sentence.
    """
    known_in = {code: name for name, grades in schedules.items() for code in grades}
    if text in known_in or not _may_be_range(text):
        return [text]
    ends = [each for each in _ends(text) if all(each)]
    if not ends:
        return [text]
    pair = next((each for each in ends if all(end in known_in for end in each)), None)
    if pair is None:
        half = next((each for each in ends if any(end in known_in for end in each)), None)
        if half is None and " to " not in text:
            return [text]  # a code with a dash in it, which nobody knows: told as such
        unknown = [end for end in half or ends[0] if end not in known_in]
        lack = "no schedule in force on the day of the base pay has"
        raise ValueError(f"“{text}” can’t be read as a range: {lack} {' or '.join(unknown)}.")
    first, last = pair
    both = {name: grades for name, grades in schedules.items() if first in grades and last in grades}
    if not both:
        where = f"{first} is in {known_in[first]}, and {last} in {known_in[last]}"
        raise ValueError(f"“{text}” can’t be read as a range: {where}.")
    found = [(name, grades[grades.index(first) : grades.index(last) + 1]) for name, grades in both.items()]
    schedule, between = found[0]
    if not between:
        raise ValueError(
            f"“{text}” can’t be read as a range: in {schedule}, {last} stands before {first}. "
            f"Write {last} to {first}."
        )
    if any(other != between for _, other in found):
        where = f"{listed(list(both))} have other grades from {first} to {last}. Write them one by one"
        raise ValueError(f"“{text}” can’t be read as a range: {where}.")
    return between


def _may_be_range(text):
    return " to " in text or any(dash in text for dash in DASHES)


def _ends(text):
    """The pairs of grades that a text can mean; a grade's own code may have a dash in it."""
    for mark in (" to ", *DASHES):
        start = text.find(mark)
        while start >= 0:
            yield text[:start].strip(), text[start + len(mark) :].strip()
            start = text.find(mark, start + 1)


def _places(rules):
    """(field, list of grades) for each place on the page in which grades are named."""
    if rules.get("who"):
        yield "who.grades_left_out", rules["who"]["grades_left_out"]
    for number, team in enumerate(_teams(rules), 1):
        yield f"lump_sum.teams.{number}.grades", team["members"]["grades"]
    for number, group in enumerate(rules["groups"], 1):
        yield f"groups.{number}.members.grades", group["members"]["grades"]
        for team in _teams(group["rules"]):
            yield f"groups.{number}.rules.lump_sum.teams", team["members"]["grades"]


def _teams(rules):
    return (rules.get("lump_sum") or {}).get("teams") or []
