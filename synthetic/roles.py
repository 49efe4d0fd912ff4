"""Who can sign in, as what, and what there is for each to do."""

import json

from django.conf import settings
from django.contrib.auth.hashers import make_password

from accounts.models import User
from organization.models import Role, RoleGrant
from synthetic.calendar_of_county import ROSTER_FROM
from synthetic.writing import copy_in, reserve

PASSWORD = "a county of honest work"  # noqa: S105 - for the demo alone, printed when it starts

GRANTS = {
    "judge": Role.JUDGE,
    "court_clerk": Role.COURT_CLERK,
    "miguel": Role.HR,
    "lorena": Role.PAYROLL,
    "wade": Role.PAYROLL,
    "colleen": Role.TRAINING,
    "susan": Role.BUDGET,
    "grace": Role.AUDITOR,
    "anita": Role.IMPACT,
}
SIGN_INS = [  # role, key of the cast, what to do
    (
        "HR administrator",
        "miguel",
        "Look over the Fall 2026 cycle, start the pay run of 2027, ask the heads to certify.",
    ),
    ("Supervisor", "denise", "Finish the evaluations of eight people; ratings are due September 15."),
    ("Reviewer", "stephen", "Approve the ratings that his supervisors have sent, or give them back."),
    ("Employee", "marisol", "Read her own evaluation and pay, and acknowledge her job description."),
    ("Elected official", "ruth", "Certify the awards of the County Clerk’s office once HR asks."),
    ("Department head", "joel", "Certify the awards of Information Technology once HR asks."),
    ("County Judge", "judge", "Certify the awards of the heads, and rate them."),
    ("Court clerk", "court_clerk", "Record the order by which the Court releases the pay."),
    ("Payroll clerk", "lorena", "Release a batch and download the payroll file."),
    ("Second payroll clerk", "wade", "Release what holds the first clerk’s own line."),
    ("Budget officer", "susan", "See what the plan of 2027 costs."),
    ("Auditor", "grace", "Follow a dollar back to the evaluation that it rests on."),
    ("HR director", "anita", "See whether awards fall much less often to one group of people."),
    ("Training coordinator", "colleen", "See who is to be trained."),
]


def write_accounts(people, joined_at):
    """An account for everybody who works here, with a password for those of the guide and for all who lead.

    One password is hashed once: it is no secret. The rest have none yet, as after an import.
    """
    here = [human for human in people if human.separated_on is None or _has_led(human)]
    hashed, none = make_password(PASSWORD), make_password(None)
    users = {}
    for human, key in zip(here, reserve(User, len(here)), strict=True):
        can_enter = human.separated_on is None and (human.part or _leads(human))
        human.user_pk = key
        users[human] = User(
            pk=key,
            password=hashed if can_enter else none,
            email=human.email,
            number=human.number,
            name=str(human),
            joined_at=joined_at,
            is_active=human.separated_on is None,
        )
    copy_in(User, users.values())
    by_part = {human.part: user for human, user in users.items() if human.part}
    copy_in(
        RoleGrant,
        (
            RoleGrant(user=by_part[part], role=role, starts_on=ROSTER_FROM)
            for part, role in GRANTS.items()
            if part in by_part
        ),
    )
    return by_part


def _leads(human):
    _, seat, _ = human.steps[-1]
    return seat.rank > 0 or seat.is_head


def _has_led(human):
    """Former heads have signed certificates, so the history knows them as users."""
    return human.steps[-1][1].is_head


def sign_ins(by_part):
    """What the guide prints: role, name, e-mail, password and what to do."""
    return [
        {
            "role": role,
            "name": by_part[part].name,
            "email": by_part[part].email,
            "password": PASSWORD,
            "what": what,
        }
        for role, part, what in SIGN_INS
        if part in by_part
    ]


def file_of_sign_ins():
    return settings.STATE_FOLDER / "sign-ins.json"


def keep_sign_ins(found):
    file = file_of_sign_ins()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n")


def kept_sign_ins():
    file = file_of_sign_ins()
    return json.loads(file.read_text()) if file.exists() else []
