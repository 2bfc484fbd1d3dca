"""Thousands of dossiers as they are just before they are submitted.

One filled in by the services costs a dozen commands that each read it whole: about 140 ms, five minutes for 2,000. So
drafts are written set-based here, every piece of them pointing to the same small file; what is watched in a rehearsal
begins with the submission, and that is the real one, a candidate at a time (about 13 ms).
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.files.base import ContentFile

from accounts.models import Person, User
from admissions.dossier.selectors.read_model import dossier_facts
from admissions.dossier.services.drafts import search_keys
from admissions.enums import DocumentState
from admissions.models import Application, Candidacy, Document, DocumentFile, Title
from campaigns.conditions.rules.asked import Piece
from campaigns.document.schema import CampaignDocument
from campaigns.models import Campaign, Diploma, DocumentRequirement, Programme
from campaigns.notice.selectors import pieces_of
from campaigns.vocabulary import Needed
from common.models import StoredFile
from common.refs import new_ref
from rehearsal.people import someone
from rehearsal.people.candidates import EXPERIENCE, Candidate, baccalaureate_year, moved
from rehearsal.people.drawing import Sheet

BATCH = 500
LATER = timedelta(days=100)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPaper:
    """A file in the storage, that several pieces may point to."""

    name: str
    path: str
    bytes: int
    sha256: str


Paper = Callable[
    [Candidate, str, str], KeptPaper
]  # whose, for which piece, about which programme if any
Pairs = Sequence[tuple[Candidate, Application]]


class Crowd:
    """Writes the drafts of a campaign's candidates."""

    def __init__(self, campaign: Campaign, document: CampaignDocument, paper: Paper) -> None:
        self.campaign, self.document, self.paper = campaign, document, paper
        self.programmes = {row.code: row for row in Programme.objects.filter(campaign=campaign)}
        self.requirements = {
            row.key: row for row in DocumentRequirement.objects.filter(campaign=campaign)
        }
        self.diplomas = {row.code: row for row in Diploma.objects.all()}

    def start(self, people: Sequence[Candidate]) -> list[Application]:
        """A dossier each: ready to be submitted, or without its pieces for those who never will."""
        users = User.objects.bulk_create(
            User(email=who.email, language=who.who.language, password=make_password(None))
            for who in people
        )
        persons = Person.objects.bulk_create(
            Person(user=user, **identity_of(who)) for who, user in zip(people, users, strict=True)
        )
        dossiers = Application.objects.bulk_create(
            self._dossier(who, person) for who, person in zip(people, persons, strict=True)
        )
        self.fill(list(zip(people, dossiers, strict=True)))
        return dossiers

    def fill(self, pairs: Pairs) -> None:
        """Studies, programmes and pieces of dossiers that are begun."""
        titles = Title.objects.bulk_create(
            self._title(who, dossier, n)
            for who, dossier in pairs
            for n in range(len(who.path.courses))
        )
        candidacies = Candidacy.objects.bulk_create(
            Candidacy(application=dossier, programme=self.programmes[code])
            for who, dossier in pairs
            for code in who.who.programmes
        )
        self._give([pair for pair in pairs if pair[0].submits_at], titles, candidacies)

    def _dossier(self, candidate: Candidate, person: Person) -> Application:
        return Application(
            campaign=self.campaign,
            person=person,
            email=candidate.email,
            started_at=candidate.starts_at,
            **identity_of(candidate),
            **search_keys(person),
            **self.path_of(candidate),
        )

    def path_of(self, candidate: Candidate) -> dict[str, Any]:
        """What a dossier says of its candidate besides identity, titles and programmes."""
        return {
            "baccalaureate": candidate.path.baccalaureate,
            "baccalaureate_year": baccalaureate_year(self.document, candidate.path),
            "grant_holder": candidate.who.grant,
            **(EXPERIENCE if self.document.asks_experience else {}),
        }

    def _title(self, who: Candidate, dossier: Application, number: int) -> Title:
        course = who.path.courses[number]
        diploma = self.diplomas.get(course.diploma)
        return Title(
            application=dossier,
            diploma=diploma,
            kind=diploma.kind if diploma else course.kind,
            name=course.name,
            institution=course.institution or someone.lycee(who.who.city, who.who.full_name),
            country=course.country,
            ects=course.ects,
            year=course.year,
            status=course.status,
            on=moved(course.on, self.document),
        )

    def _give(
        self, pairs: Pairs, titles: Sequence[Title], candidacies: Sequence[Candidacy]
    ) -> None:
        held, chosen = defaultdict(list), defaultdict(list)
        for title in titles:
            held[title.application_id].append(title)
        for candidacy in candidacies:
            chosen[candidacy.application_id].append(candidacy)
        documents, papers = [], []
        for candidate, dossier in pairs:
            subjects = {row.ref: row.programme.title["fr"] for row in chosen[dossier.pk]}
            facts = dossier_facts(
                dossier, chosen[dossier.pk], held[dossier.pk], self.document.starts_on
            )
            for piece in pieces_of(self.document, facts):
                if piece.needed is not Needed.OPTIONAL:
                    document = self._document(dossier, piece)
                    documents.append(document)
                    if document.state == DocumentState.GIVEN:
                        paper = self.paper(
                            candidate, piece.key, subjects.get(piece.subject_key, "")
                        )
                        papers.append((document, paper, dossier.started_at))
        Document.objects.bulk_create(documents, batch_size=BATCH)
        files = StoredFile.objects.bulk_create(
            (_file(paper, at) for _, paper, at in papers), batch_size=BATCH
        )
        DocumentFile.objects.bulk_create(
            (
                DocumentFile(document=row[0], file=file)
                for row, file in zip(papers, files, strict=True)
            ),
            batch_size=BATCH,
        )

    def _document(self, dossier: Application, piece: Piece) -> Document:
        """What can be given is; what is only needed for the admission is announced for later."""
        later = piece.needed is Needed.ADMISSION
        return Document(
            application=dossier,
            requirement=self.requirements[piece.key],
            subject_key=piece.subject_key,
            state=DocumentState.AWAITED if later else DocumentState.GIVEN,
            due_on=(dossier.started_at + LATER).date() if later else None,
        )


def identity_of(candidate: Candidate) -> dict[str, Any]:
    who = candidate.who
    postcode, country = someone.TOWNS[who.city]
    return {
        "birth_name": who.birth_name,
        "first_names": who.first_names,
        "born_on": candidate.born_on,
        "nationality": who.nationality,
        "french_mother_tongue": who.nationality == "FR",
        "phone": someone.phone(who.full_name),
        "street": someone.street(who.city, who.full_name),
        "postcode": postcode,
        "city": who.city,
        "country": country,
    }


def one_paper() -> Paper:
    """The same sheet for every piece of everybody."""
    sheet = Sheet()
    sheet.words("Pièce inventée pour une répétition")
    kept = keep_paper("piece.pdf", sheet.pdf())
    return lambda *_: kept


def keep_paper(name: str, content: bytes) -> KeptPaper:
    """Store a sheet."""
    path = StoredFile.content.field.storage.save(
        f"{new_ref()[:2]}/{new_ref()}", ContentFile(content)
    )
    return KeptPaper(
        name=name, path=path, bytes=len(content), sha256=hashlib.sha256(content).hexdigest()
    )


def _file(paper: KeptPaper, kept_at: datetime) -> StoredFile:
    return StoredFile(
        sha256=paper.sha256,
        bytes=paper.bytes,
        media_type="image/jpeg" if paper.name.endswith(".jpg") else "application/pdf",
        name=paper.name,
        purpose="piece",
        kept_at=kept_at,
        content=paper.path,
    )
