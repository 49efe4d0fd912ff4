"""manage.py pay_case PLAN.json CASES.csv: what a plan gives in any number of cases, without a database."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from compensation import case_files
from compensation.pay import checks, document
from compensation.pay.calculation import award
from compensation.pay.case_texts import write_award
from compensation.pay.dating import dates_of
from compensation.pay.explain import ledger
from compensation.pay.rules import BadRules
from exchange.writing import write_csv
from organization.refusal import Refused


class Command(BaseCommand):
    help = (
        "Compute the cases of a CSV or XLSX file by a pay plan's document, with every figure on the way."
        " No database is needed. docs/pay-plan.md says what both files hold."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("plan", metavar="PLAN.json", type=Path)
        parser.add_argument("cases", metavar="CASES.csv", type=Path)
        parser.add_argument("--json", action="store_true", dest="as_json", help="answer in JSON, not in CSV")
        parser.add_argument("--explain", action="store_true", help="in JSON, each step of the arithmetic too")
        parser.add_argument(
            "--draft", action="store_true", help="compute although the plan could not be adopted as it is"
        )

    def handle(self, *args, plan, cases, as_json, explain, draft, **options):
        try:
            chosen = read_plan(plan)
            found = problems_of(chosen)
            if checks.is_refused(found) and not draft:
                raise Refused("The plan could not be adopted.", details={"problems": as_data(found)})
            read = case_files.read_cases(content_of(cases), cases.name)
        except Refused as problem:
            self.refuse(problem, as_json)
        prepared = chosen.prepared()
        figures = ((case, award(case, prepared)) for case in read)
        failing = [str(failure) for failure in document.failures(chosen)]
        if not as_json:
            for sentence in [each["sentence"] for each in as_data(found)] + failing:
                self.stderr.write(sentence)
            self.write_csv(figures, chosen.rules)
            return
        head = {
            "plan": chosen.title,
            "effective_on": prepared.effective_on.isoformat(),
            "problems": as_data(found),
            "failing_examples": failing,
        }
        self.stdout.write(json.dumps(head, ensure_ascii=False, indent=1)[:-2] + ',\n "cases": [')
        between = ""
        for case, given in figures:  # one at a time: a hundred thousand cases need no memory
            data = write_award(case, given, chosen.rules)
            if explain:
                dates = dates_of(case, prepared, given)
                data["days"] = {name: day and day.isoformat() for name, day in dates._asdict().items()}
                data["arithmetic"] = [
                    {
                        "section": each.section,
                        "label": each.label,
                        "formula": each.formula,
                        "amount": each.text,
                    }
                    for each in ledger(case, given, prepared)
                ]
            self.stdout.write(between + json.dumps(data, ensure_ascii=False), ending="")
            between = ",\n"
        self.stdout.write("\n]}")

    def write_csv(self, figures, rules):
        rows = (write_award(case, given, rules) for case, given in figures)
        rows = (data | {"reasons": " ".join(each["sentence"] for each in data["reasons"])} for data in rows)
        columns = case_files.FIGURE_COLUMNS
        for piece in write_csv(
            columns, ([row[name] for name in columns] for row in rows), byte_order_mark=False
        ):
            self.stdout.write(piece.decode(), ending="")

    def refuse(self, problem, as_json):
        if as_json:
            self.stdout.write(
                json.dumps({"refused": str(problem), **problem.details}, ensure_ascii=False, indent=1)
            )
            raise SystemExit(1)
        for each in problem.details.get("problems", ()):
            self.stderr.write(
                " ".join(filter(None, [each.get("field") and f"{each['field']}:", each["sentence"]]))
            )
        raise CommandError(str(problem))


def read_plan(path):
    """The plan's document in a file. Raises Refused with every field that can't be read."""
    try:
        return document.read(json.loads(content_of(path)))
    except BadRules as bad:
        raise Refused(f"{path.name} can't be used.", details={"problems": as_data(bad.problems)}) from None
    except (ValueError, RecursionError) as problem:
        raise Refused(f"{path.name} is not JSON: {problem}.") from None


def problems_of(chosen):
    """What bars the plan's adoption, and what deserves a look. Raises Refused for one that can't compute."""
    try:
        prepared = chosen.prepared()
    except ValueError as problem:
        raise Refused(f"The plan can't be computed: {problem}") from None
    return checks.find_problems(
        chosen.rules,
        adopted_on=chosen.adopted_on,
        effective_on=prepared.effective_on,
        tables=chosen.tables,
    )


def as_data(problems):
    return [
        {"field": each.field, "rule": each.rule, "sentence": each.message, "severity": each.severity}
        for each in problems
    ]


def content_of(path):
    try:
        return path.read_bytes()
    except OSError as problem:
        raise Refused(f"{path} can't be read: {problem.strerror}.") from None
