"""What keeps a dossier from the jury, and what may be asked of the candidate."""

import pytest

from admissions.dossier.rules import (
    Checked,
    PieceFact,
    PieceStatus,
    Situation,
    may_ask,
    may_declare_complete,
)
from admissions.states import ApplicationState
from campaigns.vocabulary import Needed
from common.rules import Cents

DRAFT, SUBMITTED, INCOMPLETE, AT_OFFICE, COMPLETE, REFUSED, LAPSED, WITHDRAWN = ApplicationState
MISSING, GIVEN, AWAITED, ACCEPTED, BAD = PieceStatus


def piece(status, needed=Needed.SUBMISSION, subject=None):
    return PieceFact(
        key="cv",
        subject_key="c1" if subject else "",
        title={"fr": "CV"},
        subject=subject,
        needed=needed,
        status=status,
    )


def checked(*pieces, state=SUBMITTED, is_open=False, balance=0):
    return Checked(situation=Situation(state, is_open), pieces=pieces, balance=Cents(balance))


def codes(verdict):
    return [refusal.code for refusal in verdict.refusals]


@pytest.mark.parametrize(
    ("facts", "against"),
    [
        (checked(piece(ACCEPTED)), []),
        (checked(piece(ACCEPTED), balance=-100), []),
        (checked(piece(GIVEN)), ["unchecked_piece"]),
        (checked(piece(MISSING)), ["missing_piece"]),
        (checked(piece(AWAITED)), ["missing_piece"]),
        (checked(piece(BAD)), ["refused_piece"]),
        (checked(piece(BAD, subject={"fr": "BTS"})), ["refused_piece_of"]),
        (checked(balance=1), ["fees_are_due"]),
        (checked(is_open=True), ["candidate_may_still_change"]),
        (checked(state=INCOMPLETE), ["pieces_are_awaited"]),
        (checked(state=DRAFT), ["dossier_is_draft"]),
        (checked(state=AT_OFFICE), ["dossier_is_at_office"]),
        (checked(state=COMPLETE), ["dossier_is_complete"]),
        (checked(state=REFUSED), ["dossier_is_refused"]),
        (checked(state=LAPSED), ["dossier_is_lapsed"]),
        (checked(state=WITHDRAWN), ["dossier_is_withdrawn"]),
        (
            checked(piece(GIVEN), piece(BAD), state=INCOMPLETE, is_open=True, balance=9900),
            [
                "pieces_are_awaited",
                "candidate_may_still_change",
                "unchecked_piece",
                "refused_piece",
                "fees_are_due",
            ],
        ),
    ],
)
def test_all_that_keeps_a_dossier_from_the_jury_is_said_at_once(facts, against):
    """R-APP-2, R-APP-5, R-APP-8."""
    assert codes(may_declare_complete(facts)) == against


@pytest.mark.parametrize("needed", [Needed.ADMISSION, Needed.OPTIONAL])
@pytest.mark.parametrize("status", list(PieceStatus))
def test_only_what_the_submission_needs_is_waited_for(needed, status):
    """R-APP-5."""
    assert codes(may_declare_complete(checked(piece(status, needed)))) == []


@pytest.mark.parametrize("state", list(ApplicationState))
@pytest.mark.parametrize(
    ("status", "lacks"), [(MISSING, True), (BAD, True), (GIVEN, False), (ACCEPTED, False)]
)
def test_what_is_missing_or_refused_is_asked_for_while_the_dossier_is_checked(state, status, lacks):
    expected = [] if lacks else ["nothing_to_ask"]
    if state not in {SUBMITTED, INCOMPLETE}:
        expected = [f"dossier_is_{state.value}"]
    assert codes(may_ask(checked(piece(status), state=state))) == expected
