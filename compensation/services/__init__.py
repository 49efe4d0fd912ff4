from compensation.services.earnings import import_earnings
from compensation.services.plans import adopt_plan, copy_plan, create_plan, save_plan
from compensation.services.runs import cancel_run, compute_here, replace_earlier, resume_run, start_run
from compensation.services.scenarios import (
    add_scenario,
    begin_scenarios,
    keep_sought,
    propose_scenario,
    rated_cycles,
    remove_scenario,
    save_scenario,
    seek,
    take_again,
)
from compensation.services.schedules import import_schedule

__all__ = [
    "add_scenario",
    "adopt_plan",
    "begin_scenarios",
    "cancel_run",
    "compute_here",
    "copy_plan",
    "create_plan",
    "import_earnings",
    "import_schedule",
    "keep_sought",
    "propose_scenario",
    "rated_cycles",
    "remove_scenario",
    "replace_earlier",
    "resume_run",
    "save_plan",
    "save_scenario",
    "seek",
    "start_run",
    "take_again",
]
