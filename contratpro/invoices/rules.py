"""When the training of a student is invoiced, what a credit note may take back, what is paid (R-PRO-3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from common.rules import ALLOWED, Refusal, Verdict, refused
from contratpro.states import InvoiceState, StudentState
from contratpro.vocabulary import InvoiceKind

INVOICED_STATES = frozenset({StudentState.FEASIBLE, StudentState.BROKEN})


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledLine:
    """A line of the schedule of a year: what is invoiced, from which month on."""

    key: str
    amount_cents: int
    month: date


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceGround:
    """What an invoice of one student stands on: their file, both papers, what was invoiced of that line."""

    student: StudentState
    contract_signed: bool
    agreement_signed: bool
    amount_cents: (
        int | None
    )  # as the agreement that was signed has it; none where it has no such line
    is_invoiced: bool
    was_invoiced: bool  # and credit notes took it back


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceStanding:
    """An invoice or a credit note as it stands, with what credit notes took of it."""

    kind: InvoiceKind
    state: InvoiceState
    amount_cents: int
    credited_cents: int
    issued_on: date
    due_on: date | None

    @property
    def left_cents(self) -> int:
        """What a credit note may still take back."""
        if self.kind is InvoiceKind.CREDIT_NOTE:
            return 0
        return self.amount_cents - self.credited_cents

    @property
    def owed_cents(self) -> int:
        """What is still to be paid."""
        return self.left_cents if self.state is InvoiceState.ISSUED else 0

    def is_late(self, today: date) -> bool:
        return self.owed_cents > 0 and self.due_on is not None and self.due_on < today


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceTotals:
    """What was invoiced, taken back, paid, and is owed."""

    invoiced_cents: int = 0
    credited_cents: int = 0
    paid_cents: int = 0
    owed_cents: int = 0
    late_cents: int = 0


def may_begin_line(line: ScheduledLine, today: date) -> Verdict:
    """In the month of the schedule, or later."""
    if today < line.month:
        return refused("invoice_before_its_month", month=f"{line.month:%m/%Y}")
    return ALLOWED


def may_invoice(ground: InvoiceGround) -> Verdict:
    """Once contract and agreement are signed, each line once; again, if credit notes took the first one back."""
    refusals = []
    if ground.student not in INVOICED_STATES:
        refusals.append(Refusal("invoice_of_no_contract"))
    if not ground.contract_signed:
        refusals.append(Refusal("invoice_before_contract"))
    if not ground.agreement_signed:
        refusals.append(Refusal("invoice_before_agreement"))
    elif ground.amount_cents is None:
        refusals.append(Refusal("invoice_line_not_agreed"))
    if ground.is_invoiced:
        refusals.append(Refusal("invoiced_already"))
    return Verdict(tuple(refusals))


def is_of_cohort(ground: InvoiceGround) -> bool:
    """Whether the act for all makes it: not for a contract that was broken, nor for what a credit note took back."""
    is_running = ground.student is StudentState.FEASIBLE
    return is_running and not ground.was_invoiced and bool(may_invoice(ground))


def check_due(due_on: date | None, issued_on: date) -> Verdict:
    if due_on is not None and due_on < issued_on:
        return refused("invoice_due_before_issue")
    return ALLOWED


def may_pay(standing: InvoiceStanding, paid_on: date, today: date) -> Verdict:
    if standing.kind is InvoiceKind.CREDIT_NOTE:
        return refused("credit_note_is_not_paid")
    if standing.state is not InvoiceState.ISSUED:
        return refused(f"invoice_is_{standing.state}")
    if not standing.issued_on <= paid_on <= today:
        return refused("invoice_paid_on_another_day")
    return ALLOWED


def may_unpay(standing: InvoiceStanding) -> Verdict:
    if standing.state is not InvoiceState.PAID:
        return refused("invoice_is_not_paid")
    return ALLOWED


def may_credit(standing: InvoiceStanding, cents: int) -> Verdict:
    """Paid or not: what was paid is then given back by the accounting service."""
    if standing.kind is InvoiceKind.CREDIT_NOTE:
        return refused("credit_note_of_a_credit_note")
    if standing.state is InvoiceState.CREDITED:
        return refused("invoice_is_credited")
    if not 1 <= cents <= standing.left_cents:
        return refused("credit_above_what_is_left", left_cents=standing.left_cents)
    return ALLOWED


def next_serial(taken: int | None) -> int:
    """The number after the last one that was given in a year of issue."""
    return (taken or 0) + 1


def totals_of(standings: Iterable[InvoiceStanding], today: date) -> InvoiceTotals:
    """Of invoices; credit notes are counted in what they took of theirs."""
    rows = [one for one in standings if one.kind is InvoiceKind.INVOICE]
    paid = [one for one in rows if one.state is InvoiceState.PAID]
    return InvoiceTotals(
        invoiced_cents=sum(one.amount_cents for one in rows),
        credited_cents=sum(one.credited_cents for one in rows),
        paid_cents=sum(one.left_cents for one in paid),
        owed_cents=sum(one.owed_cents for one in rows),
        late_cents=sum(one.owed_cents for one in rows if one.is_late(today)),
    )
