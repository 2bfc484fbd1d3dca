"""Which dossiers are ticked in the list, or what was seen of all of them."""

from collections.abc import Mapping
from typing import Any

from django import forms

from admissions.handover.selectors import Waiting
from common.refs import REF_LENGTH


class Refs(forms.MultipleChoiceField):
    """Any: the command finds those that still wait."""

    def valid_value(self, value: Any) -> bool:
        return len(str(value)) <= REF_LENGTH


class TickedForm(forms.Form):
    ref = Refs(required=False)


class AllForm(forms.Form):
    """Of the dossiers that the page has counted, and of no others."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, waiting: Waiting, typed: Mapping[str, Any] | None) -> None:
        super().__init__(typed, initial={"seen": waiting.seen})
