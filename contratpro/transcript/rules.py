"""The transcript of a year: what a student's line lacks and who brings it; marks in bands (R-PRO-7, R-PRO-13)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from contratpro.states import (
    BOUND_STUDENTS,
    CompanyProjectState,
    DefenceState,
    EvaluationState,
    PfeSheetState,
    StudentState,
)
from contratpro.vocabulary import Party

WHOLE = 100  # hundredths of a point
MOST_BANDS = 10


class TranscriptLack(StrEnum):
    """What a line waits for, in the order of the year."""

    REPORT = "report"
    LINK = "link"  # the company tutor is not asked yet
    EVALUATION = "evaluation"
    TUTOR_MARK = "tutor_mark"
    CONDUCT = "conduct"
    PUBLICATION = "publication"
    TITLE = "title"
    APPROVAL = "approval"
    DEFENCE = "defence"
    PFE_REPORT = "pfe_report"
    JURY_MARK = "jury_mark"


BROUGHT_BY: Mapping[TranscriptLack, Party] = {
    TranscriptLack.REPORT: Party.STUDENT,
    TranscriptLack.LINK: Party.SCHOOL_TUTOR,
    TranscriptLack.EVALUATION: Party.COMPANY_TUTOR,
    TranscriptLack.TUTOR_MARK: Party.SCHOOL_TUTOR,
    TranscriptLack.CONDUCT: Party.CONTRACT_SERVICE,
    TranscriptLack.PUBLICATION: Party.CONTRACT_SERVICE,
    TranscriptLack.TITLE: Party.STUDENT,
    TranscriptLack.APPROVAL: Party.SCHOOL_TUTOR,
    TranscriptLack.DEFENCE: Party.DEPARTMENT_HEAD,
    TranscriptLack.PFE_REPORT: Party.STUDENT,
    TranscriptLack.JURY_MARK: Party.DEPARTMENT_HEAD,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptGround:
    """How far both projects of a student are; None: not begun.

    `conduct_closed`: its mark is final. `is_defended`: the hour of the defence is past.
    """

    student: StudentState
    conduct_closed: bool = False
    project: CompanyProjectState | None = None
    has_report: bool = False
    evaluation: EvaluationState | None = None
    has_tutor_mark: bool = False
    sheet: PfeSheetState | None = None
    has_title: bool = False
    defence: DefenceState | None = None
    has_pfe_report: bool = False
    is_defended: bool = False


def transcript_lacks(ground: TranscriptGround) -> tuple[TranscriptLack, ...]:
    """Of whoever has no project under way any more, nothing is awaited."""
    if ground.student not in BOUND_STUDENTS:
        return ()
    return (*_lacks_of_project(ground), *_lacks_of_pfe(ground))


def _lacks_of_project(ground: TranscriptGround) -> Iterator[TranscriptLack]:
    """Nobody is waited for before what comes first is there; once all is there, it is to be published."""
    if ground.project is CompanyProjectState.PUBLISHED:
        return
    if not ground.has_report:
        yield TranscriptLack.REPORT
    elif not ground.has_tutor_mark:
        yield TranscriptLack.TUTOR_MARK
    if ground.evaluation is None:
        yield TranscriptLack.LINK
    elif ground.evaluation is not EvaluationState.SENT:
        yield TranscriptLack.EVALUATION
    if not ground.conduct_closed:
        yield TranscriptLack.CONDUCT
    elif ground.has_tutor_mark and ground.evaluation is EvaluationState.SENT:
        yield TranscriptLack.PUBLICATION


def _lacks_of_pfe(ground: TranscriptGround) -> Iterator[TranscriptLack]:
    if ground.defence is DefenceState.MARKED:
        return
    if not ground.has_title:
        is_sent = ground.sheet is PfeSheetState.SENT
        yield TranscriptLack.APPROVAL if is_sent else TranscriptLack.TITLE
    if ground.defence is None:
        yield TranscriptLack.DEFENCE
        return
    if not ground.has_pfe_report:
        yield TranscriptLack.PFE_REPORT
    if ground.is_defended:
        yield TranscriptLack.JURY_MARK


@dataclass(frozen=True, slots=True)
class MarkBand:
    """Marks from `low` on and below `high`, in points; the last band has its end too."""

    low: int
    high: int
    is_last: bool

    @property
    def key(self) -> str:
        return f"{self.low}-{self.high}"

    def __contains__(self, hundredths: int) -> bool:
        is_below = hundredths < self.high * WHOLE or self.is_last
        return self.low * WHOLE <= hundredths and is_below


def mark_bands(out_of: int) -> tuple[MarkBand, ...]:
    """The scale of a year in ten bands at most, of as many whole points each, the last one perhaps of fewer."""
    width = -(-out_of // MOST_BANDS)
    return tuple(
        MarkBand(low, min(low + width, out_of), is_last=low + width >= out_of)
        for low in range(0, out_of, width)
    )


def count_in(band: MarkBand, marks: Iterable[int | None]) -> int:
    """How many of the marks that are given are in it."""
    return sum(mark is not None and mark in band for mark in marks)
