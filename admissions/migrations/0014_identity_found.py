"""What a dossier is found by, now that who applies is in it; the index on a part of a name, where the database has one."""

from django.db import migrations, models

CREATE = "CREATE INDEX application_search ON admissions_application USING gin (search_text gin_trgm_ops)"
DROP = "DROP INDEX application_search"


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(CREATE)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DROP)


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0002_person_search"),
        ("admissions", "0013_identity"),
    ]

    operations = [
        migrations.AddIndex(
            model_name='application',
            index=models.Index(models.F('email'), name='application_address'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(('email', ''), _negated=True), name='application_has_an_address'),
        ),
        migrations.RunPython(create, drop),
    ]
