"""Fields that forms share, and how a form shows what a command refused."""

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from common.refusals import DomainError, NotAllowedError, say

YES_NO = (("yes", _("Yes")), ("no", _("No")))
REASON = _("Reason")
REASON_MISSING = _("Type the reason: it is kept.")
REASON_LENGTH = 200
LANGUAGES = ("fr", "en")
SHORTEST_YEAR_SAFE = 8
WHOLE_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}|\d{8}|\d{4}-\d{1,2}-\d{1,2}")


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or not answered yet (None)."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=YES_NO, coerce=_is_yes, empty_value=None, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


def _is_yes(value: str) -> bool:
    return value == "yes"


class DateField(forms.DateField):
    """A date typed day first, with any separator or none, or in ISO as browsers fill it in.

    A text box on purpose: a native one shows the order of the browser's language, not the page's,
    and asks for twenty years of scrolling on a phone to reach a date of birth.
    """

    widget = forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "maxlength": "10"})
    default_error_messages = {
        "invalid": _("Type the day, the month and the year in figures, for instance 08/03/2001."),
        "no_such_day": _("This day does not exist: check the day and the month."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%d/%m/%Y", "%d%m%Y", "%Y-%m-%d"], **kwargs)

    def to_python(self, value: Any) -> date | None:
        if not isinstance(value, str):
            return super().to_python(value)
        typed = _day_first(value)
        try:
            return super().to_python(typed)
        except forms.ValidationError:
            if not WHOLE_DATE.fullmatch(typed):
                raise
            raise forms.ValidationError(
                self.error_messages["no_such_day"], code="no_such_day"
            ) from None


class HourField(forms.TimeField):
    """An hour as it is written: 14:00, 14h00 or 14 h."""

    widget = forms.TimeInput(format="%H:%M", attrs={"maxlength": "7", "autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%H:%M", "%Hh%M", "%Hh"], **kwargs)

    def to_python(self, value: Any) -> time | None:
        typed = value.lower().replace(" ", "") if isinstance(value, str) else value
        return super().to_python(typed)


class BirthField(DateField):
    """A date of birth. The form that has it says what day it is."""

    today: date | None = None
    default_error_messages = {"unborn": _("This date is still to come: type your date of birth.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs["autocomplete"] = "bday"

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and self.today and value >= self.today:
            raise forms.ValidationError(self.error_messages["unborn"], code="unborn")


def born_before(form: forms.Form, today: date) -> None:
    field = form.fields["born_on"]
    assert isinstance(field, BirthField)
    field.today = today


def _day_first(typed: str) -> str:
    text = re.sub(r"[\s.\-/]+", "/", typed.strip())
    parts = text.split("/")
    if len(parts) == len(("year", "month", "day")) and len(parts[0]) == len("2001"):
        return "-".join(parts)
    if text and len(parts) == 1 and len(text) != SHORTEST_YEAR_SAFE:
        return f"?{text}"  # "1112001" may be two different days
    return text


def country_field(**kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(choices=_countries, required=False, **kwargs)


def _countries() -> list[tuple[str, str]]:
    return [("", gettext("Choose a country")), *countries]


class LocalizedInput(forms.MultiWidget):
    """One input per language, each under the name of its language."""

    template_name = "common/localized_input.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        inputs: dict[str, forms.Widget | type[forms.Widget]] = {
            language: forms.Textarea({"lang": language, "rows": 2, "cols": 70})
            for language in LANGUAGES
        }
        super().__init__(inputs, attrs)

    def decompress(self, value: Mapping[str, str] | None) -> list[str]:
        return [(value or {}).get(language, "") for language in LANGUAGES]


class LocalizedField(forms.MultiValueField):
    """A text in French, and in English if there is one: what a `LocalizedTextField` keeps."""

    widget = LocalizedInput

    def __init__(self, *, required: bool = True, **kwargs: Any) -> None:
        for name in (
            "encoder",
            "decoder",
            "show_hidden_initial",
        ):  # what JSONField gives its own field
            kwargs.pop(name, None)
        kwargs.setdefault("error_messages", {"incomplete": _("The French text is needed.")})
        french, english = forms.CharField(required=required), forms.CharField(required=False)
        super().__init__([french, english], required=required, require_all_fields=False, **kwargs)

    def compress(self, values: list[str]) -> dict[str, str]:
        return {language: text for language, text in zip(LANGUAGES, values, strict=False) if text}


def reason_field(
    label: Any = REASON,
    *,
    help_text: Any = "",
    missing: Any = REASON_MISSING,
    length: int = REASON_LENGTH,
) -> forms.CharField:
    """Why something is done, in a few lines."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=length,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": missing},
    )


def attempt(form: forms.Form, act: Callable[[], object], field: str | None = None) -> bool:
    """Whether the command was done; if it was refused, its reasons are errors of the form."""
    try:
        act()
    except NotAllowedError:
        raise
    except DomainError as error:
        for refusal in error.refusals:
            form.add_error(field, say(refusal))
        return False
    return True
