from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0011_places_opened_within_notice'),
    ]

    operations = [
        migrations.AddField(
            model_name='agerule',
            name='months_earlier',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='listeddiploma',
            name='years',
            field=models.JSONField(blank=True, default=list, help_text='of its course, as in [2, 3]; the diploma itself where none is given', verbose_name='years that count'),
        ),
    ]
