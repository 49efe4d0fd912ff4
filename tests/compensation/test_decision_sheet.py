"""The decision sheet pays the same awards three ways, in groups with tables of their own as in the county."""

import pytest
from django.urls import reverse

from compensation import services
from compensation.models import Scenario
from compensation.scenarios import decision_sheet
from tests.world import AT


@pytest.fixture
def sheet_of(year_one, county):
    def made(*groups, **rules):
        year_one.rules["groups"] = [
            {"name": name, "members": {"departments": [code]}, "rules": own} for name, code, own in groups
        ]
        year_one.rules |= rules
        year_one.save()
        services.begin_scenarios(year_one.pk, by=county.person("miguel"), at=AT)
        return decision_sheet.of(Scenario.objects.get())

    return made


def merit(gives, three, four, five, **others):
    rows = zip((3, 4, 5), (three, four, five), strict=True)
    table = [{"level": level, gives: value} for level, value in rows]
    return {"gives": gives, "by": "level", "table": table} | others


def paid(choice):
    """In all, what of it stays with the employer's share, and of Quang's what stays and what is paid once."""
    return choice.pay, choice.every_year, choice.lines["10483"].merit, choice.lines["10483"].lump


def test_a_group_with_its_own_table_has_it_as_base_as_lump_sum_and_as_half_of_each(sheet_of):
    """Quang $1,000.01, Marisol $1,500, Denise $2,001; by the plan 2% of $90,168 and 2.75% of $134,640.

    The county's share is 19.24%; of an odd cent the larger half is paid once.
    """
    shown = sheet_of(("Clerks", "CC", {"merit": merit("amount", "1000.01", "1500.00", "2001.00")}))
    base, lump, mix = map(paid, shown.choices)
    assert base == (10_006_97, 11_932_31, 1_000_01, 0)
    assert lump == (10_006_97, 0, 0, 1_000_01)
    assert mix == (10_006_97, 5_966_15, 500_00, 500_01)
    assert [choice.full_year for choice in shown.choices] == [11_932_31] * 3
    assert "the group Clerks has its own table, paid the same way" in shown.note


def test_the_lump_sum_goes_to_whom_merit_goes_on_its_day_and_for_its_part_of_the_year(sheet_of, county):
    """Quang leaves before merit begins in January; merit alone is prorated, Marisol's to 184 days of 365."""
    county.employees["quang"].separated_on = "2026-12-15"
    county.employees["quang"].save()
    county.employees["marisol"].hired_on = "2026-03-01"
    county.employees["marisol"].save()
    own = {
        "merit": merit("percent", "1", "2", "3", begins={"on": "2027-01-01"}),
        "proration": {"by": "days", "of": "performance_period", "components": ["merit"]},
    }
    shown = sheet_of(("Clerks", "CC", own))
    assert [choice.pay for choice in shown.choices] == [7_763_43, 7_763_43, 7_763_44]


def test_steps_of_a_group_and_the_plans_other_component_are_in_no_choice_and_said_so(sheet_of):
    shown = sheet_of(
        ("Clerks", "CC", {"merit": merit("steps", 1, 2, 3)}),
        lump_sum=merit("amount", "750.00", "900.00", "1000.00"),
    )
    assert [choice.pay for choice in shown.choices] == [5_505_96] * 3  # of Priya and Joel
    assert "Not counted is what the group Clerks has, the same in each choice: steps" in shown.note
    assert "Lump sums that the plan pays beside merit are the same in each" in shown.note


def test_merit_by_score_has_a_sheet_too_which_fits_on_one_page(sheet_of, year_one, county, client):
    bands = [{"from": "2.50", "below": "4.00", "percent": "2"}, {"from": "4.00", "percent": "3"}]
    by_score = {"gives": "percent", "by": "score", "table": bands}
    own = {"merit": merit("amount", "1000.01", "1500.00", "2001.00")}
    chart = {"merit": merit("steps", 1, 2, 3)}
    lump = merit("amount", "750.00", "900.00", "1000.00")
    shown = sheet_of(("Clerks", "CC", own), ("Systems", "IT", chart), merit=by_score, lump_sum=lump)
    assert [choice.pay for choice in shown.choices] == [4_501_01] * 3
    client.force_login(county.users["miguel"], backend="allauth.account.auth_backends.AuthenticationBackend")
    url = reverse("compensation:scenario_sheet_pdf", args=[2027, year_one.version, "A"])
    assert b"/Type/Pages/Count 1/" in client.get(url).content
