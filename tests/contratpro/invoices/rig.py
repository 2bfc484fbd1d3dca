"""Invoices and credit notes made at once, on a database of its own: `python -m tests contratpro.invoices.rig`.

Prints the numbers that were given, and for how many students a line is invoiced more than once.
"""

import json
import sys

from django.db.models import Count

from contratpro.invoices.services.issuing import issue_invoice, issue_invoices
from contratpro.invoices.services.settling import credit_invoice
from contratpro.models import IssuedInvoice
from contratpro.vocabulary import InvoiceKind
from tests.contratpro.rig import together
from tests.factories import accounts, invoices
from tests.factories import contratpro as contracts

STUDENTS = 5
NOW = invoices.JANUARY


def main() -> None:
    year = contracts.confirmed_year()
    office = accounts.contract_service(year.school)
    students = [invoices.signed_papers(year, office) for _ in range(STUDENTS)]
    first = invoices.issued(students[0], office)
    by = {"actor": office, "now": NOW}

    def act(number: int) -> object:
        match number % 3:
            case 0:
                return issue_invoices(slug=year.slug, line="s9", **by)
            case 1:
                return issue_invoice(ref=students[number % STUDENTS].ref, line="s9", **by)
        return credit_invoice(ref=first.ref, cents=100, reason=f"{number}", seen=0, **by)

    outcomes = together(act)
    rows = IssuedInvoice.objects.order_by("serial")
    lines = rows.filter(kind=InvoiceKind.INVOICE).order_by().values("student", "line")
    twice = lines.annotate(times=Count("pk")).filter(times__gt=1)
    said = {
        "outcomes": outcomes,
        "numbers": list(rows.values_list("serial", flat=True)),
        "twice": twice.count(),
    }
    sys.stdout.write(json.dumps(said) + "\n")
