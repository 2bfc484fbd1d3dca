"""Students whose papers are signed, and their invoices, as their commands make them."""

from datetime import UTC, date, datetime
from typing import Any

from accounts.models import User
from contratpro.invoices.services.issuing import issue_invoice
from contratpro.models import ContractYear, DepartmentHead, IssuedInvoice, StudentFile
from contratpro.states import StudentState
from tests.factories import agreements
from tests.factories import contratpro as contracts

JANUARY = datetime(2026, 1, 12, 9, 0, tzinfo=UTC)
DUE = date(2026, 2, 28)


def signed_papers(year: ContractYear, office: User, **changes: Any) -> StudentFile:
    """A student whose employment contract and training agreement are signed."""
    student = contracts.student(year, StudentState.FEASIBLE, **changes)
    named = DepartmentHead.objects.filter(year=year, department=student.department).first()
    head = named.user if named else contracts.head(year, student.department)
    agreements.validated_sheet(student, head)
    agreements.admitted_to_year_3(student, office)
    agreements.contract_signed(student, office)
    agreements.signed(agreements.handed_in(agreements.prepared(student, office), office), office)
    return student


def issued(
    student: StudentFile, office: User, line: str = "s9", due_on: date | None = DUE
) -> IssuedInvoice:
    return issue_invoice(ref=student.ref, line=line, due_on=due_on, actor=office, now=JANUARY)
