"""The pieces of a dossier: given, awaited, replaced; a dossier that was asked for some answers once nothing lacks."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from admissions.dossier.rules import may_remove_file
from admissions.dossier.selectors.dossiers import dossier_of, pieces_now, situation_of
from admissions.dossier.selectors.read_model import Dossier, PieceRow
from admissions.dossier.services.locking import day_of_dossier, lock_own_dossier, stamp_for
from admissions.enums import DocumentState
from admissions.models import Application, Document, DocumentFile
from admissions.states import ApplicationAction, ApplicationState
from campaigns.models import DocumentRequirement
from common.files.rules import Controls
from common.files.services import drop, keep
from common.journal import Stamp, note
from common.models import StoredFile
from common.moves import move
from common.refusals import DomainError, refuse_unless


def answer_if_nothing_lacks(application: Application, stamp: Stamp) -> None:
    """Take a locked dossier back under check when the last piece asked for is there, whoever saw to it."""
    if application.state != ApplicationState.INCOMPLETE:
        return
    if not dossier_of(application, stamp.at).checked.lacking:
        move(application, ApplicationAction.ANSWER, stamp.saying(), pieces_due_on=None)


PURPOSE = "piece"


def give_document(
    *,
    ref: str,
    actor: User,
    requirement_key: str,
    subject_key: str,
    uploads: "Sequence[UploadedFile[Any]]",
    replace: bool = False,
    now: datetime,
) -> Document:
    """Add files to a piece, or put them in the place of those it has. A piece of one file is always replaced."""
    with transaction.atomic():
        application = lock_own_dossier(ref, actor)
        piece = _piece(application, requirement_key, subject_key, now)
        refuse_unless(piece.may_give)
        if not uploads:
            raise DomainError.of("no_file")
        replaced = piece.files if replace or piece.max_files == 1 else ()
        if replaced:
            refuse_unless(piece.may_replace)
        kept = len(piece.files) - len(replaced)
        if kept + len(uploads) > piece.max_files:
            if not kept:
                raise DomainError.of("too_many_files_at_once", max_files=piece.max_files)
            raise DomainError.of("too_many_files", max_files=piece.max_files, given=kept)
        controls = Controls(piece.formats, piece.max_bytes, piece.max_pixels)
        stored = [
            keep(upload=upload, controls=controls, purpose=PURPOSE, now=now) for upload in uploads
        ]
        document = _document(application, piece, DocumentState.GIVEN, None)
        _take_out(document, replaced, now)
        start = max(document.files.values_list("position", flat=True), default=-1) + 1
        DocumentFile.objects.bulk_create(
            [
                DocumentFile(document=document, file=file, position=start + n)
                for n, file in enumerate(stored)
            ]
        )
        stamp = stamp_for(application, actor, now)
        note(application, "give_document", stamp.saying(piece=piece.key, files=len(stored)))
        answer_if_nothing_lacks(application, stamp)
        return document


def await_document(
    *,
    ref: str,
    actor: User,
    requirement_key: str,
    subject_key: str,
    due_on: date | None,
    now: datetime,
) -> Document:
    """Say that a piece does not exist yet, and when it will (R-APP-5)."""
    with transaction.atomic():
        application = lock_own_dossier(ref, actor)
        piece = _piece(application, requirement_key, subject_key, now)
        refuse_unless(piece.may_await)
        if due_on and due_on < day_of_dossier(application, now):
            raise DomainError.of("due_on_is_past")
        document = _document(application, piece, DocumentState.AWAITED, due_on)
        _take_out(document, piece.files, now)
        stamp = stamp_for(application, actor, now)
        note(application, "await_document", stamp.saying(piece=piece.key))
        return document


def remove_document_file(*, ref: str, actor: User, file_ref: str, now: datetime) -> None:
    """Take a file back from a draft. One that is gone already is left gone."""
    with transaction.atomic():
        application = lock_own_dossier(ref, actor)
        refuse_unless(may_remove_file(situation_of(application, now)))
        row = DocumentFile.objects.filter(
            document__application=application, file__ref=file_ref
        ).first()
        if row is None:
            return
        document = row.document
        _take_out(document, [row.file], now)
        if not document.files.exists():
            document.delete()
        stamp = stamp_for(application, actor, now)
        note(application, "remove_document_file", stamp.saying(piece=document.requirement.key))


def remove_unasked(dossier: Dossier, stamp: Stamp) -> None:
    """Remove what the answers submitted no longer ask for. Pieces of a programme withdrawn wait for it."""
    application = dossier.application
    asked = [row.document.pk for row in dossier.pieces if row.document]
    unasked = application.documents.exclude(pk__in=asked).exclude(
        subject_key__in=application.candidacies.values("ref")
    )
    keys = sorted(unasked.values_list("requirement__key", flat=True))
    if keys:
        remove_documents(unasked, stamp.at)
        note(application, "remove_unasked", stamp.saying(pieces=keys))


def remove_documents(documents: QuerySet[Document], now: datetime) -> None:
    """Remove pieces, and drop their files."""
    rows = DocumentFile.objects.filter(document__in=documents).select_related("file")
    stored = [row.file for row in rows]
    documents.delete()
    for file in stored:
        drop(file=file, now=now)


def _piece(application: Application, key: str, subject_key: str, now: datetime) -> PieceRow:
    for piece in pieces_now(application, now):
        if (piece.key, piece.subject_key) == (key, subject_key):
            return piece
    raise DomainError.of("unknown_piece")


def _document(
    application: Application, piece: PieceRow, state: DocumentState, due_on: date | None
) -> Document:
    """The row of a piece whose dossier is locked, in that state and not checked."""
    if piece.document is None:
        requirement = DocumentRequirement.objects.get(
            campaign=application.campaign_id, key=piece.key
        )
        return Document.objects.create(
            application=application,
            requirement=requirement,
            subject_key=piece.subject_key,
            state=state,
            due_on=due_on,
        )
    document = piece.document
    document.state, document.due_on, document.reason = state, due_on, ""
    document.checked_at = document.checked_by = None
    document.save(update_fields=["state", "due_on", "reason", "checked_at", "checked_by"])
    return document


def _take_out(document: Document, taken: Sequence[StoredFile], now: datetime) -> None:
    if taken:
        DocumentFile.objects.filter(document=document, file__in=taken).delete()
    for file in taken:
        drop(file=file, now=now)
