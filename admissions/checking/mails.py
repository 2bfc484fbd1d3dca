"""What a candidate is told while their dossier is checked, from what it was at that moment."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from admissions.checking.selectors import file_reviews
from admissions.dossier.mails import about, applications_of, codes_of, named, tell
from admissions.dossier.selectors.dossiers import dossier_of
from admissions.dossier.selectors.read_model import PieceRow
from admissions.models import Application, Candidacy, Document
from notifications.mails import Context, Kind, Refs


def tell_asked(application: Application, pieces: Iterable[PieceRow], now: datetime) -> None:
    """Once per asking: each has its own list and day."""
    assert application.pieces_due_on, "what is asked for is asked by a day"
    refs = {"pieces": _listed(pieces), "until": application.pieces_due_on.isoformat()}
    tell(
        application, "pieces_asked", f"pieces_asked:{application.ref}:{now.isoformat()}", refs, now
    )


def tell_refused_piece(application: Application, document: Document, now: datetime) -> None:
    """Of a dossier handed to the jury: it is needed for the admission, and nobody else asks for it."""
    pieces = [
        row
        for row in dossier_of(application, now).pieces
        if row.document and row.document.pk == document.pk
    ]
    key = f"piece_refused:{document.ref}:{now.isoformat()}"
    tell(application, "piece_refused", key, {"pieces": _listed(pieces)}, now)


def tell_complete(
    application: Application,
    entering: Sequence[Candidacy],
    awaited: Iterable[PieceRow],
    now: datetime,
) -> None:
    expected = _listed(awaited)
    refs = {"programmes": codes_of(entering), "pieces": expected}
    tell(application, "complete", f"complete:{application.ref}", refs, now)


def _listed(pieces: Iterable[PieceRow]) -> str:
    """As they are now: by the time the message goes out, some may have been given."""
    return json.dumps(
        [
            {
                "title": dict(piece.title),
                "subject": dict(piece.subject) if piece.subject else None,
                "reason": piece.reason,
            }
            for piece in pieces
        ]
    )


def build_asked(batch: Sequence[Refs]) -> Sequence[Context]:
    applications = applications_of(batch)
    return [
        {
            **_about_pieces(applications[refs["application"]], refs),
            "until": date.fromisoformat(refs["until"]),
        }
        for refs in batch
    ]


def build_refused_pieces(batch: Sequence[Refs]) -> Sequence[Context]:
    applications = applications_of(batch)
    return [_about_pieces(applications[refs["application"]], refs) for refs in batch]


def build_complete(batch: Sequence[Refs]) -> Sequence[Context]:
    applications = applications_of(batch)
    return [_complete(applications[refs["application"]], refs) for refs in batch]


def _complete(application: Application, refs: Refs) -> Context:
    programmes = named(application, refs)
    codes = {str(programme["code"]) for programme in programmes}
    reviews = [review for review in file_reviews(application.campaign) if codes & review.programmes]
    return {**about(application, programmes), "pieces": _pieces(refs), "reviews": reviews}


def _about_pieces(application: Application, refs: Refs) -> Context:
    return {**about(application, ()), "pieces": _pieces(refs)}


def _pieces(refs: Refs) -> list[Mapping[str, object]]:
    pieces: list[Mapping[str, object]] = json.loads(refs["pieces"])
    return pieces


KINDS = (
    Kind(
        name="admissions.pieces_asked",
        template="admissions/checking/mail/pieces_asked",
        build=build_asked,
        readable=True,
        label=_("Pieces asked for"),
    ),
    Kind(
        name="admissions.piece_refused",
        template="admissions/checking/mail/piece_refused",
        build=build_refused_pieces,
        readable=True,
        label=_("Pieces refused"),
    ),
    Kind(
        name="admissions.complete",
        template="admissions/checking/mail/complete",
        build=build_complete,
        readable=True,
        label=_("Complete application"),
    ),
)
