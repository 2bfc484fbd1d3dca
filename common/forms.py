from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LANGUAGES = ("fr", "en")


class LocalizedInput(forms.MultiWidget):
    """One input per language, each under the name of its language."""

    template_name = "common/localized_input.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        inputs: dict[str, forms.Widget | type[forms.Widget]] = {
            language: forms.Textarea({"lang": language, "rows": 2, "cols": 70}) for language in LANGUAGES
        }
        super().__init__(inputs, attrs)

    def decompress(self, value: Mapping[str, str] | None) -> list[str]:
        return [(value or {}).get(language, "") for language in LANGUAGES]


class LocalizedField(forms.MultiValueField):
    """A text in French, and in English if there is one: what a `LocalizedTextField` keeps."""

    widget = LocalizedInput

    def __init__(self, *, required: bool = True, **kwargs: Any) -> None:
        for name in ("encoder", "decoder", "show_hidden_initial"):  # what JSONField gives its own field
            kwargs.pop(name, None)
        kwargs.setdefault("error_messages", {"incomplete": _("The French text is needed.")})
        french, english = forms.CharField(required=required), forms.CharField(required=False)
        super().__init__([french, english], required=required, require_all_fields=False, **kwargs)

    def compress(self, values: list[str]) -> dict[str, str]:
        return {language: text for language, text in zip(LANGUAGES, values, strict=False) if text}
