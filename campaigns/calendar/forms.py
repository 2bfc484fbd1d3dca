"""What staff type about a date. Parsing only: the calendar's services decide."""

from django import forms
from django.utils.translation import gettext_lazy as _

REASON_LENGTH = 200


class RevisionForm(forms.Form):
    """The revision that was shown: one that has moved since is refused."""

    use_required_attribute = False
    revision = forms.IntegerField(widget=forms.HiddenInput)


class RunReasonForm(forms.Form):
    use_required_attribute = False
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("It stays in the history of this date."),
        max_length=REASON_LENGTH,
        error_messages={"required": _("Say why: the reason stays in the history.")},
    )
