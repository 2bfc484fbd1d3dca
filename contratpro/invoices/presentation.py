"""Invoices in words: where each stands, what an act on them will do, what is printed and what is exported."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from common.formats import euros, localized, short_day
from common.refusals import say
from common.signs import Sign
from contratpro.invoices.rules import (
    InvoiceStanding,
    ScheduledLine,
    is_of_cohort,
    may_begin_line,
    may_credit,
    may_invoice,
    may_unpay,
)
from contratpro.invoices.selectors import (
    ToInvoice,
    schedule_of,
    standing_of_invoice,
    students_to_invoice,
    to_invoice,
)
from contratpro.models import ContractYear, IssuedInvoice, StudentFile
from contratpro.states import InvoiceState
from contratpro.vocabulary import InvoiceKind, PayerKind
from contratpro.year.selectors import year_now
from screens.exports import ExportColumn

PAYERS: Mapping[PayerKind, Promise] = {
    PayerKind.COMPANY: _("the company"),
    PayerKind.OPCO: _("its skills operator (OPCO)"),
}
KINDS: Mapping[InvoiceKind, Promise] = {
    InvoiceKind.INVOICE: _("Invoice"),
    InvoiceKind.CREDIT_NOTE: _("Credit note"),
}


INVOICE_SIGNS: Mapping[InvoiceState, Sign] = {
    InvoiceState.ISSUED: Sign(_("to be paid"), "clock", "action"),
    InvoiceState.PAID: Sign(pgettext_lazy("an invoice", "paid"), "check-circle-fill", "done"),
    InvoiceState.CREDITED: Sign(_("taken back"), "arrow-return-left", "quiet"),
}
LATE_SIGN = Sign(_("late"), "exclamation-triangle-fill", "due")
NOTE_SIGN = Sign(_("credit note"), "arrow-return-left", "quiet")


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceRow:
    """An invoice as lists show it, with what may be done to it."""

    invoice: IssuedInvoice
    standing: InvoiceStanding
    sign: Sign
    title: str
    may_pay: bool
    may_unpay: bool
    may_credit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleRow:
    """A line of the schedule: for how many students it may be issued now, or from which month on."""

    key: str
    title: str
    line: ScheduledLine
    is_open: bool
    ready: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentLineRow:
    """A line of the schedule for one student, and what stands against invoicing it."""

    key: str
    title: str
    line: ScheduledLine
    may_issue: bool
    refusals: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoicePaper:
    """What is printed."""

    invoice: IssuedInvoice
    title: str
    covers: Sequence[str]
    degree: str
    starts_on: date
    ends_on: date

    @property
    def is_credit_note(self) -> bool:
        return self.invoice.kind is InvoiceKind.CREDIT_NOTE


def invoice_rows(invoices: Iterable[IssuedInvoice], today: date) -> list[InvoiceRow]:
    return [_row(invoice, today) for invoice in invoices]


def _row(invoice: IssuedInvoice, today: date) -> InvoiceRow:
    standing = standing_of_invoice(invoice)
    is_invoice = invoice.kind is InvoiceKind.INVOICE
    return InvoiceRow(
        invoice=invoice,
        standing=standing,
        sign=sign_of(standing, today),
        title=localized(invoice.facts["title"]),
        may_pay=is_invoice and invoice.state is InvoiceState.ISSUED,
        may_unpay=is_invoice and bool(may_unpay(standing)),
        may_credit=bool(may_credit(standing, 1)),
    )


def sign_of(standing: InvoiceStanding, today: date) -> Sign:
    if standing.kind is InvoiceKind.CREDIT_NOTE:
        return NOTE_SIGN
    return LATE_SIGN if standing.is_late(today) else INVOICE_SIGNS[standing.state]


def line_title(year: ContractYear, line: str) -> str:
    return localized(year_now(year).cost.invoices[line].title)


def schedule_rows(year: ContractYear, today: date) -> list[ScheduleRow]:
    rows = []
    for key, line in schedule_of(year).items():
        is_open = bool(may_begin_line(line, today))
        rows.append(
            ScheduleRow(
                key=key,
                title=line_title(year, key),
                line=line,
                is_open=is_open,
                ready=len(students_to_invoice(year, key)) if is_open else 0,
            )
        )
    return rows


def student_lines(student: StudentFile, today: date) -> list[StudentLineRow]:
    rows = []
    for key, line in schedule_of(student.year).items():
        [one] = to_invoice([student], key)
        verdict = may_invoice(one.ground)
        refusals = [say(one) for one in (*may_begin_line(line, today).refusals, *verdict.refusals)]
        rows.append(
            StudentLineRow(
                key=key,
                title=line_title(student.year, key),
                line=line,
                may_issue=not refusals,
                refusals=refusals,
            )
        )
    return rows


def paper_of_invoice(invoice: IssuedInvoice) -> InvoicePaper:
    facts = invoice.facts
    return InvoicePaper(
        invoice=invoice,
        title=localized(facts["title"]),
        covers=[localized(one) for one in facts["covers"]],
        degree=localized(facts["degree"]),
        starts_on=date.fromisoformat(facts["starts_on"]),
        ends_on=date.fromisoformat(facts["ends_on"]),
    )


def before_issuing(year: ContractYear, line: str) -> list[str]:
    """To how many, for how much, and what happens to the others."""
    chosen = students_to_invoice(year, line)
    cents = sum(one.ground.amount_cents or 0 for one in chosen)
    count = len(chosen)
    first = ngettext(
        "%(count)s invoice is made, %(amount)s in all.",
        "%(count)s invoices are made, %(amount)s in all.",
        count,
    )
    return [
        first % {"count": count, "amount": euros(cents)},
        gettext(
            "Their numbers follow each other. An invoice is never changed: a credit note takes it back."
        ),
        gettext(
            "Left out: whoever has not signed both papers, has broken the contract, or has this invoice already."
        ),
    ]


def before_issuing_one(one: ToInvoice) -> list[str]:
    opco = one.opco
    payer = opco.name if opco else (one.agreement.facts["company_name"] if one.agreement else "")
    lines = [
        gettext("An invoice of %(amount)s is made to %(payer)s.")
        % {"amount": euros(one.ground.amount_cents or 0), "payer": payer},
        gettext("It is never changed: a credit note takes it back."),
    ]
    if not is_of_cohort(one.ground):
        lines.append(
            gettext(
                "The act for all leaves this student out: broken contract, or line taken back before."
            )
        )
    return lines


def before_paying(invoice: IssuedInvoice) -> list[str]:
    standing = standing_of_invoice(invoice)
    return [
        gettext("%(amount)s are on record as paid.") % {"amount": euros(standing.owed_cents)},
        gettext("A payment recorded by mistake is taken back with its reason."),
    ]


def before_unpaying(invoice: IssuedInvoice) -> list[str]:
    return [
        gettext("The invoice %(number)s is to be paid again.") % {"number": invoice.number},
        gettext("The reason is kept in the journal."),
    ]


def before_crediting(invoice: IssuedInvoice) -> list[str]:
    left = standing_of_invoice(invoice).left_cents
    lines = [
        gettext("A credit note with its own number takes back the amount typed, %(left)s at most.")
        % {"left": euros(left)},
        gettext("It is never changed. Once all is taken back, this line may be invoiced again."),
    ]
    if invoice.state is InvoiceState.PAID and invoice.paid_on:
        lines.append(
            gettext(
                "The invoice was paid on %(day)s: the accounting service gives the amount back."
            )
            % {"day": short_day(invoice.paid_on)}
        )
    return lines


def _signed_amount(invoice: IssuedInvoice) -> Decimal:
    amount = Decimal(invoice.amount_cents).scaleb(-2)
    return -amount if invoice.kind is InvoiceKind.CREDIT_NOTE else amount


def _owed(invoice: IssuedInvoice) -> Decimal:
    return Decimal(standing_of_invoice(invoice).owed_cents).scaleb(-2)


def invoice_columns() -> tuple[ExportColumn[IssuedInvoice], ...]:
    """What the accounting service reads of each, a credit note as an amount below zero."""

    def column(key: str, heading: Promise, value: object) -> ExportColumn[IssuedInvoice]:
        return ExportColumn(key=key, heading=heading, value=value)  # type: ignore[arg-type]

    return (
        column("number", _("Number"), lambda row: row.number),
        column("kind", _("Kind"), lambda row: str(KINDS[row.kind])),
        column("credits", _("Of invoice"), lambda row: row.credits.number if row.credits else ""),
        column("issued_on", _("Issued on"), lambda row: row.issued_on),
        column("due_on", _("To be paid by"), lambda row: row.due_on),
        column("student", _("Student"), lambda row: row.facts["student_name"]),
        column("ref", _("Number of the student’s file"), lambda row: row.student.ref),
        column("title", _("Line of the schedule"), lambda row: localized(row.facts["title"])),
        column("payer", _("Who pays"), lambda row: str(PAYERS[row.payer])),
        column("payer_name", _("Name of who pays"), lambda row: row.payer_name),
        column("payer_address", _("Address"), lambda row: " ".join(row.payer_address.split())),
        column(
            "file_number", _("Number of the file at the OPCO"), lambda row: row.facts["file_number"]
        ),
        column("amount", _("Amount, in euros"), _signed_amount),
        column("state", _("State"), _state_word),
        column("paid_on", _("Paid on"), lambda row: row.paid_on),
        column("owed", _("Still owed, in euros"), _owed),
        column("reason", _("Reason of the credit note"), lambda row: row.reason),
    )


def _state_word(invoice: IssuedInvoice) -> str:
    if invoice.kind is InvoiceKind.CREDIT_NOTE:
        return ""
    return str(INVOICE_SIGNS[invoice.state].word)
