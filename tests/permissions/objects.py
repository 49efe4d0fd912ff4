"""What each page with parameters in its address is about, for the walk over all pages and roles.

One line a page: `"court:action": About(lambda world: {"number": world.order("budget").number})`. Where not
everybody whom the audience admits may see this very thing, `seen_by` names who does; others must get a 404.
"""

from collections.abc import Callable
from typing import NamedTuple

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.utils import timezone

from accounts.models import User
from accounts.services import invite_user
from audit.models import Entry
from tests import pay_year


class About(NamedTuple):
    parameters: Callable  # (world) -> the parameters of the address, making what they name
    seen_by: tuple | None = None  # keys of tests.world among those admitted; None: all of them
    refused_to: tuple = ()  # who sees it, and is refused by the page itself


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


def computed(world):
    pay_year.rate_all(world)
    return pay_year.compute(world)


def plan_computed(world):
    plan = computed(world).plan
    return {"year": plan.fiscal_year, "version": plan.version}


def asked_for_second_word(world):
    run = computed(world)
    pay_year.order_release(world)
    return pay_year.release(world, run)


def letter_of_marisol(world):
    batch = pay_year.released(world)
    return {"number": batch.number, "line_id": batch.lines.get(line__number="10482").line_id}


READ_HER_PAY = ("marisol", "ruth", "miguel", "grace", "carl", "fatima", "susan")

OBJECTS = {
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
    # compensation
    "compensation:structure_export": About(lambda world: {"pk": world.schedule.pk}),
    "compensation:plan": About(plan_computed),
    "compensation:plan_effects": About(plan_computed),
    "compensation:plan_adopt": About(plan_computed),
    "compensation:plan_copy": About(plan_computed),
    "compensation:run": About(lambda world: {"number": computed(world).number}),
    "compensation:run_progress": About(lambda world: {"number": computed(world).number}),
    "compensation:run_stale": About(lambda world: {"number": computed(world).number}),
    "compensation:run_cancel": About(lambda world: {"number": computed(world).number}),
    "compensation:run_resume": About(lambda world: {"number": computed(world).number}),
    "compensation:lines": About(lambda world: {"number": computed(world).number}),
    "compensation:lines_export": About(lambda world: {"number": computed(world).number, "kind": "csv"}),
    # certification
    "certification:run": About(lambda world: {"number": computed(world).number}),
    "certification:ask": About(lambda world: {"number": computed(world).number}),
    "certification:set": About(
        lambda world: {"number": computed(world).number, "code": "CC"},
        seen_by=("ruth", "miguel", "grace", "carl", "fatima"),
    ),
    "certification:return": About(lambda world: {"number": computed(world).number, "code": "CC"}),
    "certification:certificate": About(
        lambda world: {"number": pay_year.released(world) and "CC-2027-01"},
        seen_by=("ruth", "miguel", "grace", "carl", "fatima"),
    ),
    # payroll
    "payroll:run": About(lambda world: {"number": computed(world).number}),
    "payroll:second_word": About(lambda world: {"pk": asked_for_second_word(world).pk}),
    "payroll:batch": About(lambda world: {"number": pay_year.released(world).number}),
    "payroll:download": About(lambda world: {"number": pay_year.released(world).number}),
    "payroll:letter": About(letter_of_marisol, seen_by=READ_HER_PAY),
    "payroll:letter_pdf": About(letter_of_marisol, seen_by=READ_HER_PAY),
    # reports
    "reports:award": About(
        lambda world: {"line_id": pay_year.released(world).lines.get(line__number="10482").line_id},
        seen_by=READ_HER_PAY,
    ),
    "reports:history_entry": About(lambda world: {"entry_id": Entry.objects.first().pk}),
}
