"""One invented person's dossier, filled in by the product's own commands."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django_countries import countries

from accounts.models import User
from accounts.services import IdentityInput
from admissions.dossier.rules import PieceStatus
from admissions.dossier.selectors.dossiers import get_dossier
from admissions.dossier.selectors.read_model import Dossier, PieceRow
from admissions.dossier.services import drafts, submission
from admissions.dossier.services.pieces import await_document, give_document
from admissions.models import Application
from campaigns.vocabulary import Needed
from demonstration.scene import Scene, Watch
from rehearsal.people import someone
from rehearsal.people.papers import Bearer, papers
from rehearsal.people.someone import Someone, chance
from rehearsal.people.studies import PATHS, THIS_SUMMER, Course, PlaceOfStudy

FRENCH_SPEAKING = {"FR", "SN", "CM", "GN", "ML", "MG"}
YOUNGEST = 18  # at the baccalauréat


class Filling:
    """The hand that fills in a dossier, at the hours of its watch."""

    def __init__(self, who: Someone, user: User, scene: Scene, watch: Watch) -> None:
        self.who, self.user, self.scene, self.watch = who, user, scene, watch
        self.path = PATHS[who.path]
        self.draw = chance("dossier", who.full_name)
        started = drafts.start_application(campaign_slug=scene.slug, actor=user, now=watch.next())
        self.ref = started.ref

    def identity(self) -> None:
        who = self.who
        postcode, country = someone.TOWNS[who.city]
        identity = IdentityInput(
            birth_name=who.birth_name,
            first_names=who.first_names,
            usual_name=who.usual_name,
            born_on=self.born_on(),
            nationality=who.nationality,
            french_mother_tongue=who.nationality in FRENCH_SPEAKING,
            phone=someone.phone(who.full_name),
            street=someone.street(who.city, who.full_name),
            postcode=postcode,
            city=who.city,
            country=country,
        )
        drafts.save_identity(
            ref=self.ref, actor=self.user, identity=identity, now=self.watch.next()
        )

    def studies(self) -> None:
        drafts.save_studies(
            ref=self.ref,
            actor=self.user,
            baccalaureate=self.path.baccalaureate,
            baccalaureate_year=self.baccalaureate_year(),
            now=self.watch.next(),
        )
        for course in self.path.courses:
            drafts.add_title(
                ref=self.ref, actor=self.user, title=self._title(course), now=self.watch.next()
            )

    def programmes(self, codes: tuple[str, ...]) -> None:
        drafts.choose_programmes(ref=self.ref, actor=self.user, codes=codes, now=self.watch.next())

    def grant(self) -> None:
        drafts.declare_grant_holder(
            ref=self.ref, actor=self.user, grant_holder=self.who.grant, now=self.watch.next()
        )

    def everything(self, late_on: date | None = None) -> None:
        """All steps, up to the submission."""
        self.identity()
        self.studies()
        self.programmes(self.who.programmes)
        self.grant()
        self.pieces(late_on=late_on)

    def pieces(
        self, *, take: Callable[[PieceRow], bool] = bool, late_on: date | None = None
    ) -> None:
        """Give what can be given and announce the rest; `late_on` is the day announced for this year's marks."""
        for piece in self.dossier(self.watch.next()).pieces:
            if piece.status is PieceStatus.MISSING and take(piece):
                self._piece(piece, late_on)

    def submit(self) -> Application:
        at = self.watch.last()
        return submission.submit_application(
            ref=self.ref,
            actor=self.user,
            accepted_version=self.scene.version,
            agreed=self.dossier(at).filmed.keys(),
            received_at=at,
        )

    def dossier(self, now: datetime) -> Dossier:
        return get_dossier(ref=self.ref, now=now)

    def change_last_title(self, course: Course) -> None:
        row = self.dossier(self.watch.next()).titles[-1]
        title = self._title(course)
        drafts.change_title(
            ref=self.ref, title_ref=row.ref, actor=self.user, title=title, now=self.watch.next()
        )

    def baccalaureate_year(self) -> int:
        return self.scene.moved(THIS_SUMMER).year - self.path.years_since

    def born_on(self) -> date:
        draw = chance("birth", self.who.full_name)
        return date(
            self.baccalaureate_year() - YOUNGEST - draw.choice((0, 0, 0, 1)), 1, 1
        ) + timedelta(days=draw.randint(0, 364))

    def _piece(self, piece: PieceRow, late_on: date | None) -> None:
        if piece.needed is Needed.ADMISSION and self._waits(piece, late_on):
            await_document(
                ref=self.ref,
                actor=self.user,
                requirement_key=piece.key,
                subject_key=piece.subject_key,
                due_on=self._due_on(piece, late_on),
                now=self.watch.next(),
            )
        elif piece.needed is not Needed.OPTIONAL or self.draw.random() < 0.5:  # noqa: PLR2004 -- one in two has it
            self._give(piece)

    def _waits(self, piece: PieceRow, late_on: date | None) -> bool:
        """What is not there yet: diplomas in progress, this year's marks of some, a visa asked for."""
        if piece.key in {"diploma-to-come", "last-marks"}:
            return True
        if piece.key == "current-marks":
            return late_on is not None or self.draw.random() < 0.3  # noqa: PLR2004 -- three in ten
        return piece.key == "visa" and self.draw.random() < 0.3  # noqa: PLR2004 -- likewise

    def _due_on(self, piece: PieceRow, late_on: date | None) -> date:
        if piece.key in {"current-marks", "visa"}:
            return late_on or self.scene.now.date() + timedelta(days=self.draw.randint(4, 20))
        return self.scene.moved(self.path.last.on) + timedelta(days=self.draw.randint(2, 12))

    def _give(self, piece: PieceRow) -> None:
        subject = str(piece.subject["fr"]) if piece.subject else ""
        drawn = papers(piece.key, str(piece.title["fr"]), subject, self._bearer())
        give_document(
            ref=self.ref,
            actor=self.user,
            requirement_key=piece.key,
            subject_key=piece.subject_key,
            uploads=[
                SimpleUploadedFile(paper.name, paper.content) for paper in drawn[: piece.max_files]
            ],
            now=self.watch.next(),
        )

    def _bearer(self) -> Bearer:
        who = self.who
        postcode, _ = someone.TOWNS[who.city]
        return Bearer(
            who=who,
            nationality=str(countries.name(who.nationality)),
            born_on=self.born_on(),
            street=someone.street(who.city, who.full_name),
            postcode=postcode,
            field=self.path.field,
            baccalaureate=self.path.baccalaureate,
            baccalaureate_year=self.baccalaureate_year(),
            studies=tuple(self._studied(course) for course in reversed(self.path.courses)),
            year=self.scene.year,
            today=self.scene.now.date(),
        )

    def _studied(self, course: Course) -> tuple[str, str, date]:
        return (
            course.name or course.diploma.replace("-", " "),
            self._institution(course),
            self.scene.moved(course.on),
        )

    def _institution(self, course: Course) -> str:
        who = self.who
        match course.place:
            case PlaceOfStudy.LYCEE:
                return someone.lycee(who.city, who.full_name)
            case PlaceOfStudy.IUT:
                return someone.of_town("IUT", who.city)
            case PlaceOfStudy.UNIVERSITY:
                return someone.of_town("Université", who.city)
            case _:
                return course.institution

    def _title(self, course: Course) -> drafts.TitleInput:
        return drafts.TitleInput(
            diploma_code=course.diploma,
            kind=course.kind,
            name=course.name,
            institution=self._institution(course),
            country=course.country,
            ects=course.ects,
            year=course.year,
            status=course.status,
            on=self.scene.moved(course.on),
        )
