"""Who signed an agreement: student and company hand it in, the office receives it, the school signs last."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import User
from common.files.rules import Controls, Format
from common.files.services import keep
from common.journal import Stamp, note
from common.models import StoredFile
from common.moves import move
from common.refusals import DomainError, refuse_unless, require
from contratpro.agreements.mails import AgreementNews, tell_office, tell_student
from contratpro.agreements.permissions import can_hand_in, can_sign_for_school
from contratpro.agreements.rules import (
    PARTIES,
    SchoolSigns,
    may_hand_in,
    may_receive,
    may_return,
    may_sign_for_school,
    signs_out_of_order,
)
from contratpro.agreements.selectors import (
    conditions_waited_for,
    signed_days,
    standing_of_agreement,
)
from contratpro.models import AgreementSignature, StudentFile, TrainingAgreement
from contratpro.models.agreements import REASON_LENGTH
from contratpro.states import AgreementAction, AgreementState
from contratpro.steps.rules import (
    AGREEMENT_COPY,
    AGREEMENT_SIGNED,
    DIRECTION_SIGNS,
    StepPhase,
)
from contratpro.steps.rules import (
    may_return as may_return_step,
)
from contratpro.steps.selectors import has_step, standing_of, today_of
from contratpro.steps.services import declare_step, return_step
from contratpro.students.permissions import can_handle
from contratpro.students.services.locking import lock_student
from contratpro.vocabulary import CopyChannel, Signer

SCAN = Controls(formats=(Format.PDF, Format.JPG, Format.PNG), max_bytes=20_000_000)
Upload: TypeAlias = "UploadedFile[Any] | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartiesSigned:
    """What is said of the two signatures on the paper that is handed in."""

    student_on: date
    company_by: str
    company_on: date
    channel: CopyChannel = CopyChannel.SCAN
    received_on: date | None = None  # by the office; today, where it says nothing else

    @property
    def days(self) -> tuple[date, ...]:
        """In order: none is still to come."""
        return (self.student_on, self.company_on, *filter(None, [self.received_on]))


@transaction.atomic
def hand_in_agreement(
    *, ref: str, signed: PartiesSigned, scan: Upload, actor: User, now: datetime
) -> TrainingAgreement:
    """The agreement, signed by student and company: a scan, or the paper itself in the hands of the office.

    What the office hands in, it has received. What was handed in before counts no more.
    """
    agreement = lock_agreement(ref)
    student = agreement.student
    require(can_hand_in(actor, student))
    by_office = bool(can_handle(actor, student.year))
    today = today_of(student.year, now)
    standing = standing_of_agreement(agreement)
    refuse_unless(may_hand_in(standing, signed.days, today))
    channel = signed.channel if by_office else CopyChannel.SCAN
    completes = Signer.SCHOOL in standing.signed
    if scan is None and (completes or channel is CopyChannel.SCAN):
        raise DomainError.of("agreement_without_scan")
    kept = _kept(scan, now)
    _void(agreement, PARTIES, now)
    names = {Signer.STUDENT: student.full_name, Signer.COMPANY: signed.company_by.strip()}
    days = {Signer.STUDENT: signed.student_on, Signer.COMPANY: signed.company_on}
    AgreementSignature.objects.bulk_create(
        AgreementSignature(
            agreement=agreement,
            party=party,
            signed_by=names[party],
            signed_on=days[party],
            channel=channel,
            scan=kept,
            recorded_by=actor,
            recorded_at=now,
        )
        for party in days
    )
    note(agreement, AgreementNews.HANDED_IN, Stamp.of(actor, now, channel=str(channel)))
    declare(student, AGREEMENT_SIGNED, actor, now, max(days.values()))
    if by_office:
        _receive(agreement, actor, now, signed.received_on or today)
    else:
        tell_office(agreement, now)
    return agreement


@transaction.atomic
def receive_agreement(*, ref: str, actor: User, now: datetime) -> TrainingAgreement:
    """The office has read what was handed in: it does. Again, nothing more happens."""
    agreement = lock_agreement(ref)
    require(can_handle(actor, agreement.student.year))
    if agreement.state is not AgreementState.RECEIVED:
        refuse_unless(may_receive(standing_of_agreement(agreement)))
        _receive(agreement, actor, now, _handed_in_on(agreement))
    return agreement


@transaction.atomic
def return_agreement(*, ref: str, reason: str, actor: User, now: datetime) -> TrainingAgreement:
    """What was handed in does not do: the student hands it in again, and reads why."""
    agreement = lock_agreement(ref)
    require(can_handle(actor, agreement.student.year))
    remarks = reason.strip()[:REASON_LENGTH]
    if not remarks:
        raise DomainError.of("agreement_return_needs_remarks")
    refuse_unless(may_return(standing_of_agreement(agreement)))
    stamp = Stamp.of(actor, now, remarks[:500])
    _void(agreement, PARTIES, now)
    if agreement.state is AgreementState.RECEIVED:
        move(agreement, AgreementAction.RETURN, stamp, remarks=remarks)
    else:
        agreement.remarks = remarks
        agreement.save(update_fields=["remarks"])
        note(agreement, AgreementNews.RETURNED, stamp)
    _undo_steps(agreement, actor, now, remarks)
    tell_student(agreement, AgreementNews.RETURNED, now)
    return agreement


@transaction.atomic
def sign_for_school(
    *,
    ref: str,
    signed_by: str,
    signed_on: date,
    scan: Upload,
    exception: str = "",
    actor: User,
    now: datetime,
) -> TrainingAgreement:
    """The direction has signed, after the others or, with a reason, before them. Its scan is the signed copy."""
    agreement = lock_agreement(ref)
    student = agreement.student
    require(can_sign_for_school(actor, student.year))
    standing = standing_of_agreement(agreement)
    signing = SchoolSigns(
        waited_for=conditions_waited_for(student, DIRECTION_SIGNS),
        signed_on=signed_on,
        today=today_of(student.year, now),
        exception=exception.strip()[:REASON_LENGTH],
    )
    refuse_unless(may_sign_for_school(standing, signing))
    if scan is None:
        raise DomainError.of("agreement_without_scan")
    out_of_order = signs_out_of_order(standing, signed_on)
    AgreementSignature.objects.create(
        agreement=agreement,
        party=Signer.SCHOOL,
        signed_by=signed_by.strip(),
        signed_on=signed_on,
        channel=CopyChannel.SCAN,
        scan=_kept(scan, now),
        exception=signing.exception if out_of_order else "",
        recorded_by=actor,
        recorded_at=now,
    )
    stamp = Stamp.of(actor, now, signing.exception[:500] if out_of_order else "")
    note(agreement, AgreementNews.SIGNED, stamp)
    declare(student, DIRECTION_SIGNS, actor, now, signed_on)
    if agreement.state is AgreementState.RECEIVED:
        _complete(agreement, actor, now)
    return agreement


def lock_agreement(ref: str) -> TrainingAgreement:
    """Locked in the order of every command: the file of the student, then the agreement."""
    student_ref = TrainingAgreement.objects.values_list("student__ref", flat=True).get(ref=ref)
    student = lock_student(student_ref)
    agreement = TrainingAgreement.objects.select_for_update(of=("self",)).get(ref=ref)
    agreement.student = student
    return agreement


def declare(student: StudentFile, key: str, actor: User, now: datetime, done_on: date) -> None:
    """The step follows the paper, where the year has it and it is still to do; an amendment declares nothing again."""
    if not has_step(student, key):
        return
    if standing_of(student, key, now).phase not in {StepPhase.DONE, StepPhase.MARKED}:
        declare_step(student=student, key=key, actor=actor, now=now, done_on=done_on)


def _receive(agreement: TrainingAgreement, actor: User, now: datetime, day: date) -> None:
    """With both signatures, since that day; where the school signed before the others, all have signed."""
    declare(agreement.student, AGREEMENT_COPY, actor, now, day)
    if Signer.SCHOOL in signed_days(agreement):
        _complete(agreement, actor, now)
        return
    move(agreement, AgreementAction.RECEIVE, Stamp.of(actor, now), remarks="")
    tell_student(agreement, AgreementNews.RECEIVED, now)


def _complete(agreement: TrainingAgreement, actor: User, now: datetime) -> None:
    move(agreement, AgreementAction.COMPLETE, Stamp.of(actor, now), remarks="")
    tell_student(agreement, AgreementNews.SIGNED, now)


def _handed_in_on(agreement: TrainingAgreement) -> date:
    """The day on which the student handed it in: how long the office takes to read it makes nobody late."""
    handed_in_at = agreement.signatures.values_list("recorded_at", flat=True).get(
        party=Signer.COMPANY, void_since__isnull=True
    )
    return today_of(agreement.student.year, handed_in_at)


def _undo_steps(agreement: TrainingAgreement, actor: User, now: datetime, remarks: str) -> None:
    """What was handed in does not do: its steps are to do again, but for those that are marked."""
    student = agreement.student
    for key in (AGREEMENT_SIGNED, AGREEMENT_COPY):
        if has_step(student, key) and may_return_step(standing_of(student, key, now)):
            return_step(student=student, key=key, reason=remarks[:500], actor=actor, now=now)


def _void(agreement: TrainingAgreement, parties: Iterable[Signer], now: datetime) -> None:
    rows = agreement.signatures.filter(party__in=parties, void_since__isnull=True)
    rows.update(void_since=now)


def _kept(scan: Upload, now: datetime) -> StoredFile | None:
    return keep(upload=scan, controls=SCAN, purpose="signed_agreement", now=now) if scan else None
