"""Asking for certificates, signing them, and writing down that one no longer holds."""

from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from audit.services import record
from certification import permissions
from certification.fingerprint import award_form, canonical, digest, set_content
from certification.models import Certificate, CertifiedLine, Request, Voiding
from certification.sets import AwardSet, awards_in, county_judges
from certification.standing import READY, compare, stand
from compensation import checks
from compensation.facts import what_changed_for_all
from compensation.models import PayPlan, Run, RunLine
from compensation.proof import altered_parts
from compensation.services import replace_earlier
from court.models import CourtAction
from evaluations.models import Level
from look.formats import record_date
from organization.bulk import tell_planner
from organization.chart import Chart
from organization.models import Department, the_county
from organization.refusal import Refused
from outbox.services import link, send

DAYS_TO_SIGN = 10


class SetChanged(Refused):
    """What the head read is not what would be signed."""


def minimum_service_weight(run, county):
    """The same minimum that the plan had to ask for, of 100."""
    return checks.minimum_service_weight(run.plan.cycle, county)


def statement(award_set, *, name, title, county, count):
    """The words that are signed."""
    awards = "1 award" if count == 1 else f"{count:,} awards"
    return (
        f"I, {name}, {title} of {county}, certify that I have reviewed the {awards} in this set; "
        "that each rests on an evaluation of customer service and of the work accomplished, signed and of "
        "record; and that no award was made for any other reason."
    )


def _lock(run_id):
    runs = Run.objects.select_for_update(of=("self",)).select_related("plan__action", "plan__cycle")
    run = runs.get(pk=run_id)
    refuse_unless_payable(run)
    return run


def refuse_unless_payable(run):
    """Raise Refused unless the run is computed, of a plan that the Court adopted, and not stale as a whole.

    A later change of the rules, the schedule or the adoption makes the whole run stale (PAY-5).
    """
    if run.state != Run.State.DONE:
        raise Refused(f"{run} is not computed yet.")
    if run.plan.state != PayPlan.State.ADOPTED:
        raise Refused(f"The plan of {run} is not in force. Only the adopted version of a plan is paid.")
    if not CourtAction.objects.adopted().filter(pk=run.plan.action_id).exists():
        raise Refused(f"The order that adopted the plan of {run} was corrected. Adopt the plan again.")
    if changed := what_changed_for_all(run):
        raise Refused(f"{run} is out of date. {' '.join(changed)} Run the plan again.")


@transaction.atomic
def ask_to_certify(run_id, *, by, at, on):
    """Ask each head with awards in the run to certify them, the Judge for the heads. Returns how many.

    Only one run of a fiscal year can be with the heads: it is the one that will be paid. A later run takes
    the place of an earlier one; what was released of that stays released, and is not paid again.
    """
    if not permissions.can_ask(by):
        raise Refused("Only an HR administrator asks heads to certify.")
    run = _lock(run_id)
    _withdraw_earlier(run, by=by, at=at)
    chart = Chart(on)
    departments = Department.objects.filter(run_lines__in=RunLine.objects.awards().filter(run=run)).distinct()
    sets = [AwardSet(run, department) for department in departments] + [AwardSet(run, None)]
    asked = 0
    for award_set in sets:
        if not awards_in(award_set, chart).exists():
            continue
        request, is_new = Request.objects.get_or_create(
            run=run,
            department=award_set.department,
            defaults={"asked_at": at, "due_on": on + timedelta(days=DAYS_TO_SIGN)},
        )
        if not is_new and request.state == Request.State.ASKED:
            continue
        request.state, request.returned_note, request.asked_at = Request.State.ASKED, "", at
        request.due_on = on + timedelta(days=DAYS_TO_SIGN)
        request.save(update_fields=["state", "returned_note", "asked_at", "due_on"])
        asked += 1
        _tell(award_set, chart, on, request)
    if not asked:
        raise Refused("Every head has been asked already.")
    record("certification.asked", run, by=by, at=at, after={"sets": asked})
    return asked


def _withdraw_earlier(run, *, by, at):
    if run.replaced_by:
        raise Refused(f"The heads have been asked about {run.replaced_by}. Only the latest run is paid.")
    replace_earlier(run)
    for other in Run.objects.filter(replaced_by=run, certification_requests__isnull=False).distinct():
        Request.objects.filter(run=other).delete()
        record("certification.withdrawn", other, by=by, at=at, reason=f"{run} takes its place.")


def _tell(award_set, chart, on, request):
    if award_set.department is None:
        people = list(county_judges(on))
    else:
        head = chart.certifier(award_set.department)
        people = [head] if head else []
    page = link("certification:set", request.run.number, award_set.code)
    for employee in people:
        if employee.work_email:
            send(
                employee.work_email,
                f"Please certify the awards of {award_set.name}",
                f"{request.run} has awards for {award_set.name} that rest on your certificate.\n"
                f"Please read and sign them by {record_date(request.due_on)}:\n\n{page}",
                about="certification.asked",
            )


