"""Invoices are made from the schedule of the year: for a whole cohort in one act, or for one student."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from accounts.models import School, User
from common.journal import Stamp, note
from common.moves import begin_all
from common.refusals import DomainError, refuse_unless
from contratpro.invoices.rules import (
    ScheduledLine,
    check_due,
    is_of_cohort,
    may_begin_line,
    may_invoice,
    next_serial,
)
from contratpro.invoices.selectors import ToInvoice, facts_of, payer_of, schedule_of, to_invoice
from contratpro.invoices.services.printing import order_prints
from contratpro.models import ContractYear, IssuedInvoice, OpcoPayer, StudentFile
from contratpro.states import InvoiceState
from contratpro.steps.selectors import today_of
from contratpro.students.services.locking import (
    lock_handled_student,
    lock_handled_year,
)
from contratpro.vocabulary import InvoiceKind, PayerKind

VERB = "issue"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoicePlan:
    """What a run of numbers is given to: one line of a year, on one day."""

    line: str
    issued_on: date
    due_on: date | None


@transaction.atomic
def issue_invoices(
    *, slug: str, line: str, due_on: date | None = None, actor: User, now: datetime
) -> int:
    """Invoice a line of the schedule for every student who can be invoiced, each once. Returns how many they are.

    Raises LookupError for a line that the year does not have.
    """
    lock_numbers(ContractYear.objects.values_list("school_id", flat=True).get(slug=slug))
    year = lock_handled_year(slug, actor)
    plan = _plan(year, line, due_on, now)
    rows = year.students.select_for_update(of=("self",)).select_related("year__school")
    chosen = [
        one for one in to_invoice(rows.order_by("sort_key", "pk"), line) if is_of_cohort(one.ground)
    ]
    return len(_issue(year, chosen, plan, Stamp.of(actor, now)))


@transaction.atomic
def issue_invoice(
    *, ref: str, line: str, due_on: date | None = None, actor: User, now: datetime
) -> IssuedInvoice:
    """The same for one student, also after a breach, and again once credit notes took the first one back."""
    lock_numbers(StudentFile.objects.values_list("year__school_id", flat=True).get(ref=ref))
    student = lock_handled_student(ref, actor)
    plan = _plan(student.year, line, due_on, now)
    [one] = to_invoice([student], line)
    if one.ground.is_invoiced:
        live = student.invoices.filter(line=line, kind=InvoiceKind.INVOICE)
        return live.exclude(state=InvoiceState.CREDITED).get()
    refuse_unless(may_invoice(one.ground))
    return _issue(student.year, [one], plan, Stamp.of(actor, now))[0]


@transaction.atomic
def set_payer(
    *,
    ref: str,
    payer: PayerKind,
    name: str = "",
    address: str = "",
    file_number: str = "",
    actor: User,
    now: datetime,
) -> OpcoPayer | None:
    """Who pays for a student from now on; invoices that were issued stay as they are."""
    student = lock_handled_student(ref, actor)
    OpcoPayer.objects.filter(student=student).delete()
    opco = None
    if payer is PayerKind.OPCO:
        if not name.strip() or not address.strip():
            raise DomainError.of("opco_without_name")
        opco = OpcoPayer.objects.create(
            student=student,
            name=name.strip(),
            address=address.strip(),
            file_number=file_number.strip(),
        )
    note(student, "set_payer", Stamp.of(actor, now, payer=str(payer)))
    return opco


def lock_numbers(school_id: int) -> None:
    """Of two who give numbers at once for a school, the second sees those of the first.

    Before any other lock, since numbers are given to many students in one act. Rows that point to the school are
    written meanwhile (`no_key`): whoever writes one holds the lock of a student.
    """
    School.objects.select_for_update(of=("self",), no_key=True).get(pk=school_id)


def first_free(school_id: int, issued_in: int) -> int:
    """The next number of that year, under the lock."""
    rows = IssuedInvoice.objects.filter(school_id=school_id, issued_in=issued_in)
    return next_serial(rows.aggregate(last=Max("serial"))["last"])


def _plan(year: ContractYear, line: str, due_on: date | None, now: datetime) -> InvoicePlan:
    today = today_of(year, now)
    scheduled: ScheduledLine = schedule_of(year)[line]
    refuse_unless(may_begin_line(scheduled, today))
    refuse_unless(check_due(due_on, today))
    return InvoicePlan(line=line, issued_on=today, due_on=due_on)


def _issue(
    year: ContractYear, chosen: Sequence[ToInvoice], plan: InvoicePlan, stamp: Stamp
) -> list[IssuedInvoice]:
    first = first_free(year.school_id, plan.issued_on.year)
    invoices = [_invoice(one, plan, serial) for serial, one in enumerate(chosen, start=first)]
    begin_all(invoices, InvoiceState.ISSUED, stamp, verb=VERB)
    order_prints(invoices, stamp.at)
    return invoices


def _invoice(one: ToInvoice, plan: InvoicePlan, serial: int) -> IssuedInvoice:
    assert one.agreement, "what is not signed is not invoiced"
    assert one.ground.amount_cents, "what was not agreed is not invoiced"
    return IssuedInvoice(
        school_id=one.student.year.school_id,
        issued_in=plan.issued_on.year,
        serial=serial,
        year=one.student.year,
        student=one.student,
        line=plan.line,
        kind=InvoiceKind.INVOICE,
        amount_cents=one.ground.amount_cents,
        facts=facts_of(one.agreement, one.opco, plan.line),
        issued_on=plan.issued_on,
        due_on=plan.due_on,
        **payer_of(one.agreement, one.opco),
    )
