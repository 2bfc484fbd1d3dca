"""What should have been announced, and why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from admissions.jury.forms import REASON_LENGTH, DecisionForm


class RectificationForm(DecisionForm):
    """What an announced decision should have been. The note of the deliberation gives way to a reason."""

    note = forms.CharField(
        label=_("Why the decision is rectified"),
        help_text=_("The candidate reads it in the message that tells the new answer."),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why the decision is rectified: the candidate is told.")},
    )

    @property
    def proposed(self) -> dict[str, Any]:
        """What the command takes."""
        chosen = self.chosen
        return {
            "outcome_key": chosen["outcome_key"],
            "assessments": chosen["assessments"],
            "reason": chosen["note"],
        }
