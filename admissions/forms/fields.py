"""Fields that more than one step uses. Nothing is required in a draft: completeness is said, never imposed."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

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
