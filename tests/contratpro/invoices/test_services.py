"""Invoices made, paid, taken back; their numbers follow each other (R-PRO-3)."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from common.models import Job, JournalEntry
from common.refusals import DomainError, NotAllowedError
from contratpro.invoices.selectors import schedule_of
from contratpro.invoices.services.issuing import issue_invoice, issue_invoices, set_payer
from contratpro.invoices.services.printing import print_invoice
from contratpro.invoices.services.settling import credit_invoice, pay_invoice, unpay_invoice
from contratpro.models import IssuedInvoice, OpcoPayer
from contratpro.states import InvoiceState
from contratpro.students.services.following import withdraw_student
from contratpro.vocabulary import InvoiceKind, PayerKind
from tests.factories import contratpro as contracts
from tests.factories import invoices

pytestmark = pytest.mark.servers
NOW = invoices.JANUARY
AUGUST = datetime(2026, 8, 3, 9, 0, tzinfo=UTC)


def issue_all(year, office, line="s9", now=NOW, due_on=invoices.DUE):
    return issue_invoices(slug=year.slug, line=line, due_on=due_on, actor=office, now=now)


def refused(command, *codes):
    with pytest.raises(DomainError) as error:
        command()
    assert [refusal.code for refusal in error.value.refusals] == list(codes)


def numbers():
    return [one.number for one in IssuedInvoice.objects.order_by("issued_in", "serial")]


def test_a_cohort_is_invoiced_in_one_act_each_student_once(year, office):
    first, second = (invoices.signed_papers(year, office) for _ in range(2))
    contracts.student(year)

    assert issue_all(year, office) == 2
    assert issue_all(year, office) == 0
    rows = IssuedInvoice.objects.order_by("serial")
    assert {row.student for row in rows} == {first, second}
    assert numbers() == ["2026-0001", "2026-0002"]
    assert [(row.amount_cents, row.due_on, row.payer) for row in rows] == [
        (450_000, invoices.DUE, PayerKind.COMPANY)
    ] * 2
    assert rows[0].payer_name == first.agreements.get().facts["company_name"]
    assert Job.objects.filter(kind="contratpro.invoice").count() == 2
    assert JournalEntry.objects.filter(verb="issue").count() == 2


def test_both_lines_add_up_to_the_price_of_the_year(year, office):
    student = invoices.signed_papers(year, office)
    issue_all(year, office)
    issue_all(year, office, "balance", AUGUST, None)
    amounts = student.invoices.values_list("amount_cents", flat=True)
    assert sum(amounts) == 800_000
    assert sum(line.amount_cents for line in schedule_of(year).values()) == 800_000


def test_nothing_before_the_month_of_the_schedule(year, office):
    invoices.signed_papers(year, office)
    december = datetime(2025, 12, 31, 9, 0, tzinfo=UTC)
    refused(lambda: issue_all(year, office, now=december), "invoice_before_its_month")
    with pytest.raises(LookupError):
        issue_all(year, office, "no-such-line")


def test_numbers_begin_again_with_a_year_of_issue(year, office):
    student = invoices.signed_papers(year, office)
    invoices.issued(student, office)
    late = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
    issue_invoice(ref=student.ref, line="balance", actor=office, now=late)
    assert numbers() == ["2026-0001", "2027-0001"]


def test_an_invoice_asked_for_twice_is_made_once(year, office):
    student = invoices.signed_papers(year, office)
    assert invoices.issued(student, office) == invoices.issued(student, office)


def test_a_skills_operator_pays_from_then_on(year, office):
    student = invoices.signed_papers(year, office)
    one = {"ref": student.ref, "actor": office, "now": NOW}
    refused(lambda: set_payer(payer=PayerKind.OPCO, **one), "opco_without_name")
    said = {"name": "Atlas", "address": "1 rue de l’Exemple\n75000 Paris", "file_number": "D-7"}
    set_payer(payer=PayerKind.OPCO, **said, **one)
    invoice = invoices.issued(student, office)
    set_payer(payer=PayerKind.COMPANY, **one)

    invoice.refresh_from_db()
    assert (invoice.payer, invoice.payer_name) == (PayerKind.OPCO, "Atlas")
    assert invoice.facts["file_number"] == "D-7"
    assert not OpcoPayer.objects.exists()


def test_paid_then_taken_for_not_paid(year, office):
    invoice = invoices.issued(invoices.signed_papers(year, office), office)
    paid = {"ref": invoice.ref, "paid_on": date(2026, 1, 12), "actor": office, "now": NOW}
    pay_invoice(**paid)
    pay_invoice(**paid)
    invoice.refresh_from_db()
    assert (invoice.state, invoice.paid_on) == (InvoiceState.PAID, date(2026, 1, 12))
    assert JournalEntry.objects.filter(verb="pay").count() == 1

    back = {"ref": invoice.ref, "reason": "Autre facture", "actor": office, "now": NOW}
    unpay_invoice(**back)
    unpay_invoice(**back)
    invoice.refresh_from_db()
    assert (invoice.state, invoice.paid_on) == (InvoiceState.ISSUED, None)
    assert JournalEntry.objects.get(verb="unpay").reason == "Autre facture"


def credit(invoice, office, cents, seen, reason="Rupture du contrat"):
    return credit_invoice(
        ref=invoice.ref, cents=cents, reason=reason, seen=seen, actor=office, now=NOW
    )


def test_credit_notes_take_an_invoice_back_in_parts(year, office):
    invoice = invoices.issued(invoices.signed_papers(year, office), office)
    part = credit(invoice, office, 150_000, 0)
    assert credit(invoice, office, 150_000, 0) == part  # sent twice, made once
    refused(lambda: credit(invoice, office, 300_001, 1), "credit_above_what_is_left")
    refused(lambda: credit(invoice, office, 100, 0), "moved_meanwhile")
    refused(lambda: credit(invoice, office, 100, 1, " "), "credit_without_reason")
    rest = credit(invoice, office, 300_000, 1)

    invoice.refresh_from_db()
    assert invoice.state is InvoiceState.CREDITED
    assert numbers() == ["2026-0001", "2026-0002", "2026-0003"]
    assert [(one.kind, one.credits, one.payer_name) for one in (part, rest)] == [
        (InvoiceKind.CREDIT_NOTE, invoice, invoice.payer_name)
    ] * 2
    refused(lambda: credit(part, office, 1, 0), "credit_note_of_a_credit_note")


def test_what_was_taken_back_may_be_invoiced_again_by_itself_alone(year, office):
    student = invoices.signed_papers(year, office)
    first = invoices.issued(student, office)
    credit(first, office, 450_000, 0, "Payeur erroné")
    assert issue_all(year, office) == 0
    again = invoices.issued(student, office)
    assert (again.number, again.state) == ("2026-0003", InvoiceState.ISSUED)


def test_what_a_payment_and_a_credit_note_leave(year, office):
    """A paid invoice may be taken back: the accounting service gives the amount back."""
    invoice = invoices.issued(invoices.signed_papers(year, office), office)
    pay_invoice(ref=invoice.ref, paid_on=NOW.date(), actor=office, now=NOW)
    credit(invoice, office, 450_000, 0)
    invoice.refresh_from_db()
    assert (invoice.state, invoice.paid_on) == (InvoiceState.CREDITED, NOW.date())


def test_a_student_who_gave_up_is_not_invoiced(year, office):
    student = invoices.signed_papers(year, office)
    withdraw_student(ref=student.ref, reason="Abandon", actor=office, now=NOW)
    assert issue_all(year, office) == 0
    refused(lambda: invoices.issued(student, office), "invoice_of_no_contract")


def test_the_paper_is_kept_once_with_its_fingerprint(year, office):
    invoice = invoices.issued(invoices.signed_papers(year, office), office)
    print_invoice({"ref": invoice.ref}, NOW)
    print_invoice({"ref": invoice.ref}, NOW)
    invoice.refresh_from_db()
    assert invoice.printed
    assert len(invoice.printed.sha256) == 64
    assert invoice.printed.name == "invoice-2026-0001.pdf"


def test_the_office_alone_makes_and_settles_invoices(year, office):
    student = invoices.signed_papers(year, office)
    invoice = invoices.issued(student, office)
    head = contracts.head(year)
    for command in (
        lambda: issue_all(year, head),
        lambda: invoices.issued(student, head),
        lambda: credit(invoice, head, 1, 0),
        lambda: pay_invoice(ref=invoice.ref, paid_on=NOW.date(), actor=head, now=NOW),
        lambda: unpay_invoice(ref=invoice.ref, reason="A", actor=head, now=NOW),
        lambda: set_payer(ref=student.ref, payer=PayerKind.COMPANY, actor=head, now=NOW),
    ):
        with pytest.raises(NotAllowedError):
            command()


@pytest.mark.parametrize(
    "wrong",
    [
        {"serial": 1},
        {"serial": 0},
        {"serial": 9, "amount_cents": 0},
        {"serial": 9, "issued_in": 2025},
        {"serial": 9, "due_on": date(2025, 1, 1)},
        {"serial": 9, "state": "paid"},
        {"serial": 9, "kind": "credit_note"},
        {"serial": 9, "reason": "A"},
        {"serial": 9},  # the line of this student is invoiced already
    ],
)
def test_the_database_refuses_what_no_invoice_is(year, office, wrong):
    invoice = invoices.issued(invoices.signed_papers(year, office), office)
    invoice.pk, invoice.ref = None, "REFREFREF"
    for name, value in wrong.items():
        setattr(invoice, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        invoice.save(force_insert=True)
