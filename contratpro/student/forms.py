"""Who a student is, what concerns them, and the risk that they take. Shape only."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from common.forms import BirthField, YesNoField, born_before, country_field
from contratpro.student.services.own import StudentIdentity

NAME_LENGTH = 80


def name_field(label: Any, *, required: bool = True, **kwargs: Any) -> forms.CharField:
    missing = {"required": _("Type it as on your identity card.")}
    return forms.CharField(
        label=label, max_length=NAME_LENGTH, required=required, error_messages=missing, **kwargs
    )


def filled_in(purpose: str) -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": purpose})


class OwnIdentityForm(forms.Form):
    use_required_attribute = False

    first_names = name_field(
        _("First names"),
        help_text=_("All of them, in the order of your identity card."),
        widget=filled_in("given-name"),
    )
    birth_name = name_field(_("Birth name"), widget=filled_in("family-name"))
    usual_name = name_field(
        _("Usual name (optional)"),
        required=False,
        help_text=_("If it differs from your birth name."),
    )
    born_on = BirthField(
        label=_("Date of birth"),
        help_text=_("Day, month, year: 08/03/2001."),
        error_messages={"required": _("Type your date of birth.")},
    )
    nationality = country_field(
        label=_("Nationality"),
        help_text=_("If you have several and one of them is of the European Union, choose it."),
    )
    phone = PhoneNumberField(
        label=_("Telephone (optional)"),
        required=False,
        region="FR",
        help_text=_("A number at which the contrat pro office can reach you."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nationality = self.fields["nationality"]
        nationality.required = True
        nationality.error_messages["required"] = str(_("Choose your nationality."))
        born_before(self, today)

    @property
    def identity(self) -> StudentIdentity:
        typed = dict(self.cleaned_data)
        return StudentIdentity(**typed | {"phone": str(typed["phone"] or "")})


class CircumstancesForm(forms.Form):
    use_required_attribute = False

    grant_holder = YesNoField(
        label=_("Do you hold a grant on social criteria?"),
        error_messages={"required": _("Answer yes or no.")},
    )
    long_internship = YesNoField(
        label="",
        error_messages={"required": _("Answer yes or no.")},
    )

    def __init__(self, *args: Any, months: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = _("Did your internship of year 2 last over %(months)s months?")
        self.fields["long_internship"].label = asked % {"months": months}


class RiskForm(forms.Form):
    """A statement is made, not ticked by chance."""

    use_required_attribute = False

    sure = forms.BooleanField(
        label=_("I have read these words, and they are mine."),
        error_messages={"required": _("Tick the box if you make this statement.")},
    )

    def clean(self) -> dict[str, Any]:
        """Nothing is told to the command: without the tick, it is not called."""
        super().clean()
        return {}
