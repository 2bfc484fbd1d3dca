"""The read model of a dossier: what its pages, its receipt and its commands look at."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from admissions.dossier.rules import SUPPLIED, UNDER_CHECK, Checked, PieceStatus, Step, StepProgress
from admissions.enums import DocumentState
from admissions.models import SEARCHING, Application, Candidacy, Document, Payment, Title
from admissions.states import ApplicationState, CandidacyState
from campaigns.conditions.rules import terms
from campaigns.conditions.rules.asked import Chosen, DossierFacts, Piece, TitleInHand
from campaigns.conditions.rules.terms import ProgrammeVerdict
from campaigns.document.schema import CampaignDocument
from campaigns.models import Campaign, NoticeVersion
from campaigns.notice.selectors import notice, pieces_of
from campaigns.vocabulary import Needed, Tier
from common.files.rules import MOST_BYTES
from common.models import StoredFile
from common.rules import Cents, Refusal, Verdict

Localized = Mapping[str, object]
ENDED_WITHOUT_PLACE = {CandidacyState.REJECTED, CandidacyState.CLOSED}
ANSWERED = {CandidacyState.IN_SELECTION, *SEARCHING, CandidacyState.REJECTED}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeRow:
    """A programme of the notice, applied to or not."""

    code: str
    title: Localized
    entry_year: int
    selection: str
    verdict: ProgrammeVerdict
    body: Localized  # who judges titles
    candidacy: Candidacy | None
    chosen: bool  # applied to, or about to be: neither withdrawn nor refused, nor added too late
    may_choose: Verdict
    may_withdraw: Verdict


def piece_anchor(key: str, subject_key: str) -> str:
    return "-".join(part for part in ("piece", key, subject_key) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceRow:
    """A piece asked for, with what was given. `subject` is a programme's or a title's name, if it has one."""

    key: str
    subject_key: str
    title: Localized
    help: Localized
    subject: Localized | None
    needed: Needed
    ours: bool
    formats: tuple[str, ...]
    max_bytes: int
    max_pixels: int | None
    max_files: int
    status: PieceStatus
    due_on: date | None
    document: Document | None
    files: tuple[StoredFile, ...]
    may_give: Verdict
    may_replace: Verdict
    may_await: Verdict
    may_remove_file: Verdict
    may_check: Verdict

    @property
    def anchor(self) -> str:
        """Where its slot is on the documents page."""
        return piece_anchor(self.key, self.subject_key)

    @property
    def reason(self) -> str:
        return self.document.reason if self.document else ""

    @property
    def max_picture(self) -> int:
        """In bytes: a picture is reduced once it is received."""
        return MOST_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeRow:
    code: str
    title: Localized
    cents: Cents


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierFees:
    """The price of all that was or is about to be submitted, what the next submission adds, what was settled."""

    tier: Tier
    lines: tuple[FeeRow, ...]
    total: Cents
    charged: Cents
    due: Cents
    payments: tuple[Payment, ...]
    settled: Cents
    balance: Cents  # of what was charged: below nothing when too much was paid


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierActs:
    """What may be done, each with the reasons against it."""

    edit: Verdict
    choose: Verdict
    submit: Verdict  # the state and the deadline only: what is missing is in `missing`
    withdraw: Verdict
    reopen: Verdict
    refuse: Verdict
    extend: Verdict
    correct: Verdict
    recompose: Verdict
    ask: Verdict
    declare_complete: Verdict
    hand_over: Verdict  # to the jury, by the school's office; or back


@dataclass(frozen=True, slots=True)
class FilmedTest:
    """A test that is recorded, and until when that is kept."""

    test: Localized
    until: Localized


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    application: Application
    campaign: Campaign
    notice: CampaignDocument
    version: int  # number of the notice's version shown here
    current_version: int  # the one to accept at submission
    zone: ZoneInfo
    now: datetime
    deadline: datetime  # last second, in the campaign's zone
    state: ApplicationState
    open: bool
    steps: tuple[StepProgress, ...]
    titles: tuple[Title, ...]
    candidacies: tuple[Candidacy, ...]
    programmes: tuple[ProgrammeRow, ...]
    pieces: tuple[PieceRow, ...]
    fees: DossierFees
    checked: Checked
    acts: DossierActs

    @property
    def contact(self) -> Mapping[str, Any]:
        """Whom its candidate writes to."""
        return self.application.contact

    @property
    def judged_by(self) -> Localized:
        """Who judges titles, whatever one chooses."""
        return self.notice.judged_by()

    @property
    def chosen(self) -> tuple[ProgrammeRow, ...]:
        return tuple(row for row in self.programmes if row.chosen)

    @property
    def filmed(self) -> Mapping[str, FilmedTest]:
        """The tests at which candidates to what is chosen may be filmed, by key, each said once (R-APP-6)."""
        found: dict[str, FilmedTest] = {}
        for selection in dict.fromkeys(row.selection for row in self.chosen):
            for stage_key, stage in self.notice.selections[selection].stages.items():
                for test_key, test in stage.assessments.items():
                    said = FilmedTest(test.label, test.recording.until) if test.recording else None
                    if said and said not in found.values():
                        found[f"{selection}/{stage_key}/{test_key}"] = said
        return found

    @property
    def to_submit(self) -> tuple[ProgrammeRow, ...]:
        """What the next submission would send."""
        return tuple(row for row in self.chosen if row.candidacy and row.candidacy.state == "draft")

    @property
    def added(self) -> tuple[ProgrammeRow, ...]:
        """What was chosen since the dossier was submitted, and is not submitted itself."""
        return self.to_submit if self.state in UNDER_CHECK else ()

    @property
    def left_out(self) -> tuple[ProgrammeRow, ...]:
        """Added to a submitted dossier, and not submitted before the deadline."""
        return tuple(
            row
            for row in self.programmes
            if row.candidacy and row.candidacy.state == "draft" and not row.chosen
        )

    @property
    def closed(self) -> tuple[ProgrammeRow, ...]:
        """Those for which the search is over, without a place."""
        return tuple(
            row
            for row in self.programmes
            if row.candidacy and row.candidacy.state == CandidacyState.CLOSED
        )

    @property
    def over(self) -> bool:
        """Whether all that is still applied to has ended: by the jury's no, or without a place."""
        return bool(self.chosen) and all(
            row.candidacy and row.candidacy.state in ENDED_WITHOUT_PLACE for row in self.chosen
        )

    @property
    def awaited(self) -> tuple[PieceRow, ...]:
        """Pieces that may come later and are not there yet."""
        return tuple(
            row
            for row in self.pieces
            if row.needed is Needed.ADMISSION and row.status not in SUPPLIED
        )

    @property
    def asked(self) -> tuple[PieceRow, ...]:
        """What the candidate is to give: pieces refused, and once asked for, those missing of what was submitted."""
        added = {row.candidacy.ref for row in self.added if row.candidacy}
        return tuple(
            row
            for row in self.pieces
            if row.status is PieceStatus.REFUSED
            or (self._is_asked(row) and row.subject_key not in added)
        )

    def _is_asked(self, row: PieceRow) -> bool:
        """A correction may ask for another piece: it is given before the deadline, or once it was asked for."""
        is_missing = row.needed is Needed.SUBMISSION and row.status is PieceStatus.MISSING
        is_corrected = self.open and self.state is ApplicationState.SUBMITTED
        return is_missing and (is_corrected or self.state is ApplicationState.INCOMPLETE)

    @property
    def missing(self) -> tuple[tuple[Step, Refusal], ...]:
        """All that keeps the dossier from being submitted, with the step to go to."""
        return tuple(
            (state.step, refusal)
            for state in self.steps
            if state.step is not Step.REVIEW
            for refusal in state.missing
        )


