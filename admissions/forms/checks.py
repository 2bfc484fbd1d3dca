"""What the central service types while it checks a dossier."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import DateField

CENTS = 100


class PieceRefusalForm(forms.Form):
    """Why a piece is refused: the candidate reads these very words."""

    reason = forms.CharField(label=_("Reason, as the candidate will read it"), max_length=300, required=False)


class SeenForm(forms.Form):
    """Which files were on the page when it was decided on."""

    seen = forms.CharField(required=False)

    @property
    def refs(self) -> list[str]:
        return str(self.cleaned_data["seen"]).split()


class PaymentForm(forms.Form):
    euros = forms.DecimalField(
        label=_("Amount received, in euros"),
        min_value=Decimal("0.01"),
        max_digits=8,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_digits", "max_decimal_places", "max_whole_digits"),
            _("Type the amount received, for example 99 or 49,50."),
        ),
    )
    note = forms.CharField(label=_("Reference of the transfer"), max_length=200, required=False)

    @property
    def cents(self) -> int:
        return int(self.cleaned_data["euros"] * CENTS)


class WaiverForm(forms.Form):
    use_required_attribute = False
    reason = forms.CharField(
        label=_("Why the fees are waived"),
        help_text=_("Kept with the application, not shown to the candidate."),
        max_length=200,
        error_messages={"required": _("Say why the fees are waived.")},
    )


class AskingForm(forms.Form):
    use_required_attribute = False
    until = DateField(label=_("To be supplied at the latest on (dd/mm/yyyy)"))
