"""What is typed of invoices: a last day, who pays, a payment, a credit note; and what narrows their list."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from common.forms import DateField, reason_field
from contratpro.invoices.presentation import INVOICE_SIGNS, PAYERS
from contratpro.invoices.selectors import late_at
from contratpro.models import IssuedInvoice, OpcoPayer
from contratpro.models.invoices import ADDRESS_LENGTH, NAME_LENGTH, REASON_LENGTH
from contratpro.vocabulary import InvoiceKind, PayerKind

ALL = _("All")
CENTS = 100
CREDIT_NOTES = "credit_notes"
AMOUNT_ERRORS = (
    "required",
    "invalid",
    "min_value",
    "max_digits",
    "max_decimal_places",
    "max_whole_digits",
)


class InvoiceFilter(django_filters.FilterSet):  # type: ignore[misc]
    state = django_filters.ChoiceFilter(
        label=_("State"),
        empty_label=ALL,
        choices=[
            *((state, sign.word) for state, sign in INVOICE_SIGNS.items()),
            (CREDIT_NOTES, _("credit notes")),
        ],
        method="in_state",
    )
    payer = django_filters.ChoiceFilter(
        label=_("Who pays"), empty_label=ALL, choices=list(PAYERS.items())
    )
    late = django_filters.ChoiceFilter(
        label=_("Payment"), empty_label=ALL, choices=[("yes", _("late only"))], method="only_late"
    )

    class Meta:
        model = IssuedInvoice
        fields = ()

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def in_state(
        self, rows: QuerySet[IssuedInvoice], _name: str, value: str
    ) -> QuerySet[IssuedInvoice]:
        if value == CREDIT_NOTES:
            return rows.filter(kind=InvoiceKind.CREDIT_NOTE)
        return rows.filter(kind=InvoiceKind.INVOICE, state=value)

    def only_late(
        self, rows: QuerySet[IssuedInvoice], _name: str, _value: str
    ) -> QuerySet[IssuedInvoice]:
        return late_at(rows, self.today)


class IssueForm(forms.Form):
    use_required_attribute = False
    due_on = DateField(
        label=_("To be paid by (optional)"),
        help_text=_("Printed on the invoice; later than this day, it is shown as late."),
        required=False,
    )


class PayerForm(forms.Form):
    """The company, or its skills operator with its name and address."""

    use_required_attribute = False
    payer = forms.ChoiceField(
        label=_("Who pays"),
        choices=list(PAYERS.items()),
        widget=forms.RadioSelect,
        initial=PayerKind.COMPANY,
    )
    name = forms.CharField(
        label=_("Name of the skills operator"), max_length=NAME_LENGTH, required=False
    )
    address = forms.CharField(
        label=_("Its address"),
        max_length=ADDRESS_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    file_number = forms.CharField(
        label=_("Number of the file at the operator (optional)"), max_length=40, required=False
    )

    @classmethod
    def of(cls, opco: OpcoPayer | None, typed: Mapping[str, Any] | None) -> "PayerForm":
        if opco is None:
            return cls(typed)
        said = {name: getattr(opco, name) for name in ("name", "address", "file_number")}
        return cls(typed, initial={"payer": PayerKind.OPCO, **said})

    def clean_payer(self) -> PayerKind:
        return PayerKind(self.cleaned_data["payer"])


class PaymentDayForm(forms.Form):
    use_required_attribute = False
    paid_on = DateField(
        label=_("Paid on"), error_messages={"required": _("Type the day of the payment.")}
    )


class CentsField(forms.DecimalField):
    """An amount in euros, kept as whole cents."""

    def clean(self, value: Any) -> int:
        euros: Decimal = super().clean(value)
        return int(euros * CENTS)


class CreditForm(forms.Form):
    """How much is taken back and why. `seen` is how many credit notes the page showed."""

    use_required_attribute = False
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, typed: Mapping[str, Any] | None, *, seen: int, left_cents: int) -> None:
        left = Decimal(left_cents) / CENTS
        super().__init__(typed, initial={"seen": seen, "cents": left})
        self.fields["cents"] = CentsField(
            label=_("Amount taken back, in euros"),
            min_value=Decimal("0.01"),
            max_digits=9,
            decimal_places=2,
            localize=True,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            error_messages=dict.fromkeys(
                AMOUNT_ERRORS, _("Type the amount, for example 4500 or 1250,50.")
            ),
        )
        self.fields["reason"] = reason_field(
            help_text=_("It is printed on the credit note."), length=REASON_LENGTH
        )
