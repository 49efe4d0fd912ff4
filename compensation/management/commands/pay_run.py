"""manage.py pay_run PLAN: compute a plan over the county, in this process."""

import re
from contextlib import nullcontext

from django.db import transaction

from compensation import services
from compensation.models import Outcome, PayPlan
from compensation.pay import money
from compensation.runs.computing import COUNTS, SUMS
from compensation.runs.pages import in_words, people_of
from organization.commands import ActCommand
from organization.refusal import Refused


class Command(ActCommand):
    help = "Compute a pay plan over the county. PLAN is FY2027, or FY2027v2 for its version 2."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("plan", metavar="PLAN")
        parser.add_argument("--dry-run", action="store_true", help="tell the result, and keep nothing")

    def act(self, *, by, at, plan, dry_run, **options):
        chosen = plan_of(plan)
        with transaction.atomic() if dry_run else nullcontext():
            run = services.start_run(chosen.pk, by=by, at=at, in_background=False)
            run = services.compute_here(run)
            people = people_of(run)
            if dry_run:
                transaction.set_rollback(True)
        return {
            "run": None if dry_run else run.number,  # nothing is kept that could bear a number
            "plan": str(chosen),
            "plan_state": chosen.state,
            "state": run.state,
            "positions": run.people,
            "people": people,
            **{name: run.totals[name] for name in COUNTS},
            **{name: money.plain(run.totals[name], 2, at_least=2) for name in (*SUMS, "in_year")},
            "inputs_hash": run.inputs_hash,
            "result_hash": run.result_hash,
            "dry_run": dry_run,
        }

    def lines(self, result):
        who = in_words(result["positions"], result["people"])
        name = "Dry run" if result["dry_run"] else f"Pay run {result['run']}"
        yield f"{name} of {result['plan']}: {who}"
        for name in COUNTS:
            yield f"  {Outcome(name).label}: {result[name]:,}"
        for name, words in WORDS.items():
            yield f"  {words:42}{money.dollars(money.read_dollars(result[name])):>20}"
        yield f"Inputs: {result['inputs_hash']}"
        yield f"Result: {result['result_hash']}"
        if result["dry_run"]:
            yield "This was a dry run: nothing was kept."


WORDS = {
    "across_the_board": "Across the board, a year",
    "lift": "To the minimum, a year",
    "tenure": "Tenure, a year",
    "merit": "Merit on base pay, a year",
    "lump": "Paid once, in all",
    "longevity": "Longevity pay, of that",
    "fica": "Employer's Social Security and Medicare",
    "retirement": "Employer's retirement deposit",
}


def plan_of(name):
    """The plan called FY2027 (the one in force, else the latest draft) or FY2027v2. Raises Refused."""
    match = re.fullmatch(r"(?:FY)?(\d{4})(?:\s*v\s*(\d+))?", name.strip(), re.IGNORECASE)
    if match is None:
        raise Refused(f"“{name}” is not the name of a plan. Write FY2027, or FY2027v2 for its version 2.")
    plans = PayPlan.objects.filter(fiscal_year=int(match[1]))
    if match[2]:
        plan = plans.filter(version=int(match[2])).first()
    else:
        plan = plans.filter(state=PayPlan.State.ADOPTED).first() or plans.order_by("-version").first()
    if plan is None:
        there = ", ".join(f"FY{p.fiscal_year}v{p.version}" for p in PayPlan.objects.all()) or "none"
        raise Refused(f"There is no pay plan {name}. Plans: {there}.")
    return plan
