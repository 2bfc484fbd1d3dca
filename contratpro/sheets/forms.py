"""The contact sheet as it is typed, whom to invite to it, and what the head or the office says of it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from common.forms import DateField, country_field, reason_field
from companies.forms import WithSiret
from contratpro.models.sheets import NAME_LENGTH, REMARKS_LENGTH
from contratpro.sheets.presentation import FIELD_LABELS, LONG_FIELDS, SECTION_TITLES, part_of
from contratpro.sheets.rules import FIELDS, FRANCE, SECTIONS, missing_fields
from contratpro.sheets.services.signing import HomeSigner
from contratpro.vocabulary import Party

LONG_TEXT = 5000
LENGTHS = {"siret": 20, "street": 200, "postcode": 12, "city": 80, "company_name": 160}
LINE = 120
HELP = {
    "siret": _("Fourteen digits, on invoices and pay slips. Leave it empty for a company abroad."),
    "tutor_name": _("Who follows the student day by day in the company."),
    "signatory_name": _("Who signs the employment contract and the training agreement."),
    "project_activities": _("What the student will do, with which tools, in which team."),
    "project_projects": _("What the student will have done by the end of semester 9."),
    "pfe_title": _("It may be settled after the first period in the company."),
}


def _field(name: str) -> forms.Field:
    common: dict[str, Any] = {
        "label": FIELD_LABELS[name],
        "help_text": HELP.get(name, ""),
        "required": False,
    }
    if name == "country":
        return country_field(label=FIELD_LABELS[name])
    if name.endswith("_email"):
        return forms.EmailField(**common)
    if name.endswith("_phone"):
        # Not the widget of this field: it would show a slip otherwise than it was typed.
        as_typed = forms.TextInput(attrs={"type": "tel", "inputmode": "tel"})
        number: forms.Field = PhoneNumberField(widget=as_typed, **common)
        return number
    if name in LONG_FIELDS:
        rows = 2 if name == "student_address" else 6
        area = forms.Textarea(attrs={"rows": rows})
        return forms.CharField(max_length=LONG_TEXT, widget=area, **common)
    line = forms.TextInput(attrs={"inputmode": "numeric"} if name == "siret" else {})
    return forms.CharField(max_length=LENGTHS.get(name, LINE), widget=line, **common)


class ContactSheetForm(WithSiret):
    """Both parts on one page: whoever fills it in may type in both."""

    use_required_attribute = False

    def __init__(self, data: Mapping[str, Any] | None = None, *, kept: Mapping[str, str]) -> None:
        shown = {name: value for name, value in kept.items() if value}
        super().__init__(data, initial={"country": FRANCE} | shown)
        self.fields |= {name: _field(name) for name in FIELDS}

    @property
    def typed(self) -> dict[str, str]:
        """Word for word, readable or not: what a draft keeps."""
        return {name: str(self.data.get(name, "")) for name in FIELDS}

    @property
    def said(self) -> dict[str, str]:
        """What was understood, as a version keeps it."""
        return {name: str(self.cleaned_data.get(name) or "").strip() for name in FIELDS}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for one in missing_fields(self.said):
            if one.field not in self.errors:
                self.add_error(one.field, _missing(one.part))
        return cleaned

    def sections(self) -> list[dict[str, object]]:
        return [
            {
                "key": key,
                "title": SECTION_TITLES[key],
                "part": part_of(key),
                "fields": [self[name] for name in names],
            }
            for key, names in SECTIONS.items()
        ]


def _missing(part: Party) -> str:
    if part is Party.COMPANY:
        return gettext("Missing in the part of the company.")
    return gettext("Missing in the part of the student.")


class CompanyInvitationForm(forms.Form):
    use_required_attribute = False
    email = forms.EmailField(
        label=_("E-mail address of a person of the company"),
        help_text=_("They are told your name and the year; the link opens your contact sheet."),
        error_messages={
            "required": _("Type the address of a person of the company."),
            "invalid": _("This address is not complete."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off", "inputmode": "email"}),
    )


class HomeInvitationForm(CompanyInvitationForm):
    email = forms.EmailField(
        label=_("E-mail address of a person of the home school"),
        help_text=_(
            "Somebody who may sign for that school: the link opens the sheet that was sent."
        ),
        error_messages={
            "required": _("Type the address of a person of the home school."),
            "invalid": _("This address is not complete."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off", "inputmode": "email"}),
    )


class SeenVersionForm(forms.Form):
    """The version that was read, which alone is answered."""

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReturnForm(SeenVersionForm):
    reason = reason_field(
        _("Remarks"),
        help_text=_("The student and the company read them."),
        missing=_("Type what to change: student and company read it."),
        length=REMARKS_LENGTH,
    )


class HomeSpeakerForm(SeenVersionForm):
    """Who speaks for the home school, in front of a version."""

    name = forms.CharField(
        label=_("Your first name and surname"),
        max_length=NAME_LENGTH,
        error_messages={"required": _("Type your first name and surname.")},
    )
    function = forms.CharField(
        label=_("Your position in the school"),
        max_length=NAME_LENGTH,
        error_messages={"required": _("Type your position.")},
    )

    @property
    def signer(self) -> HomeSigner:
        said = self.cleaned_data
        return HomeSigner(name=said["name"], function=said["function"])


class HomeLinkSignForm(HomeSpeakerForm):
    may_sign = forms.BooleanField(
        label=_("I have read this sheet, and I may sign it for my school."),
        error_messages={"required": _("Tick it if you may sign; if not, send the link on.")},
    )
    scan = forms.FileField(
        label=_("Scan of the sheet signed by hand (optional)"),
        help_text=_("PDF, JPG or PNG, 10 MB at most."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )


class HomeDeclineForm(HomeSpeakerForm):
    remarks = reason_field(
        _("Why your school does not sign"),
        help_text=_("The student, the head of the department and the contrat pro office read it."),
        missing=_("Type why: the student and the school read it."),
        length=REMARKS_LENGTH,
    )


class HomeSignatureForm(SeenVersionForm):
    """Who signed for the home school, on which day, and the scan."""

    signed_by = forms.CharField(
        label=_("Who signed, for the home school"),
        max_length=NAME_LENGTH,
        error_messages={"required": _("Type the name of who signed.")},
    )
    signed_on = DateField(
        label=_("Signed on"),
        error_messages={"required": _("Type the day of the signature.")},
    )
    scan = forms.FileField(
        label=_("Scan of the signed sheet"),
        help_text=_("PDF, JPG or PNG, 10 MB at most."),
        error_messages={"required": _("Choose the scan.")},
    )
