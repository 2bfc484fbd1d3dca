"""R-PRO-9: when an agreement is prepared, who signs it in which order, when it leaves the school."""

from datetime import date

import pytest

from contratpro.agreements.rules import (
    AgreementGround,
    AgreementStanding,
    SchoolSigns,
    check_days,
    may_be_posted,
    may_hand_in,
    may_prepare,
    may_receive,
    may_return,
    may_send_to_company,
    may_send_to_social_service,
    may_sign_for_school,
    signs_out_of_order,
)
from contratpro.states import AgreementState, SheetState, StudentState
from contratpro.vocabulary import Signer

TODAY = date(2025, 6, 20)
BEFORE, LATER = date(2025, 6, 18), date(2025, 6, 21)
BOTH = {Signer.STUDENT: BEFORE, Signer.COMPANY: BEFORE}
ALL = {**BOTH, Signer.SCHOOL: TODAY}
PREPARED, RECEIVED = AgreementState.PREPARED, AgreementState.RECEIVED
SIGNED, CANCELLED = AgreementState.SIGNED, AgreementState.CANCELLED
VALIDATED = SheetState.VALIDATED


def standing(state=PREPARED, signed=None, student=StudentState.FEASIBLE):
    return AgreementStanding(student=student, state=state, signed=signed or {})


def codes(verdict):
    return [one.code for one in verdict.refusals]


@pytest.mark.parametrize(
    ("student", "sheet", "has_words", "number", "reason", "expected"),
    [
        (StudentState.FEASIBLE, VALIDATED, True, 1, "", []),
        (StudentState.INTENDS, VALIDATED, True, 1, "", []),
        (StudentState.FEASIBLE, VALIDATED, True, 2, "Nouveau tuteur", []),
        (StudentState.FEASIBLE, VALIDATED, True, 2, "", ["agreement_needs_reason"]),
        (StudentState.FEASIBLE, SheetState.SENT, True, 1, "", ["agreement_before_sheet"]),
        (StudentState.FEASIBLE, None, True, 1, "", ["agreement_before_sheet"]),
        (StudentState.FEASIBLE, VALIDATED, False, 1, "", ["agreement_without_words"]),
        (StudentState.WITHDRAWN, VALIDATED, True, 1, "", ["agreement_of_no_project"]),
        (
            StudentState.CONFIRMED,
            None,
            False,
            2,
            "",
            [
                "agreement_of_no_project",
                "agreement_before_sheet",
                "agreement_without_words",
                "agreement_needs_reason",
            ],
        ),
    ],
)
def test_an_agreement_is_prepared_once_the_head_has_validated(
    student, sheet, has_words, number, reason, expected
):
    ground = AgreementGround(student=student, sheet=sheet, has_words=has_words, number=number)
    assert codes(may_prepare(ground, reason=reason)) == expected


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "allowed"),
    [
        (date(2025, 9, 1), date(2026, 8, 31), True),
        (date(2025, 9, 1), date(2025, 9, 1), False),
        (date(2025, 9, 2), date(2025, 9, 1), False),
    ],
)
def test_a_contract_begins_before_it_ends(starts_on, ends_on, allowed):
    assert bool(check_days(starts_on, ends_on)) is allowed


@pytest.mark.parametrize(
    ("state", "days", "expected"),
    [
        (PREPARED, (BEFORE, TODAY), []),
        (PREPARED, (BEFORE, LATER), ["agreement_day_to_come"]),
        (RECEIVED, (BEFORE, TODAY), ["agreement_is_received"]),
        (SIGNED, (BEFORE, TODAY), ["agreement_is_signed"]),
        (CANCELLED, (BEFORE, TODAY), ["agreement_is_cancelled"]),
    ],
)
def test_both_signatures_are_handed_in_until_they_are_received(state, days, expected):
    assert codes(may_hand_in(standing(state), days, TODAY)) == expected


@pytest.mark.parametrize(
    ("state", "signed", "expected"),
    [
        (PREPARED, BOTH, []),
        (PREPARED, {}, ["agreement_lacks_signatures"]),
        (PREPARED, {Signer.STUDENT: BEFORE}, ["agreement_lacks_signatures"]),
        (RECEIVED, BOTH, ["agreement_is_received"]),
        (SIGNED, ALL, ["agreement_is_signed"]),
    ],
)
def test_what_both_have_signed_is_received_once(state, signed, expected):
    assert codes(may_receive(standing(state, signed))) == expected


