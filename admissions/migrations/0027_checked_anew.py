from django.db import migrations


def empty_of_what_is_checked_anew(apps, schema_editor):
    """Of releases that kept the day of the first check in a dossier that was reopened."""
    rows = apps.get_model("admissions", "Application").objects
    anew = rows.filter(state__in=["draft", "submitted", "incomplete"])
    anew.exclude(completed_at=None).update(completed_at=None)


class Migration(migrations.Migration):

    dependencies = [
        ('admissions', '0026_school_office'),
    ]

    operations = [
        migrations.RunPython(empty_of_what_is_checked_anew, migrations.RunPython.noop, elidable=True),
    ]