@transaction.atomic
def certify(run_id, department_id, *, by, at, seen_hash):
    """Sign what is ready in a set; what is held back stays for a later one (PAY-9). Returns the Certificate.

    `department_id` is None for the heads' own awards. `seen_hash` is the hash of what the person read: if the
    set has changed since, SetChanged is raised and nothing is signed.
    """
    run = _lock(run_id)
    award_set = AwardSet(run, department_id and Department.objects.get(pk=department_id))
    chart = Chart(by.on)
    if not permissions.can_certify(by, award_set, chart):
        raise Refused(f"Only {_who_signs(award_set, chart)} can sign this set.")
    request = Request.objects.filter(run=run, department=award_set.department).first()
    if request is None:
        raise Refused("HR has not asked for this certificate yet.")
    ready = ready_lines(award_set, chart)
    if altered_parts(run, departments=departments_of(award_set)):
        raise Refused(f"Lines of {run} are not what was computed. Nothing was signed; tell an operator.")
    if any(line.employee_id == by.employee_id for line in ready):
        raise Refused("Your own award is in this set. It is certified one level up.")
    if not ready:
        raise SetChanged("No award is ready to be signed. Somebody may have signed this set just now.")
    content = set_content(award_set, ready)
    if digest(content) != seen_hash:
        raise SetChanged("The set changed while you were reading. Nothing was signed; look at it again.")
    certificate = Certificate.objects.create(
        number=_next_number(award_set),
        run=run,
        department=award_set.department,
        signed_by=by.user,
        signed_name=by.name,
        signed_title=title_of(by),
        signed_at=at,
        statement=statement(
            award_set, name=by.name, title=title_of(by), county=the_county().name, count=len(ready)
        ),
        content=content,
        content_hash=digest(content),
        awards=len(ready),
        base_total=_dollars(sum(line.merit for line in ready)),
        lump_total=_dollars(sum(line.lump for line in ready)),
    )
    CertifiedLine.objects.bulk_create(
        CertifiedLine(certificate=certificate, line=line, fingerprint=digest(canonical(award_form(line))))
        for line in ready
    )
    tell_planner(CertifiedLine)
    record(
        "certificate.signed",
        certificate,
        by=by,
        at=at,
        role=title_of(by),
        after={"set": award_set.name, "awards": len(ready), "hash": certificate.content_hash},
    )
    return certificate


def departments_of(award_set):
    """The departments to compare for a set: ids, or None for all, as heads are in any of them."""
    return [award_set.department.pk] if award_set.department else None


def ready_lines(award_set, chart):
    """The lines of a set that can be signed now."""
    awards = stand(
        awards_in(award_set, chart),
        compare(award_set.run, departments=departments_of(award_set)),
        minimum_service_weight=minimum_service_weight(award_set.run, the_county()),
    )
    return [award.line for award in awards if award.state == READY]


@transaction.atomic
def return_set(run_id, department_id, *, note, by, at):
    """The head sends the set back to HR, with the reason."""
    run = _lock(run_id)
    award_set = AwardSet(run, department_id and Department.objects.get(pk=department_id))
    if not permissions.can_certify(by, award_set, Chart(by.on)):
        raise Refused(f"Only {_who_signs(award_set, Chart(by.on))} can return this set.")
    if not note.strip():
        raise Refused("Say what HR should look at.")
    request = Request.objects.select_for_update().filter(run=run, department=award_set.department).first()
    if request is None or request.state == Request.State.RETURNED:
        raise Refused("This set is not with you.")
    request.state, request.returned_note = Request.State.RETURNED, note.strip()
    request.save(update_fields=["state", "returned_note"])
    record("certification.returned", request, by=by, at=at, reason=note.strip())


@transaction.atomic
def note_voids(run_id, *, by, at):
    """Write down which certificates of a run no longer hold and tell those who signed. Returns the new."""
    run = (
        Run.objects.select_for_update(of=("self",))
        .select_related("plan__action", "plan__cycle")
        .get(pk=run_id)
    )
    noted = []
    for void in compare(run).voids.values():
        voiding, is_new = Voiding.objects.get_or_create(
            certificate=void.certificate, defaults={"found_at": at, "reasons": void.reasons}
        )
        if not is_new:
            continue
        noted.append(voiding)
        record("certificate.void", void.certificate, by=by, at=at, reason=" ".join(void.reasons))
        if not void.certificate.signed_by.email:
            continue
        send(
            void.certificate.signed_by.email,
            f"{void.certificate} no longer holds",
            "Nothing was paid on it since. Why it no longer holds:\n\n"
            + "\n".join(f"- {reason}" for reason in void.reasons)
            + "\n\nThe awards can be signed again once the change is settled:\n\n"
            + link("certification:set", run.number, AwardSet(run, void.certificate.department).code),
            about="certificate.void",
        )
    return noted


def hash_of(award_set, lines):
    """The hash of what would be signed now."""
    return digest(set_content(award_set, lines)) if award_set.run.plan.action else ""


def level_names(run):
    """The names of the rating levels of the run's cycle, by number."""
    return dict(Level.objects.filter(scale__cycles=run.plan.cycle_id).values_list("number", "name"))


def title_of(person):
    """County Clerk, County Judge, ...: the job of the one who signs."""
    if person.employee:
        line = person.employee.assignments.in_force(person.on).filter(slot=1).select_related("job").first()
        if line and line.job:
            return line.job.title
    return person.role_name


def _who_signs(award_set, chart):
    if award_set.department is None:
        return "the County Judge"
    head = chart.certifier(award_set.department)
    return str(head) if head else "the head of the department, and none is on record,"


def _next_number(award_set):
    prefix = f"{award_set.code.upper()}-{award_set.run.plan.fiscal_year}"
    last = Certificate.objects.filter(number__startswith=f"{prefix}-").aggregate(last=Max("number"))["last"]
    return f"{prefix}-{int(last.rsplit('-', 1)[1]) + 1 if last else 1:02d}"


def _dollars(cents):
    return Decimal(cents).scaleb(-2)
