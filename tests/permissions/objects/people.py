"""Accounts, orders of the Court, the roster and job descriptions."""

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.utils import timezone

from accounts.models import User
from accounts.services import invite_user
from jobs import services as jobs
from organization import services as organization
from organization.models import ColumnMapping, Job, RoleGrant
from organization.roster import columns
from organization.roster import services as rosters
from tests.permissions.objects.about import About
from tests.world import AT, ON


def newcomer(world):
    return User.objects.create_user("bo.lindgren@caprock.example", "Bo Lindgren")


def invitation(world):
    return invite_user(newcomer(world), by=world.person("miguel"), at=timezone.now(), via="letter")


def passkey_of_denise(world):
    return Authenticator.objects.create(
        user=world.users["denise"], type=Authenticator.Type.WEBAUTHN, data={"name": "Laptop"}
    )


def app_of_denise(world):
    TOTP.activate(world.users["denise"], "JBSWY3DPEHPK3PXP")
    return {}


def merit_raise_of_marisol(world):
    return organization.add_advancement(
        world.employees["marisol"].pk, "merit", ON, reason="PA 7", by=world.person("miguel"), at=AT
    )


def roster(world):
    content = b"Employee number,Last name,First name,Department,Annual pay\n1,Diaz,Ana,CC,40000\n"
    table = rosters.read_file(content, "roster.csv")
    return rosters.upload_roster(
        content,
        "roster.csv",
        as_of=ON,
        complete=False,
        names=columns.guessed(table).names(table),
        options=None,
        by=world.person("miguel"),
        at=AT,
    )


def mapping():
    return ColumnMapping.objects.create(name="Payroll export", columns={})


def draft_of_her_job(world):
    job = Job.objects.get(title="Deputy Clerk II")
    return jobs.begin_description(job.pk, by=world.person("miguel"), at=AT)


SEES_DRAFT = ("ruth", "miguel", "grace")

PEOPLE = {
    # accounts
    "account_reset_password_from_key": About(lambda world: {"uidb36": "1", "key": "none"}),
    "accounts:accept": About(lambda world: {"code": invitation(world)}),
    "accounts:invite": About(lambda world: {"user_id": newcomer(world).pk}),
    "mfa_deactivate_totp": About(app_of_denise, seen_by=("denise",)),
    "mfa_edit_webauthn": About(lambda world: {"pk": passkey_of_denise(world).pk}),  # the password comes first
    "mfa_remove_webauthn": About(lambda world: {"pk": passkey_of_denise(world).pk}),
    "mfa_view_recovery_codes": About(lambda world: {}, seen_by=()),
    "mfa_download_recovery_codes": About(lambda world: {}, seen_by=()),
    # court
    "court:action": About(lambda world: {"number": world.order("initiative").number}),
    "court:document": About(
        lambda world: {"number": world.order("initiative").number}, seen_by=()
    ),  # none is kept
    "court:notice_proof": About(lambda world: {"pk": 1}, seen_by=()),  # none is kept
    # organization
    **{
        f"organization:{page}": About(lambda world: {"number": "10482"})
        for page in ("person", "change", "correct", "separate", "open_account", "add_advancement")
    },
    "organization:correct_advancement": About(
        lambda world: {"number": "10482", "advancement_id": merit_raise_of_marisol(world).pk}
    ),
    **{
        f"organization:{page}": About(lambda world: {"code": "CC"})
        for page in ("department", "set_head", "change_department")
    },
    **{
        f"organization:{page}": About(lambda world: {"import_id": roster(world).pk})
        for page in ("import", "match_columns", "import_changes", "refused_rows", "apply", "discard")
    },
    "organization:delete_mapping": About(lambda world: {"mapping_id": mapping().pk}),
    "organization:revoke_role": About(lambda world: {"grant_id": RoleGrant.objects.first().pk}),
    # jobs
    "jobs:begin": About(lambda world: {"job_id": Job.objects.first().pk}),
    "jobs:show": About(lambda world: {"pk": draft_of_her_job(world).pk}, seen_by=SEES_DRAFT),
    "jobs:edit": About(lambda world: {"pk": draft_of_her_job(world).pk}, seen_by=SEES_DRAFT),
    "jobs:compare": About(
        lambda world: dict.fromkeys(("pk", "other"), draft_of_her_job(world).pk), seen_by=SEES_DRAFT
    ),
    **{
        f"jobs:{act}": About(lambda world: {"pk": draft_of_her_job(world).pk})
        for act in (
            "send_to_hr",
            "send_to_head",
            "publish",
            "acknowledge",
            "return_from_hr",
            "return_from_head",
        )
    },
}
