"""Brings the demo's database up to date before a command of ours needs it; a real one waits for `migrate`."""

import sys

import django
from django.conf import settings
from django.core.management import call_command, get_commands
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

LOCK = 7_205_519  # any number of ours; two processes must not migrate at once


def migrate_demo_for(argv):
    """Apply pending migrations in the demo if `argv` runs a command of ours, or one that makes an account."""
    if len(argv) < 2 or {"-h", "--help"} & set(argv):
        return
    if not settings.DEMO or argv[1] == "runserver":  # its reloader must see a broken import for itself
        return
    django.setup()
    if get_commands().get(argv[1]) not in (*settings.COUNTY_APPS, "django.contrib.auth"):
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            executor = MigrationExecutor(connection)
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                print("Preparing the database…", file=sys.stderr, flush=True)
                call_command("migrate", verbosity=0, interactive=False)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
