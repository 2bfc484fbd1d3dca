"""What the training of a student is invoiced: to whom, for how much, paid or not (R-PRO-3)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import School
from common.fields import EnumField, Movable, Subject
from common.models import StoredFile
from common.refs import REF_LENGTH, new_ref
from contratpro.models.students import StudentFile
from contratpro.models.year import ContractYear
from contratpro.states import INVOICE_MOVES, InvoiceState
from contratpro.vocabulary import InvoiceKind, PayerKind

REASON_LENGTH = 500
NAME_LENGTH = 200
ADDRESS_LENGTH = 500
INVOICE, NOTE = InvoiceKind.INVOICE.value, InvoiceKind.CREDIT_NOTE.value
ISSUED, PAID, CREDITED = (state.value for state in InvoiceState)


class OpcoPayer(models.Model):
    """The skills operator that pays for a student in place of the company. No row: the company pays."""

    student = models.OneToOneField(StudentFile, on_delete=models.PROTECT, related_name="opco_payer")
    name = models.CharField(max_length=NAME_LENGTH)
    address = models.CharField(max_length=ADDRESS_LENGTH)
    file_number = models.CharField(
        max_length=40, blank=True, help_text="by which the operator knows the contract"
    )

    class Meta:
        verbose_name = _("skills operator who pays")
        constraints = [
            models.CheckConstraint(
                name="opco_with_its_name", condition=~Q(name="") & ~Q(address="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.student}: {self.name}"


class IssuedInvoice(Movable):
    """An invoice, or a credit note that takes back an invoice or a part of it. Never changed, never deleted.

    Numbers count from 1 in each year of issue of a school, invoices and credit notes together.
    """

    moves = INVOICE_MOVES
    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    issued_in = models.PositiveSmallIntegerField(help_text="the year of its number")
    serial = models.PositiveIntegerField(help_text="its number in that year")
    year = models.ForeignKey(ContractYear, on_delete=models.PROTECT, related_name="invoices")
    student = models.ForeignKey(StudentFile, on_delete=models.PROTECT, related_name="invoices")
    line = models.CharField(max_length=40, help_text="of the schedule of the year")
    kind = EnumField(max_length=11, enum=InvoiceKind)
    credits = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="credit_notes"
    )
    state = EnumField(max_length=8, enum=InvoiceState, default=InvoiceState.ISSUED)
    amount_cents = models.PositiveIntegerField()
    payer = EnumField(max_length=7, enum=PayerKind)
    payer_name = models.CharField(max_length=NAME_LENGTH)
    payer_address = models.CharField(max_length=ADDRESS_LENGTH)
    facts = models.JSONField(help_text="what is printed besides: titles, names, references")
    issued_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    paid_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=REASON_LENGTH, blank=True, help_text="of a credit note")
    printed = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("invoice")
        ordering = ("-issued_in", "-serial")
        constraints = [
            models.UniqueConstraint("school", "issued_in", "serial", name="invoice_number_once"),
            models.UniqueConstraint(
                "student",
                "line",
                name="invoice_once_a_line",
                condition=Q(kind=INVOICE) & ~Q(state=CREDITED),
            ),
            models.CheckConstraint(
                name="invoice_number_from_one", condition=Q(serial__gte=1, amount_cents__gte=1)
            ),
            models.CheckConstraint(
                name="invoice_number_of_its_year", condition=Q(issued_on__year=F("issued_in"))
            ),
            models.CheckConstraint(
                name="credit_note_of_an_invoice",
                condition=Q(kind=INVOICE, credits__isnull=True, reason="")
                | (Q(kind=NOTE, credits__isnull=False, state=ISSUED) & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="invoice_paid_on_iff_paid",
                condition=Q(state=PAID, paid_on__isnull=False)
                | Q(state=ISSUED, paid_on__isnull=True)
                | Q(state=CREDITED),
            ),
            models.CheckConstraint(
                name="invoice_due_after_issue",
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("issued_on")),
            ),
        ]
        indexes = [models.Index(fields=["year", "-issued_in", "-serial"], name="invoice_list")]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        return f"{self.issued_in}-{self.serial:04}"

    def in_journal(self) -> Subject:
        return Subject("contract_invoice", self.ref, self.year.slug, {"number": self.number})
