"""A candidacy as its jury reads it, without host company, fees or candidacies elsewhere (R-ELI-8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User
from admissions.dossier.selectors.dossiers import dossier_of, to_read
from admissions.dossier.selectors.read_model import Dossier, Localized, PieceRow, ProgrammeRow
from admissions.jury.selectors.candidacies import (
    TO_MARK,
    Bench,
    at_stage,
    is_announced,
    visible_marks,
)
from admissions.models import Candidacy
from admissions.models.sealed import STANDING, Conflict, Decision, Mark, Sitting
from admissions.states import AWAITED_SITTINGS, SittingState
from campaigns.models import Assessment, Outcome, Stage
from campaigns.vocabulary import Who
from common.models import StoredFile

PDF = "application/pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentRow:
    """A test of the stage: whether the candidate sits it, with the marks that one may see."""

    assessment: Assessment
    sitting: Sitting | None
    own: Mark | None
    others: tuple[Mark, ...]
    hidden: int  # marks of others that one sees once one's own is given
    may_plan: bool
    may_unplan: bool

    @property
    def nature(self) -> str:
        """Which it is of several; empty if it is the only one."""
        return self.sitting.nature if self.sitting else ""

    @property
    def label(self) -> Localized:
        return self.sitting.label if self.sitting else self.assessment.label

    @property
    def may_mark(self) -> bool:
        return self.sitting is not None and self.sitting.state in TO_MARK

    @property
    def may_note_presence(self) -> bool:
        return self.sitting is not None and self.sitting.state in AWAITED_SITTINGS


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """All that one page shows of a candidacy."""

    candidacy: Candidacy
    stage: Stage
    dossier: Dossier
    programme: ProgrammeRow
    pieces: tuple[PieceRow, ...]
    standing: Decision | None
    note: str  # of the standing decision, if one may read it
    planned: tuple[Sitting, ...]  # what the standing decision calls to
    tests: tuple[AssessmentRow, ...]
    others: tuple[Candidacy, ...]  # of the same person, before the same jury
    presides: bool
    may_undo: bool
    conflicts: tuple[Conflict, ...]

    @property
    def outcome(self) -> Outcome | None:
        return self.standing.outcome if self.standing else None

    @property
    def state(self) -> str | None:
        return self.standing.state if self.standing else None

    @property
    def lacking(self) -> tuple[PieceRow, ...]:
        return tuple(piece for piece in self.pieces if not piece.files)

    @property
    def first_file(self) -> StoredFile | None:
        files = [file for piece in self.pieces for file in piece.files]
        return next((file for file in files if file.media_type == PDF), files[0] if files else None)


def study_of(bench: Bench, stage: Stage, ref: str, now: datetime) -> Study | None:
    """None if that candidacy is not at the stage, or not before `bench`."""
    candidacy = at_stage(bench, stage).filter(ref=ref).first()
    if candidacy is None:
        return None
    dossier = dossier_of(to_read().get(pk=candidacy.application_id), now)
    others = (
        at_stage(bench, stage).filter(application=candidacy.application_id).exclude(pk=candidacy.pk)
    )
    standing = _standing(candidacy, stage)
    presides = candidacy.programme_id in bench.presided
    tests = _tests(bench, stage, candidacy, now)
    return Study(
        candidacy=candidacy,
        stage=stage,
        dossier=dossier,
        programme=next(row for row in dossier.programmes if row.code == candidacy.programme.code),
        pieces=_pieces(dossier, candidacy),
        standing=standing,
        note=standing.note
        if standing and (presides or _has_given(bench.user, candidacy, stage, tests))
        else "",
        planned=tuple(_planned_later(candidacy, stage)),
        tests=tests,
        others=tuple(others.order_by("programme__position")),
        presides=presides,
        may_undo=standing is not None and (presides or standing.by_id == bench.user.pk),
        conflicts=tuple(_conflicts(candidacy)) if presides else (),
    )


def _standing(candidacy: Candidacy, stage: Stage) -> Decision | None:
    rows = Decision.objects.filter(candidacy=candidacy, stage=stage, state__in=STANDING)
    return rows.select_related("by", "outcome", "eliminated_by").first()


def _has_given(
    user: User, candidacy: Candidacy, stage: Stage, tests: Sequence[AssessmentRow]
) -> bool:
    """Whether one has marked or decided, oneself: only then does one read the notes of others."""
    marked = any(test.own for test in tests)
    return marked or Decision.objects.filter(candidacy=candidacy, stage=stage, by=user).exists()


def _pieces(dossier: Dossier, candidacy: Candidacy) -> tuple[PieceRow, ...]:
    """Those about this candidacy first, those about another one not at all."""
    elsewhere = {row.candidacy.ref for row in dossier.programmes if row.candidacy} - {candidacy.ref}
    shown = [piece for piece in dossier.pieces if piece.subject_key not in elsewhere]
    return tuple(sorted(shown, key=lambda piece: piece.subject_key != candidacy.ref))


def _planned_later(candidacy: Candidacy, stage: Stage) -> Any:
    rows = Sitting.objects.filter(candidacy=candidacy, state=SittingState.PLANNED)
    return (
        rows.exclude(assessment__stage=stage)
        .select_related("assessment")
        .order_by("assessment__position", "nature")
    )


def _tests(
    bench: Bench, stage: Stage, candidacy: Candidacy, now: datetime
) -> tuple[AssessmentRow, ...]:
    assessments = list(stage.assessments.all())
    if not assessments:
        return ()
    sittings = list(Sitting.objects.filter(candidacy=candidacy).order_by("nature"))
    marks = list(
        visible_marks(bench).filter(candidacy=candidacy).select_related("by").order_by("given_at")
    )
    hidden = list(
        Mark.objects.filter(candidacy=candidacy)
        .exclude(pk__in=[mark.pk for mark in marks])
        .values_list("assessment", "nature")
    )
    return tuple(
        _test(bench.user, row, sitting, marks, hidden.count((row.pk, _nature(sitting))), now)
        for row in assessments
        for sitting in _sittings_of(row, sittings, now)
    )


def _sittings_of(
    assessment: Assessment, sittings: Sequence[Sitting], now: datetime
) -> list[Sitting | None]:
    """Those of a test; None where it is not sat, and where one more may be planned."""
    found: list[Sitting | None] = [row for row in sittings if row.assessment_id == assessment.pk]
    if not found or (assessment.several and _may_call(assessment, now)):
        found.append(None)
    for sitting in found:
        if sitting:
            sitting.assessment = assessment
    return found


def _nature(sitting: Sitting | None) -> str:
    return sitting.nature if sitting else ""


def _may_call(assessment: Assessment, now: datetime) -> bool:
    return assessment.who == Who.JURY and not is_announced(assessment.called_with, now)


def _test(
    user: User,
    assessment: Assessment,
    sitting: Sitting | None,
    marks: Sequence[Mark],
    hidden: int,
    now: datetime,
) -> AssessmentRow:
    test = (assessment.pk, _nature(sitting))
    shown = [mark for mark in marks if (mark.assessment_id, mark.nature) == test]
    open_call = _may_call(assessment, now)
    return AssessmentRow(
        assessment=assessment,
        sitting=sitting,
        own=next((mark for mark in shown if mark.by_id == user.pk), None),
        others=tuple(mark for mark in shown if mark.by_id != user.pk),
        hidden=hidden,
        may_plan=open_call and sitting is None,
        may_unplan=open_call and sitting is not None and sitting.state == SittingState.PLANNED,
    )


def _conflicts(candidacy: Candidacy) -> Any:
    return (
        Conflict.objects.filter(application=candidacy.application_id)
        .select_related("user")
        .order_by("declared_at")
    )
