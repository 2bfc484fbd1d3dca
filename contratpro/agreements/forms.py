"""What is typed of an agreement: what it says, who signed it and when, where it is sent."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.formats import short_day
from common.forms import DateField, reason_field
from contratpro.agreements.presentation import CHANNELS, FACT_LABELS
from contratpro.agreements.rules import WRITTEN
from contratpro.agreements.services.signing import PartiesSigned
from contratpro.models.agreements import REASON_LENGTH
from contratpro.vocabulary import CopyChannel

NAME_LENGTH = 120
SCAN_HELP = _("PDF, JPG or PNG, 20 MB at most; in colour, and sharp enough to be printed.")


def _days(**said: Any) -> DateField:
    return DateField(error_messages={"required": _("Type this day.")}, **said)


def scan_field(*, required: bool = True) -> forms.FileField:
    return forms.FileField(
        label=_("Scan of the signed agreement"),
        help_text=SCAN_HELP,
        required=required,
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={"required": _("Choose the scan.")},
    )


class PrepareForm(forms.Form):
    """What this version says otherwise than the contact sheet; why, where it follows another."""

    use_required_attribute = False
    number = forms.IntegerField(widget=forms.HiddenInput)
    starts_on = _days(label=FACT_LABELS["starts_on"])
    ends_on = _days(label=FACT_LABELS["ends_on"])

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        facts: Mapping[str, str],
        number: int,
        contract_days: Mapping[str, date] | None = None,
    ) -> None:
        days = {
            name: date.fromisoformat(facts[name]) if facts[name] else None
            for name in self.base_fields
            if name in facts
        }
        super().__init__(data, initial={**facts, **days, "number": number})
        for name, told in (contract_days or {}).items():
            said = _("The employment contract says %(day)s.") % {"day": short_day(told)}
            self.fields[name].help_text = said
        for name in WRITTEN[2:]:
            self.fields[name] = forms.CharField(
                label=str(FACT_LABELS[name]),
                max_length=NAME_LENGTH,
                required=name != "school_tutor",
            )
        if number > 1:
            self.fields["reason"] = reason_field(
                _("Why another version"),
                help_text=_("It is printed, and the student reads it."),
                missing=_("Type why another version takes the place of the last."),
                length=REASON_LENGTH,
            )

    @property
    def written(self) -> dict[str, str]:
        said = self.cleaned_data
        return {
            name: said[name].isoformat() if name in self.base_fields else said[name]
            for name in WRITTEN
        }


class HandInForm(forms.Form):
    """Both signatures and the scan, as the student hands them in."""

    use_required_attribute = False
    student_on = _days(label=_("The student signed on"))
    company_by = forms.CharField(
        label=_("Who signs for the company"),
        max_length=NAME_LENGTH,
        error_messages={"required": _("Type the name of who signed for the company.")},
    )
    company_on = _days(label=_("The company signed on"))
    scan = scan_field()

    @property
    def signed(self) -> PartiesSigned:
        said = self.cleaned_data
        names = ("student_on", "company_by", "company_on")
        return PartiesSigned(
            **{name: said[name] for name in names},
            channel=CopyChannel(said.get("channel") or CopyChannel.SCAN),
            received_on=said.get("received_on"),
        )


class ReceivedForm(HandInForm):
    """The same, typed by the office, which may hold the paper itself."""

    channel = forms.ChoiceField(
        label=_("How it came"),
        choices=list(CHANNELS.items()),
        widget=forms.RadioSelect,
        initial=CopyChannel.SCAN,
    )
    received_on = _days(label=_("Received by the office on"))
    scan = scan_field(required=False)
    field_order = ("channel", "received_on", "student_on", "company_by", "company_on", "scan")


class SchoolSignsForm(forms.Form):
    use_required_attribute = False
    signed_by = forms.CharField(
        label=_("Who signed for the school"),
        max_length=NAME_LENGTH,
        error_messages={"required": _("Type the name of who signed for the school.")},
    )
    signed_on = _days(label=_("The school signed on"))
    scan = scan_field()
    exception = forms.CharField(
        label=_("Why the school signs before the others"),
        help_text=_("Only for an exception: the school signs last, since what it sends binds it."),
        max_length=REASON_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class SendForm(forms.Form):
    """By e-mail or by post."""

    use_required_attribute = False
    channel = forms.ChoiceField(
        label=_("How it is sent"),
        choices=list(CHANNELS.items()),
        widget=forms.RadioSelect,
        initial=CopyChannel.SCAN,
        error_messages={"required": _("Choose how it is sent.")},
    )

    sent_on = DateField(
        label=_("Posted on, if it is sent by post"),
        help_text=_("Today, if you leave it empty."),
        required=False,
    )

    def clean_channel(self) -> CopyChannel:
        return CopyChannel(self.cleaned_data["channel"])


class SendToCompanyForm(SendForm):
    email = forms.EmailField(
        label=_("E-mail address, if it is sent by e-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "inputmode": "email"}),
        error_messages={"invalid": _("This address is not complete.")},
    )
    field_order = ("channel", "email", "sent_on")
