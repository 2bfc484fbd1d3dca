"""An absence and its document; what was said of a student at a session, put right with a reason."""

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import User
from common.files.rules import Controls, Format
from common.files.services import drop, keep
from common.journal import Stamp, note
from common.moves import move
from common.refusals import DomainError, refuse_unless, require
from contratpro.classes.rules.signing import Found, may_excuse, may_find, may_give_document
from contratpro.classes.selectors import facts_of, found_of
from contratpro.classes.services.keeping import find_all
from contratpro.classes.services.locking import lock_class, lock_handled_class
from contratpro.models import ClassPresence, ClassSession
from contratpro.states import ClassState, PresenceAction, PresenceState
from contratpro.students.permissions import can_act_as_student
from contratpro.vocabulary import SignedHow

DOCUMENT = Controls(formats=(Format.PDF, Format.JPG, Format.PNG), max_bytes=10_000_000)


@transaction.atomic
def give_document(
    *, ref: str, student_ref: str, upload: "UploadedFile[Any]", actor: User, now: datetime
) -> ClassPresence:
    """A student gives what excuses an absence; another document takes the place of the one before."""
    session = lock_class(ref)
    presence = _presence(session, student_ref)
    require(can_act_as_student(actor, presence.student))
    refuse_unless(may_give_document(session.state, presence.state))
    return _keep_document(presence, upload, Stamp.of(actor, now))


@transaction.atomic
def excuse_absence(
    *,
    ref: str,
    student_ref: str,
    actor: User,
    now: datetime,
    upload: "UploadedFile[Any] | None" = None,
) -> ClassPresence:
    """The office accepts the document that the student gave, or one that came another way. Again, nothing happens."""
    session = lock_handled_class(ref, actor)
    presence = _presence(session, student_ref)
    if presence.state is PresenceState.EXCUSED:
        return presence
    has_document = bool(upload) or presence.has_document
    refuse_unless(may_excuse(presence.state, has_document=has_document))
    stamp = Stamp.of(actor, now)
    if upload:
        _keep_document(presence, upload, stamp)
    move(presence, PresenceAction.EXCUSE, stamp)
    return presence


@transaction.atomic
def correct_presence(
    *, ref: str, student_ref: str, found: Found, reason: str, actor: User, now: datetime
) -> ClassPresence:
    """The office puts right what a countersigned session says of a student. The same again changes nothing."""
    session = lock_handled_class(ref, actor)
    presence = _presence(session, student_ref)
    if session.state is not ClassState.COUNTERSIGNED:
        raise DomainError.of(f"class_is_{session.state}")
    if not reason.strip():
        raise DomainError.of("presence_without_reason")
    if found_of(presence) != found:
        refuse_unless(may_find(found, facts_of(session)))
        find_all([presence], found, SignedHow.OFFICE, Stamp.of(actor, now, reason.strip()))
    return presence


def _presence(session: ClassSession, student_ref: str) -> ClassPresence:
    rows = session.presences.select_related("student", "document")
    return rows.get(student__ref=student_ref)


def _keep_document(
    presence: ClassPresence, upload: "UploadedFile[Any]", stamp: Stamp
) -> ClassPresence:
    former = presence.document
    presence.document = keep(upload=upload, controls=DOCUMENT, purpose="class_excuse", now=stamp.at)
    presence.document_at = stamp.at
    presence.save(update_fields=["document", "document_at"])
    if former:
        drop(file=former, now=stamp.at)
    note(presence, "give_document", stamp)
    return presence
