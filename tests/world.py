"""One small county of named people, for every test.

    County Judge            Dale Hargrove (elected, County Judge)
    Information Technology  Joel Rosenthal (head, reports to the Judge)
                            > Priya Raghunathan (supervisor) > Tomás Villarreal
    County Clerk            Ruth Ann Kowalczyk (elected, head) > Stephen Kucera (reviewer)
                            > Denise Okafor (supervisor) > Marisol Treviño, Quang Nguyễn
    Human Resources         Anita Trujillo (head, reports to the Judge) > Miguel Castañeda (HR administrator),
                            Carl Lindqvist, Fatima Haddad (payroll clerks), Eun-ji Park (training)
    not employees           Grace Montoya (auditor), Hector Salinas (court clerk), Susan Brandt (budget),
                            Nadia Brooks (adverse-impact analyst)

It stands on ON, the middle of September, before fiscal year 2027.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal

from accounts.models import User
from compensation.models import Grade, Schedule
from court.models import CourtAction, Vote
from evaluations.models import Band, Cycle, Element, Evaluation, Level, RatingOfRecord, Scale, Template
from organization.models import (
    Assignment,
    County,
    Department,
    Employee,
    Fund,
    Headship,
    Job,
    PayCalendar,
    Role,
    RoleGrant,
)
from organization.person import Person

ON = date(2026, 9, 15)
AT = datetime(2026, 9, 15, 15, 0, tzinfo=UTC)
PASSWORD = "a county of honest work"

# key: name, number, department, supervisor, job, grade, annual rate
PEOPLE = {
    "dale": ("Dale Hargrove", "1001", "CJ", None, "County Judge", "", 118_000),
    "ruth": ("Ruth Ann Kowalczyk", "1002", "CC", None, "County Clerk", "", 97_000),
    "joel": ("Joel Rosenthal", "1003", "IT", "dale", "Information Technology Director", "E2", 132_000),
    "anita": ("Anita Trujillo", "1004", "HR", "dale", "Human Resources Director", "E2", 121_000),
    "stephen": ("Stephen Kucera", "1010", "CC", "ruth", "Chief Deputy Clerk", "M1", 83_061),
    "denise": ("Denise Okafor", "1011", "CC", "stephen", "Recording Supervisor", "C4", 58_220),
    "marisol": ("Marisol Treviño", "10482", "CC", "denise", "Deputy Clerk II", "C2", 46_280),
    "quang": ("Quang Nguyễn", "10483", "CC", "denise", "Deputy Clerk I", "C1", 39_870),
    "priya": ("Priya Raghunathan", "1020", "IT", "joel", "Systems Supervisor", "M1", 88_400),
    "tomas": ("Tomás Villarreal", "1021", "IT", "priya", "Systems Analyst", "C4", 61_750),
    "miguel": ("Miguel Castañeda", "1030", "HR", "anita", "HR Manager", "M1", 79_900),
    "carl": ("Carl Lindqvist", "1031", "HR", "anita", "Payroll Specialist", "C4", 57_105),
    "fatima": ("Fatima Haddad", "1032", "HR", "anita", "Payroll Specialist", "C4", 55_320),
    "eunji": ("Eun-ji Park", "1033", "HR", "anita", "Training Coordinator", "C4", 60_018),
}
ELECTED = ("dale", "ruth")
GUESTS = {
    "grace": "Grace Montoya",
    "hector": "Hector Salinas",
    "susan": "Susan Brandt",
    "nadia": "Nadia Brooks",
}
ROLES = {
    "dale": Role.JUDGE,
    "miguel": Role.HR,
    "carl": Role.PAYROLL,
    "fatima": Role.PAYROLL,
    "eunji": Role.TRAINING,
    "grace": Role.AUDITOR,
    "hector": Role.COURT_CLERK,
    "susan": Role.BUDGET,
    "nadia": Role.IMPACT,
}
DEPARTMENTS = {
    "CJ": ("County Judge", "elected", "dale"),
    "CC": ("County Clerk", "elected", "ruth"),
    "IT": ("Information Technology", "appointed", "joel"),
    "HR": ("Human Resources", "appointed", "anita"),
}
RANGES = {
    "C1": (36_000, 52_000),
    "C2": (39_000, 56_000),
    "C4": (47_000, 68_000),
    "M1": (68_000, 101_000),
    "E2": (98_000, 147_000),
}


@dataclass
class World:
    users: dict = field(default_factory=dict)
    employees: dict = field(default_factory=dict)
    departments: dict = field(default_factory=dict)
    fund: Fund | None = None
    scale: Scale | None = None
    cycle: Cycle | None = None
    schedule: Schedule | None = None
    template: Template | None = None

    def person(self, key, on=ON):
        return Person(user=self.users[key], on=on)

    def assignment(self, key, on=ON):
        return Assignment.objects.in_force(on).get(employee=self.employees[key], slot=1)

    def rate(
        self,
        key,
        level,
        score=None,
        *,
        cycle=None,
        service_weight="45.00",
        evidence=2,
        progress=True,
        signed=True,
    ):
        """Give someone a rating of record, without the way there. `score` defaults to the level."""
        cycle = cycle or self.cycle
        employee = self.employees[key]
        score = Decimal(score or level)
        line = self.assignment(key)
        version = Evaluation.objects.filter(cycle=cycle, employee=employee).count() + 1
        evaluation = Evaluation.objects.create(
            cycle=cycle,
            employee=employee,
            version=version,
            department=line.department,
            job=line.job,
            template=self.template,
            state="of_record",
            rated_by=line.supervisor,
            rated_at=AT,
            score=score,
            level=level,
        )
        Element.objects.create(
            evaluation=evaluation,
            section="Customer service",
            position=1,
            name="Courtesy and listening",
            kind="critical",
            is_service=True,
            standard="Greets each customer and hears them out.",
            weight=Decimal(service_weight),
        )
        return RatingOfRecord.objects.create(
            evaluation=evaluation,
            cycle=cycle,
            employee=employee,
            version=version,
            level=level,
            score=score,
            service_weight=Decimal(service_weight),
            evidence_count=evidence,
            has_progress_review=progress,
            is_signed=signed,
            content_hash=f"{employee.pk:064d}",
            at=AT,
        )

    def next_cycle(self):
        """The cycle after, opened while the ratings of the first are not signed yet."""
        names = [field.name for field in Cycle._meta.fields if field.name.endswith("_on")]
        days = {
            name: getattr(self.cycle, name).replace(year=getattr(self.cycle, name).year + 1) for name in names
        }
        return Cycle.objects.create(name="Fall 2027", scale=self.scale, state="open", **days)

    def order(self, purpose, *, number="2025-0983", meeting_on=date(2025, 8, 26), ayes=5, title="An order"):
        """An order of the Court, carried by `ayes` to the rest of five."""
        action = CourtAction.objects.create(
            number=number,
            purpose=purpose,
            title=title,
            meeting_on=meeting_on,
            motion=title,
            mover="Commissioner Ortiz",
            seconder="Commissioner Bell",
            effective_on=meeting_on,
            recorded_by=self.users["hector"],
            recorded_at=AT,
        )
        seats = ["County Judge", *(f"Commissioner of Precinct {precinct}" for precinct in (1, 2, 3, 4))]
        Vote.objects.bulk_create(
            Vote(
                action=action,
                position=place,
                member=f"Member {place}",
                seat=seat,
                vote="aye" if place <= ayes else "nay",
            )
            for place, seat in enumerate(seats, start=1)
        )
        return action


def build():
    """Write the county into the database and return it."""
    world = World()
    County.objects.create(pk=1, name="Caprock County", state="Texas")
    PayCalendar.objects.create(name="Biweekly", anchor_on=date(2026, 9, 19), length_days=14)
    world.fund = Fund.objects.create(code="010", name="General fund")
    for code, (name, kind, _) in DEPARTMENTS.items():
        world.departments[code] = Department.objects.create(code=code, name=name, kind=kind, fund=world.fund)
    _people(world)
    _granted_roles(world)
    _performance(world)
    _pay(world)
    return world


def _email(name):
    return (
        "".join(name.lower().split()).replace("ñ", "n").replace("ễ", "e").replace("á", "a")
        + "@caprock.example"
    )


def _people(world):
    for key, name in {**{key: row[0] for key, row in PEOPLE.items()}, **GUESTS}.items():
        world.users[key] = User.objects.create_user(_email(name), name, PASSWORD)
    for key, (name, number, *_) in PEOPLE.items():
        first, last = name.rsplit(" ", 1)
        world.employees[key] = Employee.objects.create(
            number=number,
            first_name=first,
            last_name=last,
            sort_name=f"{last}, {first}",
            work_email=world.users[key].email,
            hired_on=date(2019, 3, 4),
            user=world.users[key],
        )
    for key, (_, _, department, supervisor, job, grade, rate) in PEOPLE.items():
        Assignment.objects.create(
            employee=world.employees[key],
            department=world.departments[department],
            job=Job.objects.get_or_create(code=job.upper()[:30], defaults={"title": job})[0],
            supervisor=world.employees.get(supervisor),
            fte=Decimal(1),
            exempt=grade in ("M1", "E2") or key in ELECTED,
            rate=Decimal(rate),
            grade=grade,
            fund=world.fund,
            kind="elected" if key in ELECTED else "regular",
            in_position_since=date(2021, 6, 1),
            starts_on=date(2025, 10, 1),
        )
    for code, (_, _, head) in DEPARTMENTS.items():
        Headship.objects.create(
            department=world.departments[code], employee=world.employees[head], starts_on=date(2019, 3, 4)
        )


def _granted_roles(world):
    RoleGrant.objects.bulk_create(
        RoleGrant(user=world.users[key], role=role, starts_on=date(2020, 1, 1)) for key, role in ROLES.items()
    )


def _performance(world):
    world.scale = Scale.objects.create(name="Five levels")
    names = ["Unacceptable", "Needs improvement", "Fully successful", "Exceeds", "Outstanding"]
    Level.objects.bulk_create(
        Level(scale=world.scale, number=number, name=name, needs_narrative=number in (1, 2, 5))
        for number, name in enumerate(names, start=1)
    )
    Band.objects.bulk_create(
        Band(scale=world.scale, level=level, from_score=Decimal(score))
        for level, score in ((2, "1.00"), (3, "2.50"), (4, "3.50"), (5, "4.50"))
    )
    world.template = Template.objects.create(name="Front line", level="front_line")
    world.cycle = Cycle.objects.create(
        name="Fall 2026",
        starts_on=date(2025, 9, 1),
        ends_on=date(2026, 9, 1),
        scale=world.scale,
        state="open",
        plans_due_on=date(2025, 10, 1),
        progress_due_on=date(2026, 3, 31),
        self_due_on=date(2026, 8, 31),
        ratings_due_on=date(2026, 9, 15),
        approvals_due_on=date(2026, 9, 22),
        release_due_on=date(2026, 9, 25),
        signatures_due_on=date(2026, 10, 8),
    )


def _pay(world):
    world.schedule = Schedule.objects.create(name="General schedule 2026", starts_on=date(2025, 10, 1))
    Grade.objects.bulk_create(
        Grade(
            schedule=world.schedule,
            code=code,
            position=position,
            minimum=Decimal(low),
            midpoint=Decimal(low + high) / 2,
            maximum=Decimal(high),
        )
        for position, (code, (low, high)) in enumerate(RANGES.items(), start=1)
    )
