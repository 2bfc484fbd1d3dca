"""The central service's check of a dossier, until it is handed to the jury (R-APP-5, R-APP-8)."""

from admissions.services.completeness.asking import ask_pieces
from admissions.services.completeness.checks import accept_document, refuse_document, uncheck_document
from admissions.services.completeness.handover import declare_complete
from admissions.services.completeness.payments import cancel_payment, record_payment, waive_charges

__all__ = [
    "accept_document",
    "ask_pieces",
    "cancel_payment",
    "declare_complete",
    "record_payment",
    "refuse_document",
    "uncheck_document",
    "waive_charges",
]
