"""The first lines of every command on a contact sheet, and the links by which those outside the school open it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from accounts.links.rules import LASTS
from accounts.links.services import replace_link, verdict_on
from accounts.models import SignedLink, User
from common.journal import Actor, Stamp
from common.moves import begin
from common.refusals import DomainError, NotAllowedError, require
from contratpro.models import ContactSheet, SheetVersion, StudentFile
from contratpro.states import SheetState
from contratpro.students.permissions import can_act_as_student
from contratpro.students.services.locking import lock_student

PURPOSE = "contact_sheet"
HOME_PURPOSE = "home_school_signature"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetWriter:
    """Who fills in a sheet: the student of a file, signed in, or whoever holds the link that a company was sent."""

    ref: str = ""
    user: User | None = None
    link_id: int | None = None


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """A sheet under its lock, and who writes it: a person, or a link."""

    sheet: ContactSheet
    by: User | Actor
    link: SignedLink | None = None

    def stamp(self, now: datetime, **data: object) -> Stamp:
        return Stamp.of(self.by, now, "", **data)


def open_sheet(writer: SheetWriter, now: datetime) -> OpenSheet:
    """What a writer has a right to, locked. Raises NotAllowedError for a stranger, or a link that works no more."""
    if writer.link_id is not None:
        return _opened_by_link(writer.link_id, now)
    assert writer.user, "a sheet is written by a student or by a link"
    student = lock_student(writer.ref)
    require(can_act_as_student(writer.user, student))
    return OpenSheet(sheet_of(student, Stamp.of(writer.user, now)), writer.user)


def sheet_of(student: StudentFile, stamp: Stamp) -> ContactSheet:
    """The sheet of a student whose file is locked; begun if this is the first time that it is asked for."""
    sheet = _rows().filter(student=student).first()
    if sheet is None:
        sheet = ContactSheet(student=student, created_at=stamp.at)
        begin(sheet, SheetState.DRAFT, stamp, verb="begin")
    sheet.student = student
    return sheet


def lock_sheet(ref: str) -> ContactSheet:
    """Locked in the order of every command: the file of the student, then the sheet."""
    sheet = ContactSheet.objects.select_related("student").get(ref=ref)
    student = lock_student(sheet.student.ref)
    locked = _rows().get(pk=sheet.pk)
    locked.student = student
    return locked


def last_version(sheet: ContactSheet) -> SheetVersion | None:
    return sheet.versions.select_related("home_signature").last()


def version_seen(sheet: ContactSheet, number: int) -> SheetVersion:
    """The last version, if it is the one that was read: another may have been sent meanwhile."""
    last = last_version(sheet)
    if last is None or last.number != number:
        raise DomainError.of("moved_meanwhile")
    return last


def new_link(sheet: ContactSheet, actor: Actor, now: datetime) -> tuple[SignedLink, str]:
    """A fresh link to the company, and its token; those before it lead nowhere any more."""
    return _replaced(sheet, PURPOSE, sheet.company_email, Stamp.of(actor, now))


def new_home_link(sheet: ContactSheet, actor: Actor, now: datetime) -> tuple[SignedLink, str]:
    """The same, to the home school."""
    return _replaced(sheet, HOME_PURPOSE, sheet.home_email, Stamp.of(actor, now))


def _replaced(
    sheet: ContactSheet, purpose: str, email: str, stamp: Stamp
) -> tuple[SignedLink, str]:
    issued = replace_link(
        purpose=purpose,
        subject_ref=sheet.ref,
        email=email,
        expires_at=stamp.at + LASTS,
        actor=stamp.actor,
        now=stamp.at,
    )
    return issued.link, issued.token


def lock_by_link(
    link_id: int, now: datetime, purpose: str = PURPOSE
) -> tuple[ContactSheet, SignedLink]:
    """The link is looked at under the lock of the sheet: it may be replaced at this moment."""
    leads_to, ref = SignedLink.objects.values_list("purpose", "subject_ref").get(pk=link_id)
    if leads_to != purpose:
        raise NotAllowedError.of("sheet_of_another_link")
    sheet = lock_sheet(ref)
    link = SignedLink.objects.get(pk=link_id)
    require(verdict_on(link, now=now))
    return sheet, link


def _opened_by_link(link_id: int, now: datetime) -> OpenSheet:
    sheet, link = lock_by_link(link_id, now)
    return OpenSheet(sheet, Actor.link(link), link)


def _rows() -> QuerySet[ContactSheet]:
    return ContactSheet.objects.select_for_update(of=("self",))
