"""When and where a test is held: a line of the office's list."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from admissions.forms.fields import LineField
from admissions.models.sealed import Sitting

NATIVE = "%Y-%m-%dT%H:%M"


class TimeForm(forms.Form):
    use_required_attribute = False
    starts_at = forms.CharField(
        label=_("Day and hour"), required=False, widget=forms.TextInput(attrs={"type": "datetime-local"})
    )
    place = LineField(label=_("Place or address"), required=False, max_length=200)

    def __init__(self, data: Mapping[str, Any] | None, *, sitting: Sitting, zone: ZoneInfo) -> None:
        known = sitting.starts_at and sitting.starts_at.astimezone(zone).strftime(NATIVE)
        initial = {"starts_at": known or "", "place": sitting.place}
        super().__init__(data, prefix=sitting.ref, initial=initial)
        self.sitting, self.zone = sitting, zone

    def clean_starts_at(self) -> datetime | None:
        typed = self.cleaned_data["starts_at"].strip()
        if not typed:
            return None
        try:
            return datetime.fromisoformat(typed).replace(tzinfo=self.zone)
        except ValueError:
            raise forms.ValidationError(_("Choose a day and an hour.")) from None

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.has_changed() and not said.get("starts_at") and not self.errors:
            raise forms.ValidationError(_("Choose a day and an hour."))
        return said
