"""The central service's check: pieces accepted or refused, fees settled, what lacks asked for, the handing over."""

from collections.abc import Collection
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from accounts.models import User
from admissions.checking.mails import (
    EXTEND,
    tell_asked,
    tell_complete,
    tell_extended,
    tell_refused_piece,
)
from admissions.dossier.rules import may_check, may_extend
from admissions.dossier.selectors.dossiers import dossier_of, situation_of
from admissions.dossier.services.locking import day_of_dossier, lock_handled_dossier
from admissions.dossier.services.pieces import answer_if_nothing_lacks
from admissions.dossier.services.selections import enter_selections
from admissions.enums import DocumentState, PaymentMethod
from admissions.models import Application, Document, Payment
from admissions.states import CHECKED_STATES, ApplicationAction, CandidacyState
from campaigns.vocabulary import CampaignState
from common.journal import Stamp, note
from common.moves import move
from common.refusals import DomainError, refuse_unless
from common.rules import Cents, last_second


def piece_to_check(application: Application, document_ref: str, now: datetime) -> Document:
    """A piece of a locked dossier. Raises DomainError when it is no longer checked."""
    document = application.documents.select_related("requirement").get(ref=document_ref)
    refuse_unless(may_check(situation_of(application, now), document.requirement.needed))
    return document


CHECKED = (DocumentState.ACCEPTED, DocumentState.REFUSED)


def accept_document(
    *, ref: str, document_ref: str, actor: User, now: datetime, seen: Collection[str] | None = None
) -> Document:
    """Accept a piece. `seen`: the refs of the files looked at; others given meanwhile are not accepted unseen."""
    with transaction.atomic():
        application = lock_handled_dossier(ref, actor)
        document = piece_to_check(application, document_ref, now)
        if document.state == DocumentState.ACCEPTED:
            return document
        _refuse_unless_seen(document, seen)
        _write(document, DocumentState.ACCEPTED, actor, now)
        stamp = Stamp.of(actor, now, piece=document.requirement.key)
        note(application, "accept_document", stamp)
        answer_if_nothing_lacks(application, stamp)
        return document


def refuse_document(
    *,
    ref: str,
    document_ref: str,
    reason: str,
    actor: User,
    now: datetime,
    seen: Collection[str] | None = None,
) -> Document:
    """Refuse a piece, for a reason that the candidate reads. Once the dossier is complete they are told at once."""
    with transaction.atomic():
        application = lock_handled_dossier(ref, actor)
        document = piece_to_check(application, document_ref, now)
        why = reason.strip()
        if not why:
            raise DomainError.of("piece_refusal_needs_reason")
        if document.state == DocumentState.REFUSED and document.reason == why:
            return document
        _refuse_unless_seen(document, seen)
        _refuse_once_admitted(application, document)
        _write(document, DocumentState.REFUSED, actor, now, why)
        note(application, "refuse_document", Stamp.of(actor, now, piece=document.requirement.key))
        if application.state in CHECKED_STATES:
            tell_refused_piece(application, document, now)
        return document


def uncheck_document(*, ref: str, document_ref: str, actor: User, now: datetime) -> Document:
    """Undo a check: the piece is as it was given."""
    with transaction.atomic():
        application = lock_handled_dossier(ref, actor)
        document = piece_to_check(application, document_ref, now)
        if document.state not in CHECKED:
            return document
        _refuse_once_admitted(application, document)
        _write(document, DocumentState.GIVEN, None, None)
        stamp = Stamp.of(actor, now, piece=document.requirement.key)
        note(application, "uncheck_document", stamp)
        answer_if_nothing_lacks(application, stamp)
        return document


def _refuse_unless_seen(document: Document, seen: Collection[str] | None) -> None:
    files = set(document.files.values_list("file__ref", flat=True))
    if not files:
        raise DomainError.of("piece_has_no_file")
    if seen is not None and files != set(seen):
        raise DomainError.of("piece_changed_meanwhile")


def _refuse_once_admitted(application: Application, document: Document) -> None:
    """An admission rests on the pieces accepted: it is reverted first."""
    is_admitted = application.candidacies.filter(state=CandidacyState.ADMITTED).exists()
    if document.state == DocumentState.ACCEPTED and is_admitted:
        raise DomainError.of("admission_rests_on_piece")


def _write(
    document: Document, state: DocumentState, by: User | None, at: datetime | None, reason: str = ""
) -> None:
    document.state, document.reason, document.checked_by, document.checked_at = (
        state,
        reason,
        by,
        at,
    )
    document.save(update_fields=["state", "reason", "checked_by", "checked_at"])


