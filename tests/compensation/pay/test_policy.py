"""A plan in plain sentences, as the Court adopts it."""

from datetime import date

from compensation.pay.periods import say
from compensation.pay.policy import sentences
from compensation.pay.rules import (
    AcrossTheBoard,
    Band,
    Begin,
    Group,
    LumpSum,
    Members,
    Merit,
    Positions,
    Proration,
    ScheduleRaise,
    Who,
)

DAYS = {"effective_on": date(2026, 10, 3), "base_on": date(2026, 9, 30)}
HIRED = Who(hired_by=date(2026, 6, 30), months_in_position=6, at_least_service_weight=3_000)


def levels(*values):
    return tuple(Band(level, level + 1, value) for level, value in enumerate(values, start=3))


def test_year_one_in_sentences(rules):
    plan = rules._replace(
        who=HIRED,
        across_the_board=AcrossTheBoard(20_000, at_least=50_000, who=Who(grant_funded=True)),
        schedule=ScheduleRaise(),
        merit=Merit("percent", "level", levels(20_000, 20_000, 20_000)),
    )
    assert sentences(plan, **DAYS) == [
        (
            "Merit for",
            "regular positions; pay set by the Commissioners Court; hired on or "
            "before June 30, 2026; at least "
            "6 months in the position on October 1, 2026; an evaluation whose "
            "service elements weigh at least "
            "30 of 100. People paid from a grant are left out; elected officials are left out.",
        ),
        (
            "Across the board",
            "2.00% of base pay on September 30, 2026, at least $500.00 a year. For "
            "regular positions; pay set by "
            "the Commissioners Court. People paid from a grant take part too; "
            "elected officials are left out.",
        ),
        (
            "Schedule",
            "It rises like pay, each cell multiplied, rounded to the cent. Nobody "
            "stays below the new minimum.",
        ),
        (
            "Merit",
            "By rating of record, of base pay after the raise: 2.00% for level 5, 2.00% for level 4, "
            "2.00% for level 3. Lower ratings earn nothing.",
        ),
        (
            "At the maximum",
            "Base pay stops at the maximum of the range; what passes it is paid once.",
        ),
        (
            "Rounding",
            "New figures are rounded to the cent, half up; hourly rates to 4 decimals. "
            "A full-time year has 2,080 hours.",
        ),
        ("When it counts", "New base pay begins on October 3, 2026."),
        (
            "Periods",
            "The fiscal year is October 1, 2026 to September 30, 2027. "
            "Service from September 1, 2025 to August 31, 2026 is rated.",
        ),
        (
            "Employer’s share",
            "Social Security is 6.20% up to $184,500.00 a year, Medicare 1.45%, "
            "the retirement deposit 0.00% of pay.",
        ),
    ]


def test_months_are_said_on_the_day_on_which_they_are_counted(rules):
    in_january = Begin(on=date(2027, 1, 1))
    merit = Merit("percent", "level", levels(20_000), begins=in_january)
    lump = LumpSum("amount", "level", levels(100_000))

    def said(**parts):
        words = dict(sentences(rules._replace(who=HIRED, **parts), **DAYS))
        title = next(title for title in words if title.endswith(" for"))
        return words[title].partition("in the position on ")[2].partition(";")[0]

    assert said(merit=merit) == "January 1, 2027"
    assert said(merit=merit, lump_sum=lump) == "January 1, 2027 for merit and October 1, 2026 for lump sums"
    assert said(merit=merit._replace(who=HIRED), lump_sum=lump) == "October 1, 2026"


