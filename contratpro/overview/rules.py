"""How far the papers of a project are and on whom each waits; who is late with the steps; what was invoiced."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from contratpro.classes.rules.hours import HoursSum, attended_minutes
from contratpro.invoices.rules import InvoiceStanding
from contratpro.states import (
    AgreementState,
    EmploymentState,
    InvoiceState,
    PresenceState,
    SheetState,
)
from contratpro.steps.rules import StepPhase, StepStanding
from contratpro.vocabulary import InvoiceKind, Party


class PaperStage(StrEnum):
    """How far one of the three papers of a student is. Its text is what the list of students is narrowed by."""

    SHEET_NONE = "sheet-none"
    SHEET_DRAFT = "sheet-draft"
    SHEET_RETURNED = "sheet-returned"
    SHEET_SENT = "sheet-sent"  # the head has to answer
    SHEET_VALIDATED = "sheet-validated"
    CONTRACT_NONE = "contract-none"
    CONTRACT_DRAFT = "contract-draft"
    CONTRACT_COMPLETE = "contract-complete"  # nothing lacks: the office has to find it so
    CONTRACT_READY = "contract-ready"
    CONTRACT_SIGNED = "contract-signed"
    AGREEMENT_NONE = "agreement-none"
    AGREEMENT_PREPARED = "agreement-prepared"
    AGREEMENT_HANDED_IN = "agreement-handed-in"  # the office has to receive it
    AGREEMENT_RECEIVED = "agreement-received"  # the school has to sign it
    AGREEMENT_SIGNED = "agreement-signed"  # the company or the social service has to be sent it
    AGREEMENT_SENT = "agreement-sent"


OF_SHEET: Mapping[SheetState, PaperStage] = {
    SheetState.DRAFT: PaperStage.SHEET_DRAFT,
    SheetState.RETURNED: PaperStage.SHEET_RETURNED,
    SheetState.SENT: PaperStage.SHEET_SENT,
    SheetState.VALIDATED: PaperStage.SHEET_VALIDATED,
}
OF_CONTRACT: Mapping[EmploymentState, PaperStage] = {
    EmploymentState.DRAFT: PaperStage.CONTRACT_DRAFT,
    EmploymentState.READY: PaperStage.CONTRACT_READY,
    EmploymentState.SIGNED: PaperStage.CONTRACT_SIGNED,
}
OF_AGREEMENT: Mapping[AgreementState, PaperStage] = {
    AgreementState.PREPARED: PaperStage.AGREEMENT_PREPARED,
    AgreementState.RECEIVED: PaperStage.AGREEMENT_RECEIVED,
    AgreementState.SIGNED: PaperStage.AGREEMENT_SIGNED,
    AgreementState.CANCELLED: PaperStage.AGREEMENT_NONE,
}
SENT_TO = frozenset({Party.COMPANY, Party.SOCIAL_SERVICE})


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperStages:
    """How far each paper of a student is."""

    sheet: PaperStage = PaperStage.SHEET_NONE
    contract: PaperStage = PaperStage.CONTRACT_NONE
    agreement: PaperStage = PaperStage.AGREEMENT_NONE

    def __contains__(self, stage: PaperStage) -> bool:
        return stage in {self.sheet, self.contract, self.agreement}


def stage_of_contract(state: EmploymentState, *, is_complete: bool) -> PaperStage:
    """A draft in which nothing lacks any more waits for the office."""
    if state is EmploymentState.DRAFT and is_complete:
        return PaperStage.CONTRACT_COMPLETE
    return OF_CONTRACT[state]


def stage_of_agreement(
    state: AgreementState, *, handed_in: bool, sent_to: Iterable[Party]
) -> PaperStage:
    """`handed_in`: student and company's signatures are here. It is sent once both whom it goes to have it."""
    if state is AgreementState.PREPARED and handed_in:
        return PaperStage.AGREEMENT_HANDED_IN
    if state is AgreementState.SIGNED and SENT_TO.issubset(sent_to):
        return PaperStage.AGREEMENT_SENT
    return OF_AGREEMENT[state]


def counted_stages(papers: Iterable[PaperStages]) -> Mapping[PaperStage, int]:
    counts: Counter[PaperStage] = Counter()
    for one in papers:
        counts.update((one.sheet, one.contract, one.agreement))
    return {stage: counts[stage] for stage in PaperStage}


@dataclass(frozen=True, slots=True)
class FoundAlike:
    """How many presences were found alike: at sessions of so many minutes, so late."""

    minutes: int
    state: PresenceState
    late: int
    times: int


def sum_of_alike(found: Iterable[FoundAlike]) -> HoursSum:
    """What was held, attended and missed. For what reason it was missed is not said."""
    found = tuple(found)
    held = sum(one.minutes * one.times for one in found)
    attended = sum(attended_minutes(one.state, one.minutes, one.late) * one.times for one in found)
    return HoursSum(held=held, attended=attended, missed=held - attended)


def late_by_party(students: Iterable[Iterable[StepStanding]]) -> Mapping[Party, int]:
    """How many students have something overdue in which that party acts, those who are late most often first."""
    counts: Counter[Party] = Counter()
    for steps in students:
        overdue = [step for step in steps if step.phase is StepPhase.OVERDUE]
        counts.update({party for step in overdue for party in step.who})
    return {party: counts[party] for party in sorted(counts, key=lambda one: (-counts[one], one))}


class InvoiceLot(StrEnum):
    """Invoices as the service asks for them; those that are late are among those to be paid."""

    ALL = "all"
    TO_PAY = "to_pay"
    LATE = "late"
    PAID = "paid"
    CREDIT_NOTES = "credit_notes"


@dataclass(frozen=True, slots=True)
class InvoiceSum:
    """How many, and for how much."""

    count: int
    cents: int


def invoice_lots(
    standings: Iterable[InvoiceStanding], today: date
) -> Mapping[InvoiceLot, InvoiceSum]:
    rows = tuple(standings)
    invoices = [one for one in rows if one.kind is InvoiceKind.INVOICE]
    to_pay = [one for one in invoices if one.state is InvoiceState.ISSUED]
    late = [one for one in to_pay if one.is_late(today)]
    paid = [one for one in invoices if one.state is InvoiceState.PAID]
    notes = [one for one in rows if one.kind is InvoiceKind.CREDIT_NOTE]
    return {
        InvoiceLot.ALL: _sum(one.amount_cents for one in invoices),
        InvoiceLot.TO_PAY: _sum(one.owed_cents for one in to_pay),
        InvoiceLot.LATE: _sum(one.owed_cents for one in late),
        InvoiceLot.PAID: _sum(one.left_cents for one in paid),
        InvoiceLot.CREDIT_NOTES: _sum(one.amount_cents for one in notes),
    }


def _sum(amounts: Iterable[int]) -> InvoiceSum:
    cents = tuple(amounts)
    return InvoiceSum(len(cents), sum(cents))
