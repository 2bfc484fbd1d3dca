from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0010_places_opened'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='pool',
            constraint=models.CheckConstraint(
                condition=Q(opened__isnull=True)
                | Q(opened__gte=F("floor"), opened__lte=F("ceiling"))
                | Q(opened__gte=F("floor"), more_may_open=True, ceiling=F("floor")),
                name='pool_opened_within_notice',
            ),
        ),
    ]
