from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class SubmissionForm(forms.Form):
    """What the candidate declares by submitting (R-APP-6, R-ELI-7)."""

    use_required_attribute = False
    notice = forms.IntegerField(widget=forms.HiddenInput)
    accepts_notice = forms.BooleanField(
        label=_("I have read the notice of this campaign and accept it."),
        error_messages={"required": _("Tick this box: the application is submitted under the rules of the notice.")},
    )
    tells_the_truth = forms.BooleanField(
        label=_("I declare that everything in this application is true."),
        help_text=_("A false declaration voids the application."),
        error_messages={"required": _("Tick this box to declare that your application is true.")},
    )
    lets_contact_be_passed_on = forms.BooleanField(
        label=_("I accept that my contact details be passed to the organisers of the tests."),
        help_text=_("Last name, first name, phone and e-mail address only, and only to organise the tests."),
        error_messages={"required": _("Tick this box: without it no test can be organised for you.")},
    )

    def ask_again(self, version: int) -> None:
        """Show the notice in force; another one than was sent is still to be accepted."""
        if self.data.get("notice") != str(version):
            kept = {name: value for name, value in self.data.items() if name != "accepts_notice"}
            self.data = kept | {"notice": version}


class WithdrawalForm(forms.Form):
    """What is withdrawn: the whole application, or one of its programmes."""

    use_required_attribute = False
    what = forms.ChoiceField(
        label=_("What do you withdraw?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you withdraw.")},
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["what"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
