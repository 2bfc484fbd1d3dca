"""The head of the department or of the option answers a sheet that was sent."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from common.journal import Stamp
from common.moves import move
from common.refusals import DomainError, refuse_unless, require
from contratpro.models import ContactSheet
from contratpro.models.sheets import REMARKS_LENGTH
from contratpro.sheets.mails import tell_returned, tell_validated
from contratpro.sheets.rules import may_return, may_validate
from contratpro.sheets.selectors import is_signed
from contratpro.sheets.services.locking import lock_sheet, new_link, version_seen
from contratpro.states import SheetAction, SheetState
from contratpro.steps.rules import HEAD_APPROVAL
from contratpro.steps.selectors import has_step
from contratpro.steps.services import declare_step
from contratpro.students.permissions import can_agree

JOURNALLED = 500  # characters of the remarks that the journal keeps; the sheet keeps them all


@transaction.atomic
def validate_sheet(*, ref: str, version: int, actor: User, now: datetime) -> ContactSheet:
    """Validate the version that the head has read. Again, nothing more happens."""
    sheet = _to_answer(ref, actor)
    last = version_seen(sheet, version)
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
    if has_step(student, HEAD_APPROVAL):
        declare_step(student=student, key=HEAD_APPROVAL, actor=actor, now=now)
    tell_validated(sheet, version, now)
    return sheet


@transaction.atomic
def return_sheet(
    *, ref: str, version: int, reason: str, actor: User, now: datetime
) -> ContactSheet:
    """Send the version back with remarks: student and company go on from it, the company by a fresh link."""
    sheet = _to_answer(ref, actor)
    last = version_seen(sheet, version)
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
