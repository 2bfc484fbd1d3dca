"""The steps of a draft and its pieces. A form that is not whole is no error; what cannot be read is."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from admissions.dossier.selectors.read_model import FilmedTest
from admissions.dossier.services.drafts import TitleInput
from admissions.models import Title
from campaigns.conditions.forms import OTHER_OF_KIND, ExperienceQuestions, TitleQuestions
from common.datafile.values import Text
from common.drafts.rules import fingerprint
from common.files.rules import MEDIA_TYPES, Format
from common.formats import localized
from common.forms import BirthField, DateField, YesNoField, born_before, country_field

INE_LENGTH = 11


class LineField(forms.CharField):
    """One line of text, its runs of spaces made one."""

    def to_python(self, value: Any) -> str:
        return " ".join((super().to_python(value) or "").split())


class IneField(LineField):
    def clean(self, value: Any) -> str:
        ine: str = super().clean(value).replace(" ", "").replace("-", "").upper()
        if ine and not re.fullmatch("[0-9A-Z]*", ine):
            raise ValidationError(_("An INE is made of figures and unaccented letters only."))
        if ine and len(ine) != INE_LENGTH:
            raise ValidationError(
                _("An INE has %(length)d letters and figures: you typed %(typed)d."),
                params={"length": INE_LENGTH, "typed": len(ine)},
            )
        return ine


FIRST_YEAR, LAST_YEAR = 1960, 2100


class StepForm(forms.Form):
    use_required_attribute = False

    @property
    def fingerprint(self) -> str:
        """Changes when what is stored does: the browser then knows that what it kept was saved."""
        return fingerprint(self.initial)

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
    nationality = country_field(
        label=_("Nationality"), help_text=_("The country whose citizen you are.")
    )
    french_mother_tongue = YesNoField(
        label=_("Is French your mother tongue?"),
        help_text=_(
            "Courses are taught in French. Your answer closes no door: it may be talked about at the interview."
        ),
        required=False,
    )
    phone = PhoneNumberField(
        label=_("Phone"),
        help_text=_(
            "Where you can be reached during the campaign. From abroad, begin with + and the country code."
        ),
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
        help_text=_(
            "11 letters and figures, printed on your baccalauréat marks and on school certificates in France."
        ),
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

    field_order = ("diploma", "name", "status", "year", "on", "institution", "country", "ects")
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

    @property
    def said(self) -> TitleInput:
        names = ("name", "institution", "country", "ects", "year", "status", "on")
        typed = {name: self.cleaned_data[name] for name in names if name in self.fields}
        return TitleInput(diploma_code=self.diploma_code, kind=self.kind, **typed)

    @staticmethod
    def years_of(asked: int, title: Title | None) -> int:
        """Those that may be said: as the notice asks, and what a title says already."""
        return max(asked, (title.year or 0) if title else 0)

    @staticmethod
    def initial_of(title: Title) -> dict[str, Any]:
        names = ("name", "status", "year", "on", "institution", "country", "ects")
        diploma = title.diploma.code if title.diploma else f"{OTHER_OF_KIND}{title.kind}"
        return {"diploma": diploma} | {name: getattr(title, name) for name in names}


class ProgrammesForm(StepForm, ExperienceQuestions):
    programmes = forms.MultipleChoiceField(
        label=_("Programmes"), required=False, widget=forms.CheckboxSelectMultiple
    )
    grant_holder = YesNoField(
        label=_("Do you hold a grant for this academic year?"),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        programmes: Iterable[tuple[str, str]],
        grants: Text,
        asks_experience: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if not asks_experience:
            self.drop_experience()
        self.fields["grant_holder"].help_text = _("What lowers the fees: %(grants)s.") % {
            "grants": localized(grants)
        }
        field = self.fields["programmes"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(programmes)

    @property
    def chosen(self) -> list[str]:
        """The codes ticked, as typed or as stored."""
        return list(self["programmes"].value() or [])


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several files at once; always a list."""

    widget = FilesInput
    default_error_messages = {"required": _("Choose a file first.")}

    def clean(self, data: Any, initial: Any = None) -> list["UploadedFile[bytes]"]:
        chosen = data if isinstance(data, list | tuple) and data else [None]
        return [super(FilesField, self).clean(one, initial) for one in chosen]


