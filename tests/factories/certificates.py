"""Certificates of completion, as their commands make them, in January after semester 9."""

from datetime import UTC, datetime

from accounts.models import User
from common.jobs import run
from common.models import Job
from contratpro.certificates.services import JOB, order_certificates
from contratpro.models import CertificateOrder, CompletionCertificate, ContractYear, StudentFile

JANUARY = datetime(2026, 1, 6, 9, 0, tzinfo=UTC)
SEPTEMBER = datetime(2026, 9, 2, 9, 0, tzinfo=UTC)


def ordered(
    year: ContractYear, office: User, semester: str = "s9", at: datetime = JANUARY
) -> CertificateOrder:
    return order_certificates(
        slug=year.slug,
        semester=semester,
        signatory="Hélène Durand",
        post="directrice de l’école",
        town="Alès",
        actor=office,
        now=at,
    )


def made(at: datetime = JANUARY) -> None:
    """What the workers do."""
    for job in Job.objects.filter(kind=JOB, state="ready").order_by("pk"):
        run(key=job.key, now=at)


def certified(student: StudentFile, office: User) -> CompletionCertificate:
    ordered(student.year, office)
    made()
    return student.certificates.get()
