"""Why the central service corrected what was submitted."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('admissions', '0019_corrections'),
    ]

    operations = [
        migrations.AddField(
            model_name='submission',
            name='reason',
            field=models.CharField(blank=True, help_text='why the central service corrected it; told', max_length=500),
        ),
    ]
