"""What a plan can say of pools, and of what heads propose from them (PAY-8)."""

from typing import NamedTuple


class OwnPool(NamedTuple):
    """A pool of another size, of a department or of a fund: percent of its payroll, or an amount of dollars.

    That of a fund is for everybody whom the fund pays, in all departments, such as what a grant has.
    """

    department: str = ""  # its code
    fund: str = ""
    percent: int | None = None
    amount: int | None = None


class Pools(NamedTuple):
    """What one component may cost in each department (PAY-8): a percent of payroll, or parts of one amount.

    Payroll is the yearly base pay, on which the component is taken, of those who take part whatever they are
    rated.
    """

    component: str = "merit"  # or "lump_sum"
    percent: int = 0
    amount: int = 0  # cents, for the whole county; instead of a percent
    shared_by: str = "payroll"  # how the departments share an amount; or "headcount"
    with_employer: bool = False  # whether the pool pays FICA and retirement, too
    by_fund: bool = False  # a pool for each fund of a department
    small_people: int = 0  # offices of so many or fewer staff, elected officials not counted
    small_percent: int = 0  # have this percent of their payroll instead
    small_together: bool = False  # and share one pool
    grants: str = "as_others"  # or "own": a grant has only what its own pool gives
    own: tuple[OwnPool, ...] = ()


class Limit(NamedTuple):
    """The least and the most to be proposed for a level: millionths or cents, as the component gives."""

    level: int
    gives: str
    least: int
    most: int


def can_be_proposed(component):
    """Whether heads can propose it: percents of base pay and dollars by rating, no steps, no team's award."""
    return component.gives in ("percent", "amount") and component.by != "team"


class Proposals(NamedTuple):
    """What heads may propose, person by person, of the component that has pools (PAY-8)."""

    limits: tuple[Limit, ...] = ()
    reason: str = "off_guideline"  # when a head writes one; or "always", "never"
    multiple_of: int = 0  # millionths: percents are proposed in steps of so much; 0: up to four decimals
    without: str = "guideline"  # what a person has for whom nothing is proposed; or "nothing"
