"""An offer as it is typed, the lists of offers narrowed, and what each act on an offer asks for."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator, validate_email
from django.db.models import QuerySet
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from phonenumber_field.formfields import PhoneNumberField

from accounts.models import School
from common.forms import DateField, country_field, reason_field
from common.refusals import say
from companies.forms import WithSiret
from companies.models import Company, JobOffer
from companies.offers.presentation import (
    AUDIENCES,
    ENDINGS,
    FIELD_LABELS,
    OFFER_SIGNS,
    SECTION_TITLES,
    known_as,
)
from companies.offers.rules import (
    DATE_SHAPE,
    DATES,
    FIELDS,
    FRANCE,
    OPTIONAL,
    SECTIONS,
    may_stand_until,
    missing_fields,
)
from companies.offers.selectors import having_words
from companies.offers.services.locking import OfferFile
from companies.services import known_company
from companies.states import OfferAudience, OfferEnding

ALL = pgettext_lazy("departments, states", "All")
REASON_LENGTH = 1000
LONG_TEXT = 5000
LINE = 120
LENGTHS = {
    "siret": 20,
    "street": 200,
    "postcode": 12,
    "city": 80,
    "company_name": 160,
    "keywords": 200,
    "place": 80,
    "place_postcode": 12,
    "pay": 200,
}
HELP = {
    "siret": _("Fourteen digits, on invoices and pay slips. Leave it empty for a company abroad."),
    "missions": _("The tasks, the team, the tools; what the student will have learnt."),
    "keywords": _("For instance: quality, embedded systems, Python."),
    "place_postcode": _("Students look for offers by département."),
    "expires_on": _("No student reads it after that day. At most six months from today."),
    "contact_phone": _("Students read it."),
    "apply_at": _("A web page or an e-mail address, if it is not the one above."),
}
PERIODS = (("7", _("In the last 7 days")), ("30", _("In the last 30 days")))
ADDRESS_WRONG = _("Type an e-mail address, or the address of a page that begins with https://.")


def _field(name: str) -> forms.Field:
    label = FIELD_LABELS[name]
    if name in OPTIONAL:
        label = _optional(label)
    common: dict[str, Any] = {"label": label, "help_text": HELP.get(name, ""), "required": False}
    if name == "country":
        return country_field(label=label)
    if name in DATES:
        return DateField(**common)
    if name == "contact_email":
        return forms.EmailField(**common)
    if name == "contact_phone":
        as_typed = forms.TextInput(attrs={"type": "tel", "inputmode": "tel"})
        number: forms.Field = PhoneNumberField(widget=as_typed, **common)
        return number
    if name == "missions":
        area = forms.Textarea(attrs={"rows": 8})
        return forms.CharField(max_length=LONG_TEXT, widget=area, **common)
    line = forms.TextInput(attrs={"inputmode": "numeric"} if name == "siret" else {})
    return forms.CharField(max_length=LENGTHS.get(name, LINE), widget=line, **common)


class OfferForm(WithSiret):
    """By link or by the office, on one page."""

    use_required_attribute = False

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: "MultiValueDict[str, UploadedFile[Any]] | None" = None,
        *,
        kept: Mapping[str, str],
        today: date,
        company: Company | None = None,
        attached: str = "",
    ) -> None:
        self.kept = kept
        shown = {name: value for name, value in kept.items() if value}
        super().__init__(data, files, initial={"country": FRANCE} | shown)
        self.today = today
        self.company = company
        self.fields |= {name: _field(name) for name in FIELDS}
        self.fields["company_name"].help_text = self.known_as
        self.fields["attachment"] = forms.FileField(
            label=_("Attached PDF (optional)"),
            help_text=_("5 MB at most. Students read it."),
            required=False,
            widget=forms.FileInput(attrs={"accept": ".pdf"}),
        )
        if attached:
            self.fields["detach"] = forms.BooleanField(
                label=_("Take away the attached file: %(name)s") % {"name": attached},
                required=False,
            )

    @property
    def known_as(self) -> str:
        """Under which name its company is known, if what is typed or shown says another name or address."""
        text = self.typed if self.is_bound else self.kept
        found = known_company(text, kept=self.company) if text else None
        return known_as(text, found)

    @property
    def typed(self) -> dict[str, str]:
        """Word for word, readable or not: what a draft keeps."""
        return {name: str(self.data.get(name, "")) for name in FIELDS}

    @property
    def said(self) -> dict[str, str]:
        """What was understood, as an offer keeps it."""
        return {name: _as_text(self.cleaned_data.get(name)) for name in FIELDS}

    @property
    def file(self) -> OfferFile:
        return OfferFile(upload=self.files.get("attachment"), remove="detach" in self.data)

    def clean_apply_at(self) -> str:
        typed: str = self.cleaned_data["apply_at"].strip()
        if not typed:
            return ""
        is_page = "://" in typed or "@" not in typed
        check = URLValidator(schemes=["http", "https"]) if is_page else validate_email
        try:
            check(typed)
        except ValidationError as error:
            raise ValidationError(ADDRESS_WRONG) from error
        return typed

    def clean_expires_on(self) -> date | None:
        last: date | None = self.cleaned_data["expires_on"]
        if last is not None:
            against = may_stand_until(last, self.today)
            if not against:
                raise ValidationError([say(one) for one in against.refusals])
        return last

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for name in missing_fields(self.said):
            if name not in self.errors:
                self.add_error(name, _("This is missing."))
        return cleaned

    def sections(self) -> list[dict[str, object]]:
        shown: list[dict[str, object]] = [
            {"title": SECTION_TITLES[key], "fields": [self[name] for name in names]}
            for key, names in SECTIONS.items()
        ]
        files = [self[name] for name in ("attachment", "detach") if name in self.fields]
        return [*shown, {"title": _("A file"), "fields": files}]


def _as_text(value: object) -> str:
    return value.strftime(DATE_SHAPE) if isinstance(value, date) else str(value or "").strip()


def _optional(label: object) -> Any:
    return _("%(label)s (optional)") % {"label": label}


class DeskForm(forms.Form):
    """For which school and which students, where one has the choice."""

    use_required_attribute = False

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        desks: list[tuple[School, OfferAudience]],
    ) -> None:
        super().__init__(data)
        self.desks = {f"{school.slug}:{audience}": (school, audience) for school, audience in desks}
        self.fields["desk"] = forms.ChoiceField(
            label=_("For whom"),
            choices=[
                (key, f"{school}, {AUDIENCES[audience]}")
                for key, (school, audience) in self.desks.items()
            ],
        )
        if len(self.desks) == 1:
            self.fields["desk"].widget = forms.HiddenInput()
            self.fields["desk"].initial = next(iter(self.desks))

    def clean(self) -> dict[str, Any]:
        """The school and the contract, in place of their key."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "desk" in cleaned:
            cleaned["school"], cleaned["audience"] = self.desks[cleaned.pop("desk")]
        return cleaned


