"""A seat says for which candidacy it is, and who hires: no longer for which job project."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def of_the_project(apps, schema_editor):
    seat = apps.get_model("apprenticeship", "Seat")
    project = apps.get_model("apprenticeship", "JobProject").objects.filter(pk=OuterRef("project")).order_by()
    seat.objects.update(
        candidacy=Subquery(project.values("candidacy")), company=Subquery(project.values("company"))
    )


class Migration(migrations.Migration):

    dependencies = [
        ("apprenticeship", "0005_supplementary_list"),
        ("admissions", "0020_correction_reason"),
        ("companies", "0003_offers"),
    ]

    operations = [
        migrations.AddField(
            model_name="seat",
            name="candidacy",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="admissions.candidacy"
            ),
        ),
        migrations.AddField(
            model_name="seat",
            name="company",
            field=models.ForeignKey(
                blank=True,
                help_text="who hires; none where the results alone give the place",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="seats",
                to="companies.company",
            ),
        ),
        migrations.RunPython(of_the_project, migrations.RunPython.noop, elidable=True),
    ]
