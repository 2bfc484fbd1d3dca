"""The home school of a double degree signs a version, by its link or on paper, or says why it does not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.links.services import use_link
from accounts.models import SignedLink, User
from common.files.rules import Controls, Format
from common.files.services import keep
from common.journal import Actor, Stamp, note
from common.models import StoredFile
from common.refusals import DomainError, refuse_unless, require
from contratpro.models import ContactSheet, HomeSchoolRefusal, HomeSchoolSignature, SheetVersion
from contratpro.models.sheets import REMARKS_LENGTH
from contratpro.sheets.mails import tell_declined, tell_signed
from contratpro.sheets.rules import may_sign
from contratpro.sheets.selectors import is_signed
from contratpro.sheets.services.locking import (
    HOME_PURPOSE,
    lock_by_link,
    lock_sheet,
    version_seen,
)
from contratpro.steps.rules import HOME_APPROVAL
from contratpro.steps.selectors import has_step, today_of
from contratpro.steps.services import declare_step
from contratpro.students.permissions import can_handle
from contratpro.vocabulary import HomeSigning

SCAN = Controls(formats=(Format.PDF, Format.JPG, Format.PNG), max_bytes=10_000_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeSigner:
    """Who speaks for the home school, as they typed it."""

    name: str
    function: str


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
    require(can_handle(actor, sheet.student.year))
    last = version_seen(sheet, version)
    if is_signed(last):
        return last.home_signature
    _refuse_unless_signable(sheet, signed_on, now)
    kept = _kept(scan, now)
    recorded = {"scan": kept, "recorded_by": actor, "signed_by": signed_by.strip()}
    return _sign(sheet, last, Stamp.of(actor, now), signed_on, recorded, actor)


@transaction.atomic
def sign_by_link(
    *,
    link_id: int,
    version: int,
    signer: HomeSigner,
    scan: "UploadedFile[Any] | None" = None,
    now: datetime,
) -> HomeSchoolSignature:
    """Whoever holds the link signs the version that they read. The same person again changes nothing."""
    sheet, link = lock_by_link(link_id, now, HOME_PURPOSE)
    last = version_seen(sheet, version)
    if is_signed(last):
        return _signed_before(last.home_signature, link, signer)
    today = today_of(sheet.student.year, now)
    _refuse_unless_signable(sheet, today, now)
    use_link(link_id=link.pk, now=now)
    recorded = {
        "how": HomeSigning.UPLOADED if scan else HomeSigning.TYPED,
        "scan": _kept(scan, now) if scan else None,
        "link": link,
        "signed_by": signer.name,
        "function": signer.function,
    }
    by = Actor.link(link)
    return _sign(sheet, last, Stamp.of(by, now), today, recorded, by)


@transaction.atomic
def decline_by_link(
    *, link_id: int, version: int, signer: HomeSigner, remarks: str, now: datetime
) -> HomeSchoolRefusal:
    """Say why the home school does not sign; the head may send the sheet back. Said once for a version."""
    sheet, link = lock_by_link(link_id, now, HOME_PURPOSE)
    last = version_seen(sheet, version)
    said = HomeSchoolRefusal.objects.filter(version=last).first()
    if said:
        return _declined_before(said, remarks)
    if is_signed(last):
        raise DomainError.of("sheet_signed_by_home_school")
    _refuse_unless_signable(sheet, today_of(sheet.student.year, now), now)
    use_link(link_id=link.pk, now=now)
    refusal = HomeSchoolRefusal.objects.create(
        version=last,
        said_by=signer.name,
        function=signer.function,
        remarks=remarks.strip()[:REMARKS_LENGTH],
        link=link,
        said_at=now,
    )
    note(sheet, "decline_for_home_school", Stamp.of(Actor.link(link), now, version=version))
    tell_declined(sheet, refusal, now)
    return refusal


def _sign(
    sheet: ContactSheet,
    version: SheetVersion,
    stamp: Stamp,
    signed_on: date,
    recorded: Mapping[str, object],
    by: User | Actor,
) -> HomeSchoolSignature:
    """Put the signature on record, and the step that it is."""
    signature = HomeSchoolSignature.objects.create(
        version=version, signed_on=signed_on, recorded_at=stamp.at, **recorded
    )
    data = {"version": version.number, "how": signature.how}
    note(sheet, "sign_for_home_school", Stamp(actor=stamp.actor, at=stamp.at, data=data))
    student = sheet.student
    if has_step(student, HOME_APPROVAL):
        declare_step(student=student, key=HOME_APPROVAL, actor=by, now=stamp.at, done_on=signed_on)
    tell_signed(sheet, version.number, stamp.at)
    return signature


def _refuse_unless_signable(sheet: ContactSheet, signed_on: date, now: datetime) -> None:
    student = sheet.student
    refuse_unless(
        may_sign(
            sheet.state,
            student.state,
            double_degree=student.double_degree,
            signed_on=signed_on,
            today=today_of(student.year, now),
        )
    )


def _signed_before(
    signature: HomeSchoolSignature, link: SignedLink, signer: HomeSigner
) -> HomeSchoolSignature:
    """A second sending of one's own; nobody is told that they signed where someone else did."""
    if signature.link_id == link.pk and signature.signed_by == signer.name:
        return signature
    raise DomainError.of("sheet_signed_by_home_school")


def _declined_before(said: HomeSchoolRefusal, remarks: str) -> HomeSchoolRefusal:
    if said.remarks == remarks.strip()[:REMARKS_LENGTH]:
        return said
    raise DomainError.of("sheet_declined_by_home_school")


def _kept(scan: "UploadedFile[Any]", now: datetime) -> StoredFile:
    return keep(upload=scan, controls=SCAN, purpose="home_school_signature", now=now)
