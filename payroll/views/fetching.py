"""What most pages of a run begin with."""

from django.shortcuts import get_object_or_404

from compensation.models import Run


def find_run(number, **conditions):
    """A computed run, with its plan and the order that adopted it. 404 where there is none."""
    runs = Run.objects.filter(state=Run.State.DONE, **conditions)
    runs = runs.select_related("plan__action", "plan__cycle", "replaced_by").defer("plan__action__document")
    return get_object_or_404(runs, number=number)


def find_adopted_run(number):
    """A run of an adopted plan, for what is released after it."""
    return find_run(number, plan__action__isnull=False)
