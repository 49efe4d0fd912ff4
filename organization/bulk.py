"""Very many rows written at once, and what follows that."""

from functools import partial
from io import StringIO

from django.db import connection, transaction

AT_ONCE = 5_000
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def copy_in(model, columns, rows, *, moved=None):
    """Write rows, tuples in the order of `columns`, by COPY: several times as fast as INSERT.

    `moved` is told of each some thousand that are written.
    """
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(map(connection.ops.quote_name, columns))
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        text = StringIO("".join("\t".join(map(_copy_text, row)) + "\n" for row in some))
        with connection.cursor() as cursor, connection.wrap_database_errors:
            cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN", text)
        if moved:
            moved(len(some))


def _copy_text(value):
    if value is None:
        return "\\N"
    return str(value).translate(_ESCAPED)


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
