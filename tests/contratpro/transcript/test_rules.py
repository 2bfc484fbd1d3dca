"""What a line of the transcript waits for, and marks in bands (R-PRO-7, R-PRO-13)."""

from dataclasses import replace
from itertools import product

import pytest

from contratpro.projects.presentation import lacks_of_tutor
from contratpro.projects.rules import ProjectMarks, ProjectStanding, may_publish
from contratpro.states import (
    CompanyProjectState,
    DefenceState,
    EvaluationState,
    PfeSheetState,
    StudentState,
)
from contratpro.transcript.rules import (
    BROUGHT_BY,
    TranscriptGround,
    TranscriptLack,
    count_in,
    mark_bands,
    transcript_lacks,
)

BEGUN = TranscriptGround(student=StudentState.FEASIBLE)
HANDED_IN = replace(BEGUN, has_report=True, evaluation=EvaluationState.SENT)
PUBLISHED = replace(BEGUN, project=CompanyProjectState.PUBLISHED)
MARKED = replace(BEGUN, defence=DefenceState.MARKED)


@pytest.mark.parametrize(
    ("ground", "lacks"),
    [
        (replace(BEGUN, defence=DefenceState.MARKED), ["report", "link", "conduct"]),
        (replace(MARKED, evaluation=EvaluationState.ASKED), ["report", "evaluation", "conduct"]),
        (replace(MARKED, evaluation=EvaluationState.REOPENED, has_report=True, has_tutor_mark=True),
         ["evaluation", "conduct"]),
        (replace(HANDED_IN, defence=DefenceState.MARKED), ["tutor_mark", "conduct"]),
        (replace(HANDED_IN, defence=DefenceState.MARKED, has_tutor_mark=True), ["conduct"]),
        (
            replace(
                HANDED_IN, defence=DefenceState.MARKED, has_tutor_mark=True, conduct_closed=True
            ),
            ["publication"],
        ),
        (replace(HANDED_IN, defence=DefenceState.MARKED, conduct_closed=True), ["tutor_mark"]),
        (PUBLISHED, ["title", "defence"]),
        (replace(PUBLISHED, sheet=PfeSheetState.SENT), ["approval", "defence"]),
        (replace(PUBLISHED, sheet=PfeSheetState.SENT, has_title=True), ["defence"]),
        (
            replace(PUBLISHED, has_title=True, defence=DefenceState.PLANNED),
            ["pfe_report"],
        ),
        (
            replace(
                PUBLISHED, has_title=True, defence=DefenceState.PLANNED, has_pfe_report=True
            ),
            [],
        ),
        (
            replace(
                PUBLISHED, has_title=True, defence=DefenceState.PLANNED, is_defended=True
            ),
            ["pfe_report", "jury_mark"],
        ),
        (
            replace(
                PUBLISHED,
                has_title=True,
                defence=DefenceState.PLANNED,
                has_pfe_report=True,
                is_defended=True,
            ),
            ["jury_mark"],
        ),
        (replace(PUBLISHED, defence=DefenceState.MARKED), []),
    ],
)  # fmt: skip
def test_what_lacks_is_said_in_the_order_of_the_year(ground, lacks):
    assert list(transcript_lacks(ground)) == lacks


def test_whoever_has_no_project_under_way_is_waited_for_by_nobody():
    for state in StudentState:
        found = transcript_lacks(replace(BEGUN, student=state))
        assert bool(found) is (state in {"intends", "feasible"})


def test_a_line_without_a_mark_waits_for_somebody_or_for_a_day():
    """Whatever is there: nothing is forgotten."""
    for report, evaluation, marked, closed in product(
        (True, False), (None, *EvaluationState), (True, False), (True, False)
    ):
        ground = replace(
            MARKED,
            has_report=report,
            evaluation=evaluation,
            has_tutor_mark=marked and report,
            conduct_closed=closed,
        )
        assert transcript_lacks(ground)


def test_each_lack_is_brought_by_somebody():
    assert BROUGHT_BY.keys() == set(TranscriptLack)


@pytest.mark.parametrize(
    ("out_of", "bounds"),
    [
        (20, [(low, low + 2) for low in range(0, 20, 2)]),
        (5, [(low, low + 1) for low in range(5)]),
        (25, [(0, 3), (3, 6), (6, 9), (9, 12), (12, 15), (15, 18), (18, 21), (21, 24), (24, 25)]),
        (1, [(0, 1)]),
    ],
)
def test_bands_cover_the_scale(out_of, bounds):
    bands = mark_bands(out_of)
    assert [(band.low, band.high) for band in bands] == bounds
    marks = range(out_of * 100 + 1)
    assert sum(count_in(band, marks) for band in bands) == len(marks)


def test_a_mark_on_a_bound_is_in_the_band_above_and_the_best_in_the_last():
    bands = mark_bands(20)
    assert [band.key for band in bands if 1200 in band] == ["12-14"]
    assert [band.key for band in bands if 2000 in band] == ["18-20"]
    assert count_in(bands[0], [None, 0, 199, 200]) == 2


@pytest.mark.parametrize("evaluation", [None, *EvaluationState])
@pytest.mark.parametrize("conduct", [None, 1500])
@pytest.mark.parametrize("tutor_mark", [None, 1200])
@pytest.mark.parametrize("passed_on", [True, False])
def test_page_transcript_and_rule_agree_on_what_publishing_takes(
    evaluation, conduct, tutor_mark, passed_on
):
    """Passing on to the registrar holds nothing back."""
    standing = ProjectStanding(
        student=StudentState.FEASIBLE,
        project=CompanyProjectState.GATHERING,
        reports=1,
        evaluation=evaluation,
        is_passed_on=passed_on,
    )
    company_tutor = 1300 if evaluation is EvaluationState.SENT else None
    marks = ProjectMarks(conduct=conduct, company_tutor=company_tutor, school_tutor=tutor_mark)
    ground = TranscriptGround(
        student=StudentState.FEASIBLE,
        conduct_closed=conduct is not None,
        has_report=True,
        evaluation=evaluation,
        has_tutor_mark=tutor_mark is not None,
        defence=DefenceState.MARKED,
    )
    may = bool(may_publish(standing, marks))
    assert (not lacks_of_tutor(standing, marks)) is may
    assert (TranscriptLack.PUBLICATION in transcript_lacks(ground)) is may
