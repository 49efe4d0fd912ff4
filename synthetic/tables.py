"""The county's pay tables: open ranges of general grades, hourly steps of detention and sworn staff."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from compensation.models import Grade, Schedule, Step
from synthetic.calendar_of_county import raise_day

GRADES = range(9, 27)
GRADE_12 = 47_400  # dollars, the maximum of grade 12 in fiscal year 2026
APART, WIDE = Decimal("1.085"), Decimal("1.4")
LAW_2023 = {  # first step, in hundredths of a cent an hour
    "D1": 186_600, "D2": 211_400, "D3": 241_600, "D4": 283_700,
    "S1": 231_500, "S2": 259_900, "S3": 293_800, "S4": 344_100, "S5": 401_700,
}  # fmt: skip
STEPS = 12
BEGINS = {2023: date(2022, 10, 8)} | {year: raise_day(year) for year in (2024, 2025, 2026, 2027)}
RAISED = {
    2024: 30_000,
    2025: 30_000,
    2026: 30_000,
    2027: 20_000,
}  # millionths: the ranges rise with everybody


def _dollars(amount):
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))


def _general(year):
    """Grade to (minimum, midpoint, maximum) in cents."""
    share = Decimal("1.03") ** (2026 - year)
    ranges = {}
    for grade in GRADES:
        maximum = Decimal(GRADE_12) * APART ** (grade - 12) / share
        low, high = _dollars(maximum / WIDE), _dollars(maximum)
        ranges[str(grade)] = (low * 100, (low + high) * 50, high * 100)
    return ranges


def _law():
    """By year, grade to the rates of its steps in ten-thousandths of a dollar."""
    first = {
        grade: [rate * 1025**step // (1000**step) // 100 * 100 for step in range(STEPS)]
        for grade, rate in LAW_2023.items()
    }
    years = {2023: first}
    for year, share in RAISED.items():
        years[year] = {
            grade: [(rate * (1_000_000 + share) + 500_000) // 1_000_000 for rate in rates]
            for grade, rates in years[year - 1].items()
        }
    return years


GENERAL = {year: _general(year) for year in (2023, 2024, 2025, 2026)}  # 2027 follows from its pay plan
LAW = _law()


def year_of(day):
    """The fiscal year whose tables are in force on a day."""
    return max((year for year, begins in BEGINS.items() if begins <= day), default=2023)


def write_tables():
    """Both schedules of each year."""
    for year, begins in BEGINS.items():
        ends = BEGINS.get(year + 1)
        common = {"starts_on": begins, "ends_on": ends}
        if year in GENERAL:
            common["ends_on"] = ends if year + 1 in GENERAL else None
            general = Schedule.objects.create(name=f"General schedule FY{year}", code="GENERAL", **common)
            Grade.objects.bulk_create(
                Grade(schedule=general, code=code, position=place, **_amounts(cents, 100))
                for place, (code, cents) in enumerate(GENERAL[year].items(), start=1)
            )
        common["ends_on"] = ends
        law = Schedule.objects.create(
            name=f"Law enforcement steps FY{year}", code="LAW", basis="hourly", **common
        )
        grades = Grade.objects.bulk_create(
            Grade(schedule=law, code=code, position=place, **_amounts(_ends_of(rates), 10_000))
            for place, (code, rates) in enumerate(LAW[year].items(), start=1)
        )
        Step.objects.bulk_create(
            Step(grade=grade, number=number, amount=Decimal(rate) / 10_000)
            for grade in grades
            for number, rate in enumerate(LAW[year][grade.code], start=1)
        )


def _ends_of(rates):
    return rates[0], (rates[0] + rates[-1]) // 2, rates[-1]


def _amounts(amounts, units):
    return {
        name: Decimal(amount) / units
        for name, amount in zip(("minimum", "midpoint", "maximum"), amounts, strict=True)
    }
