"""A dossier in the words of the notice's rules, and the pieces that an admission rests on (R-APP-5, R-JOB-12)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from admissions.dossier.selectors.read_model import Localized, name_of
from admissions.enums import DocumentState
from admissions.models import Application, Candidacy, Title
from campaigns.conditions.rules import documents, terms
from campaigns.conditions.rules.documents import Piece
from campaigns.models import NoticeVersion
from campaigns.notice.selectors import notice, pieces_of
from campaigns.vocabulary import Needed


def candidate_facts(application: Application, titles: Sequence[Title]) -> terms.CandidateFacts:
    person = application.person
    return terms.CandidateFacts(
        titles=tuple(
            terms.StudiedTitle(
                diploma=title.diploma.code if title.diploma else None,
                kind=title.kind,
                country=title.country.code or None,
                ects=title.ects,
                status=title.status,
                date=title.on,
            )
            for title in titles
        ),
        date_of_birth=person.born_on,
        technician_years=application.technician_years,
        employer_agrees=application.employer_agrees,
    )


def dossier_facts(
    application: Application, chosen: Sequence[Candidacy], titles: Sequence[Title], on: date
) -> documents.DossierFacts:
    """`on`: the day at which the age counts."""
    born = application.person.born_on
    return documents.DossierFacts(
        nationality=application.person.nationality.code or None,
        age=on.year - born.year - ((on.month, on.day) < (born.month, born.day)) if born else None,
        grant_holder=application.grant_holder,
        programmes=tuple(
            documents.Chosen(candidacy.programme.code, candidacy.ref) for candidacy in chosen
        ),
        titles=tuple(
            documents.TitleInHand(
                key=title.ref,
                kind=title.kind,
                status=title.status,
                country=title.country.code,
            )
            for title in titles
        ),
    )


# What `proofs_of` reads of a candidacy: to be prefetched for a list.
READ = ("application__titles__diploma", "application__documents__requirement")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofRow:
    """A piece asked of a title, or that the notice lets come before the admission. `state` is None if never given."""

    title: Localized
    subject: Localized | None
    state: DocumentState | None

    @property
    def accepted(self) -> bool:
        return self.state is DocumentState.ACCEPTED


def proofs_of(candidacy: Candidacy) -> tuple[ProofRow, ...]:
    """Under the notice that binds the dossier, as if it applied to that programme alone."""
    application = candidacy.application
    titles = {title.ref: title for title in application.titles.all()}
    document = notice(_version_id(application))
    given = {
        (row.requirement.key, row.subject_key): row.state for row in application.documents.all()
    }
    return tuple(
        ProofRow(
            title=document.documents[piece.key].title,
            subject=name_of(titles[piece.subject_key]) if piece.subject_key in titles else None,
            state=_state(given.get((piece.key, piece.subject_key))),
        )
        for piece in pieces_of(
            document,
            dossier_facts(application, [candidacy], list(titles.values()), document.starts_on),
        )
        if _proves(piece, titles)
    )


def _proves(piece: Piece, titles: Iterable[str]) -> bool:
    return piece.needed is Needed.ADMISSION or (
        piece.subject_key in titles and piece.needed is Needed.SUBMISSION
    )


def _state(given: str | None) -> DocumentState | None:
    return DocumentState(given) if given else None


def _version_id(application: Application) -> int:
    if application.accepted_notice_id is None:
        raise NoticeVersion.DoesNotExist(f"{application} accepted no notice")
    return application.accepted_notice_id
