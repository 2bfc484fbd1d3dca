"""What all have signed leaves the school: to the company, and with the contract to the social service."""

from datetime import datetime, timedelta

from django.db import transaction

from accounts.links.services import replace_link, verdict_on
from accounts.models import SignedLink, User
from common.journal import Actor, Stamp, note
from common.models import StoredFile
from common.refusals import DomainError, NotAllowedError, refuse_unless, require
from contratpro.agreements.mails import tell_company, tell_social_service
from contratpro.agreements.permissions import can_read_as_social_service
from contratpro.agreements.rules import (
    TO_COMPANY,
    TO_SOCIAL_SERVICE,
    may_send_to_company,
    may_send_to_social_service,
)
from contratpro.agreements.selectors import has_signed_contract, signed_copy
from contratpro.agreements.services.signing import declare, lock_agreement
from contratpro.contracts.selectors import contract_of
from contratpro.contracts.services.reading import copy_read
from contratpro.models import AgreementDispatch, TrainingAgreement
from contratpro.steps.selectors import today_of
from contratpro.students.permissions import can_handle
from contratpro.vocabulary import CopyChannel, Party

PURPOSE = "training_agreement"
LASTS = timedelta(days=30)


@transaction.atomic
def send_to_company(
    *, ref: str, channel: CopyChannel, email: str = "", actor: User, now: datetime
) -> AgreementDispatch:
    """By a link to the signed copy, or by post. Sent there again, the link is a new one and the dispatch the same."""
    agreement = _handled(ref, actor)
    refuse_unless(may_send_to_company(agreement.state))
    address = email.strip().lower() if channel is CopyChannel.SCAN else ""
    if channel is CopyChannel.SCAN and not address:
        raise DomainError.of("agreement_without_address")
    dispatch = _dispatch(agreement, Party.COMPANY, channel, address, Stamp.of(actor, now), actor)
    if channel is CopyChannel.SCAN:
        issued = replace_link(
            purpose=PURPOSE,
            subject_ref=agreement.ref,
            email=address,
            expires_at=now + LASTS,
            actor=Actor.user(actor),
            now=now,
        )
        tell_company(agreement, address, (issued.link, issued.token), now)
    declare(agreement.student, TO_COMPANY, actor, now, dispatch.sent_on)
    return dispatch


@transaction.atomic
def send_to_social_service(
    *, ref: str, channel: CopyChannel, actor: User, now: datetime
) -> AgreementDispatch:
    """The signed contract and the signed agreement, on its page or by post; once each way."""
    agreement = _handled(ref, actor)
    student = agreement.student
    refuse_unless(
        may_send_to_social_service(agreement.state, has_contract=has_signed_contract(student))
    )
    stamp = Stamp.of(actor, now)
    dispatch = _dispatch(agreement, Party.SOCIAL_SERVICE, channel, "", stamp, actor)
    if channel is CopyChannel.SCAN:
        tell_social_service(agreement, now)
    declare(student, TO_SOCIAL_SERVICE, actor, now, dispatch.sent_on)
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
    if not agreement.dispatches.filter(to=Party.SOCIAL_SERVICE).exists():
        raise NotAllowedError.of("not_sent_to_social_service")
    if paper == "contract":
        return _read(agreement, "read_contract", Stamp.of(actor, now))
    return _read(agreement, "read_agreement", Stamp.of(actor, now))


def _read(agreement: TrainingAgreement, verb: str, stamp: Stamp) -> StoredFile:
    if verb == "read_contract":
        contract = contract_of(agreement.student)
        copy = copy_read(contract, stamp) if contract else None
    else:
        signature = signed_copy(agreement)
        copy = signature.scan if signature else None
    if copy is None:
        raise DomainError.of("agreement_not_signed_by_all")
    note(agreement, verb, stamp)
    return copy


def _handled(ref: str, actor: User) -> TrainingAgreement:
    agreement = lock_agreement(ref)
    require(can_handle(actor, agreement.student.year))
    return agreement


def _dispatch(
    agreement: TrainingAgreement,
    to: Party,
    channel: CopyChannel,
    address: str,
    stamp: Stamp,
    actor: User,
) -> AgreementDispatch:
    today = today_of(agreement.student.year, stamp.at)
    dispatch, is_new = AgreementDispatch.objects.get_or_create(
        agreement=agreement,
        to=to,
        channel=channel,
        address=address,
        defaults={"sent_on": today, "recorded_by": actor, "recorded_at": stamp.at},
    )
    if is_new:
        note(agreement, f"send_to_{to}", stamp)
    return dispatch
