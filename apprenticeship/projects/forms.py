"""The employer's sheet, the acts on a project, and how its readers narrow their list."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from admissions.dossier.forms import LineField
from admissions.models import Candidacy
from apprenticeship.enums import PROJECT_STATES
from apprenticeship.models import JobProject
from apprenticeship.projects.presentation import FIELD_LABELS
from apprenticeship.projects.rules import FIELDS, FRANCE, SECTIONS, missing_fields
from campaigns.models import Campaign, Programme
from common.formats import localized
from common.forms import DateField, country_field
from common.rules import fold
from companies.forms import WithSiret

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
    return LineField(
        label=FIELD_LABELS[name],
        help_text=help_text,
        max_length=length,
        required=False,
        widget=widget,
    )


def _text(name: str, help_text: Any, rows: int) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=FIELD_LABELS[name],
        help_text=help_text,
        max_length=LONG_TEXT,
        required=False,
        widget=widget,
    )


def _email(name: str, **attrs: str) -> forms.EmailField:
    return forms.EmailField(
        label=FIELD_LABELS[name], required=False, widget=forms.EmailInput(attrs=attrs)
    )


class SheetForm(WithSiret):
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
    contact_name = _line(
        "contact_name",
        120,
        _("The person whom the school writes to or calls."),
        autocomplete="name",
    )
    contact_function = _line("contact_function", 120, autocomplete="organization-title")
    contact_email = _email("contact_email", autocomplete="email")
    contact_phone = PhoneNumberField(label=FIELD_LABELS["contact_phone"], required=False)
    master_name = _line(
        "master_name",
        120,
        _("An adult of the company, who works in the trade and trains the apprentice day by day."),
    )
    master_function = _line("master_function", 120)
    master_years = forms.IntegerField(
        label=FIELD_LABELS["master_years"],
        help_text=_(
            "The law asks for two years, or one with a diploma of the same field and level."
        ),
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
    missions = _text(
        "missions", _("What the apprentice will do, with which tools, in which team."), 7
    )
    progression = _text(
        "progression",
        _("From the first year to the last: what is done with help, then alone, then led."),
        6,
    )
    fit = _text(
        "fit", _("Which competences of the programme the missions train. In your own words."), 5
    )
    workplace = _line("workplace", 200, _("Site or town, if it is not the address above."))
    starts_on = DateField(
        label=FIELD_LABELS["starts_on"], help_text=_("dd/mm/yyyy."), required=False
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, kept: Mapping[str, str]) -> None:
        super().__init__(data, initial={"country": FRANCE} | _shown(kept))
        self.fields["country"].widget.attrs["autocomplete"] = "country"
        for name in ("contact_phone", "master_phone"):
            self.fields[name].widget.attrs.update({"inputmode": "tel"})
        self.fields["contact_phone"].widget.attrs["autocomplete"] = "tel"

    @property
    def typed(self) -> dict[str, str]:
        """Word for word, readable or not: what a draft keeps."""
        return {name: str(self.data.get(name, "")) for name in FIELDS}

    @property
    def sheet(self) -> dict[str, str]:
        """What was understood, as a version keeps it."""
        return {name: _written(self.cleaned_data.get(name)) for name in FIELDS}

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


REASON_LENGTH = 1000


class EmployerInvitationForm(forms.Form):
    """Whom to invite, and for which programme if there are several."""

    use_required_attribute = False
    candidacy = forms.ChoiceField(
        label=_("For the programme"), error_messages={"required": _("Choose the programme.")}
    )
    email = forms.EmailField(
        label=_("E-mail address of the employer"),
        help_text=_(
            "The person who would hire you: they are told your name and the programme, nothing else."
        ),
        error_messages={
            "required": _("Type the employer's address."),
            "invalid": _("This address is not complete."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off", "inputmode": "email"}),
    )

    def __init__(self, *args: Any, candidacies: list[Candidacy], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["candidacy"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(row.ref, localized(row.programme.title)) for row in candidacies]
        if len(candidacies) == 1:
            field.widget, field.initial = forms.HiddenInput(), candidacies[0].ref


class OfficeInvitationForm(EmployerInvitationForm):
    """The company office invites for a candidate whom it looked for."""

    def __init__(self, *args: Any, candidacies: list[Candidacy], **kwargs: Any) -> None:
        super().__init__(*args, candidacies=candidacies, **kwargs)
        field = self.fields["candidacy"]
        assert isinstance(field, forms.ChoiceField)
        field.label, field.widget = _("For whom"), forms.RadioSelect()
        field.choices = [
            (row.ref, f"{row.application.full_name} – {localized(row.programme.title)}")
            for row in candidacies
        ]
        self.fields["email"].help_text = _(
            "They are told the candidate's name and the programme, nothing else."
        )


OLDEST, NEWEST = "oldest", "newest"
ORDERS = ((OLDEST, _("Sent first")), (NEWEST, _("Newest first")))


class ProjectFilter(django_filters.FilterSet):  # type: ignore[misc]
    q = django_filters.CharFilter(label=_("Candidate, company or e-mail"), method="having_words")
    campaign = django_filters.ChoiceFilter(label=_("Campaign"), empty_label=None, method="kept")
    programme = django_filters.ChoiceFilter(
        label=_("Programme"), empty_label=_("All"), method="for_programme"
    )
    state = django_filters.ChoiceFilter(
        label=_("State"),
        empty_label=_("All"),
        method="kept",
        choices=[(state, word) for state, word in PROJECT_STATES.items()],
    )
    order = django_filters.ChoiceFilter(
        label=_("Order"), empty_label=None, choices=ORDERS, method="ordered"
    )

    class Meta:
        model = JobProject
        fields = ()

    def __init__(
        self, *args: Any, campaigns: list[Campaign], campaign: Campaign, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        programmes = Programme.objects.filter(campaign=campaign)
        self.filters["campaign"].extra["choices"] = [
            (row.slug, localized(row.title)) for row in campaigns
        ]
        self.filters["programme"].extra["choices"] = [
            (row.code, localized(row.title)) for row in programmes
        ]

    def kept(self, rows: QuerySet[JobProject], _name: str, _value: str) -> QuerySet[JobProject]:
        """The list is that of one campaign and state already."""
        return rows

    def having_words(
        self, rows: QuerySet[JobProject], _name: str, value: str
    ) -> QuerySet[JobProject]:
        for word in value.split():
            rows = rows.filter(
                Q(candidacy__application__search_text__contains=fold(word))
                | Q(company__name__icontains=word)
                | Q(employer_email__icontains=word)
            )
        return rows

    def for_programme(
        self, rows: QuerySet[JobProject], _name: str, value: str
    ) -> QuerySet[JobProject]:
        return rows.filter(candidacy__programme__code=value)

    def ordered(self, rows: QuerySet[JobProject], _name: str, value: str) -> QuerySet[JobProject]:
        return (
            rows.order_by("submitted_at", "pk")
            if value == OLDEST
            else rows.order_by("-created_at", "-pk")
        )
