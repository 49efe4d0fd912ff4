"""What follows a write of very many rows at once."""

from functools import partial

from django.db import connection, transaction


def tell_planner(*models):
    """Once committed, have Postgres count the tables anew: it plans by what it last knew of them.

    Autovacuum does so within a minute. Until then a new run, say, has one row for all that Postgres knows,
    and a page that joins its hundred thousand looks up each of them by itself. Only keys are looked at, as
    plans turn on those.
    """
    transaction.on_commit(partial(_analyze, models))


def _analyze(models):
    with connection.cursor() as cursor:
        for model in models:
            fields = model._meta.concrete_fields
            keys = [field.column for field in fields if field.is_relation or field.unique]
            quoted = ", ".join(map(connection.ops.quote_name, keys))
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)} ({quoted})")
