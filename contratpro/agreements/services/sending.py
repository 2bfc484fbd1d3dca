"""What all have signed leaves the school: to the company, and with the contract to the social service."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from accounts.links.rules import LASTS
from accounts.links.services import is_just_sent, replace_link, verdict_on
from accounts.models import SignedLink, User
from common.journal import Actor, Stamp, note
from common.models import StoredFile
from common.refusals import DomainError, NotAllowedError, refuse_unless, require
from contratpro.agreements.mails import tell_company, tell_social_service
from contratpro.agreements.permissions import can_read_as_social_service
from contratpro.agreements.rules import (
    may_be_posted,
    may_send_to_company,
    may_send_to_social_service,
)
from contratpro.agreements.selectors import (
    has_signed_contract,
    signed_copy,
    standing_of_agreement,
)
from contratpro.agreements.services.signing import declare, lock_agreement
from contratpro.contracts.selectors import contract_of
from contratpro.contracts.services.reading import copy_read
from contratpro.models import AgreementDispatch, TrainingAgreement
from contratpro.steps.rules import AGREEMENT_SENT, SOCIAL_SERVICE
from contratpro.steps.selectors import today_of
from contratpro.students.permissions import can_handle
from contratpro.vocabulary import CopyChannel, Party

PURPOSE = "training_agreement"


@dataclass(frozen=True, slots=True)
class Sending:
    """To whom signed papers go, how, to which address; on which day, where they are posted."""

    to: Party
    channel: CopyChannel
    address: str
    sent_on: date | None


@transaction.atomic
def send_to_company(
    *,
    ref: str,
    channel: CopyChannel,
    email: str = "",
    sent_on: date | None = None,
    actor: User,
    now: datetime,
) -> AgreementDispatch:
    """By a link to the signed copy, or by post on that day. Sent there again, the link before leads nowhere."""
    agreement = _handled(ref, actor)
    refuse_unless(may_send_to_company(standing_of_agreement(agreement)))
    address = email.strip().lower() if channel is CopyChannel.SCAN else ""
    if channel is CopyChannel.SCAN:
        _refuse_address(agreement, address, now)
    sending = Sending(Party.COMPANY, channel, address, sent_on)
    dispatch = _dispatch(agreement, sending, actor, now)
    if channel is CopyChannel.SCAN:
        link = replace_link(
            purpose=PURPOSE,
            subject_ref=agreement.ref,
            email=address,
            expires_at=now + LASTS,
            actor=Actor.user(actor),
            now=now,
        )
        tell_company(agreement, address, (link.link, link.token), now)
    declare(agreement.student, AGREEMENT_SENT, actor, now, dispatch.sent_on)
    return dispatch


@transaction.atomic
def send_to_social_service(
    *,
    ref: str,
    channel: CopyChannel,
    sent_on: date | None = None,
    actor: User,
    now: datetime,
) -> AgreementDispatch:
    """The signed contract and the signed agreement, on its page or by post on that day; it is told once."""
    agreement = _handled(ref, actor)
    student = agreement.student
    standing, has_contract = standing_of_agreement(agreement), has_signed_contract(student)
    refuse_unless(may_send_to_social_service(standing, has_contract=has_contract))
    sending = Sending(Party.SOCIAL_SERVICE, channel, "", sent_on)
    dispatch = _dispatch(agreement, sending, actor, now)
    if channel is CopyChannel.SCAN:
        tell_social_service(agreement, now)
    declare(student, SOCIAL_SERVICE, actor, now, dispatch.sent_on)
    return dispatch


@transaction.atomic
def read_by_link(*, link_id: int, now: datetime) -> StoredFile:
    """The signed copy, to whoever holds the company's link. Each reading is on record."""
    link = SignedLink.objects.get(pk=link_id)
    if link.purpose != PURPOSE:
        raise NotAllowedError.of("agreement_of_another_link")
    agreement = lock_agreement(link.subject_ref)
    link.refresh_from_db()
    require(verdict_on(link, now=now))
    return _read(agreement, "read_agreement", Stamp.of(Actor.link(link), now))


@transaction.atomic
def read_as_social_service(*, ref: str, paper: str, actor: User, now: datetime) -> StoredFile:
    """The signed contract or the signed agreement that was sent to it. Each reading is on record."""
    agreement = lock_agreement(ref)
    require(can_read_as_social_service(actor, agreement.student.year))
    on_its_page = {"to": Party.SOCIAL_SERVICE, "channel": CopyChannel.SCAN}
    if not agreement.dispatches.filter(**on_its_page).exists():
        raise NotAllowedError.of("not_sent_to_social_service")
    if paper == "contract":
        return _read(agreement, "read_contract", Stamp.of(actor, now))
    return _read(agreement, "read_agreement", Stamp.of(actor, now))


def _read(agreement: TrainingAgreement, verb: str, stamp: Stamp) -> StoredFile:
    copy = signed_copy(agreement)
    if verb == "read_contract":
        contract = contract_of(agreement.student)
        copy = copy_read(contract, stamp) if contract else None
    if copy is None:
        raise DomainError.of("agreement_not_signed_by_all")
    note(agreement, verb, stamp)
    return copy


def _handled(ref: str, actor: User) -> TrainingAgreement:
    agreement = lock_agreement(ref)
    require(can_handle(actor, agreement.student.year))
    return agreement


def _refuse_address(agreement: TrainingAgreement, address: str, now: datetime) -> None:
    """None, or one to which a link has just left, which another would close."""
    if not address:
        raise DomainError.of("agreement_without_address")
    if is_just_sent(purpose=PURPOSE, subject_ref=agreement.ref, email=address, now=now):
        raise DomainError.of("agreement_link_just_sent")


def _dispatch(
    agreement: TrainingAgreement, sending: Sending, actor: User, now: datetime
) -> AgreementDispatch:
    """On record once for each way; each time that it is sent is in the journal."""
    year = agreement.student.year
    today = today_of(year, now)
    day = sending.sent_on if sending.sent_on and sending.channel is CopyChannel.POST else today
    refuse_unless(may_be_posted(day, today_of(year, agreement.prepared_at), today))
    dispatch, _is_new = AgreementDispatch.objects.get_or_create(
        agreement=agreement,
        to=sending.to,
        channel=sending.channel,
        address=sending.address,
        defaults={"sent_on": day, "recorded_by": actor, "recorded_at": now},
    )
    note(agreement, f"send_to_{sending.to}", Stamp.of(actor, now, channel=str(sending.channel)))
    return dispatch
