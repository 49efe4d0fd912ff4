from organization.services.advancements import (
    add_advancement,
    advance,
    correct_advancement,
    put_released,
    remove_advancement,
)
from organization.services.county import (
    add_holiday,
    fill_holidays,
    move_county_date,
    remove_holiday,
    set_county,
    set_pay_calendar,
)
from organization.services.departments import add_department, change_department, set_head
from organization.services.people import (
    add_employee,
    change_assignment,
    change_person,
    separate_employee,
)
from organization.services.roles import grant_role, open_account, open_outside_account, revoke_role
from organization.services.successions import succeed_assignments

__all__ = [
    "add_advancement",
    "add_department",
    "add_employee",
    "add_holiday",
    "advance",
    "change_assignment",
    "change_department",
    "change_person",
    "correct_advancement",
    "fill_holidays",
    "grant_role",
    "move_county_date",
    "open_account",
    "open_outside_account",
    "put_released",
    "remove_advancement",
    "remove_holiday",
    "revoke_role",
    "separate_employee",
    "set_county",
    "set_head",
    "set_pay_calendar",
    "succeed_assignments",
]
