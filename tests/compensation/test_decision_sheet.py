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
    """In all, what of it stays with the employer's share; of Quang's what stays a month and is paid once."""
    return choice.pay, choice.every_year, *choice.gains["10483"]


def test_a_group_with_its_own_table_has_it_as_base_as_lump_sum_and_as_half_of_each(sheet_of):
    """Quang $1,000.01, Marisol $1,500, Denise $2,001; by the plan 2% of $90,168 and 2.75% of $134,640.

    The county's share is 19.24%; of an odd cent the larger half is paid once.
    """
    shown = sheet_of(("Clerks", "CC", {"merit": merit("amount", "1000.01", "1500.00", "2001.00")}))
    base, lump, mix = map(paid, shown.choices)
    assert base == (10_006_97, 11_932_31, 83_33, 0)
    assert lump == (10_006_97, 0, 0, 1_000_01)
    assert mix == (10_006_97, 5_966_15, 41_67, 500_01)
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


def rows_of(shown):
    """The cells of each row in cents, by label; rows of another kind are left out."""
    found = {}
    for row in shown.rows:
        if all(cell.startswith("$") and cell[-1].isdecimal() for cell in row.cells):
            found.setdefault(
                row.label, [int(cell.replace(",", "").replace(".", "")[1:]) for cell in row.cells]
            )
    return found


def adds_up(shown, scenario, *, planned, beside):
    """Whether the rows beside the component and its own come to those of the whole plan in each choice, and
    those of the choice that is the plan to what its scenario says.
    """
    rows = rows_of(shown)
    assert [row.label for row in shown.rows if row.note in ("again every year", "paid once")] == beside
    parts = ["Cost in a full year", *beside]
    assert [sum(column) for column in zip(*(rows[part] for part in parts), strict=True)] == rows[
        "Whole plan in a full year"
    ]
    for row, figure in (
        ("Whole plan in a full year", "all"),
        ("Whole plan over five years", "five_years"),
    ):
        assert rows[row][planned] == scenario.totals[figure]
    whole = shown.choices[planned].whole
    assert whole.cost.recurring == scenario.totals["every_year"]
    assert whole.in_year.all == scenario.totals["all_in_year"]
    assert shown.by_fund.totals[0] == shown.choices[0].whole.cost.all
    amounts = zip(*(amounts for _, amounts in shown.by_fund.rows), strict=True)
    assert list(map(sum, amounts)) == shown.by_fund.totals
    return rows


def test_merit_of_base_pay_alone_and_tenure_have_rows_beside_the_lump_sum_and_the_plan_is_their_sum(sheet_of):
    """A lump sum that raises base pay is taken on base pay after merit, as the lump sum is."""
    shown = sheet_of(
        merit=merit("percent", *[["2", "1"]] * 3, positions={"by": "penetration", "cuts": ["50"]}),
        lump_sum=merit("percent", "1", "1.5", "2"),
        tenure={"gives": "percent", "table": [{"months": 60, "percent": "1"}], "who": {}},
    )
    rows = adds_up(
        shown,
        Scenario.objects.get(),
        planned=1,
        beside=["Across the board", "Tenure", "Merit by place in the range"],
    )
    base, lump, mix = shown.choices
    assert lump.every_year == 0 < mix.every_year < base.every_year
    assert abs(base.full_year - lump.full_year) <= 12  # each award is rounded by itself
    assert rows["Merit by place in the range"][0] > 0


def test_steps_of_a_group_and_the_plans_other_component_stand_beside_the_choices(sheet_of):
    shown = sheet_of(
        ("Clerks", "CC", {"merit": merit("steps", 1, 2, 3)}),
        lump_sum=merit("amount", "750.00", "900.00", "1000.00"),
    )
    assert [choice.pay for choice in shown.choices] == [5_505_96] * 3  # of Priya and Joel
    assert "What the group Clerks has is the same in each: steps" in shown.note
    adds_up(shown, Scenario.objects.get(), planned=0, beside=["Across the board", "Lump sums"])


def test_longevity_of_a_group_has_a_row_that_is_paid_once(sheet_of):
    rows = {"table": [{"months": 12, "amount": "600"}], "gives": "amount", "who": {}, "paid_once": True}
    shown = sheet_of(("Clerks", "CC", {"merit": None, "tenure": rows}))
    rows = adds_up(shown, Scenario.objects.get(), planned=0, beside=["Across the board", "Tenure"])
    assert rows["Tenure"][0] > 0
    assert next(row.note for row in shown.rows if row.label == "Tenure") == "paid once"


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
