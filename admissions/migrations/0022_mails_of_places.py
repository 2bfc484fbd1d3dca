"""What is written of places bears the name of the admissions: a fact told once is not told again."""

from django.db import migrations
from django.db.models import Value
from django.db.models.functions import Replace

MAILS = ("place_held", "place_lost", "trainee_listed", "trainee_left", "transferred")


def renamed(apps, schema_editor):
    rows = apps.get_model("notifications", "Notification").objects
    for mail in MAILS:
        old, new = Value(f"apprenticeship.{mail}"), Value(f"admissions.{mail}")
        rows.filter(kind=f"apprenticeship.{mail}").update(
            kind=Replace("kind", old, new), dedupe_key=Replace("dedupe_key", old, new)
        )


class Migration(migrations.Migration):

    dependencies = [
        ("admissions", "0021_places"),
        ("notifications", "0004_by_kind"),
    ]

    operations = [migrations.RunPython(renamed, migrations.RunPython.noop, elidable=True)]
