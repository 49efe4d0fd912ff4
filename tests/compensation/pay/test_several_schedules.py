"""A plan that goes by more than one schedule: ranges by the year, and a tenure chart by the hour."""

import pytest

from compensation.pay import document
from compensation.pay.calculation import award
from compensation.pay.checks import find_problems
from compensation.pay.preparation import prepare, raised_tables
from compensation.pay.rules import AcrossTheBoard, Band, Group, Members, Merit, ScheduleRaise, Service, Tenure
from compensation.pay.schedule import Schedule, graded_steps, open_range

GENERAL = Schedule((open_range("12", 4_000_000, 6_000_000),))
LAW = Schedule((graded_steps("D1", (250_000, 260_000, 270_000)), graded_steps("S1", (300_000,))), "hourly")
BOTH = ((GENERAL, None), (LAW, None))
MERIT = Merit("percent", "level", tuple(Band(level, level + 1, 30_000) for level in (3, 4, 5)))


@pytest.fixture
def county(rules):
    """2% and merit for all; 5% and the step of their years for deputies, on a chart that rises with it."""
    base = rules._replace(
        across_the_board=AcrossTheBoard(20_000), schedule=ScheduleRaise(), merit=MERIT, lump_sum=None
    )
    deputies = base._replace(
        across_the_board=AcrossTheBoard(50_000), merit=None, tenure=Tenure("steps", (Service(12, 1),))
    )
    own = ("across_the_board", "merit", "tenure")
    return base._replace(groups=(Group("Law enforcement", Members(grades=("D1",)), deputies, own),))


@pytest.fixture
def deputy(case):
    return case._replace(basis="hourly", grade="D1", step=1, rate=250_000)


def test_each_case_goes_by_the_schedule_that_has_its_grade(county, case, deputy):
    whole = prepare(county, further=BOTH)
    assert award(case, whole) == award(case, prepare(county, GENERAL))
    assert award(deputy, whole) == award(deputy, prepare(county, LAW))
    paid = award(deputy, whole)
    assert (paid.raised_rate, paid.new_rate, paid.new_step) == (262_500, 273_000, 2)
    # a salaried sergeant on the hourly chart has it by the year
    sergeant = case._replace(grade="S1", step=1, rate=62_400_00, hours_per_year=2_080)
    assert award(sergeant, whole).range_minimum == 63_648_00


def test_schedules_rise_by_the_rules_of_the_group_that_has_the_grade(county):
    general, law = raised_tables(prepare(county, further=BOTH))
    assert general.by_code["12"].maximum == 6_120_000
    assert law.by_code["D1"].steps == (262_500, 273_000, 283_500)
    assert law.by_code["S1"].steps == (306_000,)  # of no group


def test_a_group_raises_the_schedules_of_its_grades_alone(county):
    """A chart rises by a fixed increment, which ranges cannot."""
    group = county.groups[0]
    by_increment = group._replace(rules=group.rules._replace(schedule=ScheduleRaise("increment", divisor=25)))
    plan = county._replace(groups=(by_increment,))
    general, law = raised_tables(prepare(plan, further=BOTH))
    assert law.by_code["D1"].steps == (262_500, 273_000, 283_500)
    assert general.by_code["12"].minimum == 4_080_000
    assert not [each for each in find_problems(plan, tables=(GENERAL, LAW)) if "schedule" in each.field]


def test_a_raise_of_a_groups_schedule_alone_is_told_to_put_no_table_in_force(county):
    plan = county._replace(schedule=None)
    (problem,) = [each for each in find_problems(plan, tables=(GENERAL, LAW)) if "schedule" in each.field]
    assert (problem.field, problem.severity) == ("groups.1.rules.schedule", "warning")


def test_a_table_of_the_countys_own_takes_the_place_of_its_schedule(county, case, deputy):
    adopted = Schedule((graded_steps("D1", (251_000, 261_000, 271_000)),), "hourly")
    plan = prepare(county._replace(groups=()), further=((GENERAL, None), (LAW, adopted)))
    assert award(deputy, plan).raised_rate == 251_000
    assert award(case, plan).range_maximum == 6_120_000


def test_a_grade_in_two_schedules_is_refused(county):
    again = Schedule((open_range("12", 3_000_000, 5_000_000),))
    (problem,) = [
        each for each in find_problems(county, tables=(GENERAL, again)) if each.field == "schedules"
    ]
    assert problem.severity == "refused"
    assert problem.message.startswith("Grade 12 stands in more than one schedule")


def test_a_document_carries_every_schedule(county):
    written = document.write(document.Document("Both", county, schedule=GENERAL, further_schedules=BOTH[1:]))
    read = document.read(written)
    assert read.tables == (GENERAL, LAW)
    assert read.prepared().terms.keys() == {"12", "D1", "S1"}
    assert document.write(read) == written


def test_what_a_further_schedule_lacks_is_told_by_its_place(county):
    written = document.write(document.Document("Both", county, schedule=GENERAL))
    written["further_schedules"] = [{"schedule": {"grades": [{"grade": "D1"}]}, "table": "x"}]
    with pytest.raises(document.BadRules) as bad:
        document.read(written)
    assert [problem.field for problem in bad.value.problems] == [
        "further_schedules.1.table",
        "further_schedules.1.schedule.grades.1",
    ]


@pytest.mark.parametrize(
    ("members", "across", "is_told"),
    [
        (Members(departments=("SO",)), 50_000, True),
        (Members(departments=("SO",), grades=("D1",)), 50_000, True),
        (Members(grades=("D1",)), 50_000, False),  # the order puts its table in force
        (Members(departments=("SO",)), 20_000, False),  # its table is the plan's
    ],
)
def test_a_table_that_no_order_puts_in_force_is_told(county, members, across, is_told):
    (group,) = county.groups
    own = group.rules._replace(across_the_board=AcrossTheBoard(across))
    plan = county._replace(groups=(group._replace(members=members, rules=own),))
    found = find_problems(plan, tables=(GENERAL, LAW))
    said = [each for each in found if "in this calculation only" in each.message]
    assert [(each.field, each.severity) for each in said] == [("groups.1.members", "warning")] * is_told
    _, law = raised_tables(prepare(plan, further=BOTH))
    in_force = 275_400 if is_told or across == 20_000 else 283_500
    assert law.by_code["D1"].steps[-1] == in_force
