"""The library of paper templates: each dated, the latest of a title handed out."""

from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import User
from common.files.rules import Controls, Format
from common.files.services import keep
from common.journal import Stamp, note
from contratpro.models import PaperTemplate
from contratpro.students.services.locking import lock_handled_year

PAPER = Controls(formats=(Format.PDF,), max_bytes=10_000_000)


def add_paper(
    *, slug: str, title: str, dated: date, upload: "UploadedFile[Any]", actor: User, now: datetime
) -> PaperTemplate:
    """Put a dated paper in the library. Of one title, the latest date is handed out, whatever came last."""
    with transaction.atomic():
        year = lock_handled_year(slug, actor)
        file = keep(upload=upload, controls=PAPER, purpose="contract_paper", now=now)
        paper = PaperTemplate.objects.create(year=year, title=title, dated=dated, file=file)
        note(paper, "add_paper", Stamp.of(actor, now))
        same = year.templates.filter(title__iexact=title)
        latest = same.order_by("-dated", "-pk")[0]
        same.exclude(pk=latest.pk).update(replaced=True)
        same.filter(pk=latest.pk).update(replaced=False)
        paper.refresh_from_db(fields=["replaced"])
        return paper
