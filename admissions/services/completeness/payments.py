"""What settles the fees: a transfer received, or a waiver. One recorded by mistake is taken out (R-APP-2)."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from admissions.enums import PaymentMethod
from admissions.models import Application, Payment
from admissions.selectors.dossiers import dossier_of
from admissions.services.access import note_change
from admissions.services.completeness.access import handled
from common.refusals import DomainError
from common.rules.values import Cents


def record_payment(*, ref: str, cents: Cents, note: str = "", actor: User, now: datetime) -> Payment:
    """Record a transfer. What was charged stays due, so in any state of the dossier."""
    with transaction.atomic():
        application = handled(ref, actor)
        if not application.charges.exists():
            raise DomainError.of("nothing_is_charged")
        if cents <= 0:
            raise DomainError.of("amount_is_nothing")
        return _settle(application, PaymentMethod.TRANSFER, cents, note.strip(), actor, now)


def waive_charges(*, ref: str, reason: str, actor: User, now: datetime) -> Payment:
    """Waive all that is left to pay."""
    with transaction.atomic():
        application = handled(ref, actor)
        balance = dossier_of(application, now).fees.balance
        if balance <= 0:
            raise DomainError.of("nothing_is_left_to_pay")
        if not reason.strip():
            raise DomainError.of("waiver_needs_reason")
        return _settle(application, PaymentMethod.WAIVER, balance, reason.strip(), actor, now)


def cancel_payment(*, ref: str, payment_ref: str, actor: User, now: datetime) -> None:
    """Take out a payment or a waiver recorded by mistake; the journal keeps it. One taken out already stays out."""
    with transaction.atomic():
        application = handled(ref, actor)
        payment = application.payments.filter(ref=payment_ref).first()
        if payment is None:
            return
        payment.delete()
        note_change(application, actor, now, "cancel_payment", method=payment.method, cents=payment.cents)


def _settle(
    application: Application, method: PaymentMethod, cents: Cents, note: str, actor: User, now: datetime
) -> Payment:
    payment = Payment.objects.create(application=application, method=method, cents=cents, note=note, at=now, by=actor)
    verb = "waive_charges" if method is PaymentMethod.WAIVER else "record_payment"
    note_change(application, actor, now, verb, cents=cents)
    return payment
