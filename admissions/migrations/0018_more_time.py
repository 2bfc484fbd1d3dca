"""More time for one dossier, with its reason."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_no_search_keys'),
        ('admissions', '0017_no_snapshot'),
        ('campaigns', '0006_intake_and_closing'),
    ]

    operations = [
        migrations.AddField(
            model_name='application',
            name='late_reason',
            field=models.CharField(blank=True, help_text='why: for staff alone', max_length=500),
        ),
        migrations.AddField(
            model_name='application',
            name='late_until',
            field=models.DateTimeField(blank=True, help_text='its own last second, after that of the campaign', null=True),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('late_until__isnull', False), models.Q(('late_reason', ''), _negated=True)), models.Q(('late_reason', ''), ('late_until__isnull', True)), _connector='OR'), name='application_reason_iff_extended'),
        ),
    ]
