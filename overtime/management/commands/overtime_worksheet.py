"""manage.py overtime_worksheet FILE --batch 3: what overtime adds to the lump sums, without keeping it."""

from pathlib import Path

from compensation.pay import money
from look.formats import plural
from organization.commands import ActCommand
from organization.refusal import NotYours, Refused
from overtime import columns, permissions
from overtime.export import said
from overtime.models import Method
from overtime.services import read_file
from overtime.sources import source_of
from overtime.working import work_out


class Command(ActCommand):
    help = (
        "Work out what the hours of an overtime file add to the lump sums of a batch or a run"
        " (29 CFR 778.209). Nothing is kept; rows that are refused are told and left out."
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("file", metavar="FILE", type=Path, help="CSV or XLSX")
        of = parser.add_mutually_exclusive_group(required=True)
        of.add_argument("--batch", type=int, metavar="NUMBER")
        of.add_argument("--run", type=int, metavar="NUMBER")
        parser.add_argument("--method", choices=Method.values, default=Method.WEEKS.value)
        parser.add_argument(
            "--complete", action="store_true", help="a week without a row had no work, and gets no share"
        )
        parser.add_argument(
            "--without-comp-time",
            action="store_true",
            help="overtime given as compensatory time earns no share, as counsel says",
        )
        parser.add_argument("--weeks", action="store_true", help="in JSON, each week of each person too")

    def act(self, *, by, at, on, file, batch, run, method, complete, without_comp_time, weeks, **options):
        if not permissions.can_work(by):
            raise NotYours("Only a payroll clerk works out overtime.")
        source = source_of("run", run) if batch is None else source_of("batch", batch)
        table = read_file(content_of(file), file.name)
        matching = columns.guessed(table)
        if problem := matching.problem():
            raise Refused(problem)
        work = work_out(
            source,
            table,
            matching.columns,
            method=method,
            complete=complete,
            with_comp_time=not without_comp_time,
        )
        computed = work.computed()
        return {
            "of": str(source),
            "method": method,
            "service": [work.period.starts_on, work.period.ends_on],
            "people_worked_out": len(computed),
            "lump_sums": amount(sum(each.lump.cents for each in computed)),
            "additional": amount(sum(each.additional for each in computed)),
            "refused_rows": work.hours.refused,
            "problems": [str(each) for each in work.hours.problems],
            "people": [told(each, weeks) for each in work.results],
        }

    def lines(self, result):
        if "people" not in result:
            yield from super().lines(result)
            return
        yield from result["problems"]
        for each in result["people"]:
            yield f"{each['number']:>12}  {each['name']:32} {each['additional']:>12}  {each['result']}"
        people = plural(result["people_worked_out"], "person", "people")
        yield f"{result['of']}: {result['additional']} for {people}, on lump sums of {result['lump_sums']}"


def told(result, weeks):
    lump = result.lump
    found = {
        "number": lump.number,
        "name": lump.name,
        "lump_sum": amount(lump.cents),
        "result": said(result),
        "additional": amount(result.additional),
    }
    if weeks:
        found["weeks"] = [
            {
                "ends_on": each.week.ends_on,
                "days": each.week.days,
                "hours": money.plain(each.week.hours, 2),
                "overtime": money.plain(each.week.overtime, 2),
                "comp_time": money.plain(each.week.comp_time, 2),
                "share": amount(each.part),
                "additional": amount(each.additional),
            }
            for each in result.shares
        ]
    return found


def amount(cents):
    return money.plain(cents, 2, at_least=2)


def content_of(path):
    try:
        return path.read_bytes()
    except OSError as problem:
        raise Refused(f"{path} can't be read: {problem.strerror}.") from None
