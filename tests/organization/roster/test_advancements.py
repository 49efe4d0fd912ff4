"""What a roster says of the last promotion and the last merit raise."""

from datetime import date

from audit.models import Entry
from organization import services
from organization.models import Advancement, Employee
from organization.roster import columns
from organization.roster import services as rosters
from tests.world import ON

OCTOBER = date(2026, 10, 1)
HEADER = "Emp ID,Name,Dept,Annual Salary,Promotion Date,Last Merit Increase\n"
FILE = HEADER + "1,Ana Diaz,CC,40000,3/2/2025,10/4/2025\n2,Bo Lind,CC,41000,,\n"
ONE = "Emp ID,Last Promotion,Last Merit Raise\n"


def on_record(number="1"):
    found = Advancement.objects.filter(employee__number=number)
    return [(each.kind, each.on.isoformat(), each.source) for each in found]


def test_a_roster_brings_them_and_the_same_file_again_changes_nothing(import_text):
    import_text(FILE)
    assert on_record() == [("merit", "2025-10-04", "roster"), ("promotion", "2025-03-02", "roster")]
    assert on_record("2") == []
    assert {each.note for each in Advancement.objects.all()} == {"roster.csv, as of September 15, 2026"}

    again, _ = import_text(FILE, OCTOBER)
    assert (again.result["changed"], Advancement.objects.count()) == (0, 2)
    assert Entry.objects.filter(act="row.inserted", subject_type="organization_advancement").count() == 2


def test_a_later_one_stands_beside_the_earlier_and_an_empty_cell_erases_nothing(import_text):
    import_text(FILE)
    kept, found = import_text(ONE + "1,,4/4/2026\n2,,5/1/2026\n", OCTOBER)
    assert kept.result["by_field"] == [["Last merit raise", 2, "0.00"]]
    assert found.changes[0].fields == {"last_merit_on": (date(2025, 10, 4), date(2026, 4, 4))}
    assert [day for kind, day, _ in on_record() if kind == "merit"] == ["2026-04-04", "2025-10-04"]
    assert ("promotion", "2025-03-02", "roster") in on_record()


def test_an_earlier_day_corrects_what_a_roster_had_told(import_text):
    import_text(FILE)
    import_text(ONE + "1,,4/4/2026\n", OCTOBER)
    import_text(ONE + "1,,10/1/2025\n", OCTOBER)
    assert on_record() == [("merit", "2025-10-01", "roster"), ("promotion", "2025-03-02", "roster")]


def test_what_hr_or_a_release_has_put_on_record_stays_and_is_told(import_text):
    import_text(FILE)
    person = Employee.objects.get(number="1")
    services.put_released([(person.pk, date(2026, 4, 4))], note="Batch 1")
    _, found = import_text(ONE + "1,,10/1/2025\n", OCTOBER)
    (problem,) = found.problems
    assert "is earlier than April 4, 2026" in str(problem)
    assert not found.refused
    assert found.changes == []
    assert on_record()[0] == ("merit", "2026-04-04", "release")


def test_a_day_after_that_of_the_file_is_not_taken_and_told(import_text):
    _, found = import_text(FILE.replace("10/4/2025", "10/4/2026"), ON)
    assert [str(problem) for problem in found.problems] == [
        "Row 2, column Last Merit Increase: “10/4/2026” is after the day of the file; not taken."
    ]
    assert on_record() == [("promotion", "2025-03-02", "roster")]


def test_of_two_positions_the_first_row_tells_it_once(import_text):
    import_text(FILE + "1,Ana Diaz,EMS,9000,3/2/2025,10/4/2025\n")
    assert len(on_record()) == 2


def test_a_column_that_may_mean_another_raise_is_asked_about():
    for name, is_asked in (("Last Merit Increase", False), ("Last Increase Date", True)):
        text = FILE.replace("Last Merit Increase", name)
        table = rosters.read_file(text.encode(), "roster.csv")
        matching = columns.guessed(table)
        assert matching.names(table)["last_merit_on"] == name
        assert bool(matching.unsure(table)) == is_asked


def test_the_export_tells_the_last_ones_so_that_it_can_be_read_again(world, client):
    marisol = world.employees["marisol"]
    services.put_released(
        [(marisol.pk, date(2025, 10, 4)), (marisol.pk, date(2026, 4, 4)), (marisol.pk, date(2062, 1, 2))],
        note="Batch",
    )
    client.force_login(world.users["miguel"])
    text = b"".join(client.get("/people/export/csv/", {"words": "10482"}).streaming_content).decode()
    header, row = text.strip().splitlines()
    assert header.endswith("Last promotion,Last merit raise")
    assert row.endswith(",,2026-04-04")
