"""Seats and supplementary lists come with their tables; the employer's agreement is new."""

import common.refs
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('admissions', '0020_correction_reason'),
        ('apprenticeship', '0008_places_are_of_admissions'),
        ('campaigns', '0007_admission_ways'),
        ('companies', '0003_offers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='EmployerAgreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=common.refs.new_ref, editable=False, max_length=12, unique=True)),
                ('state', models.CharField(choices=[('in_force', 'in_force'), ('withdrawn', 'withdrawn')], max_length=10)),
                ('agreed_on', models.DateField()),
                ('recorded_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_why', models.CharField(blank=True, max_length=300)),
                ('candidacy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='admissions.candidacy')),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='companies.company')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('candidacy', 'recorded_at', 'pk'),
                'constraints': [models.UniqueConstraint(models.F('candidacy'), condition=models.Q(('state', 'in_force')), name='agreement_one_in_force'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'in_force'), ('withdrawn_at__isnull', True), ('withdrawn_why', '')), models.Q(models.Q(('state', 'in_force'), _negated=True), ('withdrawn_at__isnull', False), models.Q(('withdrawn_why', ''), _negated=True)), _connector='OR'), name='agreement_withdrawn_iff_said_why')],
            },
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='Seat',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('ref', models.CharField(default=common.refs.new_ref, editable=False, max_length=12, unique=True)),
                        ('state', models.CharField(choices=[('queued', 'queued'), ('held', 'held'), ('released', 'released')], max_length=10)),
                        ('asked_at', models.DateTimeField()),
                        ('place_no', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('held_at', models.DateTimeField(blank=True, help_text='since when it holds or held a place', null=True)),
                        ('released_at', models.DateTimeField(blank=True, null=True)),
                        ('released_why', models.CharField(blank=True, max_length=300)),
                        ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='admissions.application')),
                        ('candidacy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='admissions.candidacy')),
                        ('company', models.ForeignKey(blank=True, help_text='who hires; none where the results alone give the place', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='companies.company')),
                        ('pool', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='campaigns.pool')),
                    ],
                    options={
                        'db_table': 'apprenticeship_seat',
                        'ordering': ('pool', 'asked_at', 'pk'),
                        'indexes': [models.Index(models.F('pool'), models.F('state'), models.F('asked_at'), models.F('id'), name='seat_of_pool'), models.Index(models.F('pool'), models.F('state'), models.F('place_no'), models.F('asked_at'), models.F('id'), name='seat_board')],
                        'constraints': [models.UniqueConstraint(models.F('application'), condition=models.Q(('state__in', ['queued', 'held'])), name='seat_one_per_dossier'), models.UniqueConstraint(models.F('pool'), models.F('place_no'), condition=models.Q(('state', 'held')), name='seat_place_once'), models.CheckConstraint(condition=models.Q(models.Q(('held_at__isnull', False), ('place_no__isnull', False), ('state', 'held')), models.Q(models.Q(('state', 'held'), _negated=True), ('place_no__isnull', True)), _connector='OR'), name='seat_place_no_iff_held'), models.CheckConstraint(condition=models.Q(('place_no__isnull', True), ('place_no__gte', 1), _connector='OR'), name='seat_place_no_from_one'), models.CheckConstraint(condition=models.Q(models.Q(('released_at__isnull', False), ('state', 'released'), models.Q(('released_why', ''), _negated=True)), models.Q(models.Q(('state', 'released'), _negated=True), ('released_at__isnull', True), ('released_why', '')), _connector='OR'), name='seat_released_iff_said_why')],
                    },
                ),
                migrations.CreateModel(
                    name='SupplementaryEntry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('rank', models.PositiveSmallIntegerField()),
                        ('until', models.DateField()),
                        ('listed_at', models.DateTimeField()),
                        ('candidacy', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='supplementary_entry', to='admissions.candidacy')),
                        ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supplementary_entries', to='campaigns.programme')),
                    ],
                    options={
                        'db_table': 'apprenticeship_supplementaryentry',
                        'ordering': ('programme', 'rank'),
                        'constraints': [models.UniqueConstraint(models.F('programme'), models.F('rank'), name='supplementary_rank_once'), models.CheckConstraint(condition=models.Q(('rank__gte', 1)), name='supplementary_rank_from_one')],
                    },
                ),
            ]
        ),
    ]
