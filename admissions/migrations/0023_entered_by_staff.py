"""What the central service types for a candidate, from paper or the telephone."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_no_search_keys'),
        ('admissions', '0022_mails_of_places'),
        ('campaigns', '0006_intake_and_closing'),
    ]

    operations = [
        migrations.AddField(
            model_name='application',
            name='entered_by',
            field=models.ForeignKey(blank=True, help_text='whose central service typed it for its candidate; none: begun online', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.school'),
        ),
        migrations.AddField(
            model_name='application',
            name='entered_how',
            field=models.CharField(blank=True, choices=[('paper', 'on paper'), ('telephone', 'by telephone')], max_length=9),
        ),
        migrations.AddField(
            model_name='application',
            name='entered_on',
            field=models.DateField(blank=True, help_text='when it came on paper or by telephone', null=True),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('entered_by', None), ('entered_how', ''), ('entered_on', None)), models.Q(('entered_by__isnull', False), ('entered_how__in', ['paper', 'telephone']), ('entered_on__isnull', False)), _connector='OR'), name='application_entered_whole'),
        ),
    ]
