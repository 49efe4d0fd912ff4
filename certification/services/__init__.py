from certification.services.asking import ask_to_certify, return_set
from certification.services.delegations import delegate, possible_delegates, revoke, sets_to_delegate
from certification.services.exceptions import (
    FINAL,
    award_of_line,
    except_rating,
    take_back,
    withdraw_exception,
    write_exception,
)
from certification.services.runs import (
    departments_of,
    level_names,
    minimum_service_weight,
    refuse_unless_payable,
)
from certification.services.signing import SetChanged, capacity_of, certify, draft, draft_now, title_of
from certification.services.voids import note_voids
from certification.services.withholding import put_back, withhold

__all__ = [
    "FINAL",
    "SetChanged",
    "ask_to_certify",
    "award_of_line",
    "capacity_of",
    "certify",
    "delegate",
    "departments_of",
    "draft",
    "draft_now",
    "except_rating",
    "level_names",
    "minimum_service_weight",
    "note_voids",
    "possible_delegates",
    "put_back",
    "refuse_unless_payable",
    "return_set",
    "revoke",
    "sets_to_delegate",
    "take_back",
    "title_of",
    "withdraw_exception",
    "withhold",
    "write_exception",
]
