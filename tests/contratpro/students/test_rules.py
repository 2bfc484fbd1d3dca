"""May a student have a contrat pro? All reasons at once, with their article (R-PRO-4)."""

import pytest

from contratpro.states import FactState, StudentState
from contratpro.students.rules import (
    ConditionRule,
    Consequence,
    condition_lines,
    is_feasible,
    may_intend,
    may_refuse,
    may_take_risk,
)
from contratpro.vocabulary import Circumstance, Party, Severity


def rule(key, severity=Severity.REFUSAL, *only):
    return ConditionRule(
        key=key, article="4", severity=severity, by=Party.REGISTRAR, only=tuple(only)
    )


RULES = (
    rule("meeting"),
    rule("permit", Severity.REFUSAL, Circumstance.FOREIGN),
    rule("main-activity", Severity.REFUSAL, Circumstance.FOREIGN, Circumstance.LONG_INTERNSHIP),
    rule("year-3", Severity.WAITS),
    rule("toeic", Severity.OWN_RISK),
)
FRENCH = {Circumstance.FOREIGN: False}
FOREIGN = {Circumstance.FOREIGN: True, Circumstance.LONG_INTERNSHIP: False}


def consequences(circumstances, **facts):
    known = {key.replace("_", "-"): state for key, state in facts.items()}
    return {
        line.rule.key: line.consequence for line in condition_lines(RULES, circumstances, known)
    }


@pytest.mark.parametrize(
    ("severity", "state", "follows"),
    [
        (Severity.REFUSAL, FactState.UNKNOWN, Consequence.TO_KNOW),
        (Severity.REFUSAL, FactState.HELD, Consequence.HOLDS),
        (Severity.REFUSAL, FactState.NOT_HELD, Consequence.REFUSES),
        (Severity.REFUSAL, FactState.OWN_RISK, Consequence.REFUSES),
        (Severity.OWN_RISK, FactState.UNKNOWN, Consequence.RISK_TO_TAKE),
        (Severity.OWN_RISK, FactState.HELD, Consequence.HOLDS),
        (Severity.OWN_RISK, FactState.NOT_HELD, Consequence.RISK_TO_TAKE),
        (Severity.OWN_RISK, FactState.OWN_RISK, Consequence.RISK_TAKEN),
        (Severity.WAITS, FactState.UNKNOWN, Consequence.WAITS),
        (Severity.WAITS, FactState.HELD, Consequence.HOLDS),
        (Severity.WAITS, FactState.NOT_HELD, Consequence.WAITS),
        (Severity.WAITS, FactState.OWN_RISK, Consequence.WAITS),
    ],
)
def test_what_follows_from_what_is_known(severity, state, follows):
    """R-PRO-4"""
    [line] = condition_lines([rule("one", severity)], {}, {"one": state})
    assert line.consequence is follows


@pytest.mark.parametrize(
    ("circumstances", "asked"),
    [
        (FRENCH, {"meeting", "year-3", "toeic"}),
        (FOREIGN, {"meeting", "permit", "year-3", "toeic"}),
        (
            FOREIGN | {Circumstance.LONG_INTERNSHIP: True},
            {"meeting", "permit", "main-activity", "year-3", "toeic"},
        ),
        ({}, {"meeting", "permit", "main-activity", "year-3", "toeic"}),
    ],
)
def test_a_condition_is_asked_of_those_whom_it_concerns_or_may_concern(circumstances, asked):
    """R-PRO-4: a permit that allows work as one's main activity only after a long internship."""
    assert set(consequences(circumstances)) == asked


def test_all_reasons_come_at_once_with_their_article():
    lines = condition_lines(RULES, FOREIGN, {"permit": FactState.NOT_HELD})
    verdict = is_feasible(lines)
    assert [(one.code, one.params) for one in verdict.refusals] == [
        ("condition_unknown", {"condition": "meeting", "article": "4"}),
        ("condition_not_held", {"condition": "permit", "article": "4"}),
        ("condition_risk_to_take", {"condition": "toeic", "article": "4"}),
    ]


def test_a_passage_that_is_not_decided_yet_refuses_nothing():
    facts = {"meeting": FactState.HELD, "toeic": FactState.OWN_RISK}
    assert is_feasible(condition_lines(RULES, FRENCH, facts))


def test_only_what_is_at_their_own_risk_may_be_risked():
    lines = {line.rule.key: line for line in condition_lines(RULES, FRENCH, {})}
    assert may_take_risk(lines["toeic"])
    assert may_take_risk(lines["meeting"]).refusals[0].code == "no_risk_to_take"


@pytest.mark.parametrize(
    ("state", "confirmed", "against"),
    [
        (StudentState.CONFIRMED, True, []),
        (StudentState.REFUSED, True, []),
        (StudentState.INVITED, False, ["identity_not_confirmed"]),
        (StudentState.LISTED, False, ["identity_not_confirmed"]),
        (StudentState.INTENDS, True, ["intention_already_told"]),
        (StudentState.FEASIBLE, True, ["intention_already_told"]),
        (StudentState.WITHDRAWN, True, ["student_withdrawn"]),
    ],
)
def test_who_may_tell_what_they_intend(state, confirmed, against):
    """R-PRO-5, step 1"""
    verdict = may_intend(state, identity_confirmed=confirmed)
    assert [one.code for one in verdict.refusals] == against


@pytest.mark.parametrize(
    ("state", "has_signed_contract", "expected"),
    [
        (StudentState.INTENDS, False, []),
        (StudentState.FEASIBLE, False, []),
        (StudentState.FEASIBLE, True, ["project_has_signed_contract"]),
        (StudentState.CONFIRMED, False, ["no_intention_to_answer"]),
    ],
)
def test_a_project_is_refused_until_its_contract_is_signed(state, has_signed_contract, expected):
    verdict = may_refuse(state, has_signed_contract=has_signed_contract)
    assert [refusal.code for refusal in verdict.refusals] == expected
