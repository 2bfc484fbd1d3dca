"""What the office opens for candidates to book, what a candidate chooses, when and where a test is held."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from admissions.dossier.forms import LineField
from admissions.models.sealed import Sitting
from admissions.sittings.rules import Span, bookable_day, series
from campaigns.models import Assessment
from campaigns.vocabulary import Booking

MOST_SLOTS, MOST_PLACES, LONGEST = 60, 500, 480
USUAL = 30  # minutes


class SlotsForm(forms.Form):
    """A series of slots on a day, or the day itself where candidates book a day."""

    use_required_attribute = False
    day = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a day."), "invalid": _("Choose a day.")},
    )
    first = forms.TimeField(
        label=_("First one at"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Choose an hour."), "invalid": _("Choose an hour.")},
    )
    minutes = forms.IntegerField(label=_("Minutes of each"), min_value=5, max_value=LONGEST)
    count = forms.IntegerField(
        label=_("How many, one after the other"), min_value=1, max_value=MOST_SLOTS
    )
    capacity = forms.IntegerField(
        label=_("Candidates in each"), min_value=1, max_value=MOST_PLACES, initial=1
    )
    place = LineField(label=_("Place or address"), required=False, max_length=200)

    def __init__(self, data: Mapping[str, Any] | None, *, test: Assessment, zone: ZoneInfo) -> None:
        usual = {"minutes": test.minutes or USUAL, "count": 1}
        super().__init__(data, initial=usual)
        self.test, self.zone = test, zone
        if test.booking == Booking.DAY:
            for name in ("first", "minutes", "count"):
                del self.fields[name]
            self.fields["capacity"].label = _("Candidates that day")

    @property
    def opened(self) -> dict[str, Any]:
        """What the command takes."""
        return {
            "spans": self._spans(),
            "capacity": self.cleaned_data["capacity"],
            "place": self.cleaned_data["place"],
        }

    def _spans(self) -> tuple[Span, ...]:
        typed = self.cleaned_data
        if self.test.booking == Booking.DAY:
            return (bookable_day(self.test.held, typed["day"], self.zone),)
        first: time = typed["first"]
        start = datetime.combine(typed["day"], first, tzinfo=self.zone)
        return series(start, typed["minutes"], typed["count"])


class BookingForm(forms.Form):
    use_required_attribute = False
    slot = forms.CharField(error_messages={"required": _("Choose one of those that are left.")})


NATIVE = "%Y-%m-%dT%H:%M"


class TimeForm(forms.Form):
    use_required_attribute = False
    starts_at = forms.CharField(
        label=_("Day and hour"),
        required=False,
        widget=forms.TextInput(attrs={"type": "datetime-local"}),
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