def name_of(title: Title) -> Localized:
    """As printed on the diploma if that was typed, else as the nomenclature says."""
    if title.diploma and not title.name:
        words: Localized = title.diploma.title
        return {language: f"{title.kind} {text}" for language, text in words.items()}
    return {"fr": title.name or title.kind}


def candidate_facts(application: Application, titles: Sequence[Title]) -> terms.CandidateFacts:
    return terms.CandidateFacts(
        titles=tuple(
            terms.StudiedTitle(
                diploma=title.diploma.code if title.diploma else None,
                kind=title.kind,
                country=title.country.code or None,
                ects=title.ects,
                year=title.year,
                status=title.status,
                date=title.on,
            )
            for title in titles
        ),
        date_of_birth=application.born_on,
        technician_years=application.technician_years,
        employer_agrees=application.employer_agrees,
    )


def dossier_facts(
    application: Application, chosen: Sequence[Candidacy], titles: Sequence[Title], on: date
) -> DossierFacts:
    """`on`: the day at which the age counts."""
    born = application.born_on
    return DossierFacts(
        nationality=application.nationality.code or None,
        age=on.year - born.year - ((on.month, on.day) < (born.month, born.day)) if born else None,
        grant_holder=application.grant_holder,
        programmes=tuple(Chosen(candidacy.programme.code, candidacy.ref) for candidacy in chosen),
        titles=tuple(
            TitleInHand(
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
            state=given.get((piece.key, piece.subject_key)),
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


def _version_id(application: Application) -> int:
    if application.accepted_notice_id is None:
        raise NoticeVersion.DoesNotExist(f"{application} accepted no notice")
    return application.accepted_notice_id
