"""Many rows at once: by COPY, in batches, with keys that are known before."""

import io
import json

from django.db import connection
from django.db.models import JSONField

BATCH = 20_000
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def reserve(model, count):
    """Take `count` keys from the model's sequence: a range that nobody else gets."""
    if not count:
        return range(0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [model._meta.db_table])
        (sequence,) = cursor.fetchone()
        cursor.execute("SELECT nextval(%s)", [sequence])
        (first,) = cursor.fetchone()
        cursor.execute("SELECT setval(%s, %s)", [sequence, first + count - 1])
    return range(first, first + count)


def copy_in(model, rows, *, without=()):
    """Write model instances by COPY. Those without a key get one. `without` names fields left to the database."""
    rows = list(rows)
    keyless = [row for row in rows if row.pk is None]
    for row, key in zip(keyless, reserve(model, len(keyless)), strict=True):
        row.pk = key
    fields = [field for field in model._meta.concrete_fields if field.name not in without]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    readers = [(field.attname, isinstance(field, JSONField)) for field in fields]
    statement = f"COPY {model._meta.db_table} ({columns}) FROM STDIN"
    with connection.cursor() as cursor:
        for start in range(0, len(rows), BATCH):
            text = "".join(_line(row, readers) for row in rows[start : start + BATCH])
            cursor.copy_expert(statement, io.StringIO(text))
    return rows


def _line(row, readers):
    values = row.__dict__
    return "\t".join(_text(values[name], is_json) for name, is_json in readers) + "\n"


def _text(value, is_json):
    if value is None:
        return "\\N"
    if is_json:
        return json.dumps(value, ensure_ascii=False).translate(ESCAPES)
    if isinstance(value, str):
        return value.translate(ESCAPES)
    if value is True or value is False:
        return "t" if value else "f"
    return str(value)
