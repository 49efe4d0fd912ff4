"""A run whose awards can be certified and paid, under lock."""

from certification.models import Delegation
from certification.sets import AwardSet, Signers
from compensation.facts import what_changed_for_all
from compensation.models import PayPlan, Run
from compensation.plans import checks
from court.models import CourtAction
from evaluations.models import Level
from organization.models import Department
from organization.refusal import Refused


def minimum_service_weight(run, county):
    """The same minimum that the plan had to ask for, of 100."""
    return checks.minimum_service_weight(run.plan.cycle, county)


def lock(run_id):
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


def lock_set(run_id, department_id, by):
    """(AwardSet, Signers) of a department, of the heads themselves where it is None, with the run locked.

    What was delegated to `by` is locked too: nobody takes it back while he acts on it.
    """
    run = lock(run_id)
    list(Delegation.objects.standing().select_for_update().filter(delegate=by.employee_id))
    return AwardSet(run, department_id and Department.objects.get(pk=department_id)), Signers(by.on)


def departments_of(award_set):
    """The departments to compare for a set: ids, or None for all, as heads are in any of them."""
    return [award_set.department.pk] if award_set.department else None


def level_names(run):
    """The names of the rating levels of the run's cycle, by number."""
    return dict(Level.objects.filter(scale__cycles=run.plan.cycle_id).values_list("number", "name"))


def who_signs(award_set, chart):
    """Whose signature the set asks for, in words."""
    if award_set.department is None:
        return "the County Judge"
    return str(chart.certifier(award_set.department) or "the County Judge, and none is on record,")
