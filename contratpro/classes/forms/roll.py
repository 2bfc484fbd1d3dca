"""What is asked at a session: its code, who is there, how long it lasted; what excuses an absence."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.forms import DateField, HourField, reason_field
from contratpro.classes.forms.timetable import as_group
from contratpro.classes.presentation.words import KINDS, PRESENCE_SIGNS, group_choices
from contratpro.classes.rules.signing import Found, RollLine
from contratpro.classes.rules.timetable import Group
from contratpro.classes.selectors import RollEntry
from contratpro.models.classes import (
    COURSE_LENGTH,
    LONGEST,
    PLACE_LENGTH,
    TEACHER_LENGTH,
)
from contratpro.states import PresenceState
from contratpro.vocabulary import ClassKind
from contratpro.year.document.schema import YearDocument

CALLED = (PresenceState.PRESENT, PresenceState.ABSENT, PresenceState.LATE)  # then by how much
HOUR_MISSING = dict.fromkeys(("required", "invalid"), _("Type the hour, for example 08:30."))
CODE_ATTRS = {"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": "9"}


class CodeForm(forms.Form):
    """The code that is shown in the room."""

    use_required_attribute = False
    code = forms.CharField(
        label=_("Code shown in the room"),
        max_length=9,
        widget=forms.TextInput(attrs=CODE_ATTRS),
        error_messages={"required": _("Type the six figures that are shown.")},
    )


class PinForm(forms.Form):
    """The code that a mail gives below a link."""

    use_required_attribute = False
    pin = forms.CharField(
        label=_("Code of the e-mail"),
        max_length=9,
        widget=forms.TextInput(attrs={**CODE_ATTRS, "autocomplete": "off"}),
        error_messages={"required": _("Type the six figures of the e-mail.")},
    )


class RollForm(forms.Form):
    """How each student was found: nothing is said of those who are left as they are."""

    use_required_attribute = False

    def __init__(self, typed: Any, roll: Sequence[RollEntry]) -> None:
        super().__init__(typed)
        self.roll = roll
        for entry in roll:
            self._add(entry)

    def _add(self, entry: RollEntry) -> None:
        presence, ref = entry.presence, entry.student.ref
        self.fields[f"found-{ref}"] = forms.ChoiceField(
            choices=[(one.value, PRESENCE_SIGNS[one].word) for one in CALLED],
            initial=presence.state if presence else "",
            required=False,
            widget=forms.RadioSelect,
        )
        self.fields[f"late-{ref}"] = forms.IntegerField(
            min_value=1,
            max_value=LONGEST,
            required=False,
            initial=(presence.late_minutes or None) if presence else None,
            label=_("Minutes late"),
            error_messages=dict.fromkeys(
                ("invalid", "min_value", "max_value"), _("Type the minutes in figures.")
            ),
        )
        self.fields[f"was-{ref}"] = forms.CharField(
            required=False, initial=entry.word, widget=forms.HiddenInput
        )

    def clean(self) -> None:
        for entry in self.roll:
            ref = entry.student.ref
            is_late = self.cleaned_data.get(f"found-{ref}") == PresenceState.LATE
            if is_late and not self.cleaned_data.get(f"late-{ref}") and not self.errors:
                self.add_error(
                    f"late-{ref}",
                    _("Type by how many minutes %(name)s came late.")
                    % {"name": entry.student.full_name},
                )

    @property
    def lines(self) -> list[RollLine]:
        """What is said of each."""
        return [self._line(entry.student.ref) for entry in self.roll]

    def _line(self, ref: str) -> RollLine:
        said = self.cleaned_data
        state = said.get(f"found-{ref}")
        late = said.get(f"late-{ref}") or 0
        found = (
            Found(PresenceState(state), late if state == PresenceState.LATE else 0)
            if state
            else None
        )
        return RollLine(ref=ref, found=found, was=said.get(f"was-{ref}", ""))

    def rows(self) -> Iterator[tuple[RollEntry, Any, Any, Any]]:
        """Each student with their three fields, as the page shows them."""
        for entry in self.roll:
            ref = entry.student.ref
            yield entry, self[f"found-{ref}"], self[f"late-{ref}"], self[f"was-{ref}"]


def minutes_held() -> forms.IntegerField:
    wrong = ("required", "invalid", "min_value", "max_value")
    return forms.IntegerField(
        label=_("Minutes held"),
        min_value=1,
        max_value=LONGEST,
        help_text=_("As planned, or fewer."),
        error_messages=dict.fromkeys(wrong, _("Type the minutes in figures.")),
    )


class CountersignForm(forms.Form):
    """How long it lasted, and which roll was read."""

    use_required_attribute = False
    seen = forms.CharField(widget=forms.HiddenInput)
    minutes = minutes_held()


class PaperSheetForm(RollForm):
    """A sheet that was signed on paper: who signed, for how long, and its scan."""

    def __init__(self, typed: Any, files: Any, roll: Sequence[RollEntry], **said: Any) -> None:
        super().__init__(typed, roll)
        self.files = files
        self.fields["minutes"] = minutes_held()
        self.fields["minutes"].initial = said["minutes"]
        self.fields["signatory"] = forms.CharField(
            label=_("Teacher who signed the sheet"),
            max_length=TEACHER_LENGTH,
            initial=said["signatory"],
        )
        self.fields["scan"] = forms.FileField(
            label=_("Scan of the sheet (PDF, JPG or PNG)"),
            widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
            error_messages={"required": _("Choose the scan.")},
        )

    @property
    def paper(self) -> dict[str, Any]:
        """What the command takes."""
        named = {name: self.cleaned_data[name] for name in ("minutes", "signatory", "scan")}
        return {"lines": self.lines, **named}


class ExcuseForm(forms.Form):
    """What excuses an absence; the office may take what the student gave."""

    use_required_attribute = False

    def __init__(self, typed: Any, files: Any, *, is_needed: bool) -> None:
        super().__init__(typed, None if typed is None else files)
        self.fields["upload"] = forms.FileField(
            label=_("Document (PDF, JPG or PNG)")
            if is_needed
            else _("Another document, if there is one (PDF, JPG or PNG)"),
            widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
            required=is_needed,
            error_messages={"required": _("Choose the document.")},
        )


class CorrectionForm(forms.Form):
    """How a student was found after all, and why."""

    use_required_attribute = False
    state = forms.ChoiceField(
        label=_("How the student was found"),
        choices=[(one.value, PRESENCE_SIGNS[one].word) for one in CALLED],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of these.")},
    )
    late = forms.IntegerField(
        label=_("Minutes late"), min_value=1, max_value=LONGEST, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = reason_field(help_text=_("It is kept in the journal."))

    @property
    def correction(self) -> Mapping[str, Any]:
        state = PresenceState(self.cleaned_data["state"])
        late = (self.cleaned_data["late"] or 0) if state is PresenceState.LATE else 0
        return {"found": Found(state, late), "reason": self.cleaned_data["reason"]}


class ClassForm(forms.Form):
    """A session as the office types it."""

    use_required_attribute = False
    course = forms.CharField(label=_("Course"), max_length=COURSE_LENGTH)
    kind = forms.ChoiceField(label=_("Kind of session"), choices=list(KINDS.items()))
    day = DateField(label=_("Day (dd/mm/yyyy)"))
    starts = HourField(label=pgettext_lazy("hours", "From"), error_messages=HOUR_MISSING)
    ends = HourField(label=pgettext_lazy("hours", "To"), error_messages=HOUR_MISSING)
    place = forms.CharField(label=_("Place (optional)"), max_length=PLACE_LENGTH, required=False)
    teacher_name = forms.CharField(
        label=_("Teacher (optional)"), max_length=TEACHER_LENGTH, required=False
    )
    teacher_email = forms.EmailField(
        label=_("E-mail address of the teacher (optional)"),
        help_text=_("They receive a link the evening before."),
        required=False,
    )

    def __init__(self, *args: Any, said: YearDocument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = said.zone
        self.fields["groups"] = forms.MultipleChoiceField(
            label=_("Whom it calls"),
            choices=group_choices(said),
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Tick at least one.")},
        )

    def clean(self) -> None:
        starts, ends = self.cleaned_data.get("starts"), self.cleaned_data.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", _("It ends before it begins: check both hours."))

    @property
    def planned(self) -> dict[str, Any]:
        """What the command takes, in the zone of the school."""
        typed = self.cleaned_data
        hours = {
            f"{name}_at": datetime.combine(typed["day"], typed[name], tzinfo=self.zone)
            for name in ("starts", "ends")
        }
        named = ("course", "kind", "place", "teacher_name", "teacher_email")
        said = {name: typed[name] for name in named}
        mended = {"kind": ClassKind(said["kind"]), "teacher_email": said["teacher_email"].lower()}
        return {
            "said": {**said, **hours, **mended},
            "groups": self._groups(),
        }

    def _groups(self) -> list[Group]:
        return sorted(as_group(one) for one in self.cleaned_data["groups"])
