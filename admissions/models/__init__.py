"""The rows of a dossier. Those of `sealed` are imported by name from there, so that one sees who reads them."""

from admissions.models import sealed  # noqa: F401  (Django finds its models through this package)
from admissions.models.dossiers import (
    ACCEPTED,
    SEARCHING,
    Application,
    Candidacy,
    Charge,
    Document,
    DocumentFile,
    Payment,
    Submission,
    Title,
)
from admissions.models.places import (
    ACTIVE_SEAT_STATES,
    SEAT_HELD,
    EmployerAgreement,
    Seat,
    SupplementaryEntry,
)
from admissions.models.slots import Slot

__all__ = [
    "ACCEPTED",
    "ACTIVE_SEAT_STATES",
    "SEARCHING",
    "SEAT_HELD",
    "Application",
    "Candidacy",
    "Charge",
    "Document",
    "DocumentFile",
    "EmployerAgreement",
    "Payment",
    "Seat",
    "Slot",
    "Submission",
    "SupplementaryEntry",
    "Title",
]
