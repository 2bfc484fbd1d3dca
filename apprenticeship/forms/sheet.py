"""The employer's sheet. Nothing is required to be saved; what is missing is said when it is sent."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from admissions.dossier.forms import LineField
from apprenticeship.enums import FIELD_LABELS
from apprenticeship.rules.projects import FIELDS, FRANCE, SECTIONS, missing_fields
from common.forms import DateField, country_field
from common.refusals import DomainError, say
from companies.services import valid_siret

LONG_TEXT = 5000
MISSING = {
    "siret": _("Type the fourteen digits of the SIRET: they are on your invoices and pay slips."),
    "company_name": _("Type the name of the company."),
    "street": _("Type the number and street."),
    "postcode": _("Type the postcode."),
    "city": _("Type the town."),
    "country": _("Choose the country."),
    "contact_name": _("Type the name of whoever follows this file."),
    "contact_email": _("Type an address to write to."),
    "contact_phone": _("Type a phone number to call."),
    "master_name": _("Type the name of the master: if it is not settled, the most likely one."),
    "master_function": _("Type the master's position."),
    "master_years": _("Type how many years the master has practised the trade."),
    "master_email": _("Type the master's e-mail address."),
    "job_title": _("Type the title of the job."),
    "missions": _("Describe the missions: the school judges the job on them."),
    "progression": _("Say how the responsibilities grow."),
    "fit": _("Say how the job fits the programme."),
    "starts_on": _("Type the day on which the contract would begin."),
}


def _line(name: str, length: int, help_text: Any = "", **attrs: str) -> LineField:
    widget = forms.TextInput(attrs=attrs)
    return LineField(label=FIELD_LABELS[name], help_text=help_text, max_length=length, required=False, widget=widget)


def _text(name: str, help_text: Any, rows: int) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=FIELD_LABELS[name], help_text=help_text, max_length=LONG_TEXT, required=False, widget=widget
    )


def _email(name: str, **attrs: str) -> forms.EmailField:
    return forms.EmailField(label=FIELD_LABELS[name], required=False, widget=forms.EmailInput(attrs=attrs))


class SheetForm(forms.Form):
    use_required_attribute = False

    siret = _line(
        "siret",
        20,
        _("Fourteen digits, on your invoices and pay slips. Leave it empty for a company abroad."),
        inputmode="numeric",
        autocomplete="off",
    )
    company_name = _line("company_name", 160, autocomplete="organization")
    street = _line("street", 200, autocomplete="street-address")
    postcode = _line("postcode", 12, autocomplete="postal-code")
    city = _line("city", 80, autocomplete="address-level2")
    country = country_field(label=FIELD_LABELS["country"])
    contact_name = _line("contact_name", 120, _("The person whom the school writes to or calls."), autocomplete="name")
    contact_function = _line("contact_function", 120, autocomplete="organization-title")
    contact_email = _email("contact_email", autocomplete="email")
    contact_phone = PhoneNumberField(label=FIELD_LABELS["contact_phone"], required=False)
    master_name = _line(
        "master_name", 120, _("An adult of the company, who works in the trade and trains the apprentice day by day.")
    )
    master_function = _line("master_function", 120)
    master_years = forms.IntegerField(
        label=FIELD_LABELS["master_years"],
        help_text=_("The law asks for two years, or one with a diploma of the same field and level."),
        min_value=0,
        max_value=60,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": "2"}),
        error_messages={"invalid": _("Type a number of whole years, for instance 5.")},
    )
    master_diploma = _line("master_diploma", 160)
    master_email = _email("master_email")
    master_phone = PhoneNumberField(label=FIELD_LABELS["master_phone"], required=False)
    job_title = _line("job_title", 120, _("For instance: assistant works engineer."))
    missions = _text("missions", _("What the apprentice will do, with which tools, in which team."), 7)
    progression = _text(
        "progression", _("From the first year to the last: what is done with help, then alone, then led."), 6
    )
    fit = _text("fit", _("Which competences of the programme the missions train. In your own words."), 5)
    workplace = _line("workplace", 200, _("Site or town, if it is not the address above."))
    starts_on = DateField(label=FIELD_LABELS["starts_on"], help_text=_("dd/mm/yyyy."), required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, kept: Mapping[str, str]) -> None:
        super().__init__(data, initial={"country": FRANCE} | _shown(kept))
        self.fields["country"].widget.attrs["autocomplete"] = "country"
        for name in ("contact_phone", "master_phone"):
            self.fields[name].widget.attrs.update({"inputmode": "tel"})
        self.fields["contact_phone"].widget.attrs["autocomplete"] = "tel"

    @property
    def stamp(self) -> str:
        """Changes when what is stored does: the browser then knows that what it kept was saved."""
        return sha256(repr(sorted(self.initial.items())).encode()).hexdigest()[:16]

    @property
    def typed(self) -> dict[str, str]:
        """Word for word, readable or not: what a draft keeps."""
        return {name: str(self.data.get(name, "")) for name in FIELDS}

    @property
    def sheet(self) -> dict[str, str]:
        """What was understood, as a version keeps it."""
        return {name: _written(self.cleaned_data.get(name)) for name in FIELDS}

    def clean_siret(self) -> str:
        typed: str = self.cleaned_data["siret"]
        try:
            return valid_siret(typed) if typed else ""
        except DomainError as error:
            raise ValidationError([say(refusal) for refusal in error.refusals]) from error

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for name in missing_fields(self.sheet):
            if name not in self.errors:
                self.add_error(name, MISSING[name])
        return cleaned

    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [(key, [self[name] for name in names]) for key, names in SECTIONS.items()]


def _shown(kept: Mapping[str, str]) -> dict[str, Any]:
    shown: dict[str, Any] = {name: value for name, value in kept.items() if value}
    try:
        shown["starts_on"] = date.fromisoformat(shown.get("starts_on", ""))
    except ValueError:
        return shown  # not typed, or as it was typed
    return shown


def _written(value: Any) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value).strip()
