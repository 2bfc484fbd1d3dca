"""For whom a dossier is typed, and where they are written to."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.services import IdentityInput
from admissions.dossier.forms import LineField
from admissions.enums import EntryWay
from campaigns.models import Campaign
from common.formats import localized
from common.forms import DateField

NAME_LENGTH = 80


class EntryForm(forms.Form):
    """How the dossier came, and the least that is known of whom it is for: the rest is typed in its steps."""

    use_required_attribute = False
    campaign = forms.ChoiceField(label=_("Campaign"))
    how = forms.ChoiceField(
        label=_("How did it come?"),
        choices=EntryWay.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how it came.")},
    )
    on = DateField(label=_("Came on (dd/mm/yyyy)"))
    first_names = LineField(label=_("First names"), max_length=NAME_LENGTH)
    birth_name = LineField(label=_("Birth name"), max_length=NAME_LENGTH)
    email = forms.EmailField(
        label=_("E-mail address of the candidate"),
        help_text=_(
            "Every message goes there, the first with a link to claim the application: read it back to them."
        ),
    )

    def __init__(self, typed: Any, *, campaigns: Sequence[Campaign], today: date) -> None:
        super().__init__(typed, initial={"on": today})
        field = self.fields["campaign"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(row.slug, localized(row.title)) for row in campaigns]

    @property
    def entry(self) -> dict[str, Any]:
        typed = self.cleaned_data
        names = IdentityInput(birth_name=typed["birth_name"], first_names=typed["first_names"])
        return {
            "campaign_slug": typed["campaign"],
            "how": EntryWay(typed["how"]),
            "on": typed["on"],
            "email": typed["email"],
            "identity": names,
        }


class ClaimLinkForm(forms.Form):
    use_required_attribute = False
    email = forms.EmailField(
        label=_("E-mail address of the candidate"),
        help_text=_("If you change it, every message goes to the new one from now on."),
    )
