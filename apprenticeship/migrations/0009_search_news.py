import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('admissions', '0023_entered_by_staff'),
        ('apprenticeship', '0008_places_are_of_admissions'),
        ('campaigns', '0013_about_dates'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchNews',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('begun_at', models.DateTimeField(help_text='when they were told that it begins')),
                ('left', models.PositiveSmallIntegerField(help_text='places left, as they were last told')),
                ('candidacy', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='search_news', to='admissions.candidacy')),
            ],
            options={
                'verbose_name_plural': 'search news',
            },
        ),
        migrations.CreateModel(
            name='PlacesNews',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(help_text='of the rhythm; told then, or as soon as it could be')),
                ('at', models.DateTimeField()),
                ('people', models.PositiveIntegerField(help_text='how many were written to')),
                ('places', models.JSONField(help_text='by pool, what was left of how many')),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places_news', to='campaigns.campaign')),
            ],
            options={
                'verbose_name_plural': 'places news',
                'constraints': [models.UniqueConstraint(models.F('campaign'), models.F('day'), name='places_told_once_a_day')],
            },
        ),
    ]
