"""What was submitted is in rows of its own."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("admissions", "0016_submissions_kept")]

    operations = [
        migrations.RemoveField(model_name="application", name="recap"),
        migrations.RemoveField(model_name="application", name="snapshot"),
    ]
