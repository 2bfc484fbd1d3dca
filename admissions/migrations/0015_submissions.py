"""What is submitted is kept in rows: schema here, what was kept before in 0016, the columns that held it go in 0017."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('admissions', '0014_identity_found'),
        ('campaigns', '0006_intake_and_closing'),
        ('common', '0002_journal_append_only'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='application',
            name='submissions',
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('submitted', 'submitted'), ('added', 'added to')], max_length=10)),
                ('received_at', models.DateTimeField()),
                ('receipt', models.JSONField(help_text='what it adds: programmes, charges, pieces still awaited')),
                ('content', models.JSONField(help_text='the whole dossier, where it was kept', null=True)),
                ('application', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='submissions', to='admissions.application')),
                ('notice', models.ForeignKey(help_text='the one accepted', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.noticeversion')),
                ('recap', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.storedfile')),
            ],
            options={
                'ordering': ('number',),
            },
        ),
        migrations.AddField(
            model_name='application',
            name='last_submission',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='admissions.submission'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.UniqueConstraint(models.F('application'), models.F('number'), name='submission_number_once'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['submitted', 'added'])), name='submission_known_kind'),
        ),
    ]
