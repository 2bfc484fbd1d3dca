"""What is submitted may be corrected."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('admissions', '0018_more_time'),
        ('campaigns', '0006_intake_and_closing'),
        ('common', '0002_journal_append_only'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='submission',
            name='submission_known_kind',
        ),
        migrations.AlterField(
            model_name='submission',
            name='kind',
            field=models.CharField(choices=[('submitted', 'submitted'), ('added', 'added to'), ('corrected', 'corrected')], max_length=10),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['submitted', 'added', 'corrected'])), name='submission_known_kind'),
        ),
    ]
