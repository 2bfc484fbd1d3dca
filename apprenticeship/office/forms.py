"""What the company office types about a place, a contract and an admission."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from admissions.dossier.forms import LineField
from apprenticeship.projects.rules import FRANCE
from campaigns.models import Programme
from common.formats import localized
from common.forms import DateField, reason_field
from companies.forms import WithSiret
from companies.services import CompanyInput

REASON_LENGTH = 300


class TransferForm(forms.Form):
    use_required_attribute = False
    programme_code = forms.ChoiceField(
        label=_("Programme"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the programme."),
            "invalid_choice": _("Choose the programme."),
        },
    )

    def __init__(self, *args: Any, programmes: Iterable[Programme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["programme_code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(row.code, localized(row.title)) for row in programmes]


class CapacityForm(forms.Form):
    use_required_attribute = False
    places = forms.IntegerField(
        label=_("Places from now on"),
        min_value=0,
        max_value=9999,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("Type the number of places."),
            "invalid": _("Type a whole number."),
        },
    )
    reason = reason_field(
        help_text=_("It is kept, with your name and the date."),
        length=REASON_LENGTH,
    )


class AgedForm(forms.Form):
    """With the derogation, where the notice sets an age."""

    use_required_attribute = False
    derogation = LineField(
        label=_("Derogation from the age limit, if it is passed"),
        help_text=_(
            "The case that the law provides for, for instance the recognition of a disability."
        ),
        max_length=REASON_LENGTH,
        required=False,
    )

    def __init__(self, *args: Any, aged: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not aged:
            del self.fields["derogation"]


class AgreementForm(WithSiret):
    """The company that agrees to train the candidate, and since when."""

    use_required_attribute = False
    siret = LineField(
        label=_("SIRET of the company"),
        help_text=_("14 digits; nothing for a company abroad."),
        max_length=20,
        required=False,
    )
    name = LineField(
        label=_("Company"),
        max_length=160,
        error_messages={"required": _("Type the name of the company.")},
    )
    street = LineField(label=_("Street"), max_length=200, required=False)
    postcode = LineField(label=_("Postcode"), max_length=12, required=False)
    city = LineField(label=_("Town"), max_length=80, required=False)
    country = CountryField().formfield(label=_("Country"), initial=FRANCE)
    agreed_on = DateField(
        label=_("The employer agreed on"),
        help_text=_("The day written on the agreement."),
        error_messages={"required": _("Type the day of the agreement.")},
    )

    def clean(self) -> dict[str, Any]:
        """What the command takes: a company and a day."""
        typed = dict(super().clean() or {})
        if typed.get("country") == FRANCE and not typed.get("siret") and "siret" not in self.errors:
            self.add_error("siret", _("Type the SIRET, or choose another country."))
        day = typed.pop("agreed_on", None)
        return typed if self.errors else {"company": CompanyInput(**typed), "agreed_on": day}


class DraftForm(AgedForm):
    starts_on = DateField(
        label=_("The contract starts on"),
        error_messages={"required": _("Type the day on which the contract starts.")},
    )
    field_order = ("starts_on", "derogation")


class SignatureForm(AgedForm):
    signed_on = DateField(
        label=_("Signed by the candidate and the employer on"),
        help_text=_("The later of both signatures."),
        error_messages={"required": _("Type the day of the signature.")},
    )
    field_order = ("signed_on", "derogation")


class CountersignatureForm(forms.Form):
    use_required_attribute = False
    countersigned_on = DateField(
        label=_("Countersigned by the training centre on"),
        error_messages={"required": _("Type the day of the countersignature.")},
    )
