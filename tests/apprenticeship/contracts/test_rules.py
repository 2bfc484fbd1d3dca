"""When a contract is drafted, signed, countersigned; the age that the notice sets."""

from datetime import date, timedelta

import pytest

from admissions.states import SeatState
from apprenticeship.contracts.rules import (
    AgeLimit,
    ContractFacts,
    age_on,
    may_countersign,
    may_draft,
    may_sign,
    too_old,
)
from apprenticeship.states import ContractState

APPROVED, TODAY = date(2022, 5, 20), date(2022, 7, 11)
DAY = timedelta(days=1)
TERM = date(2022, 9, 5)
SOURCE = {"fr": "Plaquette"}


def standing(**changes):
    return ContractFacts(
        **{"approved_on": APPROVED, "seat": SeatState.HELD, "contract": None} | changes
    )


def codes(verdict):
    return [refusal.code for refusal in verdict.refusals]


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({}, []),
        ({"contract": ContractState.DRAFT}, []),
        ({"contract": ContractState.BROKEN}, []),
        ({"contract": ContractState.SIGNED}, ["contract_is_signed"]),
        ({"contract": ContractState.COUNTERSIGNED}, ["contract_is_signed"]),
        ({"seat": SeatState.QUEUED}, ["seat_is_not_held"]),
        ({"seat": None}, ["seat_is_not_held"]),
        ({"approved_on": None, "seat": None}, ["no_approved_project"]),
        (
            {"seat": SeatState.QUEUED, "contract": ContractState.SIGNED},
            ["seat_is_not_held", "contract_is_signed"],
        ),
    ],
)
def test_a_contract_is_drafted_for_an_approved_project_that_holds_a_seat(changes, reasons):
    """R-JOB-3"""
    assert codes(may_draft(standing(**changes))) == reasons


@pytest.mark.parametrize(
    ("changes", "on", "reasons"),
    [
        ({}, TODAY, []),
        ({}, APPROVED, []),
        ({}, APPROVED - DAY, ["signed_before_approval"]),
        ({}, TODAY + DAY, ["day_is_to_come"]),
        ({"contract": None}, TODAY, ["contract_is_not_drafted"]),
        ({"contract": ContractState.SIGNED}, TODAY, ["contract_is_signed"]),
        ({"contract": ContractState.COUNTERSIGNED}, TODAY, ["contract_is_signed"]),
        ({"seat": SeatState.QUEUED}, TODAY, ["seat_is_not_held"]),
        ({"sign_by": TODAY}, TODAY, []),
        ({"sign_by": TODAY - DAY}, TODAY, ["signed_after_last_day"]),
        (
            {"approved_on": None, "contract": None},
            TODAY,
            ["no_approved_project", "contract_is_not_drafted"],
        ),
    ],
)
def test_a_draft_is_signed_after_the_approval(changes, on, reasons):
    """R-JOB-3"""
    assert (
        codes(may_sign(standing(**{"contract": ContractState.DRAFT} | changes), on, TODAY))
        == reasons
    )


@pytest.mark.parametrize(
    ("changes", "on", "reasons"),
    [
        ({}, TODAY, []),
        ({}, TODAY - DAY, []),
        ({}, TODAY - 2 * DAY, ["countersigned_before_signed"]),
        ({}, TODAY + DAY, ["day_is_to_come"]),
        ({"contract": ContractState.DRAFT, "signed_on": None}, TODAY, ["contract_is_not_signed"]),
        ({"contract": ContractState.COUNTERSIGNED}, TODAY, ["contract_is_not_signed"]),
        ({"contract": None, "signed_on": None}, TODAY, ["contract_is_not_signed"]),
    ],
)
def test_a_signed_contract_is_countersigned(changes, on, reasons):
    """R-JOB-10"""
    signed = {"contract": ContractState.SIGNED, "signed_on": TODAY - DAY}
    assert codes(may_countersign(standing(**signed | changes), on, TODAY)) == reasons


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(1992, 9, 5), TERM, 30),
        (date(1992, 9, 6), TERM, 29),
        (date(2000, 2, 29), date(2022, 2, 28), 21),
        (date(2000, 2, 29), date(2022, 3, 1), 22),
    ],
)
def test_an_age_on_a_day(born, on, years):
    assert age_on(born, on) == years


@pytest.mark.parametrize(
    ("born", "limits", "derogation", "reasons"),
    [
        (date(1992, 9, 6), [AgeLimit(30, TERM, SOURCE)], "", []),
        (date(1992, 9, 5), [AgeLimit(30, TERM, SOURCE)], "", ["age_needs_derogation"]),
        (date(1992, 9, 5), [AgeLimit(30, TERM, SOURCE)], "  ", ["age_needs_derogation"]),
        (date(1992, 9, 5), [AgeLimit(30, TERM, SOURCE)], "RQTH", []),
        (date(1992, 9, 5), [AgeLimit(30, None, SOURCE)], "", []),
        (date(1992, 9, 5), [], "", []),
        (
            date(1980, 1, 1),
            [AgeLimit(30, TERM, SOURCE), AgeLimit(26, TERM, SOURCE)],
            "",
            ["age_needs_derogation"] * 2,
        ),
    ],
)
def test_an_age_over_the_limit_needs_a_derogation(born, limits, derogation, reasons):
    """R-ELI-5"""
    assert codes(too_old(limits, born, derogation)) == reasons
