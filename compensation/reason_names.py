"""Short names of reasons, for filters and counts; the sentences are in `compensation.pay.reasons`."""

from compensation.pay.reasons import COMPONENTS
from look.formats import in_a_sentence

NAMES = {
    "elected": "Elected",
    "no_notice": "No published notice",
    "above_notice": "Above the published notice",
    "kind": "Kind of position",
    "pay_set_by": "Pay is not set by the Court",
    "grant": "Paid from a grant",
    "separated": "No longer employed",
    "grade_left_out": "In a grade that the plan leaves out",
    "hire_date_unknown": "No hire date on record",
    "hired_too_late": "Hired too late",
    "service_too_short": "Too short a service",
    "position_date_unknown": "Start in the position not on record",
    "position_too_short": "Too short in the position",
    "promoted_recently": "Promoted recently",
    "merit_recently": "Merit raise recently",
    "fte_unknown": "No FTE on record",
    "fte_too_low": "Too small an FTE",
    "no_rating": "No rating of record",
    "level_too_low": "Rated below fully successful",
    "score_too_low": "Score too low",
    "service_weight_unknown": "No service weight on record",
    "service_weight_too_low": "Too little service weight",
    "rating_earns_nothing": "Rating earns nothing",
    "not_proposed": "Nothing proposed",
    "proposed_nothing": "No award proposed",
    "grade_unknown": "No grade on record, or not in the schedule",
    "range_is_open": "Grade has no maximum",
    "grade_without_steps": "Grade has no steps",
    "step_unknown": "No step on record, or not in the grade",
    "last_step": "On the last step",
    "merit_ends": "On the step at which merit ends",
    "no_service": "No service in the period",
    "rate_unknown": "No rate of pay on record",
}


def name_of(reason):
    """`merit:no_rating` as "Merit: no rating of record"."""
    component, _, code = reason.partition(":")
    return f"{COMPONENTS[component]}: {in_a_sentence(short(code))}"


def short(code):
    """`no_rating` as "No rating of record"."""
    return NAMES.get(code, code.replace("_", " ").capitalize())
