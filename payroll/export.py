"""The lines of a batch and the file that payroll loads."""

from decimal import Decimal
from hashlib import sha256

from compensation.pay import money
from exchange.writing import write_csv
from payroll.models import BatchLine

COLUMNS = [
    "Batch",
    "Line",
    "Employee number",
    "Name",
    "Department",
    "Fund",
    "Effective date",
    "Element",
    "Old annual pay",
    "New annual pay",
    "New hourly rate",
    "Amount",
    "Reason",
]


def batch_lines(ready, *, fiscal_year, hours_per_year):
    """BatchLines for what is ready, not saved, numbered from 1, each with its line: [(BatchLine, line)].

    Base pay first, then what is paid once, per person; merit in a line of its own where it counts from
    another day than the raise. Amounts are dollars, exact.
    """
    made = []
    for each in parts_by_day(ready):
        if each.raises or each.merit:
            made.append((_base(each, hours_per_year), each.line))
        if each.lump:
            made.append((_lump(each), each.line))
    for number, (made_line, line) in enumerate(made, start=1):
        made_line.number = number
        made_line.line_id = line["pk"]
        made_line.employee_id = line["employee_id"]
        made_line.slot = line["case__slot"]
        made_line.fiscal_year = fiscal_year
    return made


def parts_by_day(ready):
    """Each Ready line, the raise and merit apart where they count from different days."""
    return [part for each in ready for part in each.by_day]


def is_final(each):
    """Whether a Ready line leads to the rate that the run computed; merit that waits comes later."""
    return each.merit or not each.line["merit"]


def released_rate(each):
    """The rate that a Ready line leads to, in the unit of its basis."""
    return each.line["new_rate" if is_final(each) else "lifted_rate"]


def sums(ready):
    """What a batch of Ready lines holds: (its lines, people, rise of annual pay, paid once), in dollars."""
    parts = [each for each in parts_by_day(ready) if each.raises or each.merit]
    rises = [new - old for old, new in map(annual_pay, parts)]
    lumps = [each.line["lump"] for each in ready if each.lump]
    people = {each.line["employee_id"] for each in ready}
    return len(rises) + len(lumps), len(people), _dollars(sum(rises)), _dollars(sum(lumps))


def annual_pay(each):
    """What a Ready line changes: cents a year (before, after)."""
    line = each.line
    after_raise = line["old_annual"] + line["across_the_board"] + line["lift"]
    old = line["old_annual"] if each.raises else after_raise
    return old, line["new_annual"] if is_final(each) else after_raise


def _base(each, hours_per_year):
    line = each.line
    old, new = annual_pay(each)
    hourly = line["new_hourly"] if is_final(each) else _hourly(line, hours_per_year)
    words = {
        (True, True): "Across the board and merit",
        (True, False): "Across the board",
        (False, True): "Merit",
    }
    return BatchLine(
        element=BatchLine.Element.BASE,
        effective_on=each.base_on,
        covers_raise=each.raises,
        covers_merit=each.merit,
        old_annual=_dollars(old),
        new_annual=_dollars(new),
        new_hourly=_hourly_dollars(hourly),
        amount=_dollars(new - old),
        reason=words[each.raises, each.merit],
    )


def _hourly(line, hours_per_year):
    """What the raise of all comes to by the hour, where the run knows of an hour at all."""
    if line["case__basis"] == "hourly":
        return line["lifted_rate"]
    if line["new_hourly"] is None:
        return None
    return money.hourly_rate(line["lifted_rate"], line["case__hours_per_year"] or hours_per_year)


def _hourly_dollars(rate):
    return None if rate is None else Decimal(rate).scaleb(-4)


def _lump(each):
    line = each.line
    reason = "Lump sum by rating" if line["lump_value"] else "Part of the raise above the range maximum"
    return BatchLine(
        element=BatchLine.Element.LUMP,
        effective_on=each.dates.once_on,
        covers_raise=False,
        covers_merit=False,
        old_annual=_dollars(line["old_annual"]),
        new_annual=_dollars(line["new_annual"]),
        new_hourly=_hourly_dollars(line["new_hourly"]),
        amount=_dollars(line["lump"]),
        reason=reason,
    )


def batch_file(number, made):
    """The CSV of a batch as bytes: a line per element, then count, sums and the SHA-256 of all above it."""
    rows = [
        [
            number,
            row.number,
            line["number"],
            f"{line['employee__first_name']} {line['employee__last_name']}".strip(),
            line["department__name"],
            line["case__fund__code"] or "",
            row.effective_on.strftime("%m/%d/%Y"),
            row.element,
            row.old_annual,
            row.new_annual,
            "" if row.new_hourly is None else f"{row.new_hourly:.4f}",
            row.amount,
            row.reason,
        ]
        for row, line in made
    ]
    body = b"".join(write_csv(COLUMNS, rows, byte_order_mark=False))
    base, lump = totals(made)
    control = [["Lines", str(len(rows))], ["Sum of BASE", base], ["Sum of LUMP", lump]]
    body += b"".join(write_csv(*_headless(control), byte_order_mark=False))
    seal = [["SHA-256 of all lines above", sha256(body).hexdigest()]]
    return body + b"".join(write_csv(*_headless(seal), byte_order_mark=False))


def _headless(rows):
    return rows[0], rows[1:]


def totals(made):
    """Sums in dollars: (rise of annual pay, paid once)."""
    base = sum((row.amount for row, _ in made if row.element == BatchLine.Element.BASE), Decimal("0.00"))
    lump = sum((row.amount for row, _ in made if row.element == BatchLine.Element.LUMP), Decimal("0.00"))
    return base, lump


def _dollars(cents):
    return Decimal(cents).scaleb(-2)
