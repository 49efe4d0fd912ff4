from certification.services.asking import ask_to_certify, return_set
from certification.services.delegations import delegate, possible_delegates, revoke, sets_to_delegate
from certification.services.exceptions import award_to_except, withdraw_exception, write_exception
from certification.services.runs import (
    departments_of,
    level_names,
    minimum_service_weight,
    refuse_unless_payable,
)
from certification.services.signing import SetChanged, certify, draft, draft_now
from certification.services.voids import note_voids

__all__ = [
    "SetChanged",
    "ask_to_certify",
    "award_to_except",
    "certify",
    "delegate",
    "departments_of",
    "draft",
    "draft_now",
    "level_names",
    "minimum_service_weight",
    "note_voids",
    "possible_delegates",
    "refuse_unless_payable",
    "return_set",
    "revoke",
    "sets_to_delegate",
    "withdraw_exception",
    "write_exception",
]
