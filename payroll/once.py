"""What is paid once, by the element under which payroll pays it: what of an award it is, and on which day."""

from typing import NamedTuple

from payroll.models import BatchLine


class OnceElement(NamedTuple):
    element: str
    part: str  # its name in `payroll.ready`
    label: str
    figure: str  # of an Award, or of a run line
    day: str  # of its Dates

    def cents(self, award):
        """What an award, or a run line, has of it in all; nothing without one."""
        return getattr(award, self.figure) if award else 0

    def on(self, dates):
        return getattr(dates, self.day) or dates.raise_on


ONCE = {
    each.element: each
    for each in (
        OnceElement(BatchLine.Element.LUMP, "lump", "Paid once", "awarded_once", "once_on"),
        OnceElement(BatchLine.Element.LONGEVITY, "longevity", "Longevity pay", "longevity", "tenure_on"),
    )
}
