"""Descriptions of all jobs, published, each with a customer-service section, composed by family and level."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from jobs.models import Acknowledgement, Duty, JobDescription, State
from synthetic.calendar_of_county import STAND, moment
from synthetic.jobs_of_county import AMBULANCE, JOBS, SHIFT
from synthetic.writing import copy_in

FIRST, SECOND = date(2025, 1, 13), date(2026, 1, 12)
REVISED = (
    "1101",
    "1102",
    "1103",
    "1202",
    "1301",
    "2301",
    "1402",
)  # a second version came with the initiative

ON_THEIR_WAY = {"1104": State.HEAD_APPROVAL, "1809": State.HR_REVIEW, "1404": State.DRAFT}


class Family(NamedTuple):
    """Duties are (text, percent, whether it serves customers), together 100."""

    what: str
    duties: tuple
    skills: str
    results: str
    needs: str
    body: str = "Sits, stands and walks in turn; lifts up to 25 pounds."


OFFICE = (
    ("Answers questions at the counter, by phone and by e-mail, and says what comes next", 25, True),
    ("Takes in, checks and files what people bring, and tells them in writing what is missing", 20, True),
    ("Enters and keeps the records of the office", 25, False),
    ("Handles payments, receipts and the mail of the day", 15, False),
    ("Prepares reports and helps other offices with what they need from this one", 15, True),
)
FAMILIES = {
    "Clerks and records": Family(
        "Keeps the public records of the county and serves the people who need them.",
        (
            ("Records deeds, liens, assumed names and plats, and returns the originals", 25, False),
            ("Issues licenses and certified copies while the customer waits", 25, True),
            ("Explains which form and fee apply, without giving legal advice", 20, True),
            ("Dockets papers, receives fees and balances the drawer each day", 20, False),
            ("Keeps private records private, and helps those entitled to find them", 10, True),
        ),
        "Hears people out, grieving and anxious ones too. Explains in plain words. Acknowledges each "
        "person waiting.",
        "Nine of ten copies are ready within ten minutes at the counter and two business days by mail. "
        "Callbacks go out the same day.",
        "High school diploma or equivalent; one year at a public counter for the second level; covered by "
        "a bond.",
    ),
    "Finance": Family(
        "Collects, accounts for and safeguards the money of the county.",
        (
            ("Serves taxpayers and vendors at the counter, by phone and by mail", 30, True),
            ("Posts payments and keeps accounts in balance", 30, False),
            ("Explains statements, exemptions and due dates in plain words", 15, True),
            ("Prepares reports for the Court and for other offices by the dates agreed", 15, False),
            ("Finds and puts right errors, and tells whom they concern", 10, False),
        ),
        "Explains a bill so that it is understood. Stays courteous about other people’s money.",
        "Accounts balance every day. Refunds go out within five business days. Questions have an answer "
        "within one.",
        "High school diploma and bookkeeping experience; a degree in accounting for professional levels.",
    ),
    "Law enforcement": Family(
        "Protects people and property and answers calls for help, day and night.",
        (
            ("Answers calls, comes when help is needed and tells callers what will happen", 35, True),
            ("Patrols, investigates and writes reports that courts can use", 35, False),
            ("Serves papers and keeps evidence safe", 15, False),
            ("Speaks with neighbors, schools and victims, and follows up with them", 15, True),
        ),
        "De-escalates before using force. Treats everybody with even-handed respect. Keeps victims told "
        "of their case.",
        "Priority calls are answered within the published time. Every victim has a call back within two "
        "days.",
        "License of the Texas Commission on Law Enforcement where the job is sworn; background check.",
        "Runs, climbs, lifts up to 100 pounds, works nights and in all weather.",
    ),
    "Detention": Family(
        "Guards and cares for people held in the county jail so that they, the staff and the public are "
        "safe.",
        (
            ("Head counts, cell checks, searches and escorts", 40, False),
            (
                "Books and releases people, and explains rules and next steps to them and their families",
                25,
                True,
            ),
            ("Watches for illness, conflict and risk of suicide", 20, False),
            ("Takes bonds, answers requests within the shift, supervises visits", 15, True),
        ),
        "Explains the rules to families without impatience. De-escalates before using force.",
        "A request has an answer within the shift. Visitors are seen at the time that they were given.",
        "Jailer license within one year; high school diploma or equivalent; background check.",
        "Stands and walks for most of a shift of twelve hours; restrains people where it is lawful.",
    ),
    "Public works": Family(
        "Builds, repairs and keeps clean the roads, buildings and grounds that everybody uses.",
        (
            ("Does the work orders of the day, safely and to the standard", 45, False),
            ("Keeps equipment and vehicles clean, checked and ready", 20, False),
            ("Tells residents and offices what will be done, when, and what it means for them", 20, True),
            ("Answers emergencies after storms, and closes each request with who made it", 15, True),
        ),
        "Talks with residents at the gate as well as with the office. Leaves a place better than it was "
        "found.",
        "A request from a resident has an answer within two business days. Nine of ten repairs are done "
        "by the date given.",
        "Valid driver license, commercial for heavy equipment.",
        "Lifts up to 75 pounds; works outdoors in heat and cold.",
    ),
    "Emergency services": Family(
        "Brings emergency care to people, and gets them safely where they need to be.",
        (
            ("Responds to emergency calls, assesses and treats patients under protocol", 45, False),
            ("Speaks with patients and families, explains what is done and why", 25, True),
            ("Writes reports and keeps vehicles, drugs and equipment ready", 20, False),
            ("Teaches and reassures: classes, schools, follow-up calls", 10, True),
        ),
        "Stays calm and kind when others can’t. Speaks to the patient, not over the patient.",
        "On scene within the published time in nine calls of ten. Every complaint has a call back within "
        "two days.",
        "License of the Texas Department of State Health Services for the level; valid driver license.",
        "Lifts patients with a partner; works shifts of 24 hours.",
    ),
    "Courts and law": Family(
        "Moves cases through the courts fairly and on time.",
        (
            ("Prepares cases, dockets, motions and hearings", 45, False),
            ("Tells victims, witnesses, jurors and parties when and where, and what to expect", 25, True),
            ("Researches, drafts and keeps the file complete", 20, False),
            ("Answers other offices and the public, without legal advice", 10, True),
        ),
        "Explains a procedure without taking sides. Serves frightened people patiently.",
        "Parties hear of a new date within one business day. Files are complete a week before the hearing.",
        "License to practice in Texas for attorneys; certificate or degree for others as the law asks.",
    ),
    "Health": Family(
        "Prevents disease and brings care to people who would go without.",
        (
            ("Sees clients in clinics, homes and by phone, and explains what is found", 35, True),
            ("Inspects, tests, traces and reports as the law asks", 30, False),
            ("Keeps charts, and keeps them private", 20, False),
            ("Teaches groups and works with schools and shelters", 15, True),
        ),
        "Speaks the client’s language or finds somebody who does. Never shames.",
        "Clients are seen within fifteen minutes of their time. Results go out within two business days.",
        "License or degree that the level asks for.",
    ),
    "Probation": Family(
        "Keeps people under supervision on a path that is safe for them and for others.",
        (
            ("Meets people and families, agrees on a plan and holds them to it", 40, True),
            ("Reports to the court, completely and on time", 30, False),
            ("Checks homes, schools and work", 20, False),
            ("Finds treatment, schooling and work together with other agencies", 10, True),
        ),
        "Firm, fair and polite. Tells families what happens next before they ask.",
        "Every family has a call back within one business day. Reports are filed three days before the "
        "hearing.",
        "Degree and certification that the state asks of officers.",
    ),
    "Technology": Family(
        "Keeps the systems running that every office and every customer depends on.",
        (
            ("Helps offices with what does not work, and says when it will", 35, True),
            ("Runs, secures and documents systems and networks", 40, False),
            ("Plans and builds changes with the offices that use them", 15, True),
            ("Is on call for outages", 10, False),
        ),
        "Asks what somebody wants to do before saying how. No jargon.",
        "Nine of ten tickets are closed by the time given. Each office hears of planned work three days "
        "before.",
        "Degree or certificates in the field, and experience that the level asks for.",
    ),
}
USUAL = Family("Does the office work that lets the county serve people well.", OFFICE,
    "Listens first, explains in plain words, and keeps what was promised.",
    "Nine of ten requests are settled by the date given, and the others hear of it before.",
    "High school diploma or equivalent; experience or a degree that the level asks for.")  # fmt: skip
LEADING = (
    ("Plans and assigns the work so that counters and shifts are covered", 25, False),
    ("Talks with each person about the work every month, and evaluates fairly and on time", 20, False),
    ("Answers complaints within five business days and gets their causes removed", 20, True),
    ("Watches the published service standards and acts when one is missed", 20, True),
    ("Works with other offices on what customers need from both", 15, True),
)


def write_descriptions(cast):
    """A published description for each job, two versions of some, and a few on their way.

    Returns the key of the one in force by job code.
    """
    found = []
    for code in JOBS:
        if code in REVISED:
            found.append((code, _description(cast, code, 1, State.SUPERSEDED, FIRST)))
            found.append((code, _description(cast, code, 2, State.PUBLISHED, SECOND)))
        else:
            found.append((code, _description(cast, code, 1, State.PUBLISHED, FIRST)))
    found += [(code, _description(cast, code, 2, state, None)) for code, state in ON_THEIR_WAY.items()]
    copy_in(JobDescription, (row for _, row in found))
    copy_in(Duty, (duty for code, row in found for duty in _duties(row, JOBS[code])))
    return {code: row.pk for code, row in found if row.state == State.PUBLISHED}


def _leads(job):
    return any(
        word in job.title
        for word in (
            "Supervisor",
            "Manager",
            "Chief",
            "Director",
            "Lead",
            "Sergeant",
            "Lieutenant",
            "Captain",
        )
    )


def _description(cast, code, version, state, day):
    job = JOBS[code]
    family = FAMILIES.get(job.family, USUAL)
    return JobDescription(
        job_id=cast.keys.jobs[code],
        version=version,
        state=state,
        summary=f"{family.what} {_part(job)}",
        service_skills=family.skills,
        service_accomplishments=family.results,
        qualifications=family.needs,
        physical_demands=family.body,
        exempt=job.exempt,
        grade=job.grade,
        published_on=day,
    )


def _part(job):
    if _leads(job):
        return f"The {job.title} leads people who do this work and answers for its results."
    hours = {SHIFT: " Works in shifts around the clock.", AMBULANCE: " Works 24 hours on and 48 off."}
    return f"The {job.title} does this work for the public and for other offices.{hours.get(job.hours, '')}"


def _duties(row, job):
    family = FAMILIES.get(job.family, USUAL)
    return [
        Duty(
            description=row, position=position, text=f"{text}.", percent=Decimal(percent), is_service=service
        )
        for position, (text, percent, service) in enumerate(
            LEADING if _leads(job) else family.duties, start=1
        )
    ]


def write_acknowledgements(cast):
    """Most have read the description of their job; those of a second version not all, and Marisol not yet."""
    random, rows = cast.random("acknowledgements"), []
    for human in cast.people:
        if human.separated_on is not None or human.part == "marisol":
            continue
        post = human.posts[-1]
        if random.random() < (0.82 if post.job in REVISED else 0.95):
            begins = max(SECOND if post.job in REVISED else FIRST, post.since)
            day = min(
                date.fromordinal(begins.toordinal() + random.randrange(1, 25)),
                date.fromordinal(STAND.toordinal() - 1),
            )
            rows.append(
                Acknowledgement(
                    description_id=cast.descriptions[post.job],
                    employee_id=human.pk,
                    at=moment(day, 9, human.minute),
                )
            )
    copy_in(Acknowledgement, rows)
