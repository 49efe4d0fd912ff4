"""A roster as payroll sends it, uploaded by HR and not applied yet: a newcomer sees what it would change."""

import csv
import io
from datetime import date
from decimal import Decimal

from organization.models import Advancement
from organization.roster.services import upload_roster
from synthetic.calendar_of_county import STAND, moment
from synthetic.careers import Post
from synthetic.evaluations_history import post_on
from synthetic.jobs_of_county import JOBS
from synthetic.names import make_name
from synthetic.people import Addresses, Human

HEADERS = (
    "Emp ID", "Last Name", "First Name", "Dept Cd", "Division", "Job Title", "Supv ID", "Orig Hire Dt", "FTE",
    "FLSA", "Pay Basis", "Rate", "Hours", "Grd", "Step", "Fund", "E-mail",
    "Last Promotion", "Last Merit Incr",
)  # fmt: skip
FILE = "roster_20260911.csv"
AS_OF = date(2026, 9, 12)
MOST = 5_000  # rows; a larger county imports its own files
NEW_PEOPLE = ("2202", "1802", "1902")  # their jobs
TYPED_WRONG = (("Orig Hire Dt", "02/30/2024"), ("Rate", "31.5O"), ("FTE", "1.2"))


def upload(cast):
    """Upload the roster of last Friday: three new people, four other units, two promotions that only it
    knows, three cells typed wrong.
    """
    if len(cast.people) > MOST:
        return
    random = cast.random("roster file")
    posts = [post for human in cast.people if (post := post_on(human, STAND))]
    days = {(each[0], each[1]): each[2] for each in Advancement.objects.last_days(AS_OF)}
    rows = [_row(post, days) for post in posts]
    ordinary = [row for row, post in zip(rows, posts, strict=True) if not post.human.part and post.boss]
    picked = random.sample(ordinary, 6 + len(TYPED_WRONG))
    for row in picked[:4]:
        row["Division"] = "Customer contact center"
    for row in picked[4:6]:
        row["Last Promotion"] = "09/01/2026"
    for row, (column, text) in zip(picked[6:], TYPED_WRONG, strict=True):
        row[column] = text
    rows += _new_people(cast, posts, random)
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADERS)
    writer.writeheader()
    writer.writerows(sorted(rows, key=lambda row: row["Emp ID"]))
    hr = cast.user_on("miguel", STAND)
    upload_roster(text.getvalue().encode(), FILE, as_of=AS_OF, by=hr, at=moment(date(2026, 9, 14), 16, 40))


def _row(post, days):
    human, spec, is_hourly = post.human, JOBS[post.job], post.basis == "hourly"
    rate = Decimal(post.rate) / (10_000 if is_hourly else 100)
    return {
        "Emp ID": human.number,
        "Last Name": human.name.last,
        "First Name": human.name.first,
        "Dept Cd": post.seat.office.code,
        "Division": post.seat.unit,
        "Job Title": spec.title,
        "Supv ID": post.boss.number if post.boss else "",
        "Orig Hire Dt": "" if human.unknown else f"{human.hired_on:%m/%d/%Y}",
        "FTE": "" if post.fte is None else f"{Decimal(post.fte) / 10_000:.4f}",
        "FLSA": "E" if spec.exempt else "N",
        "Pay Basis": "H" if is_hourly else "A",
        "Rate": f"{rate:.4f}" if is_hourly else f"{rate:,.2f}",
        "Hours": post.hours or 2080,
        "Grd": post.grade,
        "Step": post.step or "",
        "Fund": post.fund,
        "E-mail": human.email,
        "Last Promotion": _written(days.get((human.pk, "promotion"))),
        "Last Merit Incr": _written(days.get((human.pk, "merit"))),
    }


def _written(day):
    return f"{day:%m/%d/%Y}" if day else ""


def _new_people(cast, posts, random):
    """People hired since, each beside somebody who has the job."""
    last = max(int(human.number) for human in cast.people)
    width = len(cast.people[0].number)
    addresses = Addresses("caprock.example")
    for human in cast.people:
        addresses.give(human.name)
    for count, job in enumerate(NEW_PEOPLE, start=1):
        beside = next((post for post in posts if post.job == job), None)
        if beside is None:
            continue
        name = make_name(random)
        number = f"{last + 7 * count:0{width}d}"
        human = Human(name, date(2026, 9, 8), number=number, email=addresses.give(name))
        yield _row(
            Post(
                human, beside.seat, job, beside.boss, beside.rate, None, human.hired_on, AS_OF,
                grade=beside.grade, basis=beside.basis, hours=beside.hours, fund=beside.seat.office.fund,
            ),
            {},
        )  # fmt: skip
