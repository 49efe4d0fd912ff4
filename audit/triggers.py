"""Database triggers that guard what must not change and write down what does.

A service writes an act (who, why) with `audit.services.record`; these triggers write the row changes (what),
however a row is changed. Both carry the number of their transaction: a row change without an act stands out.
"""

import pgtrigger
from pgtrigger import compiler

REFUSE = "RAISE EXCEPTION 'countyhr: % on % is refused, it is append-only', TG_OP, TG_TABLE_NAME;"
REFUSE_TRACELESS = (
    "RAISE EXCEPTION 'countyhr: % on % is refused, it would leave no trace', TG_OP, TG_TABLE_NAME;"
)

# Tests empty their tables with TRUNCATE; they connect as this role, which exists in no other database.
TEST_ROLE = "countyhr_test"


class TriggerSql(compiler.UpsertTriggerSql):
    """The SQL that creates a trigger which no session can get around.

    The library's own asks `pgtrigger.ignore` first, a setting that every session may make. And a session's
    `search_path`, or a temporary table of its own, must not tell what `audit_entry` is.
    """

    def get_template(self):
        return """
            CREATE OR REPLACE FUNCTION {pgid}()
            RETURNS TRIGGER AS $$
                {declare}
                BEGIN
                    {func}
                END;
            $$ LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp;

            DROP TRIGGER IF EXISTS {pgid} ON {table};
            CREATE {constraint} TRIGGER {pgid}
                {when} {operation} ON {table}
                {timing}
                {referencing}
                FOR EACH {level} {condition}
                EXECUTE PROCEDURE {execute};

            COMMENT ON TRIGGER {pgid} ON {table} IS '{hash}';
        """


class Trigger(pgtrigger.Trigger):
    def compile(self, model):
        sql = super().compile(model).sql
        return compiler.Trigger(name=self.name, sql=TriggerSql(**sql.kwargs))


def append_only():
    """Triggers that refuse UPDATE, DELETE and TRUNCATE on a table."""
    return [
        Trigger(
            name="append_only",
            when=pgtrigger.Before,
            operation=pgtrigger.Update | pgtrigger.Delete,
            func=REFUSE,
        ),
        _no_truncate(REFUSE),
    ]


def _no_truncate(refuse):
    return Trigger(
        name="no_truncate",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func=f"IF session_user <> '{TEST_ROLE}' THEN {refuse} END IF; RETURN NULL;",
    )


WRITE_DOWN = """
    INSERT INTO audit_entry
        (at, act, actor_name, actor_role, subject_type, subject_id, subject_name, before, after, reason,
         request_id, transaction)
    SELECT now(), '{act}', '', '', TG_TABLE_NAME, {row_id}::text, '', {before}, {after}, '', '',
           pg_current_xact_id()::text::bigint
    FROM {source};
    RETURN NULL;
"""


def tracked():
    """Triggers that write each inserted, changed and deleted row into the audit, and refuse TRUNCATE.

    They work on whole statements, so that an import of 100,000 rows costs one INSERT more. The table needs a
    primary key `id`. A row whose `id` is changed counts as two: one without `after`, one without `before`.
    """
    return [
        _after_insert("to_jsonb(n)"),
        _after(
            "audit_update",
            pgtrigger.Update,
            pgtrigger.Referencing(old="old_rows", new="new_rows"),
            act="row.updated",
            row_id="coalesce(n.id, o.id)",
            before="to_jsonb(o)",
            after="to_jsonb(n)",
            source="old_rows o FULL JOIN new_rows n ON n.id = o.id WHERE o IS DISTINCT FROM n",
        ),
        _after(
            "audit_delete",
            pgtrigger.Delete,
            pgtrigger.Referencing(old="old_rows"),
            act="row.deleted",
            row_id="o.id",
            before="to_jsonb(o)",
            after="NULL",
            source="old_rows o",
        ),
        _no_truncate(REFUSE_TRACELESS),
    ]


def settled(without=()):
    """Triggers for what is written once: append-only, and each row written into the audit.

    `without` names columns of large bytes that are left out there, as the row keeps their hash.
    """
    names = "".join(f" - '{name}'" for name in without)
    return [*append_only(), _after_insert(f"to_jsonb(n){names}")]


def _after_insert(after):
    return _after(
        "audit_insert",
        pgtrigger.Insert,
        pgtrigger.Referencing(new="new_rows"),
        act="row.inserted",
        row_id="n.id",
        before="NULL",
        after=after,
        source="new_rows n",
    )


def _after(name, operation, referencing, **words):
    return Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=referencing,
        func=WRITE_DOWN.format(**words),
    )
