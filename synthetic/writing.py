"""Many rows at once: by COPY, in batches, with keys that are known before."""

import io
import json
from itertools import islice

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


def copy_in(model, rows):
    """Write model instances by COPY; those without a key get one. The database fills generated fields."""
    rows = list(rows)
    keyless = [row for row in rows if row.pk is None]
    for row, key in zip(keyless, reserve(model, len(keyless)), strict=True):
        row.pk = key
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    names = [field.attname for field in fields]
    _copy(model, fields, ([row.__dict__[name] for name in names] for row in rows))
    return rows


def copy_values(model, names, rows):
    """Write rows of plain values for the named columns by COPY: quicker where there are tens of thousands."""
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    _copy(model, [by_name[name] for name in names], rows)


def _copy(model, fields, rows):
    columns = ", ".join(f'"{field.column}"' for field in fields)
    statement = f"COPY {model._meta.db_table} ({columns}) FROM STDIN"
    are_json = [isinstance(field, JSONField) for field in fields]
    rows = iter(rows)
    with connection.cursor() as cursor:
        while batch := list(islice(rows, BATCH)):
            lines = ("\t".join(map(_text, values, are_json)) for values in batch)
            cursor.copy_expert(statement, io.StringIO("\n".join(lines)))


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
