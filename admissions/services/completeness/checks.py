"""Pieces accepted or refused one by one; a click too many is undone."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from accounts.models import User
from admissions.enums import DocumentState
from admissions.models import Application, Document
from admissions.rules.moves import ApplicationState, CandidacyState
from admissions.services.access import note_change
from admissions.services.completeness.access import checkable, handled
from admissions.services.completeness.asking import answer_if_nothing_lacks
from admissions.services.completeness.messages import tell_refused_piece
from common.refusals import DomainError

CHECKED = (DocumentState.ACCEPTED, DocumentState.REFUSED)


def accept_document(
    *, ref: str, document_ref: str, actor: User, now: datetime, seen: Collection[str] | None = None
) -> Document:
    """Accept a piece. `seen`: the refs of the files looked at; others given meanwhile are not accepted unseen."""
    with transaction.atomic():
        application = handled(ref, actor)
        document = checkable(application, document_ref, now)
        if document.state == DocumentState.ACCEPTED:
            return document
        _refuse_unless_seen(document, seen)
        _write(document, DocumentState.ACCEPTED, actor, now)
        note_change(application, actor, now, "accept_document", piece=document.requirement.key)
        answer_if_nothing_lacks(application, actor, now)
        return document


def refuse_document(
    *,
    ref: str,
    document_ref: str,
    reason: str,
    actor: User,
    now: datetime,
    seen: Collection[str] | None = None,
) -> Document:
    """Refuse a piece, for a reason that the candidate reads. Once the dossier is complete they are told at once."""
    with transaction.atomic():
        application = handled(ref, actor)
        document = checkable(application, document_ref, now)
        why = reason.strip()
        if not why:
            raise DomainError.of("piece_refusal_needs_reason")
        if document.state == DocumentState.REFUSED and document.reason == why:
            return document
        _refuse_unless_seen(document, seen)
        _refuse_once_admitted(application, document)
        _write(document, DocumentState.REFUSED, actor, now, why)
        note_change(application, actor, now, "refuse_document", piece=document.requirement.key)
        if application.state == ApplicationState.COMPLETE.value:
            tell_refused_piece(application, document, now)
        return document


def uncheck_document(*, ref: str, document_ref: str, actor: User, now: datetime) -> Document:
    """Undo a check: the piece is as it was given."""
    with transaction.atomic():
        application = handled(ref, actor)
        document = checkable(application, document_ref, now)
        if document.state not in CHECKED:
            return document
        _refuse_once_admitted(application, document)
        _write(document, DocumentState.GIVEN, None, None)
        note_change(application, actor, now, "uncheck_document", piece=document.requirement.key)
        answer_if_nothing_lacks(application, actor, now)
        return document


def _refuse_unless_seen(document: Document, seen: Collection[str] | None) -> None:
    files = set(document.files.values_list("file__ref", flat=True))
    if not files:
        raise DomainError.of("piece_has_no_file")
    if seen is not None and files != set(seen):
        raise DomainError.of("piece_changed_meanwhile")


def _refuse_once_admitted(application: Application, document: Document) -> None:
    """An admission rests on the pieces accepted: it is reverted first."""
    is_admitted = application.candidacies.filter(state=CandidacyState.ADMITTED.value).exists()
    if document.state == DocumentState.ACCEPTED and is_admitted:
        raise DomainError.of("admission_rests_on_piece")


def _write(document: Document, state: DocumentState, by: User | None, at: datetime | None, reason: str = "") -> None:
    document.state, document.reason, document.checked_by, document.checked_at = state, reason, by, at
    document.save(update_fields=["state", "reason", "checked_by", "checked_at"])
