"""Delegating a signature for a time, in writing, and taking that back (PAY-9)."""

from datetime import timedelta

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery

from audit.services import record
from certification import permissions
from certification.checks import is_a_sentence
from certification.models import Delegation
from certification.sets import AwardSet, Signers
from look.formats import record_date
from organization.dated import A_DAY
from organization.models import Assignment, Department, Employee
from organization.refusal import Refused
from outbox.services import link, send

LONGEST = timedelta(days=366)


def sets_to_delegate(person, chart):
    """(department or None for the heads' own awards) of the sets that a person answers for himself."""
    every = [*chart.departments.values(), None]
    return [each for each in every if permissions.can_delegate(person, each, chart)]


def possible_delegates(principal, *, on):
    """Who can sign for a head: whoever reports to him, such as a chief deputy; for the County Judge also
    other elected officials. They need an account; the heads whom the Judge certifies are left out. Each has
    his `title`.
    """
    lines = Assignment.objects.in_force(on).filter(slot=1)
    reports = Q(pk__in=lines.filter(supervisor=principal).values("employee"))
    elected = Q(pk__in=lines.filter(kind=Assignment.Kind.ELECTED).values("employee"))
    chart = Signers(on)
    found = reports & ~Q(pk__in=chart.head_ids)
    if principal in chart.judges:
        found |= elected
    title = lines.filter(employee=OuterRef("pk")).values("job__title")[:1]
    people = Employee.objects.employed(on).filter(found).exclude(user=None).exclude(pk=principal.pk)
    return people.annotate(title=Subquery(title))


@transaction.atomic
def delegate(department_ids, delegate_id, *, starts_on, last_day, words, may_except, by, at):
    """Have `delegate_id` sign these sets for `by` from one day to another. Returns the Delegations.

    `department_ids` has None for the heads' own awards. All of them are given, or none.
    """
    chart = Signers(by.on)
    if not department_ids:
        raise Refused("Name at least one set.")
    for key in department_ids:
        if not permissions.can_delegate(by, key and chart.departments[key], chart):
            raise Refused("You can delegate only what you sign yourself, and not what was delegated to you.")
    if starts_on < by.on:
        raise Refused("A delegation begins today or later: nobody has signed for you before.")
    if last_day < starts_on:
        raise Refused("The last day lies before the first.")
    if last_day - starts_on > LONGEST:
        raise Refused("A delegation is for a time: at most a year.")
    if not is_a_sentence(words):
        raise Refused("Write in a sentence why somebody else signs. It is kept with each certificate.")
    other = possible_delegates(by.employee, on=by.on).select_related("user").filter(pk=delegate_id).first()
    if other is None:
        raise Refused("Only somebody who reports to you and has an account can sign for you.")
    Employee.objects.select_for_update(no_key=True).get(pk=by.employee_id)  # one after the other
    made = [
        _give(key, other, starts_on, last_day + A_DAY, words.strip(), may_except, by, at)
        for key in department_ids
    ]
    names = ", ".join(_name(each.department) for each in made)
    _tell(
        other,
        f"You can sign for {by.name}",
        f"From {record_date(starts_on)} to {record_date(last_day)} you certify for {by.name}: "
        f"{names}.\n\n{words.strip()}\n\nYour own award is not among what you sign.",
        "delegation.given",
    )
    return made


def _give(key, other, starts_on, ends_on, words, may_except, by, at):
    same = Delegation.objects.standing().filter(
        principal=by.employee, delegate=other, department=key, starts_on__lt=ends_on, ends_on__gt=starts_on
    )
    if same.exists():
        raise Refused(f"{other} signs for you on some of these days already. Revoke that first.")
    given = Delegation.objects.create(
        principal=by.employee,
        delegate=other,
        department=key and Department.objects.get(pk=key),
        may_except=may_except,
        words=words,
        starts_on=starts_on,
        ends_on=ends_on,
        given_at=at,
    )
    record(
        "delegation.given",
        given,
        by=by,
        at=at,
        after={
            "set": _name(given.department),
            "from": starts_on.isoformat(),
            "last_day": given.last_day.isoformat(),
            "may_except": may_except,
        },
        reason=words,
    )
    return given


@transaction.atomic
def revoke(delegation_id, *, by, at):
    """End a delegation at once. What was signed by it stays signed."""
    found = Delegation.objects.select_for_update(of=("self",)).select_related("delegate", "department")
    found = found.get(pk=delegation_id)
    if found.principal_id != by.employee_id:
        raise Refused("Only who gave a delegation can revoke it.")
    if found.revoked_at is not None or found.ends_on <= by.on:
        raise Refused("This delegation has ended already.")
    found.revoked_at = at
    found.save(update_fields=["revoked_at"])
    record("delegation.revoked", found, by=by, at=at, before={"set": _name(found.department)})
    _tell(
        found.delegate,
        f"You no longer sign for {by.name}",
        f"The delegation for {_name(found.department)} was revoked. What you signed stays signed.",
        "delegation.revoked",
    )
    return found


def _name(department):
    return AwardSet(None, department).name


def _tell(employee, subject, text, about):
    if employee.work_email:
        send(employee.work_email, subject, f"{text}\n\n{link('certification:delegations')}", about=about)
