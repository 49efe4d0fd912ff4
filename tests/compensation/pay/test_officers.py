"""An elected officer above the maximum of the range: what is paid once is pay that needs a notice, too."""

import pytest

from compensation.pay.calculation import award
from compensation.pay.preparation import prepare
from compensation.pay.rules import AcrossTheBoard, Who
from compensation.pay.schedule import Schedule, open_range

TABLE = Schedule((open_range("12", 4_000_000, 4_500_000),))
RAISE = AcrossTheBoard(20_000, stops_at_maximum=True, who=Who(kinds=("regular", "elected")))


@pytest.mark.parametrize(
    ("noticed", "at_maximum", "paid_once", "reasons"),
    [
        ({}, "split", 0, ("atb:no_notice",)),
        ({"1": 5_099_999}, "split", 0, ("atb:above_notice",)),  # a cent less than $50,000 and 2% of it
        ({"1": 5_100_000}, "split", 100_000, ()),
        ({}, "forfeit", 0, ()),  # nothing is paid, so that nothing needs a notice
    ],
)
def test_what_passes_the_maximum_needs_a_notice_that_allows_it(
    rules, case, noticed, at_maximum, paid_once, reasons
):
    officer = case._replace(number="1", kind="elected", rate=5_000_000)
    own = rules._replace(across_the_board=RAISE, at_maximum=at_maximum, merit=None)
    found = award(officer, prepare(own, TABLE, noticed=noticed))
    assert (found.lump, found.new_annual, found.reasons) == (paid_once, 5_000_000, reasons)
