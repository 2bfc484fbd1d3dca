"""Seats and supplementary lists belong to the admissions; their tables stay as they are."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("apprenticeship", "0007_seat_without_project")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel(name="Seat"),
                migrations.DeleteModel(name="SupplementaryEntry"),
            ]
        )
    ]
