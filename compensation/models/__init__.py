from compensation.models.earnings import Earnings
from compensation.models.line import Outcome, RunCase, RunLine
from compensation.models.plan import PayPlan
from compensation.models.proposal import Pool, Proposal, ProposalSheet
from compensation.models.run import Run, RunPart
from compensation.models.scenario import Scenario, ScenarioSet
from compensation.models.schedule import Grade, Schedule, Step

__all__ = [
    "Earnings",
    "Grade",
    "Outcome",
    "PayPlan",
    "Pool",
    "Proposal",
    "ProposalSheet",
    "Run",
    "RunCase",
    "RunLine",
    "RunPart",
    "Scenario",
    "ScenarioSet",
    "Schedule",
    "Step",
]
