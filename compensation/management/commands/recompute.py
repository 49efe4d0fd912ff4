"""manage.py recompute RUN|FISCAL-YEAR: a past run again from its frozen facts, to the cent."""

import re

from compensation.models import Run
from compensation.runs.recomputing import recompute
from look import formats
from organization.commands import ActCommand
from organization.refusal import Refused


class Command(ActCommand):
    help = (
        "Compute a past pay run, or all of a fiscal year (FY2027), again from the frozen facts and the "
        "plan's rules as they were, and compare each line. Ends with 1 if anything differs."
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("what", metavar="RUN|FISCAL-YEAR")

    def act(self, *, by, at, what, **options):
        found = [recompute(run, by=by, at=at) for run in runs_named(what)]
        result = {"runs": [as_data(each) for each in found]}
        if different := [each for each in found if not each.is_same]:
            names = ", ".join(str(each.run) for each in different)
            raise Refused(f"Not the same when computed again: {names}.", details=result)
        return result

    def lines(self, result):
        for run in result["runs"]:
            count = formats.plural(run["lines"], "line", "lines")
            same = "the same to the cent" if run["same"] else f"{run['different']:,} of them DIFFERENT"
            yield f"Pay run {run['run']}, {run['plan']}: {count}, {same}"
            yield f"  Inputs {'as frozen' if run['same_inputs'] else 'NOT AS FROZEN'}: {run['inputs_hash']}"
            yield f"  Result {'as then' if run['same_result'] else 'NOT AS THEN'}: {run['result_hash']}"
            for each in run["differences"]:
                both = f"stored {each['stored']}, now {each['computed']}"
                yield f"  {each['employee']}, {each['figure']}: {both}"


def runs_named(what):
    """The run of that number, or every computed run of FY2027. Raises Refused."""
    match = re.fullmatch(r"(FY)?(\d{1,9})", what.strip(), re.IGNORECASE)
    if match is None:
        raise Refused(f"“{what}” is neither the number of a run nor a fiscal year such as FY2027.")
    number, runs = int(match[2]), Run.objects.select_related("plan")
    if not match[1] and (run := runs.filter(number=number).first()):
        return [run]
    found = list(runs.filter(plan__fiscal_year=number, state=Run.State.DONE).order_by("number"))
    if not found:
        raise Refused(f"There is no computed pay run {what}, and none of a fiscal year {what}.")
    return found


def as_data(found):
    return {
        "run": found.run.number,
        "plan": str(found.run.plan),
        "same": found.is_same,
        "lines": found.lines,
        "different": found.different,
        "same_inputs": found.same_inputs,
        "same_result": found.same_result,
        "inputs_hash": found.inputs,
        "result_hash": found.result,
        "differences": [each._asdict() for each in found.differences],
    }
