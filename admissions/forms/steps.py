"""The steps of a draft. A form that is not whole is no error; what cannot be read is."""

from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from admissions.forms.fields import IneField, LineField
from admissions.models import Title
from campaigns.conditions.forms import OTHER_OF_KIND, ExperienceQuestions, TitleQuestions
from common.forms import BirthField, YesNoField, born_before, country_field

FIRST_YEAR, LAST_YEAR = 1960, 2100


class StepForm(forms.Form):
    use_required_attribute = False

    @property
    def stamp(self) -> str:
        """Changes when what is stored does: the browser then knows that what it kept was saved."""
        return sha256(repr(sorted(self.initial.items())).encode()).hexdigest()[:16]

    def readable(self, stored: Mapping[str, Any]) -> dict[str, Any]:
        """What was typed and can be read, and what is stored for the rest: a wrong phone number loses no address."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, stored.get(name)) for name in self.fields}


class IdentityForm(StepForm):
    first_names = LineField(
        label=_("First names"),
        help_text=_("All of them, in the order of your identity card."),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    birth_name = LineField(
        label=_("Birth name"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    usual_name = LineField(
        label=_("Usual name (optional)"),
        help_text=_("If it differs from your birth name."),
        max_length=80,
        required=False,
    )
    born_on = BirthField(
        label=_("Date of birth"),
        help_text=_("dd/mm/yyyy, for instance 08/03/2001."),
        required=False,
    )
    nationality = country_field(label=_("Nationality"), help_text=_("The country whose citizen you are."))
    french_mother_tongue = YesNoField(
        label=_("Is French your mother tongue?"),
        help_text=_("Courses are taught in French. Your answer closes no door: the jury may talk about it with you."),
        required=False,
    )
    phone = PhoneNumberField(
        label=_("Phone"),
        help_text=_("Where you can be reached during the campaign. From abroad, begin with + and the country code."),
        required=False,
    )
    street = LineField(
        label=_("Number and street"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    postcode = LineField(
        label=_("Postcode"),
        max_length=12,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )
    city = LineField(
        label=_("Town"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )
    country = country_field(label=_("Country"))
    ine = IneField(
        label=_("INE, national student number (optional)"),
        help_text=_("11 letters and figures, printed on your baccalauréat marks and on school certificates in France."),
        max_length=15,
        required=False,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        born_before(self, today)
        self.fields["country"].widget.attrs["autocomplete"] = "country"
        self.fields["phone"].widget.attrs.update({"autocomplete": "tel", "inputmode": "tel"})


class BaccalaureateForm(StepForm):
    baccalaureate = LineField(
        label=_("Baccalauréat"),
        help_text=_(
            "Its series or specialities, for instance STI2D or general, mathematics and physics. "
            "From abroad: the name of your diploma and its country."
        ),
        max_length=80,
        required=False,
    )
    baccalaureate_year = forms.IntegerField(
        label=_("Year obtained"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": "4"}),
        error_messages={"invalid": _("Type the year in four figures, for instance 2020.")},
    )


class TitleForm(TitleQuestions, StepForm):
    """What the notice judges by, and what proves it."""

    field_order = ("diploma", "name", "status", "on", "institution", "country", "ects")
    name = LineField(
        label=_("Exact name, as printed on the diploma"),
        help_text=_("Needed if you chose “other”; with its option or speciality."),
        max_length=160,
        required=False,
    )
    institution = LineField(
        label=_("School or university"),
        help_text=_("With its town."),
        max_length=120,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["diploma"].help_text = _(
            "Yours is not there? Choose “other” in its family, then type its exact name below."
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.kind and not cleaned.get("name"):
            self.add_error("name", _("Type the exact name of this title: it is not in the list."))
        return cleaned

    @staticmethod
    def initial_of(title: Title) -> dict[str, Any]:
        names = ("name", "status", "on", "institution", "country", "ects")
        diploma = title.diploma.code if title.diploma else f"{OTHER_OF_KIND}{title.kind}"
        return {"diploma": diploma} | {name: getattr(title, name) for name in names}


class ProgrammesForm(StepForm, ExperienceQuestions):
    programmes = forms.MultipleChoiceField(label=_("Programmes"), required=False, widget=forms.CheckboxSelectMultiple)
    grant_holder = YesNoField(
        label=_("Do you hold a grant for this academic year?"),
        help_text=_(
            "A grant on social criteria from CROUS or the French State. It lowers the fees; "
            "you then give its definitive notice with the documents."
        ),
        required=False,
    )

    def __init__(self, *args: Any, programmes: Iterable[tuple[str, str]], asks_experience: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_experience:
            self.drop_experience()
        field = self.fields["programmes"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(programmes)

    @property
    def chosen(self) -> list[str]:
        """The codes ticked, as typed or as stored."""
        return list(self["programmes"].value() or [])
