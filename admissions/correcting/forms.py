"""What the central service types to put right what was submitted, each with the reason that the candidate reads."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from admissions.correcting.selectors import programmes_submitted, seen_of_programmes, title_said
from admissions.dossier.forms import IdentityForm, TitleForm
from admissions.dossier.selectors.read_model import Dossier
from admissions.models import Title
from campaigns.conditions.forms import diploma_choices
from campaigns.models import Diploma
from common.drafts.rules import fingerprint
from common.formats import localized
from common.forms import reason_field

REASON_LENGTH = 500
Typed = Mapping[str, Any] | None


def why() -> forms.CharField:
    return reason_field(
        _("Reason, as the candidate will read it"),
        missing=_("Type the reason: the candidate is told it."),
        length=REASON_LENGTH,
    )


class IdentityCorrectionForm(IdentityForm):
    """Who a candidate is, with what the page showed: another correction may have come first."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, typed: Any, *, stored: dict[str, Any], today: date) -> None:
        super().__init__(typed, initial={**stored, "seen": fingerprint(stored)}, today=today)
        self.fields["reason"] = why()
        for name in stored:
            self.fields[name].help_text = ""  # it speaks to the candidate


class TitleCorrectionForm(TitleForm):
    """A title that is put right, or one that was left out."""

    def __init__(self, typed: Typed, *, dossier: Dossier, title: Title | None) -> None:
        super().__init__(
            typed,
            initial=TitleForm.initial_of(title) if title else {"country": "FR"},
            diplomas=diploma_choices(Diploma.objects.order_by("kind", "code")),
            years=TitleForm.years_of(dossier.notice.asks_years, title),
        )
        for field in self.fields.values():
            field.help_text = ""  # it speaks to the candidate
        self.fields["status"].label = _("Held or in progress")
        self.fields["reason"] = why()
        if title:
            self.fields["seen"] = seen_field(title)

    def clean(self) -> dict[str, Any]:
        """What the command takes."""
        super().clean()
        if self.errors:
            return self.cleaned_data
        kept = ("reason", "seen")
        said = {name: self.cleaned_data[name] for name in kept if name in self.fields}
        return {"title": self.said, **said}


class StrikingForm(forms.Form):
    use_required_attribute = False

    def __init__(self, typed: Typed, *, title: Title) -> None:
        super().__init__(typed)
        self.fields["reason"] = why()
        self.fields["seen"] = seen_field(title)


def seen_field(title: Title) -> forms.CharField:
    return forms.CharField(widget=forms.HiddenInput, initial=fingerprint(title_said(title)))


class ProgrammesCorrectionForm(forms.Form):
    use_required_attribute = False
    codes = forms.MultipleChoiceField(
        label=_("Programmes applied to"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Leave at least one programme: the candidate withdraws from all of them.")
        },
    )

    def __init__(self, typed: Typed, *, dossier: Dossier) -> None:
        submitted = [row.code for row in programmes_submitted(dossier)]
        super().__init__(typed, initial={"codes": submitted})
        field = self.fields["codes"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (row.code, localized(row.title))
            for row in dossier.programmes
            if row.may_choose or row.code in submitted
        ]
        self.fields["reason"] = why()
        self.fields["seen"] = forms.CharField(
            widget=forms.HiddenInput, initial=seen_of_programmes(dossier)
        )
