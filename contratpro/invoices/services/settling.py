"""What becomes of an invoice: paid, paid by mistake, taken back by credit notes."""

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from common.journal import Stamp, note
from common.moves import begin, move
from common.refusals import DomainError, refuse_unless, require
from contratpro.invoices.rules import may_credit, may_pay, may_unpay
from contratpro.invoices.selectors import standing_of_invoice
from contratpro.invoices.services.issuing import VERB, first_free, lock_numbers
from contratpro.invoices.services.printing import order_prints
from contratpro.models import IssuedInvoice
from contratpro.models.invoices import REASON_LENGTH
from contratpro.states import InvoiceAction, InvoiceState
from contratpro.steps.selectors import today_of
from contratpro.students.permissions import can_handle
from contratpro.vocabulary import InvoiceKind


@transaction.atomic
def pay_invoice(*, ref: str, paid_on: date, actor: User, now: datetime) -> IssuedInvoice:
    """Put on record that it was paid, on that day. Again with the same day, nothing more happens."""
    invoice = _lock(ref, actor)
    if invoice.state is InvoiceState.PAID and invoice.paid_on == paid_on:
        return invoice
    today = today_of(invoice.year, now)
    refuse_unless(may_pay(standing_of_invoice(invoice), paid_on, today))
    move(invoice, InvoiceAction.PAY, Stamp.of(actor, now), paid_on=paid_on)
    return invoice


@transaction.atomic
def unpay_invoice(*, ref: str, reason: str, actor: User, now: datetime) -> IssuedInvoice:
    """Take back what was put on record by mistake: it is to be paid again."""
    invoice = _lock(ref, actor)
    if invoice.state is InvoiceState.ISSUED:
        return invoice
    refuse_unless(may_unpay(standing_of_invoice(invoice)))
    move(invoice, InvoiceAction.UNPAY, Stamp.of(actor, now, reason.strip()), paid_on=None)
    return invoice


@transaction.atomic
def credit_invoice(
    *, ref: str, cents: int, reason: str, seen: int, actor: User, now: datetime
) -> IssuedInvoice:
    """Take back an amount of an invoice by a credit note with its own number; the same one sent twice is made once.

    `seen` is how many credit notes the page showed.
    """
    lock_numbers(IssuedInvoice.objects.values_list("school_id", flat=True).get(ref=ref))
    invoice = _lock(ref, actor)
    reason = reason.strip()[:REASON_LENGTH]
    made = list(invoice.credit_notes.order_by("pk"))
    if len(made) != seen:
        last = made[-1] if made else None
        if last and len(made) == seen + 1 and (last.amount_cents, last.reason) == (cents, reason):
            return last
        raise DomainError.of("moved_meanwhile")
    if not reason:
        raise DomainError.of("credit_without_reason")
    standing = standing_of_invoice(invoice)
    refuse_unless(may_credit(standing, cents))
    stamp = Stamp.of(actor, now, reason)
    credit_note = _credit_note(invoice, cents, reason, stamp)
    if cents == standing.left_cents:
        move(invoice, InvoiceAction.CREDIT, stamp)
    else:
        note(invoice, "credit_part", stamp)
    return credit_note


def _lock(ref: str, actor: User) -> IssuedInvoice:
    rows = IssuedInvoice.objects.select_for_update(of=("self",))
    invoice = rows.select_related("year__school", "student").get(ref=ref)
    require(can_handle(actor, invoice.year))
    return invoice


def _credit_note(invoice: IssuedInvoice, cents: int, reason: str, stamp: Stamp) -> IssuedInvoice:
    today = today_of(invoice.year, stamp.at)
    credit_note = IssuedInvoice(
        school_id=invoice.school_id,
        issued_in=today.year,
        serial=first_free(invoice.school_id, today.year),
        year=invoice.year,
        student=invoice.student,
        line=invoice.line,
        kind=InvoiceKind.CREDIT_NOTE,
        credits=invoice,
        amount_cents=cents,
        payer=invoice.payer,
        payer_name=invoice.payer_name,
        payer_address=invoice.payer_address,
        facts=invoice.facts,
        issued_on=today,
        reason=reason,
    )
    begin(credit_note, InvoiceState.ISSUED, stamp, verb=VERB)
    order_prints([credit_note], stamp.at)
    return credit_note
