import common.models
from django.db import migrations

WORDS = {
    "fr": "bourse de l’État ou du CROUS, justificatif à joindre",
    "en": "CROUS or French state grant, with its proof",
}


def say_what_pages_said(apps, schema_editor):
    apps.get_model("campaigns", "Campaign").objects.update(grants=WORDS)


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0007_admission_ways'),
    ]

    operations = [
        migrations.AddField(
            model_name='campaign',
            name='grants',
            field=common.models.LocalizedTextField(default=dict, verbose_name='grants that lower the fees'),
        ),
        migrations.RunPython(say_what_pages_said, migrations.RunPython.noop, elidable=True),
    ]
