"""What forms that name a company share."""

from django import forms
from django.core.exceptions import ValidationError

from common.refusals import DomainError, say
from companies.services import valid_siret


class WithSiret(forms.Form):
    """A form with a field `siret`, empty for a company abroad."""

    def clean_siret(self) -> str:
        typed: str = self.cleaned_data["siret"]
        try:
            return valid_siret(typed) if typed else ""
        except DomainError as error:
            raise ValidationError([say(refusal) for refusal in error.refusals]) from error
