"""Two layouts to begin with, and made-up lines to see a layout with before any batch is released."""

from datetime import date
from decimal import Decimal

from payroll.layouts.columns import CENTS
from payroll.layouts.layout import CSV, FIXED, Column, Layout, Totals

EXAMPLE_CSV = Layout(
    CSV,
    (
        Column("number", "EmpNo"),
        Column("position", "Position"),
        Column("last_name", "Last"),
        Column("first_name", "First"),
        Column("element", "Code"),
        Column("effective_on", "Effective"),
        Column("new_annual", "Annual"),
        Column("new_hourly", "Hourly"),
        Column("amount", "Amount"),
    ),
    date_format="%Y-%m-%d",
    has_trailer=False,
)
EXAMPLE_FIXED = Layout(
    FIXED,
    (
        Column("text", text="PAY", start=1, length=3),
        Column("number", start=4, length=10, align="right", pad="0"),
        Column("name", start=14, length=30, cuts=True),
        Column("element", start=44, length=4),
        Column("effective_on", start=48, length=8),
        Column("new_annual", start=56, length=12, align="right", pad="0"),
        Column("new_hourly", start=68, length=10, align="right", pad="0"),
        Column("amount", start=78, length=12, align="right", pad="0"),
        Column("position", start=90, length=2, align="right", pad="0"),
    ),
    date_format="%Y%m%d",
    money=CENTS,
)
EXAMPLES = {CSV: EXAMPLE_CSV, FIXED: EXAMPLE_FIXED}

MADE_UP = [
    {
        "batch": 1,
        "line": 1,
        "number": "10482",
        "name": "Ana María Quiñones",
        "last_name": "Quiñones",
        "first_name": "Ana María",
        "department": "County Clerk",
        "department_code": "CC",
        "job": "Deputy Clerk II",
        "position": 1,
        "fund": "010",
        "effective_on": date(2026, 10, 3),
        "element": "BASE",
        "old_annual": Decimal("46280.00"),
        "new_annual": Decimal("48503.75"),
        "new_hourly": Decimal("23.3191"),
        "amount": Decimal("2223.75"),
        "reason": "Across the board and merit",
    },
    {
        "batch": 1,
        "line": 2,
        "number": "10483",
        "name": "Bartholomew Featherstonehaugh",
        "last_name": "Featherstonehaugh",
        "first_name": "Bartholomew",
        "department": "Juvenile Probation and Detention",
        "department_code": "JPD",
        "job": "Detention Officer, Night Shift",
        "position": 2,
        "fund": "010",
        "effective_on": date(2026, 10, 3),
        "element": "LUMP",
        "old_annual": Decimal("104800.00"),
        "new_annual": Decimal("104800.00"),
        "new_hourly": None,
        "amount": Decimal("-312.50"),
        "reason": "Difference: FTE was 1.00, is 0.50",
    },
    {
        "batch": 1,
        "line": 3,
        "number": "10484",
        "name": "Jo Lee",
        "last_name": "Lee",
        "first_name": "Jo",
        "department": "Library",
        "department_code": "LIB",
        "job": "Librarian I",
        "position": 1,
        "fund": "010",
        "effective_on": date(2026, 12, 1),
        "element": "LONG",
        "old_annual": Decimal("52000.00"),
        "new_annual": Decimal("52000.00"),
        "new_hourly": Decimal("25.0000"),
        "amount": Decimal("420.00"),
        "reason": "Longevity pay",
    },
]
MADE_UP_TOTALS = Totals(
    1, date(2026, 10, 6), 3, Decimal("2223.75"), Decimal("107.50"), longevity=Decimal("420.00")
)
