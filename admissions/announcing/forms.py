"""What should have been announced, and why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from admissions.jury.forms import REASON_LENGTH, DecisionForm, MarkForm
from admissions.jury.rules import POINT
from admissions.models.sealed import Mark


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


class ToldMarkForm(MarkForm):
    """A mark that an announced decision rests on, to be put right: how well the candidate speaks stays as it was."""

    def __init__(self, data: Any = None, *, row: Mark) -> None:
        initial = {"mark": row.hundredths / POINT}
        scale = row.assessment.scale
        ids = f"mark-{row.pk}-%s"
        super().__init__(data, auto_id=ids, initial=initial, scale=scale, rates_french=False)
        self.row = row
        self.fields["mark"].label = _("Mark out of %(scale)s") % {"scale": scale}
