"""What the Commissioners Court decided in three years, and who sat on it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from court.models import CourtAction, Seat
from court.notice_form import officers_on
from court.services import record_action, record_notice
from synthetic.calendar_of_county import moment

TITLES = ("County Judge", *(f"Commissioner of Precinct {n}" for n in (1, 2, 3, 4)))
KEYS = ("CJ", "CM1", "CM2", "CM3", "CM4")
AYE, NAY, ABSTAIN, ABSENT = "aye", "nay", "abstain", "absent"


class Order(NamedTuple):
    """`votes` are those of the Judge and of precincts 1 to 4; `moved` are two positions."""

    number: str
    purpose: str
    meeting_on: date
    item: str
    title: str
    motion: str
    votes: tuple = (AYE,) * 5
    moved: tuple = (2, 3)
    effective_on: date | None = None
    corrects: str = ""


ORDERS = [
    Order(
        "2023-0902", "budget", date(2023, 8, 29), "11", "Budget for fiscal year 2024",
        "To adopt the budget for fiscal year 2024 with an across-the-board raise of 3.00% for employees "
        "and the new salary schedules, effective with the first pay period of October 2023.",
        (AYE, AYE, NAY, AYE, AYE), (3, 5), date(2023, 10, 1),
    ),
    Order(
        "2024-0388", "other", date(2024, 4, 16), "7", "Design of a customer-service initiative",
        "To direct Human Resources and the offices to design an initiative by which customer service "
        "enters job descriptions, evaluations and pay, and to report by May 2025.",
        (AYE, AYE, ABSTAIN, AYE, AYE), (2, 5),
    ),
    Order(
        "2024-0870", "budget", date(2024, 8, 27), "8", "Budget for fiscal year 2025",
        "To adopt the budget for fiscal year 2025.", (AYE, AYE, NAY, AYE, AYE), (4, 2), date(2024, 10, 1),
    ),
    Order(
        "2024-0871", "pay_plan", date(2024, 8, 27), "9", "Pay plan for fiscal year 2025",
        "To adopt the pay plan for fiscal year 2025: across the board 3.00%, with salary schedules raised "
        "alike, effective with the first pay period of October 2024.",
        (AYE,) * 5, (4, 2), date(2024, 10, 1),
    ),
    Order(
        "2024-1016", "release", date(2024, 10, 1), "5", "Release of the raise for fiscal year 2025",
        "To release the across-the-board raise of the pay plan for fiscal year 2025 to payroll.",
        (AYE, AYE, AYE, ABSENT, AYE), (2, 3),
    ),
    Order(
        "2025-0142", "other", date(2025, 2, 11), "6", "Second shift of the passport counter",
        "To open the passport counter until 7 p.m. on Tuesdays and Thursdays.", (NAY, AYE, NAY, ABSENT,
        AYE), (2, 5),
    ),
    Order(
        "2025-0981", "budget", date(2025, 8, 26), "7", "Budget for fiscal year 2026",
        "To adopt the budget for fiscal year 2026.", (AYE, AYE, AYE, NAY, AYE), (5, 2), date(2025, 10, 1),
    ),
    Order(
        "2025-0982", "initiative", date(2025, 8, 26), "8", "Customer-service initiative",
        "To adopt the customer-service initiative: leadership, training, technology and the collection of "
        "what customers say are aligned to it, and merit and incentive pay rest on evaluations of "
        "customer service that department heads and elected officials certify.",
        (AYE,) * 5, (3, 4),
    ),
    Order(
        "2025-0983", "pay_plan", date(2025, 8, 26), "9", "Pay plan for fiscal year 2027",
        "To adopt the pay plan for fiscal year 2027, the first of the initiative: across the board 2.00%, "
        "then merit of 2.00, 2.75 or 3.50% by the rating of record for service from September 1, 2025, to "
        "August 31, 2026.",
        (AYE,) * 5, (4, 5), date(2026, 10, 1),
    ),
    Order(
        "2025-0984", "pay_plan", date(2025, 8, 26), "10", "Pay plan for fiscal year 2026",
        "To adopt the pay plan for fiscal year 2026: across the board 3.00%, and as a trial of the "
        "initiative merit of 0.75, 1.25 or 1.75% by rating for those with a year in their position.",
        (AYE, AYE, NAY, AYE, AYE), (2, 4), date(2025, 10, 1),
    ),
    Order(
        "2025-1102", "release", date(2025, 10, 14), "4", "Release of pay for fiscal year 2026",
        "To release the raises and the certified merit awards of the pay plan for fiscal year 2026 to "
        "payroll.",
        (AYE, AYE, NAY, AYE, AYE), (2, 5),
    ),
    Order(
        "2026-0217", "other", date(2026, 3, 3), "12", "Ambulance station 6",
        "To acquire a site for ambulance station 6 on County Road 3150.", (AYE, AYE, AYE, AYE, ABSENT), (2,
        4),
    ),
    Order(
        "2026-0231", "other", date(2026, 3, 10), "3", "Ambulance station 6, corrected",
        "To correct order 2026-0217: the site is on County Road 3510.", (AYE,) * 5, (2, 4),
        corrects="2026-0217",
    ),
    Order(
        "2026-0904", "other", date(2026, 7, 21), "14", "Four-day week of Road and Bridge",
        "To make the four-day week of the summer permanent for the yards of Road and Bridge.",
        (ABSTAIN, AYE, NAY, NAY, AYE), (2, 5),
    ),
]  # fmt: skip


def seat_court(seats):
    """The members since the roster begins; a seat that changed hands shows both."""
    heads = {seat.office.code: seat for seat in seats if seat.is_head}
    Seat.objects.bulk_create(
        Seat(position=place, title=title, member=str(human), starts_on=begins, ends_on=ends)
        for place, (title, code) in enumerate(zip(TITLES, KEYS, strict=True), start=1)
        for human, begins, ends in heads[code].holders
    )


def record_orders(cast, after, until):
    """Record the orders of the meetings after a day and up to another, each a day later, as the clerk did."""
    for order in ORDERS:
        if not after < order.meeting_on <= until:
            continue
        members = list(Seat.objects.in_force(order.meeting_on))
        by_position = {seat.position: seat.member for seat in members}
        day = order.meeting_on + timedelta(days=1)
        corrected = CourtAction.objects.filter(number=order.corrects).first()
        record_action(
            {
                "number": order.number,
                "purpose": order.purpose,
                "title": order.title,
                "meeting_on": order.meeting_on,
                "agenda_item": order.item,
                "motion": order.motion,
                "mover": by_position[order.moved[0]],
                "seconder": by_position[order.moved[1]],
                "effective_on": order.effective_on or order.meeting_on,
            },
            [(seat, order.votes[seat.position - 1]) for seat in members],
            by=cast.user_on("court_clerk", day),
            at=moment(day, 15, 12),
            corrects=corrected,
        )


def record_notice_of_pay(cast):
    """The notice of two percent for every elected officer, published sixteen days before the meeting."""
    published_on = date(2026, 8, 9)
    officers = []
    for each in officers_on(published_on):
        now = each.annual_rate.quantize(Decimal("0.01"))
        amounts = {"current_salary": now, "proposed_salary": (now * Decimal("1.02")).quantize(Decimal(1))}
        amounts |= {"current_expenses": Decimal(0), "proposed_expenses": Decimal(0)}
        officers.append(
            {"employee": each.employee, "officer": str(each.employee), "office": each.job.title} | amounts
        )
    record_notice(
        {"newspaper": "Caprock Sentinel", "published_on": published_on, "meeting_on": date(2026, 8, 25)},
        officers,
        by=cast.user_on("court_clerk", published_on),
        at=moment(published_on + timedelta(days=1), 9),
    )
