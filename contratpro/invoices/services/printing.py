"""The paper of an invoice or a credit note: printed once from what it says, and kept with its fingerprint."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from common import jobs
from common.files.services import keep_made
from common.pdf import MEDIA_TYPE, pdf_of
from contratpro.invoices.presentation import paper_of_invoice
from contratpro.models import IssuedInvoice

JOB = "contratpro.invoice"
PRINTED_IN = "fr"


def order_prints(invoices: Iterable[IssuedInvoice], now: datetime) -> None:
    """Have each made in the background, in the caller's transaction."""
    for invoice in invoices:
        jobs.schedule(kind=JOB, key=f"invoice:{invoice.ref}", ids={"ref": invoice.ref}, run_at=now)


def print_invoice(ids: Mapping[str, str], now: datetime) -> None:
    """Make and keep the paper of an invoice, unless it is made."""
    invoice = IssuedInvoice.objects.select_related("credits", "student").get(ref=ids["ref"])
    if invoice.printed_id is None:
        _keep(invoice, printed_invoice(invoice), now)


def printed_invoice(invoice: IssuedInvoice) -> bytes:
    """The paper: kept once it is made, made from the same facts until then."""
    if invoice.printed:
        with invoice.printed.content.open("rb") as kept:
            content: bytes = kept.read()
            return content
    return pdf_of(html_of_invoice(invoice))


def html_of_invoice(invoice: IssuedInvoice) -> str:
    with translation.override(PRINTED_IN):
        paper = paper_of_invoice(invoice)
        return render_to_string("contratpro/invoices/paper.html", {"paper": paper})


def invoice_file_name(invoice: IssuedInvoice) -> str:
    return f"{invoice.kind}-{invoice.number}.pdf"


@transaction.atomic
def _keep(invoice: IssuedInvoice, content: bytes, now: datetime) -> None:
    """Keep what was printed, unless another worker was quicker."""
    row = IssuedInvoice.objects.select_for_update(of=("self",)).get(pk=invoice.pk)
    if row.printed_id is None:
        row.printed = keep_made(
            content=content,
            name=invoice_file_name(invoice),
            media_type=MEDIA_TYPE,
            purpose="contract_invoice",
            now=now,
        )
        row.save(update_fields=["printed"])
