"""Invoices of a year, and what stands for or against making one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce

from contratpro.invoices.rules import InvoiceGround, InvoiceStanding, ScheduledLine, is_of_cohort
from contratpro.models import (
    ContractYear,
    EmploymentContract,
    IssuedInvoice,
    OpcoPayer,
    StudentFile,
    TrainingAgreement,
)
from contratpro.models.invoices import ADDRESS_LENGTH, NAME_LENGTH
from contratpro.states import AgreementState, EmploymentState, InvoiceState, StudentState
from contratpro.vocabulary import InvoiceKind, PayerKind
from contratpro.year.selectors import year_now, year_said

RELATED = ("student__year__school", "student__user", "year", "printed", "credits")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToInvoice:
    """A student with the agreement that was signed last, who pays, and what the invoice stands on."""

    student: StudentFile
    agreement: TrainingAgreement | None
    opco: OpcoPayer | None
    ground: InvoiceGround


def schedule_of(year: ContractYear) -> dict[str, ScheduledLine]:
    """The lines of the schedule, as the year says it now."""
    return {
        key: ScheduledLine(key=key, amount_cents=one.amount, month=one.month)
        for key, one in year_now(year).cost.invoices.items()
    }


def invoices_of(year: ContractYear) -> QuerySet[IssuedInvoice]:
    """The last number first, each with what credit notes took of it."""
    return _standing(IssuedInvoice.objects.filter(year=year).select_related("student", "credits"))


def invoices_of_student(student: StudentFile) -> QuerySet[IssuedInvoice]:
    return _standing(student.invoices.select_related("student", "credits"))


def invoice_by_ref(ref: str) -> IssuedInvoice | None:
    return _standing(IssuedInvoice.objects.select_related(*RELATED)).filter(ref=ref).first()


def _standing(rows: QuerySet[IssuedInvoice]) -> QuerySet[IssuedInvoice]:
    credited = Coalesce(Sum("credit_notes__amount_cents"), 0)
    return rows.annotate(credited_cents=credited).order_by("-issued_in", "-serial")


def late_at(rows: QuerySet[IssuedInvoice], today: date) -> QuerySet[IssuedInvoice]:
    """Those whose last day is over and that are not paid."""
    return rows.filter(kind=InvoiceKind.INVOICE, state=InvoiceState.ISSUED, due_on__lt=today)


def standing_of_invoice(invoice: IssuedInvoice) -> InvoiceStanding:
    """As the rules judge it. What credit notes took is read with the row, or for it."""
    credited = getattr(invoice, "credited_cents", None)
    if credited is None:
        sums = invoice.credit_notes.aggregate(cents=Sum("amount_cents"))
        credited = sums["cents"] or 0
    return InvoiceStanding(
        kind=invoice.kind,
        state=invoice.state,
        amount_cents=invoice.amount_cents,
        credited_cents=credited,
        issued_on=invoice.issued_on,
        due_on=invoice.due_on,
    )


def to_invoice(students: Iterable[StudentFile], line: str) -> list[ToInvoice]:
    """Each of the students with what an invoice of that line stands on: five statements for any number."""
    students = list(students)
    agreements = _signed_agreements(students)
    opcos = {row.student_id: row for row in OpcoPayer.objects.filter(student__in=students)}
    invoiced = _states_by_student(students, line)
    signed = EmploymentContract.objects.filter(student__in=students, state=EmploymentState.SIGNED)
    employed = set(signed.values_list("student_id", flat=True))
    return [
        ToInvoice(
            student=student,
            agreement=agreements.get(student.pk),
            opco=opcos.get(student.pk),
            ground=InvoiceGround(
                student=student.state,
                contract_signed=student.pk in employed,
                agreement_signed=student.pk in agreements,
                amount_cents=_agreed_amount(agreements.get(student.pk), line),
                is_invoiced=bool(invoiced[student.pk] - {InvoiceState.CREDITED}),
                was_invoiced=bool(invoiced[student.pk]),
            ),
        )
        for student in students
    ]


def _signed_agreements(students: list[StudentFile]) -> dict[int, TrainingAgreement]:
    """The last that all have signed: what amends it is not agreed before."""
    rows = TrainingAgreement.objects.filter(student__in=students, state=AgreementState.SIGNED)
    return {row.student_id: row for row in rows.order_by("number")}


def _agreed_amount(agreement: TrainingAgreement | None, line: str) -> int | None:
    """That of the version of the year with which the agreement was printed."""
    if agreement is None:
        return None
    agreed = year_said(agreement.year_version_id).cost.invoices.get(line)
    return agreed.amount if agreed else None


def _states_by_student(students: list[StudentFile], line: str) -> Mapping[int, set[InvoiceState]]:
    rows = IssuedInvoice.objects.filter(student__in=students, line=line, kind=InvoiceKind.INVOICE)
    states: dict[int, set[InvoiceState]] = defaultdict(set)
    for student_id, state in rows.values_list("student_id", "state"):
        states[student_id].add(state)
    return states


def payer_of(agreement: TrainingAgreement, opco: OpcoPayer | None) -> dict[str, str]:
    """The company of the agreement, unless its skills operator pays."""
    if opco:
        return {
            "payer": PayerKind.OPCO,
            "payer_name": opco.name,
            "payer_address": opco.address,
        }
    facts = agreement.facts
    return {
        "payer": PayerKind.COMPANY,
        "payer_name": facts["company_name"][:NAME_LENGTH],
        "payer_address": facts["company_address"][:ADDRESS_LENGTH],
    }


def facts_of(agreement: TrainingAgreement, opco: OpcoPayer | None, line: str) -> dict[str, object]:
    """What is printed besides the amount and who pays, as the signed agreement and its year have it."""
    said = year_said(agreement.year_version_id)
    invoice = said.cost.invoices[line]
    provider = said.agreement.provider if said.agreement else None
    semesters = said.curriculum.semesters
    return {
        "title": dict(invoice.title),
        "covers": [dict(semesters[key].title) for key in invoice.covers],
        "net_of_tax": bool(said.cost.net_of_tax),
        "school": said.year.school.name,
        "address": list(said.year.contact.address),
        "email": said.year.contact.email,
        "siret": (provider.siret if provider else None) or "",
        "activity_number": (provider.activity_number if provider else None) or "",
        "degree": dict(said.year.degree.title),
        "student_name": agreement.facts["student_name"],
        "company_name": agreement.facts["company_name"],
        "company_siret": agreement.facts["siret"],
        "starts_on": agreement.facts["starts_on"],
        "ends_on": agreement.facts["ends_on"],
        "agreement": agreement.number,
        "file_number": opco.file_number if opco else "",
    }


def students_to_invoice(year: ContractYear, line: str) -> list[ToInvoice]:
    """Those of the year whom the act for all would invoice now."""
    rows = year.students.filter(state=StudentState.FEASIBLE).select_related("year")
    return [one for one in to_invoice(rows, line) if is_of_cohort(one.ground)]


def standings_in(year: ContractYear) -> list[InvoiceStanding]:
    """Every invoice and credit note of a year as it stands, in one statement."""
    credited = Coalesce(Sum("credit_notes__amount_cents"), 0)
    rows = IssuedInvoice.objects.filter(year=year).annotate(taken=credited).order_by()
    columns = ("kind", "state", "amount_cents", "taken", "issued_on", "due_on")
    return [
        InvoiceStanding(
            kind=kind,
            state=state,
            amount_cents=amount,
            credited_cents=taken,
            issued_on=issued_on,
            due_on=due_on,
        )
        for kind, state, amount, taken, issued_on, due_on in rows.values_list(*columns)
    ]


def opco_of(student: StudentFile) -> OpcoPayer | None:
    """The skills operator that pays for them; none, where the company does."""
    return OpcoPayer.objects.filter(student=student).first()
