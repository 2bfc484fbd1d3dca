"""What a played year certifies and invoices: orders for the cohort, payers, payments, credit notes after a breach."""

from datetime import datetime, timedelta
from functools import partial

from contratpro.certificates.selectors import days_of
from contratpro.certificates.services import order_certificates
from contratpro.invoices.selectors import schedule_of
from contratpro.invoices.services.issuing import issue_invoices, set_payer
from contratpro.invoices.services.settling import credit_invoice, pay_invoice
from contratpro.models import IssuedInvoice
from contratpro.states import InvoiceState
from contratpro.vocabulary import InvoiceKind, PayerKind
from rehearsal.people.someone import chance
from rehearsal.year.cast import EVENING, PlayedYear
from rehearsal.year.stage import YearAct, first_day
from rehearsal.year.students import CohortStudent

MORNING = 9 * 60
PAYER_SAID = timedelta(days=20)  # after the first day
BY_OPCO, PAID = 0.4, 0.9
INVOICED, SETTLED = (
    timedelta(days=11),
    timedelta(days=25),
)  # after the first of the month; after the invoice
CERTIFIED = timedelta(days=2)  # after the semester
CREDITED = timedelta(days=3)  # after the breach
SHARE = 2  # a half is taken back
SIGNATORY = {"signatory": "Étienne Darmon", "post": "Directeur des études", "town": "Alès"}
WHY = "Contrat rompu : la formation n’a pas été suivie jusqu’à son terme."
OPCO = {"name": "Opco Atlas", "address": "25 quai Panhard-et-Levassor, 75013 Paris"}


def plan_money(year: PlayedYear) -> None:
    first = first_day(year.stage.said)
    at = year.hour(first + PAYER_SAID, MORNING)
    year.plan(at, "Payers put on record", partial(_say_payers, year))
    for line in schedule_of(year.stage.year).values():
        issued_at = year.hour(line.month + INVOICED, MORNING)
        year.plan(issued_at, "Invoices issued", partial(_issue, year, line.key))
        paid_at = year.hour((issued_at + SETTLED).date(), MORNING)
        year.plan(paid_at, "Invoices paid", partial(_pay, year, line.key))
    for semester in year.stage.said.curriculum.semesters:
        lasts = [
            days_of(year.stage.said, semester, department).last
            for department in year.stage.said.departments
        ]
        at = year.hour(max(lasts) + CERTIFIED, MORNING)
        year.plan(at, "Certificates ordered", partial(_certify, year, semester))
    for one in year.under_contract:
        if broken_on := year.broken_on(one):
            at = year.hour(broken_on + CREDITED, EVENING)
            year.add(YearAct(at, "Credit notes issued", partial(_credit, year, one)))


def _say_payers(year: PlayedYear, at: datetime) -> int:
    chosen = [
        one
        for one in year.under_contract
        if chance("payer", year.seed, one.email).random() < BY_OPCO
    ]
    for one in chosen:
        set_payer(
            ref=year.stage.row(one).ref,
            payer=PayerKind.OPCO,
            **OPCO,
            file_number=f"{chance('file', one.email).randrange(10**6):06}",
            actor=year.cast.office,
            now=at,
        )
    return len(chosen)


def _issue(year: PlayedYear, line: str, at: datetime) -> int:
    due_on = (at + SETTLED).date()
    slug, office = year.stage.year.slug, year.cast.office
    made = issue_invoices(slug=slug, line=line, due_on=due_on, actor=office, now=at)
    again = issue_invoices(slug=slug, line=line, due_on=due_on, actor=office, now=at)
    return made + again


def _pay(year: PlayedYear, line: str, at: datetime) -> int:
    rows = IssuedInvoice.objects.filter(
        year=year.stage.year, line=line, kind=InvoiceKind.INVOICE, state=InvoiceState.ISSUED
    )
    paid = [
        row
        for row in rows.select_related("student").order_by("serial")
        if chance("paid", year.seed, row.student.email, line).random() < PAID
    ]
    for row in paid:
        pay_invoice(ref=row.ref, paid_on=at.date(), actor=year.cast.office, now=at)
    return len(paid)


def _credit(year: PlayedYear, one: CohortStudent, *, now: datetime) -> None:
    """A part of each invoice that was issued before the breach."""
    invoices = year.stage.row(one).invoices.filter(kind=InvoiceKind.INVOICE)
    for invoice in invoices.order_by("serial"):
        credit_invoice(
            ref=invoice.ref,
            cents=invoice.amount_cents // SHARE,
            reason=WHY,
            seen=0,
            actor=year.cast.office,
            now=now,
        )


def _certify(year: PlayedYear, semester: str, at: datetime) -> int:
    order = order_certificates(
        slug=year.stage.year.slug,
        semester=semester,
        **SIGNATORY,
        actor=year.cast.office,
        now=at,
    )
    return order.wanted
