import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("apprenticeship", "0006_seat_of_candidacy")]

    operations = [
        migrations.AlterField(
            model_name="seat",
            name="candidacy",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="admissions.candidacy"
            ),
        ),
        migrations.RemoveField(model_name="seat", name="project"),
    ]
