"""What an award costs the county beyond the pay: Social Security, Medicare and retirement."""

from typing import NamedTuple

from compensation.pay.money import MILLION


class EmployerRates(NamedTuple):
    """Rates in millionths, the wage base in cents a year. All are figures of a year, which a county can edit.

    26 U.S.C. 3111 sets 6.2% and 1.45%; the Social Security Administration announces the wage base each
    October (2026: $184,500); the retirement rate is set for each county by its plan's actuary.
    """

    social_security: int = 62_000
    wage_base: int = 18_450_000
    medicare: int = 14_500
    retirement: int = 0


def fica(amount, paid_before, rates):
    """The employer's FICA on `amount` cents paid on top of `paid_before`, each part rounded half up."""
    room = rates.wage_base - paid_before
    taxed = max(amount if amount < room else room, 0)
    return (taxed * rates.social_security + 500_000) // MILLION + (
        amount * rates.medicare + 500_000
    ) // MILLION


def retirement(amount, rates):
    """The employer's retirement deposit on `amount` cents, rounded half up."""
    return (amount * rates.retirement + 500_000) // MILLION


def employer_costs(rates, before, raised, served, new, once, longevity):
    """FICA on what across the board adds, tenure, merit, and on what is paid once; then retirement.

    `before`, `raised`, `served` and `new` are annual pay. `longevity` is what tenure pays once, in place of a
    raise: it comes last, beside `once`. Each figure is rounded by itself; a total is their sum.
    """
    added, tenure, merit = raised - before, served - raised, new - served
    before_tenure = raised
    if longevity:
        tenure, before_tenure = longevity, new + once
    return (
        fica(added, before, rates) if added else 0,
        fica(tenure, before_tenure, rates) if tenure else 0,
        fica(merit, served, rates) if merit else 0,
        fica(once, new, rates) if once else 0,
        retirement(added, rates) if added else 0,
        retirement(tenure, rates) if tenure else 0,
        retirement(merit, rates) if merit else 0,
        retirement(once, rates) if once else 0,
    )
