"""What the page of a worksheet shows of it."""

from compensation.pay.money import dollars
from look import formats
from overtime.models import Method, WorksheetPerson

Standing = WorksheetPerson.Standing


def figures_of(worksheet, counts):
    """The four figures above the people; `counts` are people by standing."""
    computed = counts.get(Standing.COMPUTED, 0)
    aside = sum(counts.values()) - computed - counts.get(Standing.EXEMPT, 0) - counts.get(Standing.EARLIER, 0)
    other = Method.HOURS if worksheet.method == Method.WEEKS else Method.WEEKS
    return [
        ("Additional overtime pay", dollars(worksheet.additional_total), worksheet.get_method_display()),
        ("By another method", dollars(worksheet.by_method.get(other, 0)), other.label),
        ("People worked out", formats.number(computed), f"lump sums of {dollars(worksheet.lump_total)}"),
        ("Held for you", formats.number(aside), "not worked out, each with the reason"),
    ]


def steps_of(worksheet):
    words = ("File", "Check", "Kept")
    at = 3 if worksheet.is_kept else 1
    return [(word, "done" if i < at else "now" if i == at else "later") for i, word in enumerate(words)]
