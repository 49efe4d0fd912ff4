"""manage.py explain EMPLOYEE-NUMBER RUN-NUMBER: how one person's pay was worked out."""

from compensation.explaining import as_data, explain_line
from compensation.models import Run, RunLine
from look.formats import in_a_sentence
from organization.commands import ActCommand
from organization.refusal import Refused


class Command(ActCommand):
    help = (
        "Explain a person's line in a run: the order, the rules that were met, each step of the arithmetic."
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("employee", metavar="EMPLOYEE-NUMBER")
        parser.add_argument("run", metavar="RUN-NUMBER", type=int)

    def act(self, *, by, employee, run, **options):
        lines = RunLine.objects.all() if by.user is None else RunLine.objects.visible_to(by)
        related = ("case__rating", "run__plan__action", "employee", "department")
        found = list(lines.filter(number=employee, run__number=run).select_related(*related).order_by("pk"))
        if not found:
            if not Run.objects.filter(number=run).exists():
                raise Refused(f"There is no pay run {run}.")
            raise Refused(f"Employee {employee} has no line in pay run {run}.")
        return {"lines": [as_data(line, explain_line(line)) for line in found]}

    def lines(self, result):
        for data in result["lines"]:
            yield from told(data)


def told(data):
    """One line's explanation in plain text."""
    person, plan, rating = data["employee"], data["plan"], data["rating"]
    yield f"{person['name']}, No. {person['number']}, {person['department']}"
    order = f"order {plan['order']}" if plan["order"] else "not adopted yet"
    yield f"Pay run {data['run']['number']}: {plan['name']}, {order}"
    yield f"On its page: {data['page']}"  # letters and payroll files number their own lines, batch by batch
    yield from _told_stale(data["stale"])
    yield f"Counts from {plan['effective_on']:%B %-d, %Y}"
    if rating:
        weight = f"service weight {rating['service_weight']}"
        yield f"Rating of record: level {rating['level']}, {rating['score']}; {weight}"
    else:
        yield "Rating of record: none"
    for component, found in data["eligibility"].items():
        yield f"{component}:"
        for finding in found:
            mark = {True: "yes", False: "no", None: "not known"}[finding["met"]]
            yield f"  {mark:9} {finding['sentence']}"
            if finding["cure"]:
                yield f"  {'':9} {finding['cure']}"
    for lines in data["arithmetic"].values():
        for each in lines:
            if each["kind"] == "total":
                yield f"  {'':62}{'=' * 16}"
            working = f" ({each['formula']})" if each["formula"] else ""
            yield f"  {each['label'] + working:62}{each['amount']:>16}"
    for label, cents in data["employer"].items():
        yield f"  Employer, {in_a_sentence(label)}: ${cents}"
    for each in data["what_would_have_changed_it"]:
        yield f"{each['fact']}: ${each['new_annual']} a year, ${each['paid_once']} paid once"
    yield f"Result of the run: {data['run']['result_hash']}"
    yield (
        "Computed again from the frozen facts: the same"
        if data["same_when_computed_again"]
        else "Computed again from the frozen facts: NOT the same"
    )


def _told_stale(stale):
    if stale["is_stale"]:
        yield "STALE: this line can't be certified or released."
        yield from (f"  {sentence}" for sentence in (*stale["run"], *stale["line"]))
        later = stale["later_run"]
        yield f"  Pay run {later} was computed after it." if later else "  Run the plan again."
