"""The locks and questions with which every act on a sheet begins."""

from compensation.models import PayPlan, ProposalSheet
from organization.refusal import Refused
from proposals import permissions
from proposals.sheets import Sheet


def lock_plan(plan_id):
    """The plan first, always: pools are shared between sheets, and two who spend wait for each other."""
    plan = PayPlan.objects.select_for_update(of=("self",)).select_related("action", "cycle").get(pk=plan_id)
    if plan.state == PayPlan.State.SUPERSEDED:
        raise Refused(f"{plan} was superseded by a later version. Propose by that one.")
    return plan


def lock_sheet(sheet_id):
    plan_id = ProposalSheet.objects.values_list("plan_id", flat=True).get(pk=sheet_id)
    plan = lock_plan(plan_id)
    found = (
        ProposalSheet.objects.select_for_update(of=("self",)).select_related("department").get(pk=sheet_id)
    )
    found.plan = plan
    return found


def open_sheet(sheet_id, by):
    sheet = Sheet(lock_sheet(sheet_id), on=by.on, by=by)
    if not permissions.may_propose(by, sheet.stored, sheet.chart):
        raise Refused(f"Only the head proposes for {sheet.stored.name}.")
    if not sheet.stored.is_open:
        raise Refused(f"The {sheet.stored} were sent to HR. Ask HR to send them back.")
    return sheet