@pytest.mark.parametrize(
    ("state", "signed", "expected"),
    [
        (PREPARED, BOTH, []),
        (RECEIVED, BOTH, []),
        (PREPARED, {}, ["agreement_lacks_signatures"]),
        (PREPARED, ALL, []),
        (SIGNED, ALL, ["agreement_is_signed"]),
        (CANCELLED, BOTH, ["agreement_is_cancelled"]),
    ],
)
def test_what_all_have_signed_is_not_sent_back(state, signed, expected):
    assert codes(may_return(standing(state, signed))) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"state": PREPARED, "signed": {}}, ["school_signs_last"]),
        ({"state": PREPARED, "signed": BOTH}, ["school_signs_last"]),
        ({"state": PREPARED, "signed": {}, "exception": "Rentrée avancée"}, []),
        ({"signed_on": date(2025, 6, 17)}, ["school_signs_last"]),
        ({"signed_on": LATER}, ["agreement_day_to_come"]),
        ({"signed": ALL}, ["agreement_signed_by_school"]),
        ({"state": SIGNED}, ["agreement_is_signed"]),
        ({"state": CANCELLED}, ["agreement_is_cancelled"]),
        ({"waited_for": ({"fr": "Être admis"},)}, ["agreement_waits_for_condition"]),
        (
            {
                "state": PREPARED,
                "signed": {},
                "signed_on": LATER,
                "waited_for": ({"fr": "Être admis"},),
            },
            [
                "agreement_day_to_come",
                "school_signs_last",
                "agreement_waits_for_condition",
            ],
        ),
    ],
)
def test_the_school_signs_last(changes, expected):
    """P25 §5.3: what the school sends binds it. An exception gives its reason."""
    stands = {name: changes[name] for name in ("state", "signed") if name in changes}
    said = {name: changes[name] for name in changes if name not in stands}
    signing = SchoolSigns(**{"waited_for": (), "signed_on": TODAY, "today": TODAY} | said)
    assert (
        codes(
            may_sign_for_school(standing(**{"state": RECEIVED, "signed": BOTH} | stands), signing)
        )
        == expected
    )


def test_whoever_signs_on_the_same_day_as_the_school_signs_before_it():
    signed = {Signer.STUDENT: TODAY, Signer.COMPANY: TODAY}
    assert signs_out_of_order(standing(RECEIVED, signed), TODAY) is False


@pytest.mark.parametrize("state", list(AgreementState))
def test_nothing_leaves_the_school_before_all_have_signed(state):
    expected = [] if state is SIGNED else ["agreement_not_signed_by_all"]
    assert codes(may_send_to_company(standing(state, ALL))) == expected
    assert codes(may_send_to_social_service(standing(state, ALL), has_contract=True)) == expected
    without_contract = [*expected, "contract_copy_not_received"]
    assert (
        codes(may_send_to_social_service(standing(state, ALL), has_contract=False))
        == without_contract
    )


@pytest.mark.parametrize(
    "student", [StudentState.REFUSED, StudentState.WITHDRAWN, StudentState.CONFIRMED]
)
def test_nothing_is_signed_nor_sent_of_a_project_that_is_not_under_way(student):
    no_project = ["agreement_of_no_project"]
    signing = SchoolSigns(waited_for=(), signed_on=TODAY, today=TODAY)
    prepared = standing(PREPARED, BOTH, student)
    assert codes(may_hand_in(prepared, (BEFORE,), TODAY)) == no_project
    assert codes(may_receive(prepared)) == no_project
    assert codes(may_return(prepared)) == no_project
    received = standing(RECEIVED, BOTH, student)
    assert codes(may_sign_for_school(received, signing)) == no_project
    assert codes(may_send_to_company(standing(SIGNED, ALL, student))) == no_project


@pytest.mark.parametrize(
    ("sent_on", "expected"),
    [
        (TODAY, []),
        (BEFORE, []),
        (LATER, ["agreement_day_to_come"]),
        (date(2025, 6, 17), ["agreement_posted_before_prepared"]),
    ],
)
def test_it_is_posted_on_a_day_gone_by_since_it_was_prepared(sent_on, expected):
    assert codes(may_be_posted(sent_on, BEFORE, TODAY)) == expected
