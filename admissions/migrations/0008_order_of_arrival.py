import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def copy_from_dossiers(apps, schema_editor):
    Application = apps.get_model("admissions", "Application")
    entered = apps.get_model("admissions", "Candidacy").objects.exclude(sort_key="")
    received = Application.objects.filter(pk=OuterRef("application")).values("received_at")
    entered.update(received_at=Subquery(received))


class Migration(migrations.Migration):

    dependencies = [
        ('admissions', '0007_newest_first'),
        ('campaigns', '0003_seats_public'),
    ]

    operations = [
        migrations.AddField(
            model_name='candidacy',
            name='received_at',
            field=models.DateTimeField(blank=True, help_text='its dossier, when it entered the selection', null=True),
        ),
        migrations.AddIndex(
            model_name='candidacy',
            index=models.Index(models.F('stage'), models.F('received_at'), models.F('id'), name='candidacy_at_stage_received'),
        ),
        migrations.AlterField(
            model_name='candidacy',
            name='stage',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='candidacies', to='campaigns.stage'),
        ),
        migrations.RunPython(copy_from_dossiers, migrations.RunPython.noop, elidable=True),
    ]
