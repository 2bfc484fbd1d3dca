"""What only continuing education asks (R-ELI-4): years of work, and the employer's agreement."""

from django import forms
from django.utils.translation import gettext_lazy

from common.forms import YesNoField

MOST_YEARS = 60


class ExperienceQuestions(forms.Form):
    use_required_attribute = False
    technician_years = forms.IntegerField(
        label=gettext_lazy("Years worked as a senior technician"),
        required=False,
        min_value=0,
        max_value=MOST_YEARS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": gettext_lazy("Type a whole number of years, for instance 4."),
            "min_value": gettext_lazy("Type a whole number of years, for instance 4."),
            "max_value": gettext_lazy("Type a whole number of years, for instance 4."),
        },
    )
    employer_agrees = YesNoField(label=gettext_lazy("Does your employer agree to this training?"), required=False)

    def drop_experience(self) -> None:
        """Where no route of the notice looks at it."""
        del self.fields["technician_years"], self.fields["employer_agrees"]
