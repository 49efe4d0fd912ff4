"""manage.py import_earnings FILE --cycle NAME: total earnings of a performance period, from CSV or XLSX."""

from pathlib import Path

from compensation.management.commands.import_schedule import read_bytes
from compensation.services import import_earnings
from evaluations.models import Cycle
from organization.commands import ActCommand
from organization.refusal import Refused


class Command(ActCommand):
    help = "Put total earnings on record, overtime included: all of the file or nothing."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("file", type=Path, help="CSV or XLSX: employee number and total earnings")
        parser.add_argument("--cycle", required=True, metavar="NAME", help="the cycle whose period it is")
        parser.add_argument("--number", default="", metavar="COLUMN", help="of employee numbers, if in doubt")
        parser.add_argument("--earnings", default="", metavar="COLUMN", help="of the earnings, if in doubt")
        parser.add_argument(
            "--without-unknown", action="store_true", help="leave out who is not on the roster"
        )

    def act(self, *, by, at, on, file, cycle, number, earnings, without_unknown, **options):
        chosen = Cycle.objects.filter(name=cycle).first()
        if chosen is None:
            names = ", ".join(Cycle.objects.values_list("name", flat=True))
            raise Refused(f"There is no cycle {cycle}. The cycles are {names or 'none yet'}.")
        found = import_earnings(
            read_bytes(file),
            file.name,
            cycle_id=chosen.pk,
            named={"number": number, "earnings": earnings},
            without_unknown=without_unknown,
            by=by,
            at=at,
        )
        return {"cycle": chosen.name} | found._asdict() | {"total": str(found.total)}

    def lines(self, result):
        if "refusals" in result:
            return (problem["sentence"] for problem in result["refusals"])
        return super().lines(result)
