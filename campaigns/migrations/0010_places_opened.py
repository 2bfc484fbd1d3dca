from django.db import migrations, models
from django.db.models import F


def keep_what_was_open(apps, schema_editor):
    """Until now a range was open up to its ceiling at once: what runs stays as it is."""
    apps.get_model("campaigns", "Pool").objects.filter(floor__lt=F("ceiling")).update(opened=F("ceiling"))


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0009_whole_last_days'),
    ]

    operations = [
        migrations.AddField(
            model_name='pool',
            name='more_may_open',
            field=models.BooleanField(default=True, verbose_name='a few more may open'),
        ),
        migrations.AddField(
            model_name='pool',
            name='opened',
            field=models.PositiveSmallIntegerField(blank=True, help_text='by staff; those announced if empty', null=True),
        ),
        migrations.RunPython(keep_what_was_open, migrations.RunPython.noop, elidable=True),
    ]
