"""manage.py import_schedule FILE: a table of grades and steps, or of ranges, from a CSV or XLSX file."""

from pathlib import Path

from compensation.schedules.columns import NAMED
from compensation.services import import_schedule
from court.models import CourtAction
from organization.commands import ActCommand, day
from organization.refusal import Refused


class Command(ActCommand):
    help = "Put the pay table of a file in force. All of it or nothing; the table before it ends."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "file",
            type=Path,
            help="CSV or XLSX: grade, step_1, ..., or grade, year_0, ..., or grade, step, amount, "
            "or grade, min, mid, max",
        )
        parser.add_argument(
            "--code", default="GENERAL", help="the same for every year's version of one table"
        )
        parser.add_argument("--name", default="", help="what people call it")
        parser.add_argument(
            "--starts-on", type=day, metavar="YYYY-MM-DD", help="in force from; else the day of the act"
        )
        parser.add_argument("--basis", choices=["annual", "hourly"], default="annual")
        parser.add_argument("--order", metavar="NUMBER", help="the order of the Court that adopts it")
        for what in NAMED:
            parser.add_argument(f"--{what}", metavar="COLUMN", help=f"the column of the {what}, if in doubt")

    def act(self, *, by, at, on, file, code, name, starts_on, basis, order, **options):
        named = {what: options[what] for what in NAMED if options[what]}
        schedule, changed = import_schedule(
            read_bytes(file),
            file.name,
            by=by,
            at=at,
            starts_on=starts_on or on,
            code=code,
            name=name,
            basis=basis,
            action=order_of(order),
            named=named,
        )
        return {
            "schedule": schedule.name,
            "code": schedule.code,
            "starts_on": schedule.starts_on,
            "grades": schedule.grades.count(),
            "without_maximum": schedule.open_grades(),
            "changed": changed,
        }

    def lines(self, result):
        if "refusals" in result:
            yield from (problem["sentence"] for problem in result["refusals"])
        else:
            what = "is in force" if result["changed"] else "was in force already"
            yield f"{result['schedule']} ({result['code']}) {what} from {result['starts_on']:%B %-d, %Y}."
            yield f"Grades: {result['grades']}"
            if result["without_maximum"]:
                yield f"Without a maximum: {', '.join(result['without_maximum'])}"


def read_bytes(path):
    try:
        return path.read_bytes()
    except OSError as problem:
        raise Refused(f"{path} can't be read: {problem.strerror}.") from None


def order_of(number):
    if not number:
        return None
    action = CourtAction.objects.filter(number=number).first()
    if action is None:
        raise Refused(f"There is no order {number} of the Court on record.")
    return action