def record_payment(
    *, ref: str, cents: Cents, note: str = "", actor: User, now: datetime
) -> Payment:
    """Record a transfer. What was charged stays due, so in any state of the dossier."""
    with transaction.atomic():
        application = lock_handled_dossier(ref, actor)
        if not application.charges.exists():
            raise DomainError.of("nothing_is_charged")
        if cents <= 0:
            raise DomainError.of("amount_is_nothing")
        return _settle(application, PaymentMethod.TRANSFER, cents, note.strip(), actor, now)


def waive_charges(*, ref: str, reason: str, actor: User, now: datetime) -> Payment:
    """Waive all that is left to pay."""
    with transaction.atomic():
        application = lock_handled_dossier(ref, actor)
        balance = dossier_of(application, now).fees.balance
        if balance <= 0:
            raise DomainError.of("nothing_is_left_to_pay")
        if not reason.strip():
            raise DomainError.of("waiver_needs_reason")
        return _settle(application, PaymentMethod.WAIVER, balance, reason.strip(), actor, now)


def cancel_payment(*, ref: str, payment_ref: str, actor: User, now: datetime) -> None:
    """Take out a payment or a waiver recorded by mistake; the journal keeps it. One taken out already stays out."""
    with transaction.atomic():
        application = lock_handled_dossier(ref, actor)
        payment = application.payments.filter(ref=payment_ref).first()
        if payment is None:
            return
        payment.delete()
        note(
            application,
            "cancel_payment",
            Stamp.of(actor, now, method=payment.method, cents=payment.cents),
        )


def _settle(
    application: Application,
    method: PaymentMethod,
    cents: Cents,
    remark: str,
    actor: User,
    now: datetime,
) -> Payment:
    payment = Payment.objects.create(
        application=application, method=method, cents=cents, note=remark, at=now, by=actor
    )
    verb = "waive_charges" if method is PaymentMethod.WAIVER else "record_payment"
    note(application, verb, Stamp.of(actor, now, cents=cents))
    return payment


def declare_complete(*, ref: str, actor: User, now: datetime) -> Application:
    """End the check, and tell the candidate: the dossier goes to the jury, or first to the school's office (R-APP-8).

    Raises DomainError with every reason not to.
    """
    with transaction.atomic():
        application = lock_handled_dossier(ref, actor)
        if application.state in CHECKED_STATES:
            return application
        dossier = dossier_of(application, now)
        refuse_unless(dossier.acts.declare_complete)
        stamp = Stamp.of(actor, now)
        ended = {"completed_at": now, "sent_back_reason": ""}
        if application.campaign.school_office:
            move(application, ApplicationAction.SEND_TO_OFFICE, stamp, **ended)
        else:
            enter_selections([application], stamp)
            move(application, ApplicationAction.DECLARE_COMPLETE, stamp, **ended)
        tell_complete(application, dossier, now)
        return application


def extend_application(
    *, ref: str, until: date, reason: str, actor: User, now: datetime
) -> Application:
    """Give one dossier until the end of a later day to be submitted; its candidate is told. Another day replaces it."""
    with transaction.atomic():
        application = lock_handled_dossier(ref, actor)
        campaign, why = application.campaign, reason.strip()
        last = last_second(until, ZoneInfo(campaign.zone))
        if (application.late_until, application.late_reason) == (last, why):
            return application
        refuse_unless(may_extend(situation_of(application, now)))
        if campaign.state != CampaignState.PUBLISHED:
            raise DomainError.of("campaign_is_closed")
        if last <= max(now, campaign.last_second) or until > campaign.year_until:
            raise DomainError.of("extension_is_no_later")
        if not why:
            raise DomainError.of("extension_needs_reason")
        application.late_until, application.late_reason = last, why
        application.save(update_fields=["late_until", "late_reason"])
        note(application, EXTEND, Stamp.of(actor, now, why, until=last.isoformat()))
        tell_extended(application, now)
        return application


def ask_pieces(*, ref: str, until: date, actor: User, now: datetime) -> Application:
    """Ask the candidate, by e-mail, for what is missing or was refused (R-APP-5). May be asked again."""
    with transaction.atomic():
        application = lock_handled_dossier(ref, actor)
        dossier = dossier_of(application, now)
        refuse_unless(dossier.acts.ask)
        if until < day_of_dossier(application, now):
            raise DomainError.of("day_is_past")
        lacking = [fact.key for fact in dossier.checked.lacking]
        stamp = Stamp.of(actor, now, pieces=lacking)
        move(application, ApplicationAction.ASK_PIECES, stamp, pieces_due_on=until)
        tell_asked(application, dossier_of(application, now).asked, now)
        return application
