import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit import chain
from audit.models import Entry
from audit.services import record
from evaluations.models import Evaluation
from organization.models import RoleGrant
from reports import history
from reports.history_words import Change, act_label, changes_of
from tests.world import AT, ON

# Transactions are told apart by their number, so that these tests make numbers of their own.
NEXT = iter(range(9_000_000, 10_000_000))


@pytest.fixture
def quiet(world):
    """The world, with an empty history."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE audit_entry, audit_link")
    return world


@pytest.fixture
def write(quiet):
    """Write a transaction into the history: an act by somebody, if named, and changed rows of a table."""

    def transact(
        act=None, *, by="miguel", about="susan", rows=0, table="organization_rolegrant", reason="", at=AT
    ):
        number = next(NEXT)
        entries = []
        if act:
            entries = [record(act, quiet.users[about], by=quiet.person(by), at=at, reason=reason)]
        Entry.objects.bulk_create(
            Entry(
                at=at, act="row.inserted", subject_type=table, subject_id=str(count), after={"id": count},
                transaction=number,
            )
            for count in range(1, rows + 1)
        )  # fmt: skip
        if entries:
            with connection.cursor() as cursor:  # the history lets nobody else do so
                cursor.execute("SET LOCAL session_replication_role = replica")
                cursor.execute(
                    "UPDATE audit_entry SET transaction = %s WHERE id = %s", [number, entries[0].pk]
                )
                cursor.execute("SET LOCAL session_replication_role = origin")
        return number

    return transact


def found(**wanted):
    lines, _ = history.find(history.Wanted(**wanted))
    return [(line.entry.act if not line.is_outside else "outside", line.rows) for line in lines]


def test_acts_come_with_the_rows_they_changed_and_rows_without_an_act_stand_out(write):
    write("role.granted", rows=2)
    write(rows=3, table="organization_headship")

    assert found() == [("outside", ["3 headships"]), ("role.granted", ["2 role grants"])]


def test_a_line_names_the_kinds_of_rows_it_changed_most_and_counts_the_others():
    line = history.Line(None, rows=["9 duties", "8 jobs", "7 funds", "1 seat", "1 vote"])

    assert line.more_kinds == 2
    assert history.Line(None, rows=["9 duties"]).more_kinds == 0


@pytest.mark.parametrize(
    ("wanted", "acts"),
    [
        ({"words": "montoya EMERGENCY"}, ["role.granted"]),
        ({"words": "role"}, ["role.ended", "role.granted"]),
        ({"act": "role.ended"}, ["role.ended"]),
        ({"who": "trujillo"}, ["role.ended"]),
        ({"table": "organization_headship"}, ["outside"]),
        ({"table": "organization_rolegrant", "subject": "2"}, ["role.granted"]),
        ({"until": date(2026, 9, 14)}, []),
        ({"since": date(2026, 9, 15), "until": date(2026, 9, 15)}, ["outside", "role.ended", "role.granted"]),
        ({"outside": True}, ["outside"]),
    ],
)
def test_finding(write, wanted, acts):
    write("role.granted", about="grace", rows=2, reason="an emergency audit")
    write("role.ended", by="anita", rows=1)
    write(rows=1, table="organization_headship")

    assert [act for act, _ in found(**wanted)] == acts


def test_pages_follow_each_other_without_gaps(write):
    for count in range(120):
        write("role.granted", rows=1) if count % 3 else write(rows=2)

    seen, before = [], None
    while True:
        lines, before = history.find(history.Wanted(), before=before)
        seen += [line.entry.pk for line in lines]
        if before is None:
            break

    assert len(seen) == len(set(seen)) == 120
    assert seen == sorted(seen, reverse=True)


def test_fields_before_and_after_in_words(quiet):
    grant = RoleGrant.objects.create(user=quiet.users["susan"], role="auditor", starts_on=ON)
    RoleGrant.objects.filter(pk=grant.pk).update(role="training", department=quiet.departments["IT"])
    entry = Entry.objects.get(act="row.updated")

    assert changes_of([entry])[entry.pk] == [
        Change("Role", "Auditor", "Training coordinator"),
        Change("Department", "", f"Information Technology ({quiet.departments['IT'].pk})"),
    ]


@pytest.fixture
def auditor(quiet, client):
    client.force_login(quiet.users["grace"])
    return client


@pytest.mark.parametrize("acts", [1, 45])
def test_the_page_asks_as_many_queries_for_one_act_as_for_many(auditor, write, acts):
    for _ in range(acts):
        write("role.granted", rows=3)
    write(rows=2)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = auditor.get(reverse("reports:history"))
    assert len(page.context["lines"]) == acts + 1
    assert len(asked) <= 15


def test_the_page_tells_how_far_the_chain_reaches(auditor, write):
    write("role.granted")
    chain.seal()
    sealed = Entry.objects.first()
    write("role.ended")
    assert f"Sealed to entry {sealed.pk:,}" in auditor.get(reverse("reports:history")).content.decode()


def test_the_page_of_an_act_shows_its_rows(auditor, write):
    write("role.granted", rows=2)
    act = Entry.objects.acts().get()
    page = auditor.get(reverse("reports:history_entry", args=[act.pk]))
    assert [row.subject_id for row, _ in page.context["rows"]] == ["1", "2"]


def test_the_page_of_a_row_without_an_act_says_so(auditor, write):
    write(rows=1)
    page = auditor.get(reverse("reports:history_entry", args=[Entry.objects.get().pk]))
    assert page.context["is_outside"]


def test_the_export_holds_the_acts_found_and_their_rows(auditor, write):
    write("role.granted", rows=2)
    write("role.ended", rows=1)
    answer = auditor.get(reverse("reports:history_export"), {"act": "role.granted"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert [row["Act"] for row in csv.DictReader(io.StringIO(text))] == [
        "role.granted", "row.inserted", "row.inserted",
    ]  # fmt: skip


def test_a_date_that_is_none_gets_a_sentence(auditor):
    page = auditor.get(reverse("reports:history"), {"since": "February 30"})
    assert page.status_code == 400
    assert list(page.context["form"].errors) == ["since"]


def test_hr_of_one_department_does_not_read_the_history_of_all(quiet, client):
    RoleGrant.objects.create(
        user=quiet.users["priya"], role="hr", department=quiet.departments["IT"], starts_on=ON
    )
    client.force_login(quiet.users["priya"])
    assert client.get(reverse("reports:history")).status_code == 403


def test_nobody_reads_of_his_own_rating_before_its_release(quiet, client):
    evaluation = quiet.rate("miguel", 4).evaluation
    Evaluation.objects.filter(pk=evaluation.pk).update(state="rated")
    entry = record("evaluation.rated", evaluation, by=quiet.person("anita"), at=AT, after={"level": 4})

    client.force_login(quiet.users["miguel"])
    assert client.get(f"/history/{entry.pk}/").status_code == 404
    assert f"/history/{entry.pk}/" not in client.get("/history/").content.decode()
    client.force_login(quiet.users["grace"])
    assert client.get(f"/history/{entry.pk}/").status_code == 200


def test_acts_are_told_in_words_of_the_county():
    assert act_label("release.second_asked") == "Second word asked for"
    assert act_label("pay_plan.adopted") == "Pay plan adopted"
