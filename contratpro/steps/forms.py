"""What is asked of a step: its day, its points, a few words; and what narrows the grid."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.formats import localized
from common.forms import REASON_LENGTH, DateField, reason_field
from contratpro.models.steps import NOTE_LENGTH
from contratpro.steps.rules import StepPhase
from contratpro.year.document.schema import YearDocument

HUNDREDTHS = 100
FILTERED_PHASES = (
    (StepPhase.OVERDUE, _("something overdue")),
    (StepPhase.OPEN, _("something to do now")),
    (StepPhase.DONE, _("something declared, not marked")),
    (StepPhase.MARKED, _("something marked")),
    (StepPhase.LATER, _("something that another step comes before")),
    (StepPhase.NOT_CONCERNED, _("something that does not concern them")),
    (StepPhase.NEVER_HAPPENED, _("an incident that never happened")),
)


REMARK = _("Remark (optional)")


def note_field(label: Any = REMARK) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=_("The student reads it."),
        max_length=NOTE_LENGTH // 2,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class StepDoneForm(forms.Form):
    """On which day it was done."""

    use_required_attribute = False
    done_on = DateField(
        label=_("Done on"),
        error_messages={"required": _("Type the day on which it was done.")},
    )
    note = note_field()


class OwnDoneForm(forms.Form):
    """What a student says of a step that is done: the day is that of saying it."""

    use_required_attribute = False
    note = note_field(_("Remark for the contrat pro office (optional)"))
    note.help_text = _("For instance to whom you gave it, or by which mail you sent it.")


class PointsForm(forms.Form):
    """Points on the scale of the step."""

    use_required_attribute = False

    def __init__(self, typed: Mapping[str, Any] | None, *, top: int, **kwargs: Any) -> None:
        super().__init__(typed, **kwargs)
        self.fields["points"] = forms.TypedChoiceField(
            label=_("Points"),
            coerce=int,
            choices=[(points, str(points)) for points in range(top + 1)],
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose the points.")},
        )
        self.fields["done_on"] = DateField(
            label=_("Done on, where nobody declared it (optional)"),
            help_text=_("Left empty, it is today."),
            required=False,
        )


class OnePointsForm(PointsForm):
    """What was declared keeps its day, which is not asked again."""

    def __init__(self, typed: Mapping[str, Any] | None, *, top: int, declared: bool) -> None:
        super().__init__(typed, top=top)
        if declared:
            del self.fields["done_on"]
        self.fields["note"] = note_field()


class HundredthsField(forms.DecimalField):
    """A mark with two decimals, kept as whole hundredths."""

    def clean(self, value: Any) -> int:
        mark: Decimal = super().clean(value)
        return int(mark * HUNDREDTHS)


class OverrideForm(forms.Form):
    """A mark in place of what the steps earn, and why."""

    use_required_attribute = False

    def __init__(self, typed: Mapping[str, Any] | None, *, out_of: int) -> None:
        super().__init__(typed)
        self.fields["hundredths"] = HundredthsField(
            label=gettext("Mark out of %(out_of)s") % {"out_of": out_of},
            min_value=0,
            max_value=out_of,
            decimal_places=2,
            localize=True,
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            error_messages={"required": _("Type the mark.")},
        )
        self.fields["reason"] = reason_field(
            help_text=_("It is kept, and the student reads it."), length=REASON_LENGTH
        )


class ChoicesFilter(forms.Form):
    """What narrows a list, by choices: a wrong one narrows nothing."""

    def asked(self, name: str) -> str:
        """What was chosen; nothing where it is not among the choices."""
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")

    def offer(self, name: str, everything: Any, choices: Iterable[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", everything), *choices]


class GridFilter(ChoicesFilter):
    """Which students the grid shows."""

    department = forms.ChoiceField(label=_("Department"), required=False)
    option = forms.ChoiceField(label=_("Option"), required=False)
    step = forms.ChoiceField(label=_("Step"), required=False)
    phase = forms.ChoiceField(label=_("Where they are"), required=False)
    who = forms.ChoiceField(label=_("Who has to act"), required=False)
    late = forms.BooleanField(label=_("Late only"), required=False)

    def __init__(self, asked: Mapping[str, Any], said: YearDocument) -> None:
        super().__init__(asked)
        departments = zip(said.departments, said.departments, strict=True)
        self.offer("department", _("All departments"), departments)
        self.offer("option", _("All options"), _options(said))
        steps = [(key, step_choice(key, said)) for key in said.steps]
        self.offer("step", _("All steps"), steps)
        self.offer("phase", _("Wherever they are"), FILTERED_PHASES)
        acting = {party for step in said.steps.values() for party in step.who}
        parties = [
            (key, localized(one.title)) for key, one in said.parties.items() if key in acting
        ]
        self.offer("who", _("Anybody"), parties)


def step_choice(key: str, said: YearDocument) -> str:
    step = said.steps[key]
    title = localized(step.title)
    return f"{step.number} – {title}" if step.number else title


def _options(said: YearDocument) -> list[tuple[str, str]]:
    return [
        (key, f"{department} – {key}")
        for department, track in said.curriculum.tracks.items()
        for key in track.options
    ]
