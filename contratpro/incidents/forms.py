"""What is typed of an incident, its document, a breach, a day that the company needs."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import DateField, reason_field
from contratpro.incidents.presentation import KINDS
from contratpro.incidents.services.reporting import IncidentSaid
from contratpro.models.incidents import WORDS_LENGTH
from contratpro.vocabulary import IncidentKind

REPORTED = [(kind, words) for kind, words in KINDS.items() if kind is not IncidentKind.BREACH]
HOURS = ["%H:%M", "%Hh%M", "%H h %M", "%Hh", "%H h"]


def _hour_field(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        help_text=_("For instance 8:30. Left empty, the beginning of the day."),
        required=False,
        input_formats=HOURS,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": _("Type the hour and the minutes, for instance 8:30.")},
    )


def document_field(*, required: bool) -> forms.FileField:
    return forms.FileField(
        label=_("Document of the incident") if required else _("Document (optional)"),
        help_text=_("PDF, JPG or PNG, 5 MB at most. The office and the student alone open it."),
        required=required,
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={"required": _("Choose the document.")},
    )


class IncidentReportForm(forms.Form):
    """What happened, from when to when, and when the employer was told."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label=_("What happened"),
        choices=REPORTED,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what happened.")},
    )
    starts_on = DateField(label=_("From"), error_messages={"required": _("Type the first day.")})
    ends_on = DateField(label=_("Until (optional)"), required=False)
    employer_on = DateField(label=_("Employer told on (optional)"), required=False)
    employer_at = _hour_field(_("At (optional)"))
    words = forms.CharField(
        label=_("In a few words (optional)"),
        max_length=WORDS_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The reason of a sick leave is not asked."),
    )
    document = document_field(required=False)

    def said(self, zone: ZoneInfo) -> IncidentSaid:
        typed = self.cleaned_data
        return IncidentSaid(
            kind=IncidentKind(typed["kind"]),
            starts_on=typed["starts_on"],
            ends_on=typed["ends_on"],
            words=typed["words"],
            employer_told_at=_moment(typed["employer_on"], typed["employer_at"], zone),
            school_told_at=_moment(typed.get("school_on"), typed.get("school_at"), zone),
        )


class OfficeReportForm(IncidentReportForm):
    """The same by the office, which says when it was told."""

    school_on = DateField(label=_("School told on (optional)"), required=False)
    school_at = _hour_field(_("School told at (optional)"))
    field_order = (
        "kind",
        "starts_on",
        "ends_on",
        "employer_on",
        "employer_at",
        "school_on",
        "school_at",
    )


def _moment(day: date | None, hour: time | None, zone: ZoneInfo) -> datetime | None:
    return datetime.combine(day, hour or time(), zone) if day else None


class DocumentForm(forms.Form):
    use_required_attribute = False
    document = document_field(required=True)


class BreachForm(forms.Form):
    use_required_attribute = False
    broken_on = DateField(
        label=_("The contract ends on"),
        error_messages={"required": _("Type the day on which the contract ends.")},
    )

    def __init__(self, typed: Mapping[str, Any] | None) -> None:
        super().__init__(typed)
        self.fields["reason"] = reason_field(
            help_text=_("Who breaks the contract and why. The student reads it."),
            missing=_("Type the reason: the student reads it."),
            length=WORDS_LENGTH,
        )


class AbsenceForm(forms.Form):
    """One day at the school, and the day that makes it up."""

    use_required_attribute = False
    day = DateField(
        label=_("Day away from the school"),
        error_messages={"required": _("Type the day away from the school.")},
    )
    made_up_on = DateField(
        label=_("Made up on"),
        help_text=_("A working day that is not at the school."),
        error_messages={"required": _("Type the day on which it is made up.")},
    )

    def __init__(self, typed: Mapping[str, Any] | None) -> None:
        super().__init__(typed)
        self.fields["reason"] = reason_field(
            _("What the company needs you for"),
            help_text=_("The head of the department reads it, and decides."),
            missing=_("Type what the company needs: the head decides on it."),
            length=WORDS_LENGTH,
        )