class SlotForm(forms.Form):
    """What a slot may receive. `due_on` is read by one command, `uploads` by the other."""

    use_required_attribute = False
    uploads = FilesField(label=_("Files"), required=False)
    due_on = DateField(label=_("Available around"), required=False)

    def __init__(
        self, *args: Any, formats: Iterable[str], max_files: int, max_bytes: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].widget.attrs["class"] = "form-control"
        widget = self.fields["uploads"].widget
        widget.attrs["accept"] = ",".join(
            part for one in formats for part in (f".{one}", MEDIA_TYPES[Format(one)])
        )
        widget.attrs["multiple"] = max_files > 1
        widget.attrs["data-max-bytes"] = max_bytes


class SubmissionForm(forms.Form):
    """What the candidate declares by submitting (R-APP-6, R-ELI-7)."""

    use_required_attribute = False
    notice = forms.IntegerField(widget=forms.HiddenInput)
    shown_as_filmed = forms.CharField(required=False, widget=forms.HiddenInput)
    accepts_notice = forms.BooleanField(
        label=_("I have read the notice of this campaign and accept it."),
        error_messages={
            "required": _(
                "Tick this box: the application is submitted under the rules of the notice."
            )
        },
    )
    tells_the_truth = forms.BooleanField(
        label=_("I declare that everything in this application is true."),
        help_text=_("A false declaration voids the application."),
        error_messages={"required": _("Tick this box to declare that your application is true.")},
    )
    lets_contact_be_passed_on = forms.BooleanField(
        label=_("I accept that my contact details be passed to the organisers of the tests."),
        help_text=_(
            "Last name, first name, phone and e-mail address only, and only to organise the tests."
        ),
        error_messages={
            "required": _("Tick this box: without it no test can be organised for you.")
        },
    )

    agrees_to_be_filmed = forms.BooleanField(
        label=_(
            "I agree to be filmed during the tests named below, and that the recordings be kept."
        ),
        error_messages={
            "required": _("Tick this box: without it you cannot be called to these tests.")
        },
    )

    def __init__(self, *args: Any, filmed: Mapping[str, FilmedTest], **kwargs: Any) -> None:
        """`filmed`: tests that are recorded, by key; where there is none, it is not asked."""
        super().__init__(*args, **kwargs)
        self.fields["shown_as_filmed"].initial = self.filmed = " ".join(filmed)
        said = [
            _("%(test)s: kept until %(until)s at the latest.")
            % {"test": localized(row.test), "until": localized(row.until)}
            for row in filmed.values()
        ]
        if said:
            self.fields["agrees_to_be_filmed"].help_text = " ".join(said)
        else:
            del self.fields["agrees_to_be_filmed"]

    @property
    def agreed(self) -> list[str]:
        """The keys of the tests that were shown, and at which it is agreed to be filmed."""
        shown: str = self.cleaned_data["shown_as_filmed"]
        return shown.split() if self.cleaned_data.get("agrees_to_be_filmed") else []

    def ask_again(self, version: int) -> None:
        """Show the notice in force, and what is filmed: what was not shown before is still to be accepted."""
        self._show("notice", version, accepted_by="accepts_notice")
        self._show("shown_as_filmed", self.filmed, accepted_by="agrees_to_be_filmed")

    def _show(self, name: str, now: object, *, accepted_by: str) -> None:
        if self.data.get(name, "") != str(now):
            kept = {field: value for field, value in self.data.items() if field != accepted_by}
            self.data = kept | {name: now}


SIGNED_FIRST = _("Submit once you have what the candidate has signed.")


class SignedSubmissionForm(SubmissionForm):
    """The same, where the central service submits what it typed: it has what the candidate signed."""

    accepts_notice = forms.BooleanField(
        label=_("The candidate has signed that they have read the notice and accept it."),
        error_messages={"required": SIGNED_FIRST},
    )
    tells_the_truth = forms.BooleanField(
        label=_("The candidate has signed that everything in this application is true."),
        help_text=_("A false declaration voids the application."),
        error_messages={"required": SIGNED_FIRST},
    )
    agrees_to_be_filmed = forms.BooleanField(
        label=_(
            "The candidate has signed that they agree to be filmed during the tests named below, and that the "
            "recordings be kept."
        ),
        error_messages={"required": SIGNED_FIRST},
    )
    lets_contact_be_passed_on = forms.BooleanField(
        label=_(
            "The candidate has signed that their contact details may be passed to the organisers of the tests."
        ),
        help_text=_(
            "Last name, first name, phone and e-mail address only, and only to organise the tests."
        ),
        error_messages={"required": SIGNED_FIRST},
    )


class WithdrawalForm(forms.Form):
    """What is withdrawn: the whole application, or one of its programmes."""

    use_required_attribute = False
    what = forms.ChoiceField(
        label=_("What do you withdraw?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you withdraw.")},
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["what"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
