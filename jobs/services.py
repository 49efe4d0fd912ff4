"""Every write to job descriptions that means something. `by` is a Person, `at` the county's time."""

import json
from decimal import Decimal
from hashlib import sha256
from typing import NamedTuple

from django.db import transaction

from audit.services import record
from jobs.checks import minimum_service_weight, problems_of_description
from jobs.models import Acknowledgement, Duty, JobDescription, State
from jobs.permissions import is_writer
from jobs.workflow import CannotMove, next_state
from organization.models import Job
from organization.refusal import Refused

TEXTS = [
    "summary",
    "service_skills",
    "service_accomplishments",
    "qualifications",
    "physical_demands",
    "exempt",
    "grade",
]


class DutyRow(NamedTuple):
    """One duty as typed: percent of the time."""

    text: str
    percent: Decimal
    is_service: bool


class NotReady(Refused):
    """Something is missing; `problems` are all of them."""

    def __init__(self, message, problems):
        super().__init__(message, details={"problems": [problem.text for problem in problems]})
        self.problems = problems


class Changed(Refused):
    """Somebody saved the description meanwhile."""


def revision_of(description):
    """A digest of what the description says, to notice that it changed while somebody was typing."""
    says = [str(getattr(description, name)) for name in TEXTS]
    says += [[duty.text, str(duty.percent), duty.is_service] for duty in description.duties.all()]
    return sha256(json.dumps(says).encode()).hexdigest()


@transaction.atomic
def begin_description(job_id, *, by, at):
    """Begin the next version of a job's description, with what the published one says; returns the draft.

    A job has one version on its way at a time.
    """
    job = Job.objects.select_for_update().get(pk=job_id)
    versions = list(job.descriptions.order_by("-version"))
    if not is_writer(by, JobDescription(job=job)):
        raise CannotMove("Only an HR administrator or the head of a department with this job can do this.")
    if versions and versions[0].state not in (State.PUBLISHED, State.SUPERSEDED):
        raise Refused(f"Version {versions[0].version} is on its way already.")
    draft = JobDescription(job=job, version=versions[0].version + 1 if versions else 1)
    if versions:
        for name in TEXTS:
            setattr(draft, name, getattr(versions[0], name))
    draft.save()
    if versions:
        _write_duties(
            draft, [DutyRow(duty.text, duty.percent, duty.is_service) for duty in versions[0].duties.all()]
        )
    record("job_description.begun", draft, by=by, at=at)
    return draft


@transaction.atomic
def save_description(description_id, fields, duties, *, base, by, at):
    """Save a draft: `fields` are those of TEXTS, `duties` are `DutyRow`s. It may be incomplete still."""
    description, _ = _lock("edit", description_id, by)
    if base != revision_of(description):
        raise Changed(
            "The description was changed in another window meanwhile. Yours is below; nothing is lost."
        )
    for name in TEXTS:
        setattr(description, name, fields[name])
    description.save(update_fields=TEXTS)
    _write_duties(description, duties)
    record("job_description.saved", description, by=by, at=at)
    return description


def send_to_hr(description_id, *, by, at):
    """Give a complete draft to HR. Refused with all that is missing."""
    return _move("send_to_hr", "sent_to_hr", description_id, by=by, at=at, complete=True)


def send_to_head(description_id, *, by, at):
    return _move("send_to_head", "sent_to_head", description_id, by=by, at=at, complete=True)


def return_from_hr(description_id, *, note, by, at):
    return _move("return_from_hr", "returned", description_id, by=by, at=at, note=note)


def return_from_head(description_id, *, note, by, at):
    return _move("return_from_head", "returned", description_id, by=by, at=at, note=note)


@transaction.atomic
def publish(description_id, *, by, at):
    """The head approves: this version is in force from today, and the one before is superseded."""
    description, state = _lock("publish", description_id, by)
    _require_complete(description)
    for older in JobDescription.objects.published().filter(job=description.job_id):
        older.state = State.SUPERSEDED
        older.save(update_fields=["state"])
        record("job_description.superseded", older, by=by, at=at)
    description.state, description.published_on, description.approved_by = state, by.on, by.employee
    description.returned_note = ""
    description.save(update_fields=["state", "published_on", "approved_by", "returned_note"])
    record("job_description.published", description, by=by, at=at)
    return description


@transaction.atomic
def acknowledge(description_id, *, by, at):
    """An employee has read the description of his job. Once is enough."""
    description, _ = _lock("acknowledge", description_id, by)
    read, new = Acknowledgement.objects.get_or_create(
        description=description, employee=by.employee, defaults={"at": at}
    )
    if new:
        record("job_description.acknowledged", description, by=by, at=at)
    return read


@transaction.atomic
def _move(act, done, description_id, *, by, at, note=None, complete=False):
    description, state = _lock(act, description_id, by)
    if complete:
        _require_complete(description)
    if note is not None and not note.strip():
        raise Refused("Write what should be changed.")
    description.state, description.returned_note = state, (note or "").strip()
    description.save(update_fields=["state", "returned_note"])
    record(f"job_description.{done}", description, by=by, at=at, reason=description.returned_note)
    return description


def _lock(act, description_id, by):
    description = JobDescription.objects.select_for_update().get(pk=description_id)
    return description, next_state(act, description, by)


def _require_complete(description):
    duties = list(description.duties.all())
    problems = problems_of_description(description, duties, minimum=minimum_service_weight())
    if problems:
        raise NotReady("The description cannot be sent on yet.", problems)


def _write_duties(description, rows):
    description.duties.all().delete()
    Duty.objects.bulk_create(
        Duty(description=description, position=position, **row._asdict())
        for position, row in enumerate(rows, start=1)
    )
