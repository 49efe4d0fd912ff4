"""manage.py adjust_schedule FILE --percent P --method M: the raised table as CSV, from file to file."""

import csv
import json
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from compensation.management.commands.import_schedule import read_bytes
from compensation.pay import money
from compensation.pay.schedule import METHODS, BadSchedule, Raise, regenerate
from compensation.schedules.columns import NAMED
from compensation.schedules.files import read_schedule_file, refuse_problems, rows_of
from organization.refusal import Refused


class Command(BaseCommand):
    help = (
        "Raise a pay table and write it to standard output, in the columns of the file. cells: each by "
        "itself; minimum: the first step, then each step by the percent between the old ones; increment: the "
        "first step, then each step by the first one over the divisor."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument(
            "file",
            type=Path,
            help="CSV or XLSX: grade, step_1, ..., or grade, year_0, ..., or grade, step, amount, "
            "or grade, min, mid, max",
        )
        parser.add_argument("--percent", default="0", help="the raise, such as 2 or 2.2507")
        parser.add_argument(
            "--at-least", default="0", metavar="DOLLARS", help="or this much, if that is more"
        )
        parser.add_argument("--amount", default="0", metavar="DOLLARS", help="this much on top")
        parser.add_argument("--method", choices=METHODS, default="cells")
        parser.add_argument(
            "--round",
            choices=list(money.PLACES),
            dest="place",
            help="the cent without it, of hourly rates the fourth decimal",
        )
        parser.add_argument("--divisor", type=int, default=30, help="of the increment")
        parser.add_argument("--basis", choices=["annual", "hourly"], default="annual")
        parser.add_argument("--json", action="store_true", dest="as_json", help="columns and rows as JSON")
        for what in NAMED:
            parser.add_argument(f"--{what}", metavar="COLUMN", help=f"the column of the {what}, if in doubt")

    def handle(self, *, as_json, **options):
        try:
            columns, rows, uneven = adjusted(**options)
        except Refused as problem:
            if as_json:
                self.stdout.write(
                    json.dumps({"refused": str(problem), **problem.details}, ensure_ascii=False)
                )
                raise SystemExit(1) from None
            for refusal in problem.details.get("refusals", ()):
                self.stderr.write(refusal["sentence"])
            raise CommandError(str(problem)) from None
        if as_json:
            self.stdout.write(json.dumps({"columns": columns, "rows": rows}, ensure_ascii=False))
        else:
            if uneven:
                codes = ", ".join(uneven)
                self.stderr.write(f"Look at {codes}: the old steps did not rise evenly, the new ones do.")
            writer = csv.writer(self.stdout, lineterminator="\n")
            writer.writerows([columns, *rows])


def adjusted(*, file, percent, at_least, amount, method, place, divisor, basis, **options):
    """Columns and rows of the raised table, and grades whose shape it changes. Raises Refused."""
    named = {what: options[what] for what in NAMED if options.get(what)}
    read = read_schedule_file(read_bytes(file), file.name, basis=basis, named=named)
    refuse_problems(read)
    dollars = money.read_hourly if basis == "hourly" else money.read_dollars
    unit = 1 if place is None else money.PLACES[place] * read.units // money.PLACES["dollar"]
    try:
        increase = Raise(money.read_percent(percent), dollars(at_least), dollars(amount))
        if min(increase) < 0:
            raise Refused("A raise is not below zero: percent, amount and at-least are 0 or more.")
        table = regenerate(read.schedule, increase, method, place=unit, divisor=divisor)
    except (BadSchedule, ValueError) as problem:
        raise Refused(str(problem)) from None
    columns = [header.title for header in read.headers]
    uneven = (
        [grade.code for grade in read.schedule.grades if not _is_even(grade)] if method == "increment" else []
    )
    return columns, list(rows_of(read, table, whole_dollars=place == "dollar")), uneven


def _is_even(grade):
    """Whether the steps rise by one equal amount, a year of service that is left out counted."""
    pairs = pairwise(zip(grade.numbers, grade.steps, strict=True))
    return len({Fraction(higher - lower, number - one) for (one, lower), (number, higher) in pairs}) <= 1
