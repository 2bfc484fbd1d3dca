"""Every state by every action: what is not written here is not allowed (R-PRO-3 to -5, -7 to -14)."""

from itertools import product

import pytest

from common.rules import IllegalMoveError, next_state
from contratpro.states import (
    ABSENCE_MOVES,
    AGREEMENT_MOVES,
    CERTIFICATE_MOVES,
    CLASS_MOVES,
    COMPANY_PROJECT_MOVES,
    DEFENCE_MOVES,
    EMPLOYMENT_MOVES,
    EVALUATION_MOVES,
    FACT_MOVES,
    INVOICE_MOVES,
    LIVE_STUDENTS,
    OPEN_ABSENCES,
    OPEN_SHEETS,
    PFE_SHEET_MOVES,
    PLANNED_CLASSES,
    PRESENCE_MOVES,
    SHEET_MOVES,
    STEP_MOVES,
    STUDENT_MOVES,
    AbsenceAction,
    AbsenceState,
    AgreementAction,
    AgreementState,
    CertificateAction,
    CertificateState,
    ClassAction,
    ClassState,
    CompanyProjectAction,
    CompanyProjectState,
    DefenceAction,
    DefenceState,
    EmploymentAction,
    EmploymentState,
    EvaluationAction,
    EvaluationState,
    FactAction,
    FactState,
    InvoiceAction,
    InvoiceState,
    PfeSheetAction,
    PfeSheetState,
    PresenceAction,
    PresenceState,
    SheetAction,
    SheetState,
    StepAction,
    StepState,
    StudentAction,
    StudentState,
)

