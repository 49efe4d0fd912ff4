"""What would cure each reason for which somebody is left out, in plain words (PAY-4).

Who can act and how; where nobody can, since the rule does what it says, that the next plan can say otherwise.
"""

ON_RECORD = "Human Resources adds it to the person’s record and runs the plan again."
IF_WRONG = "If the record is wrong, Human Resources corrects it and runs the plan again."
NEXT_PLAN = f"{IF_WRONG} If it is right, the rule holds for this year; each year’s plan sets its own."
BY_RATING = (
    "The rating stands for this period. An appeal or a correction makes a new version of it, and the plan is "
    "run again."
)

CURES = {
    "elected": "The Commissioners Court sets the pay of elected officials by an order of its own.",
    "no_notice": "The county publishes a notice before the next meeting that can decide it.",
    "above_notice": "The county publishes a notice of the higher salary, for the next meeting.",
    "kind": NEXT_PLAN,
    "pay_set_by": f"{IF_WRONG} If it is right, whoever sets the pay decides on it.",
    "grant": IF_WRONG,
    "separated": IF_WRONG,
    "grade_left_out": NEXT_PLAN,
    "hire_date_unknown": ON_RECORD,
    "hired_too_late": NEXT_PLAN,
    "service_too_short": NEXT_PLAN,
    "position_date_unknown": ON_RECORD,
    "position_too_short": NEXT_PLAN,
    "promoted_recently": NEXT_PLAN,
    "merit_recently": NEXT_PLAN,
    "fte_unknown": "Then the plan is run again.",
    "fte_too_low": NEXT_PLAN,
    "no_rating": "Once the evaluation is finished and of record, Human Resources runs the plan again.",
    "level_too_low": BY_RATING,
    "score_too_low": BY_RATING,
    "service_weight_unknown": "Human Resources looks at the evaluation of the period.",
    "service_weight_too_low": (
        "Human Resources steps the evaluation back so that its elements are weighed anew, and runs the "
        "plan again."
    ),
    "rating_earns_nothing": BY_RATING,
    "not_proposed": (
        "The head of the department proposes an award: Human Resources returns the sheet for that, and runs "
        "the plan again."
    ),
    "proposed_nothing": "The head of the department tells why, and decides anew where the sheet is returned.",
    "grade_unknown": "",  # its sentence says who acts
    "range_is_open": "A midpoint in the schedule, or rules of its own for the grade, make it known.",
    "grade_without_steps": NEXT_PLAN,
    "step_unknown": IF_WRONG,
    "last_step": "",  # nothing is wrong with being at the top
    "merit_ends": "",
    "anniversary_later": "",
    "service_earns_nothing": NEXT_PLAN,
    "step_reached": "",
    "at_maximum": "",
    "no_team": IF_WRONG,
    "team_earned_nothing": "",
    "earnings_unknown": "Payroll supplies the earnings, and Human Resources runs the plan again.",
    "no_service": IF_WRONG,
    "rate_unknown": ON_RECORD,
}
