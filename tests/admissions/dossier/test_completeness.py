"""R-APP-5: everything that is missing is said at once, at its step."""

from dataclasses import replace

import pytest

from admissions.dossier.rules import (
    IDENTITY_FIELDS,
    STUDIES_FIELDS,
    ChosenFact,
    Content,
    PieceFact,
    PieceStatus,
    Step,
    missing,
    steps,
)
from campaigns.vocabulary import Needed, VerdictKind

BAT = ChosenFact(code="BAT-1", title={"fr": "Bâtiment"}, verdict=VerdictKind.ELIGIBLE)
MKX = ChosenFact(code="MKX-1", title={"fr": "Mécatronique"}, verdict=VerdictKind.JURY)
CLOSED = replace(MKX, verdict=VerdictKind.NOT_ELIGIBLE)


def piece(key, needed=Needed.SUBMISSION, status=PieceStatus.GIVEN, subject=None):
    return PieceFact(
        key=key, subject_key="", title={"fr": key}, subject=subject, needed=needed, status=status
    )


WHOLE = Content(
    filled=frozenset({*IDENTITY_FIELDS, *STUDIES_FIELDS}),
    titles=1,
    chosen=(BAT, MKX),
    grant_declared=True,
    pieces=(piece("photo"), piece("cv")),
    unsubmitted=True,
)
EMPTY = Content(
    filled=frozenset(), titles=0, chosen=(), grant_declared=False, pieces=(), unsubmitted=True
)
MISSING, AWAITED = PieceStatus.MISSING, PieceStatus.AWAITED
LETTER = piece("motivation", status=MISSING, subject={"fr": "Bâtiment"})


def codes(content):
    return {
        state.step.value: [refusal.code for refusal in state.missing]
        for state in steps(content)
        if state.missing
    }


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param({}, {}, id="whole"),
        pytest.param(
            {"filled": WHOLE.filled - {"phone"}}, {"identity": ["missing_phone"]}, id="no phone"
        ),
        pytest.param(
            {"filled": WHOLE.filled - {"french_mother_tongue"}},
            {"identity": ["missing_french_mother_tongue"]},
            id="mother tongue not said (R-APP-11)",
        ),
        pytest.param(
            {"filled": WHOLE.filled - {"baccalaureate_year"}, "titles": 0},
            {"studies": ["missing_baccalaureate_year", "missing_title"]},
            id="studies",
        ),
        pytest.param({"chosen": ()}, {"programmes": ["missing_programme"]}, id="no programme"),
        pytest.param(
            {"grant_declared": False}, {"programmes": ["missing_grant_holder"]}, id="grant not said"
        ),
        pytest.param(
            {"chosen": (BAT, CLOSED)},
            {"programmes": ["programme_not_eligible"]},
            id="one not eligible (R-ELI-6)",
        ),
        pytest.param(
            {"chosen": (BAT, CLOSED), "titles": 0},
            {"studies": ["missing_title"]},
            id="not eligible only for want of a title",
        ),
        pytest.param(
            {"pieces": (piece("photo", status=MISSING), LETTER)},
            {"documents": ["missing_piece", "missing_piece_of"]},
            id="two pieces",
        ),
        pytest.param(
            {"pieces": (piece("photo", status=AWAITED),)},
            {"documents": ["missing_piece"]},
            id="a piece that cannot wait",
        ),
        pytest.param(
            {
                "pieces": (
                    piece("diploma", Needed.ADMISSION, MISSING),
                    piece("marks", Needed.ADMISSION, AWAITED),
                )
            },
            {},
            id="pieces that may come later",
        ),
        pytest.param(
            {"pieces": (piece("opinion", Needed.OPTIONAL, MISSING),)}, {}, id="an optional piece"
        ),
    ],
)
def test_what_is_missing_at_each_step(change, expected):
    content = replace(WHOLE, **change)
    assert codes(content) == {**expected, "review": ["missing_submission"]}
    assert [refusal.code for refusal in missing(content)] == [
        code for step in expected.values() for code in step
    ]


def test_an_empty_dossier_lacks_all_but_pieces_not_asked_yet():
    assert [refusal.code for refusal in missing(EMPTY)] == [
        "missing_birth_name",
        "missing_first_names",
        "missing_born_on",
        "missing_nationality",
        "missing_french_mother_tongue",
        "missing_phone",
        "missing_street",
        "missing_postcode",
        "missing_city",
        "missing_country",
        "missing_baccalaureate",
        "missing_baccalaureate_year",
        "missing_title",
        "missing_programme",
        "missing_grant_holder",
    ]


def test_a_missing_piece_is_named_with_its_subject():
    refusal = missing(replace(WHOLE, pieces=(LETTER,)))[0]
    assert refusal.params == {
        "piece": {"fr": "motivation"},
        "key": "motivation",
        "subject_key": "",
        "subject": {"fr": "Bâtiment"},
    }


def test_once_submitted_every_step_is_complete():
    states = steps(replace(WHOLE, unsubmitted=False))
    assert [(state.step, state.complete) for state in states] == [(step, True) for step in Step]
