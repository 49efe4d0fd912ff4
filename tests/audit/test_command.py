import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from audit import chain
from audit.models import Entry


def run(*arguments):
    out = StringIO()
    call_command("audit", *arguments, stdout=out)
    return out.getvalue().splitlines()


def test_an_unbroken_chain_and_its_head(sealed):
    assert run("verify") == [
        "Unbroken: 5 entries are as they were written.",
        f"Head, to be kept outside: {chain.state().head}",
        "Everything is sealed.",
    ]


def test_a_broken_chain_ends_with_exit_code_1(sealed, tamper):
    tamper("UPDATE audit_entry SET reason = 'forged' WHERE id = %s", sealed[0].pk)
    with pytest.raises(SystemExit) as ended:
        run("verify")
    assert ended.value.code == 1


def test_machines_get_json(sealed):
    Entry.objects.create(at=sealed[0].at, act="plan.closed", subject_type="plan", subject_id="1")
    report = json.loads(run("verify", "--json")[0])
    assert (report["links"], report["problem"], report["not_sealed"]) == (5, "", 1)


def test_sealing_by_hand(write):
    write(3)
    assert run("seal") == ["Sealed 3 entries."]


def test_a_database_without_tables_gets_a_sentence(db):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry RENAME TO audit_entry_elsewhere")
    with pytest.raises(CommandError, match="holds no history yet"):
        run("verify")
