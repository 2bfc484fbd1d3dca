"""The home school signs a sheet that was sent; the head of the department or of the option answers it."""

from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import User
from common.files.rules import Controls, Format
from common.files.services import keep
from common.journal import Stamp, note
from common.moves import move
from common.refusals import DomainError, refuse_unless, require
from contratpro.models import ContactSheet, HomeSchoolSignature, SheetVersion
from contratpro.models.sheets import REMARKS_LENGTH
from contratpro.sheets.mails import tell_returned, tell_validated
from contratpro.sheets.rules import APPROVAL, HOME_APPROVAL, may_return, may_sign, may_validate
from contratpro.sheets.selectors import is_signed
from contratpro.sheets.services.locking import last_version, lock_sheet, new_link
from contratpro.states import SheetAction, SheetState
from contratpro.steps.selectors import has_step, today_of
from contratpro.steps.services import declare_step
from contratpro.students.permissions import can_agree, can_handle

SCAN = Controls(formats=(Format.PDF, Format.JPG, Format.PNG), max_bytes=10_000_000)
JOURNALLED = 500  # characters of the remarks that the journal keeps; the sheet keeps them all


@transaction.atomic
def sign_for_home_school(
    *,
    ref: str,
    version: int,
    signed_by: str,
    signed_on: date,
    scan: "UploadedFile[Any]",
    actor: User,
    now: datetime,
) -> HomeSchoolSignature:
    """The office records, from its scan, that the home school signed that version. Again, nothing more happens."""
    sheet = lock_sheet(ref)
    student = sheet.student
    require(can_handle(actor, student.year))
    last = _version_seen(sheet, version)
    if is_signed(last):
        return last.home_signature
    refuse_unless(
        may_sign(
            sheet.state,
            student.state,
            double_degree=student.double_degree,
            signed_on=signed_on,
            today=today_of(student.year, now),
        )
    )
    signature = HomeSchoolSignature.objects.create(
        version=last,
        signed_by=signed_by.strip(),
        signed_on=signed_on,
        scan=keep(upload=scan, controls=SCAN, purpose="home_school_signature", now=now),
        recorded_by=actor,
        recorded_at=now,
    )
    note(sheet, "sign_for_home_school", Stamp.of(actor, now, version=version))
    if has_step(student, HOME_APPROVAL):
        declare_step(student=student, key=HOME_APPROVAL, actor=actor, now=now, done_on=signed_on)
    return signature


@transaction.atomic
def validate_sheet(*, ref: str, version: int, actor: User, now: datetime) -> ContactSheet:
    """Validate the version that the head has read. Again, nothing more happens."""
    sheet = _to_answer(ref, actor)
    last = _version_seen(sheet, version)
    if sheet.state is SheetState.VALIDATED:
        return sheet
    student = sheet.student
    refuse_unless(
        may_validate(
            sheet.state,
            student.state,
            double_degree=student.double_degree,
            is_signed=is_signed(last),
        )
    )
    stamp = Stamp.of(actor, now, version=version)
    move(sheet, SheetAction.VALIDATE, stamp, decided_at=now, decided_by=actor)
    if has_step(student, APPROVAL):
        declare_step(student=student, key=APPROVAL, actor=actor, now=now)
    tell_validated(sheet, version, now)
    return sheet


@transaction.atomic
def return_sheet(
    *, ref: str, version: int, reason: str, actor: User, now: datetime
) -> ContactSheet:
    """Send the version back with remarks: student and company go on from it, the company by a fresh link."""
    sheet = _to_answer(ref, actor)
    last = _version_seen(sheet, version)
    remarks = reason.strip()[:REMARKS_LENGTH]
    if sheet.state is SheetState.RETURNED and sheet.remarks == remarks:
        return sheet
    refuse_unless(may_return(sheet.state, sheet.student.state))
    if not remarks:
        raise DomainError.of("sheet_return_needs_remarks")
    kept = remarks if len(remarks) <= JOURNALLED else f"{remarks[: JOURNALLED - 1]}…"
    stamp = Stamp.of(actor, now, kept, version=version)
    decided = {"remarks": remarks, "decided_at": now, "decided_by": actor}
    move(sheet, SheetAction.RETURN, stamp, draft=last.content, draft_at=now, **decided)
    link = new_link(sheet, stamp.actor, now) if sheet.company_email else None
    tell_returned(sheet, version, link, now)
    return sheet


def _to_answer(ref: str, actor: User) -> ContactSheet:
    sheet = lock_sheet(ref)
    require(can_agree(actor, sheet.student))
    return sheet


def _version_seen(sheet: ContactSheet, number: int) -> SheetVersion:
    """The last version, if it is the one that was read: another may have been sent meanwhile."""
    last = last_version(sheet)
    if last is None or last.number != number:
        raise DomainError.of("moved_meanwhile")
    return last
