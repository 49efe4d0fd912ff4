from contextlib import contextmanager

import pytest
from django.db import InternalError, connection, transaction

from audit.models import Entry, Link
from audit.services import record
from organization.models import Headship, RoleGrant
from tests.world import AT, ON


def changes(model):
    """Row changes of a table, oldest first, without those of building the world."""
    return list(Entry.objects.row_changes().filter(subject_type=model._meta.db_table).order_by("pk"))


@pytest.fixture
def grant(world):
    """A role grant; what the world wrote into the history is gone."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE audit_entry, audit_link")
    return RoleGrant.objects.create(user=world.users["susan"], role="auditor", starts_on=ON)


def test_an_inserted_row_is_written_down(grant):
    [entry] = changes(RoleGrant)
    assert (entry.act, entry.subject_id, entry.before) == ("row.inserted", str(grant.pk), None)
    assert entry.after == {
        "id": grant.pk,
        "user_id": grant.user_id,
        "role": "auditor",
        "department_id": None,
        "starts_on": "2026-09-15",
        "ends_on": None,
    }


def test_rows_inserted_in_bulk_are_written_down_one_by_one(grant, world):
    RoleGrant.objects.bulk_create(
        RoleGrant(user=world.users[key], role="training", starts_on=ON) for key in ("joel", "anita")
    )
    assert [entry.after["role"] for entry in changes(RoleGrant)] == ["auditor", "training", "training"]


def test_a_changed_row_is_written_down_before_and_after(grant):
    RoleGrant.objects.filter(pk=grant.pk).update(role="training")
    entry = changes(RoleGrant)[-1]
    assert (entry.act, entry.before["role"], entry.after["role"]) == ("row.updated", "auditor", "training")


def test_a_change_by_raw_sql_is_written_down_and_one_that_changes_nothing_is_not(grant):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE organization_rolegrant SET ends_on = '2027-01-01' WHERE id = %s", [grant.pk])
        cursor.execute("UPDATE organization_rolegrant SET role = role")
    assert [entry.act for entry in changes(RoleGrant)] == ["row.inserted", "row.updated"]


def test_a_row_that_gets_another_id_leaves_both_traces(grant):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE organization_rolegrant SET id = id + 1000 WHERE id = %s", [grant.pk])
    traces = changes(RoleGrant)[1:]
    assert {(trace.subject_id, trace.before is None, trace.after is None) for trace in traces} == {
        (str(grant.pk), False, True),
        (str(grant.pk + 1000), True, False),
    }


def test_a_deleted_row_is_written_down(grant):
    RoleGrant.objects.filter(pk=grant.pk).delete()
    entry = changes(RoleGrant)[-1]
    assert (entry.act, entry.before["role"], entry.after) == ("row.deleted", "auditor", None)


@pytest.mark.django_db(transaction=True)
def test_row_changes_are_joined_to_the_act_of_their_transaction(django_user_model):
    joel = django_user_model.objects.create_user("joel@caprock.example", "Joel Rosenthal")
    by = type("By", (), {"user_id": joel.pk, "name": joel.name, "role_name": "HR administrator"})
    with transaction.atomic():
        grant = RoleGrant.objects.create(user=joel, role="hr", starts_on=ON)
        with transaction.atomic():
            act = record("role.granted", grant, by=by, at=AT)
    RoleGrant.objects.filter(pk=grant.pk).update(role="auditor")

    assert [entry.act for entry in Entry.objects.of_transaction_of(act)] == ["role.granted", "row.inserted"]
    assert [entry.act for entry in Entry.objects.without_an_act()] == ["row.updated"]


@contextmanager
def ordinary_role():
    """Be an ordinary role with every right on the tables, as the application is."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE ROLE countyhr_ordinary")
        cursor.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO countyhr_ordinary")
        cursor.execute("GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO countyhr_ordinary")
        cursor.execute("SET LOCAL SESSION AUTHORIZATION countyhr_ordinary")
        yield cursor
        cursor.execute("RESET SESSION AUTHORIZATION")
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE audit_entry SET reason = 'forged'", "UPDATE on audit_entry is refused, it is append-only"),
        ("DELETE FROM audit_entry", "DELETE on audit_entry is refused, it is append-only"),
        ("TRUNCATE audit_entry, audit_link", "is refused, it is append-only"),
        ("UPDATE audit_link SET hash = ''", "UPDATE on audit_link is refused, it is append-only"),
        ("DELETE FROM audit_link", "DELETE on audit_link is refused, it is append-only"),
        ("TRUNCATE audit_link", "TRUNCATE on audit_link is refused, it is append-only"),
        ("TRUNCATE organization_headship", "TRUNCATE on organization_headship is refused, it would leave no"),
    ],
)
def test_an_ordinary_role_cannot_change_the_history(sealed, statement, why):
    with pytest.raises(InternalError, match=why), ordinary_role() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "trick",
    [
        "SELECT set_config('pgtrigger.ignore', array_agg(tgname)::text, true) FROM pg_trigger",
        "CREATE TEMPORARY TABLE audit_entry AS TABLE audit_entry",
    ],
    ids=["the library's switch", "a table of the same name"],
)
def test_no_session_gets_around_the_triggers(world, trick):
    with ordinary_role() as cursor:
        cursor.execute(trick)
        before = count_entries(cursor)
        cursor.execute("UPDATE organization_rolegrant SET role = 'auditor' WHERE role = 'hr'")
        assert (cursor.rowcount, count_entries(cursor) - before) == (1, 1)
        with pytest.raises(InternalError, match="append-only"), transaction.atomic():
            cursor.execute("UPDATE public.audit_entry SET reason = 'forged'")


def count_entries(cursor):
    cursor.execute("SELECT count(*) FROM public.audit_entry")
    return cursor.fetchone()[0]


def test_not_even_the_role_of_the_tests_can_change_the_history(sealed):
    for statement in ("UPDATE audit_entry SET reason = 'forged'", "DELETE FROM audit_link"):
        with pytest.raises(InternalError, match="append-only"), transaction.atomic():
            connection.cursor().execute(statement)


def test_the_role_of_the_tests_alone_can_empty_tables(sealed):
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user")
        assert cursor.fetchone() == ("countyhr_test",)
        cursor.execute("TRUNCATE audit_link, audit_entry, organization_headship")
    assert (Entry.objects.count(), Link.objects.count(), Headship.objects.count()) == (0, 0, 0)
