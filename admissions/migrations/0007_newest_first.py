"""The index of the central service's list over all states, where drafts come last: SQLite has no such order in an index."""

from django.db import migrations

CREATE = (
    "CREATE INDEX application_newest ON admissions_application (campaign_id, received_at DESC NULLS LAST, id)"
)
DROP = "DROP INDEX application_newest"


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(CREATE)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DROP)


class Migration(migrations.Migration):
    dependencies = [("admissions", "0006_large_lists")]

    operations = [migrations.RunPython(create, drop)]
