"""The acts around pools and proposals (PAY-8)."""

from proposals.services.opening import work_out_pools
from proposals.services.settling import accept_sheets, send_back, send_sheet
from proposals.services.writing import Conflict, Saved, save_field, take_over

__all__ = [
    "Conflict",
    "Saved",
    "accept_sheets",
    "save_field",
    "send_back",
    "send_sheet",
    "take_over",
    "work_out_pools",
]
