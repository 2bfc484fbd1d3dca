"""Fields that more than one step uses. Nothing is required in a draft: completeness is said, never imposed."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_countries import countries

YES_NO = (("yes", _("Yes")), ("no", _("No")))
SHORTEST_YEAR_SAFE = 8
INE_LENGTH = 11


class DateField(forms.DateField):
    """A date typed day first, with any separator or none, or in ISO as browsers fill it in.

    A text box on purpose: a native one shows the order of the browser's language, not the page's,
    and asks for twenty years of scrolling on a phone to reach a date of birth.
    """

    widget = forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "maxlength": "10"})
    default_error_messages = {
        "invalid": _("Type the day, the month and the year in figures, for instance 08/03/2001."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%d/%m/%Y", "%d%m%Y", "%Y-%m-%d"], **kwargs)

    def to_python(self, value: Any) -> date | None:
        return super().to_python(_day_first(value) if isinstance(value, str) else value)


def _day_first(typed: str) -> str:
    text = re.sub(r"[\s.\-/]+", "/", typed.strip())
    parts = text.split("/")
    if len(parts) == len(("year", "month", "day")) and len(parts[0]) == len("2001"):
        return "-".join(parts)
    if text and len(parts) == 1 and len(text) != SHORTEST_YEAR_SAFE:
        return f"?{text}"  # "1112001" may be two different days
    return text


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or not answered yet (None)."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=YES_NO, coerce=_is_yes, empty_value=None, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


def _is_yes(value: str) -> bool:
    return value == "yes"


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


def country_field(**kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(choices=_countries, required=False, **kwargs)


def _countries() -> list[tuple[str, str]]:
    return [("", gettext("Choose a country")), *countries]
