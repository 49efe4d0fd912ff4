"""Roles that are granted, and the account that a person signs in with."""

from django.db import IntegrityError, transaction

from accounts.models import User
from audit.services import record
from organization.models import Employee, RoleGrant
from organization.permissions import is_hr, may_grant_role
from organization.refusal import NotYours, Refused
from organization.services.people import day, text

NOT_YOURS = "Only an HR administrator grants roles, and nobody to himself."


@transaction.atomic
def grant_role(user_id, role, *, department=None, starts_on, ends_on=None, by, at):
    """Grant a role from a day on, for the whole county or one department. Raises `Refused`."""
    user = User.objects.get(pk=user_id)
    if not may_grant_role(by, user):
        raise NotYours(NOT_YOURS)
    if ends_on and ends_on <= starts_on:
        raise Refused("The role must end after it begins.")
    try:
        with transaction.atomic():
            grant = RoleGrant.objects.create(
                user=user, role=role, department=department, starts_on=starts_on, ends_on=ends_on
            )
    except IntegrityError:
        raise Refused(f"{user} holds this role in that time already.") from None
    after = {"role": role, "department": text(department), "from": text(starts_on), "until": text(ends_on)}
    record("role.granted", grant, by=by, at=at, after=after)
    return grant


@transaction.atomic
def revoke_role(grant_id, *, on, by, at, reason=""):
    """End a role: `on` is the first day without it. One that has not begun by then goes. Raises `Refused`."""
    grant = RoleGrant.objects.select_for_update(of=("self",)).select_related("user").get(pk=grant_id)
    if not may_grant_role(by, grant.user):
        raise NotYours(NOT_YOURS)
    if grant.ends_on and grant.ends_on <= on:
        raise Refused(f"This role ended on {day(grant.ends_on)}.")
    before = {"until": text(grant.ends_on)}
    record("role.revoked", grant, by=by, at=at, before=before, after={"until": text(on)}, reason=reason)
    if grant.starts_on >= on:
        grant.delete()
    else:
        grant.ends_on = on
        grant.save(update_fields=["ends_on"])


@transaction.atomic
def open_outside_account(name, email, role, *, department=None, starts_on, ends_on=None, by, at):
    """Open an account for someone who is not an employee, such as an outside auditor, with a first role.

    No password yet: the invitation follows. Returns the user. Raises `Refused`.
    """
    if not is_hr(by):
        raise NotYours("Only an HR administrator can open accounts.")
    if Employee.objects.filter(work_email__iexact=email).exists():
        raise Refused(f"{email} is an employee’s address. Open the account on his or her page.")
    user, taken = (
        User(email=email, name=name),
        f"Someone signs in with {email} already. Grant that account the role.",
    )
    if User.objects.filter(email__iexact=email).exists():
        raise Refused(taken)
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        raise Refused(taken) from None
    record("account.opened", user, by=by, at=at, after={"email": email})
    grant_role(user.pk, role, department=department, starts_on=starts_on, ends_on=ends_on, by=by, at=at)
    return user


@transaction.atomic
def open_account(employee_id, *, by, at):
    """Give an employee a user to sign in with, by work e-mail or employee number; no password yet.

    Takes the user who has that address already, if nobody else is he. Raises `Refused`.
    """
    if not is_hr(by):
        raise NotYours("Only an HR administrator can open accounts.")
    employee = Employee.objects.select_for_update(of=("self",)).get(pk=employee_id)
    if employee.user_id:
        raise Refused(f"{employee} has an account.")
    user = User.objects.filter(email__iexact=employee.work_email).first() if employee.work_email else None
    if user and Employee.objects.filter(user=user).exists():
        raise Refused(f"The account with {employee.work_email} is another employee’s.")
    if user is None:
        user = User(email=employee.work_email or None, number=employee.number, name=employee.full_name)
        user.set_unusable_password()
        user.save()
    employee.user = user
    employee.save(update_fields=["user"])
    record("account.opened", employee, by=by, at=at, after={"user": user.pk})
    return user