class LinkForm(forms.Form):
    use_required_attribute = False
    email = forms.EmailField(
        label=_("E-mail address of a person of the company"),
        error_messages={
            "required": _("Type the address of a person of the company."),
            "invalid": _("This address is not complete."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off", "inputmode": "email"}),
    )


class AskForm(LinkForm, DeskForm):
    """A company, and for whom it is asked."""

    field_order = ("desk", "email")


class SeenNumberForm(forms.Form):
    """The text that was read, which alone is answered."""

    use_required_attribute = False
    number = forms.IntegerField(widget=forms.HiddenInput)


class OfferRefusalForm(SeenNumberForm):
    reason = reason_field(
        _("Reason"),
        help_text=_("The company reads it."),
        missing=_("Type the reason: the company reads it."),
        length=REASON_LENGTH,
    )


class ProlongForm(forms.Form):
    use_required_attribute = False
    until = DateField(
        label=_("New last day (dd/mm/yyyy)"),
        error_messages={"required": _("Type the new last day.")},
    )


class EndingForm(forms.Form):
    use_required_attribute = False
    ending = forms.TypedChoiceField(
        label=_("Why"),
        choices=list(ENDINGS.items()),
        coerce=OfferEnding,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say why.")},
    )


class OfferFilter(django_filters.FilterSet):  # type: ignore[misc]
    """As students narrow the list."""

    q = django_filters.CharFilter(label=_("Keyword"), method="with_words")
    place = django_filters.CharFilter(label=_("City"), lookup_expr="icontains")
    area = django_filters.ChoiceFilter(label=_("Département"), empty_label=ALL)
    since = django_filters.ChoiceFilter(
        label=_("Published"),
        empty_label=pgettext_lazy("published", "Whenever"),
        choices=PERIODS,
        method="lately",
    )

    class Meta:
        model = JobOffer
        fields = ()

    def __init__(self, *args: Any, areas: list[str], now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.filters["area"].extra["choices"] = [(area, area) for area in areas]

    def with_words(self, rows: QuerySet[JobOffer], _name: str, value: str) -> QuerySet[JobOffer]:
        return having_words(rows, value)

    def lately(self, rows: QuerySet[JobOffer], _name: str, value: str) -> QuerySet[JobOffer]:
        return rows.filter(published_at__gte=self.now - timedelta(days=int(value)))


class DeskFilter(django_filters.FilterSet):  # type: ignore[misc]
    """As the office narrows its own."""

    q = django_filters.CharFilter(label=_("Keyword, company or e-mail"), method="with_words")
    state = django_filters.ChoiceFilter(
        label=_("State"),
        empty_label=ALL,
        choices=[(state, sign.word) for state, sign in OFFER_SIGNS.items()],
    )
    audience = django_filters.ChoiceFilter(
        label=_("For whom"), empty_label=ALL, choices=list(AUDIENCES.items())
    )

    class Meta:
        model = JobOffer
        fields = ()

    def with_words(self, rows: QuerySet[JobOffer], _name: str, value: str) -> QuerySet[JobOffer]:
        if "@" in value:
            return rows.filter(company_email__iexact=value.strip())
        return having_words(rows, value)
