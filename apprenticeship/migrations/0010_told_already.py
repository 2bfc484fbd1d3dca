from django.db import migrations

KIND = "apprenticeship.search_open"


def remember_who_was_told(apps, schema_editor):
    """Whoever was told that the search begins, by the letters that are there, is not told again."""
    candidacies = apps.get_model("admissions", "Candidacy").objects
    news = apps.get_model("apprenticeship", "SearchNews")
    letters = apps.get_model("notifications", "Notification").objects.filter(kind=KIND)
    told = {}
    for refs, at in letters.order_by("pk").values_list("refs", "queued_at"):
        begun_at, _ = told.get(refs["candidacy"], (at, 0))
        told[refs["candidacy"]] = (begun_at, int(refs["left"]))
    keys = dict(candidacies.filter(ref__in=told).values_list("ref", "pk"))
    news.objects.bulk_create(
        news(candidacy_id=keys[ref], begun_at=begun_at, left=left)
        for ref, (begun_at, left) in told.items()
        if ref in keys
    )


class Migration(migrations.Migration):

    dependencies = [
        ('apprenticeship', '0009_search_news'),
        ('notifications', '0004_by_kind'),
    ]

    operations = [
        migrations.RunPython(remember_who_was_told, migrations.RunPython.noop, elidable=True),
    ]
