"""What is handed in, typed and marked of a company project."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from common.formats import localized
from common.forms import DateField, reason_field
from contratpro.models.projects import WHY_LENGTH
from contratpro.projects.presentation import PASSED_WORDS, field_label, report_parts
from contratpro.projects.rules import CRITERION, MARK, WORDS
from contratpro.projects.selectors import fields_of_evaluation
from contratpro.steps.forms import HundredthsField
from contratpro.vocabulary import PassedOn
from contratpro.year.document.schema import YearDocument

LONG_TEXT = 5000


def mark_field(label: str, out_of: int) -> HundredthsField:
    return HundredthsField(
        label=label,
        min_value=0,
        max_value=out_of,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=_("At most two decimals, for instance 14,5."),
        error_messages={"required": _("Type the mark.")},
    )


class DepositedReportForm(forms.Form):
    use_required_attribute = False
    report = forms.FileField(
        label=_("The report"),
        help_text=_("PDF, 20 MB at most."),
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
        error_messages={"required": _("Choose the report.")},
    )


class ReportForm(DepositedReportForm):
    """The report, each of whose parts the student says is there."""

    def __init__(self, data: Any = None, files: Any = None, *, said: YearDocument) -> None:
        super().__init__(data, files)
        for number, part in enumerate(report_parts(said), start=1):
            self.fields[f"part_{number}"] = forms.BooleanField(
                label=part,
                error_messages={"required": _("Write this part, then tick it.")},
            )


class TutorEvaluationForm(forms.Form):
    """What the company tutor is asked: a level for each criterion of the year, a mark and a text."""

    use_required_attribute = False

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, kept: Mapping[str, str], said: YearDocument
    ) -> None:
        super().__init__(data, initial=dict(kept))
        self.asked = fields_of_evaluation(said)
        sheet = said.marks.project.evaluation
        if sheet:
            levels = [(key, localized(one.title)) for key, one in sheet.levels.items()]
            for key, one in sheet.criteria.items():
                self.fields[f"{CRITERION}{key}"] = forms.ChoiceField(
                    label=localized(one.title),
                    help_text=localized(one.help) if one.help else "",
                    choices=levels,
                    widget=forms.RadioSelect,
                    error_messages={"required": _("Choose a level.")},
                )
        self.fields[MARK] = mark_field(field_label(MARK, said), said.marks.conduct.out_of)
        self.fields[WORDS] = forms.CharField(
            label=field_label(WORDS, said),
            help_text=_("The student reads it once the mark of the project is published."),
            max_length=LONG_TEXT,
            widget=forms.Textarea(attrs={"rows": 6}),
            error_messages={"required": _("Type a few words on the work of the student.")},
        )

    @property
    def typed(self) -> dict[str, str]:
        """Word for word, readable or not: what a draft keeps."""
        return {name: str(self.data.get(name, "")) for name in self.asked}

    @property
    def said(self) -> dict[str, str]:
        """What was understood; the mark goes with it, in hundredths."""
        return {name: str(self.cleaned_data.get(name) or "").strip() for name in self.asked}


class AskTutorForm(forms.Form):
    use_required_attribute = False
    email = forms.EmailField(
        label=_("E-mail address of the company tutor"),
        help_text=_("That of the contact sheet, unless you correct it."),
        error_messages={
            "required": _("Type the address of the company tutor."),
            "invalid": _("This address is not complete."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off", "inputmode": "email"}),
    )


class ReportMarkForm(forms.Form):
    """The mark of a report, the one that was read."""

    use_required_attribute = False
    report = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, typed: Mapping[str, Any] | None, *, out_of: int, **kwargs: Any) -> None:
        super().__init__(typed, **kwargs)
        label = gettext("Mark of the report, out of %(out_of)s") % {"out_of": out_of}
        self.fields["hundredths"] = mark_field(label, out_of)


class PassedOnForm(forms.Form):
    """When and how report and evaluation went to the registrar."""

    use_required_attribute = False
    day = DateField(
        label=_("Passed on on"),
        error_messages={"required": _("Type the day on which you passed them on.")},
    )
    channel = forms.ChoiceField(
        label=pgettext_lazy("passed on", "How"),
        choices=list(PASSED_WORDS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you passed them on.")},
    )
    proof = forms.FileField(
        label=_("Proof: the receipt or the mail (optional)"),
        help_text=_("PDF, JPG or PNG, 10 MB at most."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )

    def clean_channel(self) -> PassedOn:
        return PassedOn(self.cleaned_data["channel"])


def reopening_field() -> forms.CharField:
    return reason_field(
        _("What to correct"),
        help_text=_("The company tutor reads it."),
        missing=_("Type what to correct: the company tutor reads it."),
        length=WHY_LENGTH,
    )
