"""The date that a milestone is moved to."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.models import Campaign
from common.formats import clock
from common.forms import DateField, reason_field


class MoveForm(forms.Form):
    use_required_attribute = False
    day = DateField(label=_("New day"))
    hour = forms.TimeField(
        label=_("Hour"),
        required=False,
        input_formats=["%H:%M", "%Hh%M", "%Hh"],
        widget=forms.TimeInput(format="%H:%M", attrs={"inputmode": "numeric", "maxlength": "5"}),
        error_messages={"invalid": _("Type the hour and the minutes, for instance 14:30.")},
    )
    reason = reason_field(
        help_text=_("Kept with the new version of the notice, which candidates can read."),
        missing=_("Say why the date moves."),
    )

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(campaign.zone)
        self.fields["hour"].help_text = _(
            "Only if it matters. Announcements go out at %(hour)s unless you say so."
        ) % {
            "hour": clock(
                datetime.combine(campaign.opens_at, campaign.announce_at, tzinfo=self.zone),
                campaign.zone,
            )
        }

    def clean(self) -> dict[str, Any]:
        """`to`: a day, or a moment in the campaign's zone if an hour was given."""
        typed = super().clean() or {}
        day, hour = typed.get("day"), typed.get("hour")
        to = datetime.combine(day, hour, tzinfo=self.zone) if day and hour else day
        return {"to": to, "reason": typed.get("reason", "")}
