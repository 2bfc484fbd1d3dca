from django import forms
from django.utils.translation import gettext_lazy as _

REASON_LENGTH = 500


class RefusalForm(forms.Form):
    """Why a dossier is refused: the candidate reads these very words."""

    use_required_attribute = False
    reason = forms.CharField(
        label=_("Reason, as the candidate will read it"),
        help_text=_("Say which document is missing or which rule is not met, without personal remarks."),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Type the reason: the candidate is told it.")},
    )
