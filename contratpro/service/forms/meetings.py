"""What the contract service types of a meeting and of a paper."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.forms import DateField, HourField
from contratpro.service.forms.students import departments
from contratpro.year.document.schema import YearDocument


class MeetingForm(forms.Form):
    """When and where, and whom it calls."""

    use_required_attribute = False
    day = DateField(label=_("Day (dd/mm/yyyy)"))
    starts = HourField(
        label=pgettext_lazy("hours", "From"),
        error_messages=dict.fromkeys(
            ("required", "invalid"), _("Type the hour, for example 14:00.")
        ),
    )
    ends = HourField(
        label=pgettext_lazy("hours", "To"),
        error_messages=dict.fromkeys(
            ("required", "invalid"), _("Type the hour, for example 15:30.")
        ),
    )
    place = forms.CharField(label=pgettext_lazy("a room", "Place"), max_length=200)

    def __init__(self, *args: Any, said: YearDocument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = said.zone
        self.fields["departments"] = forms.MultipleChoiceField(
            label=_("Departments called"),
            help_text=_("None ticked: all are."),
            choices=departments(said),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    def clean(self) -> None:
        starts, ends = self.cleaned_data.get("starts"), self.cleaned_data.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", _("It ends before it begins: check both hours."))

    @property
    def planned(self) -> dict[str, Any]:
        """What the command takes, in the zone of the school."""
        said = self.cleaned_data
        hours = {
            f"{name}_at": datetime.combine(said["day"], said[name], tzinfo=self.zone)
            for name in ("starts", "ends")
        }
        return {**hours, "place": said["place"], "departments": said["departments"]}


class TicksForm(forms.Form):
    """Who is ticked, and who was when the page was shown."""

    seen = forms.CharField(required=False)

    def __init__(self, typed: Any, refs: Sequence[str]) -> None:
        super().__init__(typed)
        self.fields["present"] = forms.MultipleChoiceField(
            choices=[(ref, ref) for ref in refs], required=False
        )


class PaperForm(forms.Form):
    use_required_attribute = False
    title = forms.CharField(
        label=_("Paper"),
        help_text=_("The same name as before replaces the former version."),
        max_length=120,
        widget=forms.TextInput(attrs={"list": "paper-titles", "autocomplete": "off"}),
    )
    dated = DateField(label=_("Dated (dd/mm/yyyy)"))
    upload = forms.FileField(
        label=_("File (PDF)"),
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
        error_messages={"required": _("Choose the file.")},
    )