def test_what_a_lump_sum_says_of_its_service(rules):
    table = (Band(250, 350, 0), Band(350, None, 112_500))
    plan = rules._replace(
        lump_sum=LumpSum("amount", "score", table, from_adoption_on=True),
        proration=Proration("days", components=("lump_sum",)),
    )
    said = dict(sentences(plan, **DAYS))
    assert said["Lump sum"] == (
        "Paid once, by rating of record, in proportion to the FTE: $1,125.00 for a score of 3.50 and above. "
        "Lower ratings earn nothing. Only service from the day of adoption on counts."
    )
    assert said["Part of a year"] == "In proportion to the days of service in the fiscal year: lump sums."
    assert "At the maximum" not in said


def test_merit_by_rating_and_position_says_each_column(rules):
    table = (Band(3, 4, (20_000, 10_000, 0)), Band(4, 6, (35_000, 25_000, 0)))
    merit = Merit("percent", "level", table, positions=Positions("compa_ratio", (8_000, 10_000)))
    assert dict(sentences(rules._replace(merit=merit), **DAYS))["Merit"] == (
        "By rating of record and position in the range, of base pay after the raise: "
        "below 80% of the midpoint: 3.50% for level 4, 2.00% for level 3; "
        "from 80% to under 100% of the midpoint: 2.50% for level 4, 1.00% for level 3; "
        "from 100% of the midpoint on: nothing. Lower ratings earn nothing."
    )


def test_a_group_says_who_it_is_and_only_what_it_has_otherwise(rules):
    merit = Merit("percent", "level", levels(20_000, 20_000, 20_000))
    plan = rules._replace(across_the_board=AcrossTheBoard(20_000), merit=merit)
    own = plan._replace(merit=None, across_the_board=AcrossTheBoard(30_000))
    group = Group(
        "Law enforcement",
        Members(departments=("SO", "CN1"), kinds=("regular",)),
        own,
        ("across_the_board", "merit"),
    )
    said = [each for each in sentences(plan._replace(groups=(group,)), **DAYS) if "Law" in each[0]]
    assert [title for title, _ in said] == [
        "Law enforcement",
        "Law enforcement: across the board",
        "Law enforcement: merit for",
        "Law enforcement: merit",
        "Law enforcement: at the maximum",
    ]
    assert said[0][1] == (
        "People of department SO or CN1 in regular positions. What is not said here is as for all others."
    )
    assert said[1][1].startswith("3.00% of base pay")
    assert said[3][1] == "This does not hold for them."


def test_what_begins_is_said_by_what_the_plan_gives(rules):
    lump = LumpSum("amount", "level", levels(75_000, 75_000, 75_000))
    once = rules._replace(lump_sum=lump)
    both = once._replace(across_the_board=AcrossTheBoard(20_000))
    day = say(DAYS["effective_on"])
    assert dict(sentences(once, **DAYS))["When it counts"].startswith(
        f"Lump sums are paid as of {day}. Base pay stays as it is."
    )
    assert dict(sentences(both, **DAYS))["When it counts"].startswith(
        f"New base pay begins on {day}; lump sums are paid as of that day."
    )


def test_a_rule_of_its_own_is_said_even_where_the_plan_says_the_same(rules):
    plan = rules._replace(across_the_board=AcrossTheBoard(20_000))
    group = Group("Law enforcement", Members(departments=("SO",)), plan, ("across_the_board",))
    said = dict(sentences(plan._replace(groups=(group,)), **DAYS))
    assert said["Law enforcement: across the board"] == said["Across the board"]


def test_a_percent_that_is_rounded_down_is_said_as_published_and_with_what_comes_of_it(rules):
    plan = rules._replace(across_the_board=AcrossTheBoard(27_000, rounded_down_to=5_000))
    said = dict(sentences(plan, **DAYS))["Across the board"]
    assert said.startswith("2.70%, rounded down to a half percent: 2.50% of base pay on September 30, 2026. ")
    tenths = plan._replace(across_the_board=AcrossTheBoard(27_550, rounded_down_to=1_000))
    said = dict(sentences(tenths, **DAYS))["Across the board"]
    assert said.startswith("2.755%, rounded down to a multiple of 0.10%: 2.70% of base pay")
