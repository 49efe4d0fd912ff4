from compensation.services.plans import adopt_plan, copy_plan, create_plan, save_plan
from compensation.services.runs import cancel_run, compute_here, resume_run, start_run
from compensation.services.schedules import import_schedule

__all__ = [
    "adopt_plan",
    "cancel_run",
    "compute_here",
    "copy_plan",
    "create_plan",
    "import_schedule",
    "resume_run",
    "save_plan",
    "start_run",
]
