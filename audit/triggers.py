"""Database triggers that guard what must not change and write down what does.

A service writes an act (who, why) with `audit.services.record`; these triggers write the row changes (what), however a
row is changed. Both carry the number of their transaction, so that a row change without an act stands out.
"""

import pgtrigger

REFUSE = "RAISE EXCEPTION 'countyhr: % on % is refused, it is append-only', TG_OP, TG_TABLE_NAME;"

# Tests empty their tables with TRUNCATE; they connect as this role, which exists in no other database.
TEST_ROLE = "countyhr_test"


def append_only():
    """Triggers that refuse UPDATE, DELETE and TRUNCATE on a table."""
    return [
        pgtrigger.Trigger(
            name="append_only",
            when=pgtrigger.Before,
            operation=pgtrigger.Update | pgtrigger.Delete,
            func=REFUSE,
        ),
        pgtrigger.Trigger(
            name="no_truncate",
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            operation=pgtrigger.Truncate,
            func=f"IF session_user <> '{TEST_ROLE}' THEN {REFUSE} END IF; RETURN NULL;",
        ),
    ]


INSERT = """
    INSERT INTO audit_entry
        (at, act, actor_name, actor_role, subject_type, subject_id, subject_name, before, after, reason,
         request_id, transaction)
    SELECT now(), '{act}', '', '', TG_TABLE_NAME, {row}.id::text, '', {before}, {after}, '', '',
           pg_current_xact_id()::text::bigint
    FROM {source};
    RETURN NULL;
"""


def tracked():
    """Triggers that write every inserted, changed and deleted row of a table into the audit.

    They work on whole statements, so that an import of 100,000 rows costs one INSERT more.
    """
    return [
        pgtrigger.Trigger(
            name="audit_insert",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Insert,
            referencing=pgtrigger.Referencing(new="new_rows"),
            func=INSERT.format(act="row.inserted", row="n", before="NULL", after="to_jsonb(n)", source="new_rows n"),
        ),
        pgtrigger.Trigger(
            name="audit_update",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Update,
            referencing=pgtrigger.Referencing(old="old_rows", new="new_rows"),
            func=INSERT.format(
                act="row.updated",
                row="n",
                before="to_jsonb(o)",
                after="to_jsonb(n)",
                source="new_rows n JOIN old_rows o USING (id) WHERE o IS DISTINCT FROM n",
            ),
        ),
        pgtrigger.Trigger(
            name="audit_delete",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Delete,
            referencing=pgtrigger.Referencing(old="old_rows"),
            func=INSERT.format(act="row.deleted", row="o", before="to_jsonb(o)", after="NULL", source="old_rows o"),
        ),
    ]
