"""The ranks of a supplementary list, as the office types them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from admissions.models import Candidacy


class RanksForm(forms.Form):
    """A rank for each of those who are to be on the supplementary list; none for the others."""

    use_required_attribute = False

    def __init__(self, *args: Any, candidacies: Iterable[Candidacy], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in candidacies:
            self.fields[row.ref] = forms.IntegerField(
                label=row.application.full_name,
                help_text=row.application.ref,
                required=False,
                min_value=1,
                max_value=999,
                widget=forms.NumberInput(
                    attrs={"inputmode": "numeric", "autocomplete": "off", "class": "form-control"}
                ),
                error_messages={"invalid": _("Type a whole number.")},
            )

    @property
    def ranks(self) -> dict[str, int]:
        """By reference of the candidacy."""
        return {ref: rank for ref, rank in self.cleaned_data.items() if rank is not None}
