"""Triggers that refuse to change a journal entry. Only the purge deletes one.

SQLite rebuilds a table to alter it and loses its triggers then: a later migration
of this table must create them again (a test says so if it does not).
"""

from django.db import migrations

CREATE = {
    "sqlite": [
        """CREATE TRIGGER journal_append_only BEFORE UPDATE ON common_journalentry
           BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    ],
    "postgresql": [
        """CREATE FUNCTION journal_append_only() RETURNS trigger LANGUAGE plpgsql AS
           $$ BEGIN RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
        """CREATE TRIGGER journal_append_only BEFORE UPDATE ON common_journalentry
           FOR EACH ROW EXECUTE FUNCTION journal_append_only()""",
    ],
}
DROP = {
    "sqlite": ["DROP TRIGGER journal_append_only"],
    "postgresql": ["DROP TRIGGER journal_append_only ON common_journalentry", "DROP FUNCTION journal_append_only()"],
}


def create(apps, schema_editor):
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("common", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
