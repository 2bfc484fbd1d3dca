"""Thousands of dossiers as they are just before they are submitted.

One filled in by the services costs a dozen commands that each read it whole: about 140 ms, five minutes for 2,000. So
drafts are written set-based here, every piece of them pointing to the same small file; what is watched in a rehearsal
begins with the submission, and that is the real one, a candidate at a time (about 13 ms).
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core.files.base import ContentFile

from accounts.models import Person, User
from admissions.enums import DocumentState
from admissions.models import Application, Candidacy, Document, DocumentFile, Title
from admissions.selectors.facts import dossier_facts
from campaigns.document.schema import CampaignDocument
from campaigns.models import Campaign, Diploma, DocumentRequirement, Programme
from campaigns.rules.enums import Needed
from campaigns.selectors import pieces_of
from common.models import StoredFile
from common.refs import new_ref
from common.rules.text import fold
from config.demonstration import places
from config.demonstration.sheet import Sheet
from config.rehearsal.people import Candidate, moved

BATCH = 500
LATER = timedelta(days=100)


class Crowd:
    """Writes the drafts of a campaign's candidates."""

    def __init__(self, campaign: Campaign, document: CampaignDocument) -> None:
        self.campaign, self.document = campaign, document
        self.programmes = {row.code: row for row in Programme.objects.filter(campaign=campaign)}
        self.requirements = {row.key: row for row in DocumentRequirement.objects.filter(campaign=campaign)}
        self.diplomas = {row.code: row for row in Diploma.objects.all()}
        self.content = ""

    def start(self, people: Sequence[Candidate]) -> list[Application]:
        """A dossier each: ready to be submitted, or without its pieces for those who never will."""
        users = User.objects.bulk_create(User(email=who.email, language=who.language) for who in people)
        persons = Person.objects.bulk_create(self._person(who, user) for who, user in zip(people, users, strict=True))
        dossiers = Application.objects.bulk_create(
            self._dossier(who, person) for who, person in zip(people, persons, strict=True)
        )
        pairs = list(zip(people, dossiers, strict=True))
        titles = Title.objects.bulk_create(
            self._title(who, dossier, n) for who, dossier in pairs for n in range(len(who.path.courses))
        )
        candidacies = Candidacy.objects.bulk_create(
            Candidacy(application=dossier, programme=self.programmes[code])
            for who, dossier in pairs
            for code in who.programmes
        )
        self._give([dossier for who, dossier in pairs if who.submits_at], titles, candidacies)
        return dossiers

    def _person(self, who: Candidate, user: User) -> Person:
        postcode, country = places.TOWNS[who.city]
        full_name = f"{who.first_names} {who.birth_name}"
        return Person(
            user=user,
            birth_name=who.birth_name,
            first_names=who.first_names,
            born_on=who.born_on,
            nationality=who.nationality,
            french_mother_tongue=who.nationality == "FR",
            phone=places.phone(full_name),
            street=places.street(who.city, full_name),
            postcode=postcode,
            city=who.city,
            country=country,
            sort_key=fold(f"{who.birth_name} {who.first_names}"),
            search_text=fold(full_name),
        )

    def _dossier(self, who: Candidate, person: Person) -> Application:
        return Application(
            campaign=self.campaign,
            person=person,
            started_at=who.starts_at,
            baccalaureate=who.path.baccalaureate,
            baccalaureate_year=moved(who.path.last.on, self.document).year - who.path.years_since,
            grant_holder=who.grant_holder,
        )

    def _title(self, who: Candidate, dossier: Application, number: int) -> Title:
        course = who.path.courses[number]
        diploma = self.diplomas.get(course.diploma)
        return Title(
            application=dossier,
            diploma=diploma,
            kind=diploma.kind if diploma else course.kind,
            name=course.name,
            institution=course.institution or places.lycee(who.city, who.email),
            country=course.country,
            ects=course.ects,
            status=course.status,
            on=moved(course.on, self.document),
        )

    def _give(self, dossiers: Sequence[Application], titles: Sequence[Title], candidacies: Sequence[Candidacy]) -> None:
        held, chosen = defaultdict(list), defaultdict(list)
        for title in titles:
            held[title.application_id].append(title)
        for candidacy in candidacies:
            chosen[candidacy.application_id].append(candidacy)
        documents = []
        for dossier in dossiers:
            pieces = pieces_of(self.document, dossier_facts(dossier, chosen[dossier.pk], held[dossier.pk]))
            documents += [
                self._document(dossier, piece.key, piece.subject_key, piece.needed)
                for piece in pieces
                if piece.needed is not Needed.OPTIONAL
            ]
        Document.objects.bulk_create(documents, batch_size=BATCH)
        given = [document for document in documents if document.state == DocumentState.GIVEN]
        kept_at = {dossier.pk: dossier.started_at for dossier in dossiers}
        files = StoredFile.objects.bulk_create(
            (self._file(kept_at[document.application_id]) for document in given), batch_size=BATCH
        )
        DocumentFile.objects.bulk_create(
            (DocumentFile(document=document, file=file) for document, file in zip(given, files, strict=True)),
            batch_size=BATCH,
        )

    def _document(self, dossier: Application, key: str, subject_key: str, needed: Needed) -> Document:
        """What can be given is; what is only needed for the admission is announced for later."""
        later = needed is Needed.ADMISSION
        return Document(
            application=dossier,
            requirement=self.requirements[key],
            subject_key=subject_key,
            state=DocumentState.AWAITED if later else DocumentState.GIVEN,
            due_on=(dossier.started_at + LATER).date() if later else None,
        )

    def _file(self, kept_at: datetime) -> StoredFile:
        if not self.content:
            sheet = Sheet()
            sheet.words("Pièce d’une répétition")
            self.pdf = sheet.pdf()
            storage = StoredFile.content.field.storage
            self.content = storage.save(f"00/{new_ref()}", ContentFile(self.pdf))
        return StoredFile(
            sha256="0" * 64,
            bytes=len(self.pdf),
            media_type="application/pdf",
            name="piece.pdf",
            purpose="piece",
            kept_at=kept_at,
            content=self.content,
        )
