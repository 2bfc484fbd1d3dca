"""What people are found by is in their dossiers."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_contract_roles'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='person',
            name='search_text',
        ),
        migrations.RemoveField(
            model_name='person',
            name='sort_key',
        ),
    ]
