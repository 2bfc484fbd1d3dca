"""The student writes the sheet of the final project, the school tutor answers it, version after version."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from accounts.models import User
from common.drafts.rules import Content, changes, refuse_if_unseen, word_for_word
from common.journal import Stamp, note
from common.moves import begin, move
from common.refusals import DomainError, refuse_unless, require
from contratpro.models import PfeSheet, PfeSheetVersion, StudentFile
from contratpro.models.pfe import REMARKS_LENGTH
from contratpro.pfe.mails import PfeNews, tell_student, tell_tutor
from contratpro.pfe.permissions import can_approve
from contratpro.pfe.rules import FIELDS, may_answer, may_send, may_write
from contratpro.pfe.selectors import day_of
from contratpro.states import PfeSheetAction, PfeSheetState
from contratpro.steps.rules import SHEET_UPDATE
from contratpro.steps.selectors import has_step
from contratpro.steps.services import declare_step
from contratpro.students.permissions import can_act_as_student
from contratpro.students.services.locking import lock_student
from contratpro.year.selectors import year_now

JOURNALLED = 500  # characters of the remarks that the journal keeps; the sheet keeps them all


@transaction.atomic
def save_pfe_sheet(
    *, ref: str, content: Mapping[str, str], seen: str, actor: User, now: datetime
) -> PfeSheet:
    """Keep what was typed, whole or not. Raises QuickerError if it would replace what was not seen."""
    sheet = _own(ref, actor, now)
    refuse_unless(may_write(sheet.state, sheet.student.state))
    typed = word_for_word(content, FIELDS)
    refuse_if_unseen(sheet.draft, typed, seen, FIELDS)
    changed = [one.field for one in changes(word_for_word(sheet.draft, FIELDS), typed, FIELDS)]
    if changed:
        sheet.draft, sheet.draft_at = typed, now
        sheet.save(update_fields=["draft", "draft_at"])
        stamp = Stamp.of(actor, now, "", fields=changed)
        note(sheet, "save_draft", stamp, source=sheet.state, target=sheet.state)
    return sheet


@transaction.atomic
def send_pfe_sheet(
    *, ref: str, content: Mapping[str, str], seen: str, actor: User, now: datetime
) -> PfeSheet:
    """Send a version to the school tutor: the first, a corrected one, or an update. Sent twice, it is sent once."""
    sheet = _own(ref, actor, now)
    said = {name: content.get(name, "").strip() for name in FIELDS}
    last = sheet.versions.last()
    if sheet.state is PfeSheetState.SENT and last and last.content == said:
        return sheet
    refuse_unless(may_write(sheet.state, sheet.student.state))
    refuse_if_unseen(sheet.draft, said, seen, FIELDS)
    refuse_unless(may_send(said, year_now(sheet.student.year).limits.title_words))
    number = last.number + 1 if last else 1
    stamp = Stamp.of(actor, now, "", version=number)
    move(sheet, PfeSheetAction.SEND, stamp, sent_at=now)
    by = f"{stamp.actor.kind}:{stamp.actor.ref}"
    PfeSheetVersion.objects.create(sheet=sheet, number=number, content=said, by=by, at=now)
    tell_tutor(sheet, PfeNews.SENT, now)
    return sheet


@transaction.atomic
def approve_pfe_sheet(*, ref: str, version: int, actor: User, now: datetime) -> PfeSheet:
    """Approve the version that the tutor has read; an update of one that was approved is the step of the update."""
    sheet = _to_answer(ref, actor)
    last = _version_seen(sheet, version)
    if sheet.state is PfeSheetState.APPROVED and sheet.approved == version:
        return sheet
    refuse_unless(may_answer(sheet.state))
    is_update = sheet.approved is not None
    move(
        sheet,
        PfeSheetAction.APPROVE,
        Stamp.of(actor, now, "", version=version),
        approved=version,
        approved_at=now,
        draft=last.content,
        draft_at=None,
    )
    if is_update:
        _declare_update(sheet.student, last, actor, now)
    tell_student(sheet, PfeNews.APPROVED, now)
    return sheet


@transaction.atomic
def return_pfe_sheet(
    *, ref: str, version: int, reason: str, actor: User, now: datetime
) -> PfeSheet:
    """Send the version back with remarks: the student goes on from it."""
    sheet = _to_answer(ref, actor)
    last = _version_seen(sheet, version)
    remarks = reason.strip()[:REMARKS_LENGTH]
    if sheet.state is PfeSheetState.RETURNED and sheet.remarks == remarks:
        return sheet
    refuse_unless(may_answer(sheet.state))
    if not remarks:
        raise DomainError.of("pfe_sheet_return_needs_remarks")
    stamp = Stamp.of(actor, now, remarks[:JOURNALLED], version=version)
    draft: Content = last.content
    move(sheet, PfeSheetAction.RETURN, stamp, remarks=remarks, draft=draft, draft_at=now)
    tell_student(sheet, PfeNews.RETURNED, now, remarks)
    return sheet


def _declare_update(
    student: StudentFile, version: PfeSheetVersion, actor: User, now: datetime
) -> None:
    """Done on the day on which the student sent it."""
    if has_step(student, SHEET_UPDATE):
        sent_on = day_of(student, version.at)
        declare_step(student=student, key=SHEET_UPDATE, actor=actor, now=now, done_on=sent_on)


def _own(ref: str, actor: User, now: datetime) -> PfeSheet:
    """The sheet of a student who is here, locked; begun the first time."""
    student = lock_student(ref)
    require(can_act_as_student(actor, student))
    sheet = PfeSheet.objects.select_for_update(of=("self",)).filter(student=student).first()
    if sheet is None:
        sheet = PfeSheet(student=student, created_at=now)
        begin(sheet, PfeSheetState.DRAFT, Stamp.of(actor, now), verb="begin")
    sheet.student = student
    return sheet


def _to_answer(ref: str, actor: User) -> PfeSheet:
    student = lock_student(ref)
    require(can_approve(actor, student))
    sheet = PfeSheet.objects.select_for_update(of=("self",)).get(student=student)
    sheet.student = student
    return sheet


def _version_seen(sheet: PfeSheet, number: int) -> PfeSheetVersion:
    """The last version, if it is the one that was read: another may have been sent meanwhile."""
    last = sheet.versions.last()
    if last is None or last.number != number:
        raise DomainError.of("moved_meanwhile")
    return last
