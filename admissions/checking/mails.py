"""What a candidate is told while their dossier is checked, from what it was at that moment."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self, TypedDict

from django.utils.translation import gettext_lazy as _

from admissions.checking.selectors import FileReview, file_reviews
from admissions.dossier.mails import (
    SAMPLE_PROGRAMMES,
    Codes,
    DossierMail,
    about,
    applications_of,
    bound_notice,
    candidate,
    named,
    sample_about,
)
from admissions.dossier.selectors.dossiers import dossier_of
from admissions.dossier.selectors.read_model import Dossier, PieceRow
from admissions.models import Application, Document
from admissions.states import ApplicationAction
from campaigns.document.values import JURY
from notifications.mails import SAMPLE_AT, Context, number_of
from notifications.queue import enqueue


class PieceWords(TypedDict):
    """A piece as it was: by the time the mail goes out, it may have been given."""

    title: Mapping[str, object]
    subject: Mapping[str, object] | None
    reason: str


SAMPLE_PIECE = PieceWords(
    title={"fr": "Relevé de notes du semestre en cours", "en": "Marks of the current semester"},
    subject={"fr": "BTS", "en": "BTS"},
    reason="Le document est illisible.",
)


def _listed(pieces: Iterable[PieceRow]) -> list[PieceWords]:
    return [
        PieceWords(
            title=dict(piece.title),
            subject=dict(piece.subject) if piece.subject else None,
            reason=piece.reason,
        )
        for piece in pieces
    ]


@dataclass(frozen=True, kw_only=True)
class PiecesAskedMail(DossierMail):
    """Once per asking: each has its own list and day."""

    name = "admissions.pieces_asked"
    label = _("Pieces asked for")
    when = _("The central service asks for what is missing or was refused, by a day.")

    pieces: list[PieceWords]
    until: date
    number: int | None

    @property
    def key(self) -> str:
        return f"pieces_asked:{self.application}:{self.number}"

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context]:
        applications = applications_of(batch)
        return [
            {
                **about(applications[mail.application], ()),
                "pieces": mail.pieces,
                "until": mail.until,
            }
            for mail in batch
        ]

    @classmethod
    def sample(cls) -> Context:
        return {**sample_about(()), "pieces": [SAMPLE_PIECE], "until": SAMPLE_AT.date()}


def tell_asked(application: Application, pieces: Iterable[PieceRow], now: datetime) -> None:
    assert application.pieces_due_on, "what is asked for is asked by a day"
    number = number_of(application, ApplicationAction.ASK_PIECES)
    mail = PiecesAskedMail(
        recipient=candidate(application),
        application=application.ref,
        pieces=_listed(pieces),
        until=application.pieces_due_on,
        number=number,
    )
    enqueue([mail], now=now)


EXTEND = "extend_application"


@dataclass(frozen=True, kw_only=True)
class ExtensionMail(DossierMail):
    """Its number says which time it is; the reason is for staff alone."""

    name = "admissions.extension"
    label = _("More time")
    when = _("The central service gives one application until a later day to be submitted.")

    until: datetime
    number: int | None

    @property
    def key(self) -> str:
        return f"extension:{self.application}:{self.number}"

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context]:
        applications = applications_of(batch)
        return [
            {**about(applications[mail.application], ()), "until": mail.until} for mail in batch
        ]

    @classmethod
    def sample(cls) -> Context:
        return {**sample_about(()), "until": SAMPLE_AT}


def tell_extended(application: Application, now: datetime) -> None:
    mail = ExtensionMail(
        recipient=candidate(application),
        application=application.ref,
        until=application.last_second,
        number=number_of(application, EXTEND),
    )
    enqueue([mail], now=now)


@dataclass(frozen=True, kw_only=True)
class PieceRefusedMail(DossierMail):
    """Of a dossier handed to the jury: the piece is needed for the admission, and nobody else asks for it."""

    name = "admissions.piece_refused"
    label = _("Pieces refused")
    when = _("A piece is refused once the application is with the jury.")

    pieces: list[PieceWords]
    document: str | None
    number: int | None

    @property
    def key(self) -> str:
        return f"piece_refused:{self.document}:{self.number}"

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context]:
        applications = applications_of(batch)
        return [
            {**about(applications[mail.application], ()), "pieces": mail.pieces} for mail in batch
        ]

    @classmethod
    def sample(cls) -> Context:
        return {**sample_about(()), "pieces": [SAMPLE_PIECE]}


def tell_refused_piece(application: Application, document: Document, now: datetime) -> None:
    pieces = [
        row
        for row in dossier_of(application, now).pieces
        if row.document and row.document.pk == document.pk
    ]
    mail = PieceRefusedMail(
        recipient=candidate(application),
        application=application.ref,
        pieces=_listed(pieces),
        document=document.ref,
        number=number_of(application, "refuse_document"),
    )
    enqueue([mail], now=now)


@dataclass(frozen=True, kw_only=True)
class CompleteMail(DossierMail):
    """Once for each submission: a dossier withdrawn, then submitted by a later deadline, is handed over again."""

    name = "admissions.complete"
    label = _("Complete application")
    when = _("The central service declares an application complete.")

    programmes: Codes
    pieces: list[PieceWords]
    number: int | None
    asked: (
        int | None
    )  # how many times pieces had been asked for, where the school's office may send it back

    @property
    def key(self) -> str:
        again = f":{self.asked}" if self.asked else ""
        return f"complete:{self.application}:{self.number}{again}"

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context]:
        applications = applications_of(batch)
        return [_complete(applications[mail.application], mail) for mail in batch]

    @classmethod
    def sample(cls) -> Context:
        review = FileReview(
            selection={"fr": "Voie unique", "en": "Single path"},
            stage={"fr": "Étude des dossiers", "en": "Study of the files"},
            announced_at=SAMPLE_AT,
            firm=True,
            open_ended=False,
            programmes=frozenset(str(programme["code"]) for programme in SAMPLE_PROGRAMMES),
        )
        awaited = PieceWords({**SAMPLE_PIECE, "reason": ""})
        return {
            **sample_about(),
            "body": JURY,
            "office": False,
            "pieces": [awaited],
            "reviews": [review],
        }

    @classmethod
    def samples(cls) -> Sequence[Context]:
        return [cls.sample(), {**cls.sample(), "office": True}]


def tell_complete(application: Application, dossier: Dossier, now: datetime) -> None:
    """Once; where the school's office sent it back, again only if something was asked for since."""
    by_office = application.campaign.school_office
    mail = CompleteMail(
        recipient=candidate(application),
        application=application.ref,
        programmes=tuple(row.code for row in dossier.chosen if row not in dossier.added),
        pieces=_listed(dossier.awaited),
        number=application.submission_number,
        asked=number_of(application, ApplicationAction.ASK_PIECES) if by_office else None,
    )
    enqueue([mail], now=now)


def _complete(application: Application, mail: CompleteMail) -> Context:
    reviews = file_reviews(application.campaign)
    return {
        **about(application, named(application, mail.programmes)),
        "body": bound_notice(application).studied_by(mail.programmes),
        "office": application.campaign.school_office,
        "pieces": mail.pieces,
        "reviews": [review for review in reviews if review.programmes & set(mail.programmes)],
    }
