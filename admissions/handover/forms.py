"""Which dossiers are ticked in the list."""

from typing import Any

from django import forms

from common.refs import REF_LENGTH


class Refs(forms.MultipleChoiceField):
    """Any: the command finds those that still wait."""

    def valid_value(self, value: Any) -> bool:
        return len(str(value)) <= REF_LENGTH


class TickedForm(forms.Form):
    ref = Refs(required=False)
