"""The award tables of a plan in a browser: a row more, its effect while one types, and what Enter saves."""

import pytest

from compensation.plans import standard as standard_plans
from tests import pay_year

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_is_not_given_has_no_table_to_type_into(browse, world):
    pay_year.draft(world, standard_plans.nothing)
    page = browse("miguel", "/pay/plans/2027v1/")
    kinds = {
        "Merit is": "Merit by level",
        "The lump sum is": "Lump sum by level",
        "Who proposes": "Limits by level",
    }
    for choice, table in kinds.items():
        page.get_by_role("region", name=table).wait_for(state="hidden")
        page.get_by_label(choice, exact=True).select_option(index=1 if choice == "Who proposes" else 0)
        page.get_by_role("region", name=table).wait_for()


def test_a_row_is_added_typed_computed_and_saved(browse, world):
    plan = pay_year.draft(world, standard_plans.year_one)
    page = browse("miguel", "/pay/plans/2027v1/")
    by_level = page.get_by_role("region", name="Merit by level")
    by_level.wait_for()
    page.get_by_label("Merit goes by").select_option("score")
    by_level.wait_for(state="hidden")
    page.get_by_label("Merit, row 3, to under").fill("4.80")
    page.get_by_role("button", name="Add a row").first.click()
    earns = page.get_by_label("Merit, row 4, earns")
    earns.fill("5")
    with page.expect_response(lambda answer: answer.url.endswith("/effects/") and answer.ok):
        earns.press("Tab")  # onto the button of the row, which must not be pressed by it
    assert page.get_by_label("Merit, row 4, from a score of").input_value() == "4.80"
    earns.press("Enter")
    page.get_by_text("The draft is saved.").wait_for()
    plan.refresh_from_db()
    assert plan.rules["merit"]["table"][2:] == [
        {"from": "4.50", "below": "4.80", "percent": "3.5"},
        {"from": "4.80", "below": None, "percent": "5"},
    ]
