from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from admissions.models import Candidacy
from common.templatetags.rentree import localized

REASON_LENGTH = 1000


class InvitationForm(forms.Form):
    """Whom to invite, and for which programme if there are several."""

    use_required_attribute = False
    candidacy = forms.ChoiceField(label=_("For the programme"), error_messages={"required": _("Choose the programme.")})
    email = forms.EmailField(
        label=_("E-mail address of the employer"),
        help_text=_("The person who would hire you: they are told your name and the programme, nothing else."),
        error_messages={"required": _("Type the employer's address."), "invalid": _("This address is not complete.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off", "inputmode": "email"}),
    )

    def __init__(self, *args: Any, candidacies: list[Candidacy], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["candidacy"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(row.ref, localized(row.programme.title)) for row in candidacies]
        if len(candidacies) == 1:
            field.widget, field.initial = forms.HiddenInput(), candidacies[0].ref


class OfficeInvitationForm(InvitationForm):
    """The company office invites for a candidate whom it looked for."""

    def __init__(self, *args: Any, candidacies: list[Candidacy], **kwargs: Any) -> None:
        super().__init__(*args, candidacies=candidacies, **kwargs)
        field = self.fields["candidacy"]
        assert isinstance(field, forms.ChoiceField)
        field.label, field.widget = _("For whom"), forms.RadioSelect()
        field.choices = [
            (row.ref, f"{row.application.person.full_name} – {localized(row.programme.title)}") for row in candidacies
        ]
        self.fields["email"].help_text = _("They are told the candidate's name and the programme, nothing else.")


class ChangesForm(forms.Form):
    use_required_attribute = False
    reason = forms.CharField(
        label=_("What to change, as the employer and the candidate will read it"),
        help_text=_("Which missions, which progression, what is missing; without personal remarks."),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Type what is to be changed: the employer is told it.")},
    )


class ProjectRefusalForm(forms.Form):
    use_required_attribute = False
    reason = forms.CharField(
        label=_("Reason, as the employer and the candidate will read it"),
        help_text=_("Say why the job does not suit the programme, without personal remarks."),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Type the reason: the employer and the candidate are told it.")},
    )
