"""A row for each submission. The whole content was kept for the last one alone: of those before, what they added."""

from datetime import datetime

from django.db import migrations
from django.db.models import OuterRef, Subquery

BATCH = 500
RECEIPT = ("programmes", "charges", "owed", "awaited")


def to_rows(apps, schema_editor):
    application = apps.get_model("admissions", "Application")
    submission = apps.get_model("admissions", "Submission")
    notices = dict_of_notices(apps)
    kept = application.objects.filter(snapshot__isnull=False).order_by("pk")
    fields = ("pk", "campaign", "accepted_notice", "received_at", "recap", "snapshot")
    for dossier in kept.values(*fields).iterator(chunk_size=BATCH):
        rows = [row_of(submission, dossier, line, notices) for line in dossier["snapshot"]["submissions"]]
        rows[-1].content = content_of(dossier, rows)
        rows[-1].recap_id = dossier["recap"]
        submission.objects.bulk_create(rows)
    last = submission.objects.filter(application=OuterRef("pk")).order_by("-number").values("pk")
    application.objects.update(last_submission=Subquery(last[:1]))


def dict_of_notices(apps):
    rows = apps.get_model("campaigns", "NoticeVersion").objects.values_list("campaign", "number", "pk")
    return {(campaign, number): pk for campaign, number, pk in rows}


def row_of(submission, dossier, line, notices):
    received_at = datetime.fromisoformat(line["received_at"])
    is_added = dossier["received_at"] and received_at > dossier["received_at"]
    return submission(
        application_id=dossier["pk"],
        number=line["number"],
        kind="added" if is_added else "submitted",
        received_at=received_at,
        notice_id=notices.get((dossier["campaign"], line["notice"])) or dossier["accepted_notice"],
        receipt={name: line[name] for name in RECEIPT} | {"settled": line.get("settled", 0)},
    )


def content_of(dossier, rows):
    content = {key: value for key, value in dossier["snapshot"].items() if key != "submissions"}
    return {"received_at": rows[-1].received_at.isoformat()} | content


class Migration(migrations.Migration):

    dependencies = [("admissions", "0015_submissions")]

    operations = [migrations.RunPython(to_rows, migrations.RunPython.noop)]
