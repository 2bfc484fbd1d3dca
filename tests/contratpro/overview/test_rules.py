"""How far papers are, who is late, what was held and invoiced, as tables of cases (R-PRO-3, R-PRO-5)."""

from datetime import date

import pytest

from contratpro.classes.rules.hours import HoursSum
from contratpro.invoices.rules import InvoiceStanding
from contratpro.overview.rules import (
    FoundAlike,
    InvoiceLot,
    InvoiceSum,
    PaperStage,
    PaperStages,
    counted_stages,
    invoice_lots,
    late_by_party,
    stage_of_agreement,
    stage_of_contract,
    sum_of_alike,
)
from contratpro.states import AgreementState, EmploymentState, InvoiceState, PresenceState
from contratpro.steps.rules import StepPhase, StepRule, StepStanding
from contratpro.vocabulary import InvoiceKind, Party

TODAY = date(2026, 3, 1)
BOTH = {Party.COMPANY, Party.SOCIAL_SERVICE}


@pytest.mark.parametrize(
    ("state", "is_complete", "stage"),
    [
        (EmploymentState.DRAFT, False, PaperStage.CONTRACT_DRAFT),
        (EmploymentState.DRAFT, True, PaperStage.CONTRACT_COMPLETE),
        (EmploymentState.READY, False, PaperStage.CONTRACT_READY),
        (EmploymentState.SIGNED, False, PaperStage.CONTRACT_SIGNED),
    ],
)
def test_how_far_a_contract_is(state, is_complete, stage):
    assert stage_of_contract(state, is_complete=is_complete) is stage


@pytest.mark.parametrize(
    ("state", "handed_in", "sent_to", "stage"),
    [
        (AgreementState.PREPARED, False, set(), PaperStage.AGREEMENT_PREPARED),
        (AgreementState.PREPARED, True, set(), PaperStage.AGREEMENT_HANDED_IN),
        (AgreementState.RECEIVED, True, set(), PaperStage.AGREEMENT_RECEIVED),
        (AgreementState.SIGNED, True, set(), PaperStage.AGREEMENT_SIGNED),
        (AgreementState.SIGNED, True, {Party.COMPANY}, PaperStage.AGREEMENT_SIGNED),
        (AgreementState.SIGNED, True, BOTH, PaperStage.AGREEMENT_SENT),
        (AgreementState.CANCELLED, True, set(), PaperStage.AGREEMENT_NONE),
    ],
)
def test_how_far_an_agreement_is(state, handed_in, sent_to, stage):
    assert stage_of_agreement(state, handed_in=handed_in, sent_to=sent_to) is stage


def test_each_paper_of_each_student_is_counted_once():
    begun = PaperStages(sheet=PaperStage.SHEET_SENT)
    counts = counted_stages([begun, begun, PaperStages()])

    assert {stage: count for stage, count in counts.items() if count} == {
        PaperStage.SHEET_SENT: 2,
        PaperStage.SHEET_NONE: 1,
        PaperStage.CONTRACT_NONE: 3,
        PaperStage.AGREEMENT_NONE: 3,
    }
    assert PaperStage.SHEET_SENT in begun
    assert PaperStage.SHEET_NONE not in begun


def test_what_was_attended_and_missed_is_what_was_held():
    found = [
        FoundAlike(120, PresenceState.PRESENT, 0, 10),
        FoundAlike(120, PresenceState.LATE, 30, 2),
        FoundAlike(90, PresenceState.ABSENT, 0, 1),
        FoundAlike(90, PresenceState.EXCUSED, 0, 1),
    ]
    assert sum_of_alike(found) == HoursSum(held=1620, attended=1380, missed=240)


def step(phase, *who):
    return StepStanding(rule=StepRule(key="a", who=who), done=None, phase=phase, who=who)


def test_a_party_is_late_once_for_each_student():
    overdue = step(StepPhase.OVERDUE, Party.STUDENT, Party.COMPANY)
    students = [
        [overdue, overdue, step(StepPhase.OPEN, Party.DIRECTION)],
        [step(StepPhase.OVERDUE, Party.STUDENT, Party.DEPARTMENT_HEAD)],
        [],
    ]
    assert list(late_by_party(students).items()) == [
        (Party.STUDENT, 2),
        (Party.COMPANY, 1),
        (Party.DEPARTMENT_HEAD, 1),
    ]


def invoice(state, cents, credited=0, due_on=None, kind=InvoiceKind.INVOICE):
    return InvoiceStanding(
        kind=kind,
        state=state,
        amount_cents=cents,
        credited_cents=credited,
        issued_on=date(2026, 1, 12),
        due_on=due_on,
    )


def test_what_is_late_is_among_what_is_to_be_paid():
    found = invoice_lots(
        [
            invoice(InvoiceState.ISSUED, 1000, credited=100),
            invoice(InvoiceState.ISSUED, 2000, due_on=date(2026, 2, 28)),
            invoice(InvoiceState.PAID, 4000),
            invoice(InvoiceState.CREDITED, 8000, credited=8000),
            invoice(InvoiceState.ISSUED, 8100, kind=InvoiceKind.CREDIT_NOTE),
        ],
        TODAY,
    )
    assert found == {
        InvoiceLot.ALL: InvoiceSum(4, 15000),
        InvoiceLot.TO_PAY: InvoiceSum(2, 2900),
        InvoiceLot.LATE: InvoiceSum(1, 2000),
        InvoiceLot.PAID: InvoiceSum(1, 4000),
        InvoiceLot.CREDIT_NOTES: InvoiceSum(1, 8100),
    }