STUDENT = {
    ("listed", "invite"): "invited",
    ("listed", "confirm"): "confirmed",
    ("listed", "withdraw"): "withdrawn",
    ("invited", "confirm"): "confirmed",
    ("invited", "withdraw"): "withdrawn",
    ("confirmed", "intend"): "intends",
    ("confirmed", "withdraw"): "withdrawn",
    ("intends", "accept"): "feasible",
    ("intends", "refuse"): "refused",
    ("intends", "withdraw"): "withdrawn",
    ("feasible", "refuse"): "refused",
    ("feasible", "withdraw"): "withdrawn",
    ("refused", "intend"): "intends",
    ("refused", "withdraw"): "withdrawn",
    ("withdrawn", "reopen"): "confirmed",
    ("feasible", "break"): "broken",
    ("broken", "resume"): "feasible",
}
FACT = {
    ("unknown", "hold"): "held",
    ("unknown", "deny"): "not_held",
    ("unknown", "take_risk"): "own_risk",
    ("held", "deny"): "not_held",
    ("held", "forget"): "unknown",
    ("not_held", "hold"): "held",
    ("not_held", "take_risk"): "own_risk",
    ("not_held", "forget"): "unknown",
    ("own_risk", "hold"): "held",
}
STEP = {
    ("to_do", "declare"): "done",
    ("to_do", "mark"): "marked",
    ("done", "mark"): "marked",
    ("done", "return"): "to_do",
    ("marked", "mark"): "marked",
    ("marked", "reopen"): "to_do",
}
SHEET = {
    ("draft", "send"): "sent",
    ("returned", "send"): "sent",
    ("sent", "return"): "returned",
    ("sent", "validate"): "validated",
}
AGREEMENT = {
    ("prepared", "receive"): "received",
    ("prepared", "complete"): "signed",
    ("prepared", "cancel"): "cancelled",
    ("received", "return"): "prepared",
    ("received", "complete"): "signed",
    ("received", "cancel"): "cancelled",
}
EMPLOYMENT = {
    ("draft", "complete"): "ready",
    ("ready", "reopen"): "draft",
    ("ready", "sign"): "signed",
}
CLASS = {
    ("scheduled", "open"): "open",
    ("scheduled", "countersign"): "countersigned",
    ("scheduled", "cancel"): "cancelled",
    ("open", "countersign"): "countersigned",
    ("open", "cancel"): "cancelled",
    ("cancelled", "restore"): "scheduled",
}
PRESENCE = {
    ("present", "find_late"): "late",
    ("present", "find_absent"): "absent",
    ("late", "find_present"): "present",
    ("late", "find_late"): "late",
    ("late", "find_absent"): "absent",
    ("absent", "find_present"): "present",
    ("absent", "find_late"): "late",
    ("absent", "excuse"): "excused",
    ("excused", "find_present"): "present",
    ("excused", "find_late"): "late",
    ("excused", "find_absent"): "absent",
}
CERTIFICATE = {("issued", "replace"): "replaced"}
INVOICE = {
    ("issued", "pay"): "paid",
    ("issued", "credit"): "credited",
    ("paid", "unpay"): "issued",
    ("paid", "credit"): "credited",
}
ABSENCE = {
    ("asked", "grant"): "granted",
    ("asked", "refuse"): "refused",
    ("asked", "cancel"): "cancelled",
    ("granted", "cancel"): "cancelled",
}
COMPANY_PROJECT = {
    ("gathering", "publish"): "published",
    ("published", "take_back"): "gathering",
}
EVALUATION = {
    ("asked", "send"): "sent",
    ("reopened", "send"): "sent",
    ("sent", "reopen"): "reopened",
}
PFE_SHEET = {
    ("draft", "send"): "sent",
    ("returned", "send"): "sent",
    ("approved", "send"): "sent",
    ("sent", "return"): "returned",
    ("sent", "approve"): "approved",
}
DEFENCE = {("planned", "mark"): "marked", ("marked", "reopen"): "planned"}
EVERY = [
    (moves, known, state, action)
    for moves, known, states, actions in (
        (STUDENT_MOVES, STUDENT, StudentState, StudentAction),
        (FACT_MOVES, FACT, FactState, FactAction),
        (STEP_MOVES, STEP, StepState, StepAction),
        (SHEET_MOVES, SHEET, SheetState, SheetAction),
        (AGREEMENT_MOVES, AGREEMENT, AgreementState, AgreementAction),
        (EMPLOYMENT_MOVES, EMPLOYMENT, EmploymentState, EmploymentAction),
        (CLASS_MOVES, CLASS, ClassState, ClassAction),
        (PRESENCE_MOVES, PRESENCE, PresenceState, PresenceAction),
        (CERTIFICATE_MOVES, CERTIFICATE, CertificateState, CertificateAction),
        (INVOICE_MOVES, INVOICE, InvoiceState, InvoiceAction),
        (ABSENCE_MOVES, ABSENCE, AbsenceState, AbsenceAction),
        (COMPANY_PROJECT_MOVES, COMPANY_PROJECT, CompanyProjectState, CompanyProjectAction),
        (EVALUATION_MOVES, EVALUATION, EvaluationState, EvaluationAction),
        (PFE_SHEET_MOVES, PFE_SHEET, PfeSheetState, PfeSheetAction),
        (DEFENCE_MOVES, DEFENCE, DefenceState, DefenceAction),
    )
    for state, action in product(states, actions)
]


@pytest.mark.parametrize(("moves", "known", "state", "action"), EVERY)
def test_every_action_on_every_state(moves, known, state, action):
    target = known.get((state, action))
    if target:
        assert next_state(moves, state, action) == target
        return
    with pytest.raises(IllegalMoveError):
        next_state(moves, state, action)


def test_who_gave_up_or_broke_the_contract_is_live_no_more():
    ended = {StudentState.WITHDRAWN, StudentState.BROKEN}
    assert set(LIVE_STUDENTS) == set(StudentState) - ended


def test_an_absence_stands_while_it_is_asked_or_granted():
    assert set(OPEN_ABSENCES) == {AbsenceState.ASKED, AbsenceState.GRANTED}


def test_a_sheet_is_written_until_it_is_sent_and_once_it_is_sent_back():
    assert set(OPEN_SHEETS) == {SheetState.DRAFT, SheetState.RETURNED}


def test_a_session_is_moved_or_cancelled_until_it_is_countersigned():
    assert set(PLANNED_CLASSES) == {ClassState.SCHEDULED, ClassState.OPEN}
