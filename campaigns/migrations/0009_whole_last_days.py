from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import migrations

OPEN = ("planned", "held", "failed")


def close_on_whole_days(apps, schema_editor):
    """A day on which the search closed at the announcing hour is a whole day (R-CAL-1)."""
    milestones = apps.get_model("campaigns", "Milestone").objects
    runs = apps.get_model("campaigns", "MilestoneRun").objects
    closing = milestones.filter(action="close_search", all_day=True, ends_at__isnull=False)
    for row in closing.select_related("campaign"):
        zone = ZoneInfo(row.campaign.zone)
        if row.starts_at == row.ends_at:
            day = row.ends_at.astimezone(zone).date()
            row.starts_at = datetime.combine(day, time.min, tzinfo=zone)
            row.ends_at = datetime.combine(day, time(23, 59, 59), tzinfo=zone)
            row.save(update_fields=["starts_at", "ends_at"])
            due_at = row.ends_at + timedelta(seconds=1)
            runs.filter(milestone=row, state__in=OPEN).update(due_at=due_at)


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0008_grants'),
    ]

    operations = [
        migrations.RunPython(close_on_whole_days, migrations.RunPython.noop, elidable=True),
    ]
