"""A report is kept as the next of its project, the same for both projects."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from django.core.files.uploadedfile import UploadedFile

from common.files.rules import Controls, Format
from common.files.services import drop, keep
from contratpro.models.reports import DepositedReport

if TYPE_CHECKING:
    from django.db.models import Manager

PDF = Controls(formats=(Format.PDF,), max_bytes=20_000_000)
Upload: TypeAlias = "UploadedFile[Any]"
Report = TypeVar("Report", bound=DepositedReport)


def keep_report(
    reports: "Manager[Report]", *, upload: Upload, purpose: str, late: bool, now: datetime
) -> tuple[Report, bool]:
    """The report, and whether it is new: the file that was deposited last, deposited again, is the same report."""
    kept = keep(upload=upload, controls=PDF, purpose=purpose, now=now)
    last = reports.select_related("file").order_by("number").last()
    if last and last.file.sha256 == kept.sha256:
        drop(file=kept, now=now)
        return last, False
    number = last.number + 1 if last else 1
    return reports.create(number=number, file=kept, late=late, deposited_at=now), True
