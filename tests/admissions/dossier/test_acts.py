from itertools import product

import pytest

from admissions.dossier import rules
from admissions.dossier.rules import PieceStatus, Situation
from admissions.states import ApplicationState, CandidacyState
from campaigns.vocabulary import Needed

DRAFT, SUBMITTED, INCOMPLETE, AT_OFFICE, COMPLETE, REFUSED, LAPSED, WITHDRAWN = ApplicationState
MISSING, GIVEN, _, ACCEPTED, BAD = PieceStatus
UNDER_CHECK = (SUBMITTED, INCOMPLETE)
UNDER_STUDY = (SUBMITTED, INCOMPLETE, AT_OFFICE, COMPLETE)
APPLIED = {
    CandidacyState(state)
    for state in (
        "submitted",
        "in_selection",
        "selected",
        "trainee",
        "rejected",
        "admitted",
        "closed",
    )
}
OPEN, CLOSED = True, False
PLAIN = {
    "edit": rules.may_edit,
    "choose": rules.may_choose,
    "submit": rules.may_submit,
    "remove_file": rules.may_remove_file,
    "give": lambda situation: rules.may_give(situation, Needed.SUBMISSION, GIVEN),
    "replace": lambda situation: rules.may_replace(situation, GIVEN),
    "replace_refused": lambda situation: rules.may_replace(situation, BAD),
    "give_refused": lambda situation: rules.may_give(situation, Needed.OPTIONAL, BAD),
    "give_missing": lambda situation: rules.may_give(situation, Needed.SUBMISSION, MISSING),
    "give_accepted": lambda situation: rules.may_give(situation, Needed.ADMISSION, ACCEPTED),
    "check": lambda situation: rules.may_check(situation, Needed.SUBMISSION),
    "check_later": lambda situation: rules.may_check(situation, Needed.ADMISSION),
    "give_later": lambda situation: rules.may_give(situation, Needed.ADMISSION, MISSING),
    "await": lambda situation: rules.may_await(situation, Needed.ADMISSION, MISSING),
    "withdraw": rules.may_withdraw,
    "reopen": rules.may_reopen,
    "refuse": rules.may_refuse,
    "correct": rules.may_correct,
    "recompose": rules.may_recompose,
    "hand_over": rules.may_hand_over,
}
ALLOWED = {
    ("remove_file", DRAFT, OPEN),
    *product(
        ("edit", "choose", "submit", "give", "replace", "give_later", "await"),
        (DRAFT, *UNDER_CHECK),
        (OPEN,),
    ),
    *product(
        ("give_missing", "give_accepted", "give_refused", "replace_refused"),
        (DRAFT, *UNDER_CHECK),
        (OPEN,),
    ),
    *product(
        ("give_later", "await", "give_refused", "replace_refused"), UNDER_STUDY, (OPEN, CLOSED)
    ),
    ("give_missing", INCOMPLETE, CLOSED),
    *product(("check", "check_later"), UNDER_CHECK, (OPEN, CLOSED)),
    *product(("check_later",), (AT_OFFICE, COMPLETE), (OPEN, CLOSED)),
    *product(("hand_over",), (AT_OFFICE,), (OPEN, CLOSED)),
    *product(("withdraw",), (DRAFT, *UNDER_STUDY), (OPEN, CLOSED)),
    ("reopen", WITHDRAWN, OPEN),
    ("reopen", LAPSED, OPEN),
    *product(("refuse",), (SUBMITTED, INCOMPLETE), (OPEN, CLOSED)),
    *product(("correct",), UNDER_STUDY, (OPEN, CLOSED)),
    *product(("recompose",), UNDER_CHECK, (OPEN, CLOSED)),
}


@pytest.mark.parametrize(
    ("act", "state", "is_open"), list(product(PLAIN, ApplicationState, (OPEN, CLOSED)))
)
def test_what_may_be_done_when(act, state, is_open):
    """R-APP-5, R-APP-9, R-CAL-1: all before the deadline, but withdrawal and what may come later or was refused."""
    assert bool(PLAIN[act](Situation(state, is_open))) == ((act, state, is_open) in ALLOWED)


@pytest.mark.parametrize(
    ("act", "state", "is_open", "code"),
    [
        ("edit", COMPLETE, OPEN, "dossier_is_complete"),
        ("edit", SUBMITTED, CLOSED, "campaign_is_closed"),
        ("remove_file", SUBMITTED, OPEN, "dossier_is_submitted"),
        ("edit", DRAFT, CLOSED, "campaign_is_closed"),
        ("edit", LAPSED, CLOSED, "dossier_is_lapsed"),
        ("submit", WITHDRAWN, OPEN, "dossier_is_withdrawn"),
        ("give", SUBMITTED, CLOSED, "campaign_is_closed"),
        ("replace", SUBMITTED, CLOSED, "piece_stays"),
        ("give_accepted", COMPLETE, CLOSED, "piece_is_accepted"),
        ("check", COMPLETE, CLOSED, "dossier_is_complete"),
        ("check_later", DRAFT, OPEN, "dossier_is_draft"),
        ("withdraw", REFUSED, OPEN, "dossier_is_refused"),
        ("reopen", DRAFT, OPEN, "dossier_is_draft"),
    ],
)
def test_the_reason_against_it(act, state, is_open, code):
    assert [refusal.code for refusal in PLAIN[act](Situation(state, is_open)).refusals] == [code]


@pytest.mark.parametrize(("state", "is_open"), list(product(ApplicationState, (OPEN, CLOSED))))
def test_what_counts_as_applied_to(state, is_open):
    """R-CAL-1: what was added to a submitted dossier counts until the deadline only."""
    live = APPLIED if state in UNDER_STUDY and not is_open else APPLIED | {CandidacyState.DRAFT}
    assert rules.live_candidacies(Situation(state, is_open)) == live


@pytest.mark.parametrize("needed", [Needed.SUBMISSION, Needed.OPTIONAL])
def test_only_a_piece_that_blocks_the_admission_may_wait(needed):
    """R-APP-5"""
    verdict = rules.may_await(Situation(DRAFT, OPEN), needed, MISSING)
    assert [refusal.code for refusal in verdict.refusals] == ["piece_cannot_wait"]


@pytest.mark.parametrize("status", [GIVEN, ACCEPTED])
def test_a_piece_that_is_there_is_not_awaited(status):
    verdict = rules.may_await(Situation(DRAFT, OPEN), Needed.ADMISSION, status)
    assert [refusal.code for refusal in verdict.refusals] == ["piece_is_given"]


@pytest.mark.parametrize(
    ("candidacy", "state", "codes"),
    [
        (CandidacyState.SUBMITTED, SUBMITTED, []),
        (CandidacyState.IN_SELECTION, COMPLETE, []),
        (CandidacyState.SELECTED, COMPLETE, []),
        (CandidacyState.ADMITTED, COMPLETE, []),
        (CandidacyState.REJECTED, COMPLETE, ["candidacy_is_rejected"]),
        (CandidacyState.DRAFT, SUBMITTED, ["candidacy_is_draft"]),
        (CandidacyState.WITHDRAWN, SUBMITTED, ["candidacy_is_withdrawn"]),
        (CandidacyState.REFUSED, REFUSED, ["candidacy_is_refused"]),
    ],
)
def test_withdrawing_from_one_programme(candidacy, state, codes):
    """R-APP-9"""
    verdict = rules.may_withdraw_candidacy(Situation(state, CLOSED), candidacy)
    assert [refusal.code for refusal in verdict.refusals] == codes
