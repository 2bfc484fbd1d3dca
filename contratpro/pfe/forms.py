"""What is typed of a final project: its sheet, its defence, the day of its report, its mark."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from common.forms import DateField, HourField, reason_field
from contratpro.models.pfe import PLACE_LENGTH, REMARKS_LENGTH, TITLE_LENGTH
from contratpro.pfe.presentation import FIELD_HELP, pfe_label
from contratpro.pfe.rules import FIELDS, title_words
from contratpro.projects.forms import mark_field
from contratpro.year.document.schema import YearDocument

LONG_TEXT = 5000
MOST_JURY = 12
NAME_LENGTH = 120


class PfeSheetForm(forms.Form):
    """The sheet: nothing is kept away from being saved, and all is asked to be sent."""

    use_required_attribute = False

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, kept: Mapping[str, str], most_words: int
    ) -> None:
        super().__init__(data, initial=dict(kept))
        self.most_words = most_words
        for name in FIELDS:
            area = forms.Textarea(attrs={"rows": 2 if name == "title" else 6})
            self.fields[name] = forms.CharField(
                label=pfe_label(name),
                help_text=str(FIELD_HELP[name]),
                max_length=TITLE_LENGTH if name == "title" else LONG_TEXT,
                widget=area,
                error_messages={"required": _("Type this part.")},
            )
        most = gettext("At most %(count)s words.") % {"count": most_words}
        self.fields["title"].help_text = f"{FIELD_HELP['title']} {most}"

    @property
    def typed(self) -> dict[str, str]:
        """Word for word, readable or not: what a draft keeps."""
        return {name: str(self.data.get(name, "")) for name in FIELDS}

    def clean_title(self) -> str:
        title = " ".join(str(self.cleaned_data["title"]).split())
        if (count := title_words(title)) > self.most_words:
            said = gettext("The title has %(count)s words, and %(most)s at most are printed.")
            raise forms.ValidationError(said % {"count": count, "most": self.most_words})
        return title


class SeenSheetForm(forms.Form):
    """The version that was read, which alone is answered."""

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput)


class PfeReturnForm(SeenSheetForm):
    reason = reason_field(
        _("Remarks"),
        help_text=_("The student reads them."),
        missing=_("Type what to change: the student reads it."),
        length=REMARKS_LENGTH,
    )


class DefenceForm(forms.Form):
    """When, where, before whom."""

    use_required_attribute = False
    day = DateField(label=_("Day of the defence"))
    starts = HourField(
        label=_("Hour of the defence"),
        error_messages=dict.fromkeys(
            ("required", "invalid"), _("Type the hour, for example 14:00.")
        ),
    )
    place = forms.CharField(
        label=pgettext_lazy("a room", "Place"),
        max_length=PLACE_LENGTH,
        error_messages={"required": _("Type the place.")},
    )
    jury = forms.CharField(
        label=_("Members of the jury"),
        help_text=_("A name on each line, with the position if it is useful."),
        max_length=MOST_JURY * NAME_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Type the names of the jury.")},
    )

    def __init__(self, typed: Mapping[str, Any] | None, *, said: YearDocument, **kept: Any) -> None:
        super().__init__(typed, **kept)
        self.zone = said.zone

    def clean_jury(self) -> list[str]:
        names = [line.strip() for line in self.cleaned_data["jury"].splitlines()]
        names = [name for name in names if name]
        if len(names) > MOST_JURY or any(len(name) > NAME_LENGTH for name in names):
            said = gettext("Type %(most)s names at most, one on each line.") % {"most": MOST_JURY}
            raise forms.ValidationError(said)
        return names

    def clean(self) -> dict[str, Any]:
        """What the command takes: the moment in the zone of the school."""
        said = self.cleaned_data
        if not {"day", "starts", "place", "jury"} <= said.keys():
            return said
        starts_at = datetime.combine(said["day"], said["starts"], tzinfo=self.zone)
        return {"starts_at": starts_at, "place": said["place"], "jury": said["jury"]}


class ReportDueForm(forms.Form):
    use_required_attribute = False
    due = DateField(
        label=_("Last day of the report"),
        error_messages={"required": _("Type the last day of the report.")},
    )


class DefenceMarkForm(forms.Form):
    """What the jury decided."""

    use_required_attribute = False

    def __init__(self, typed: Mapping[str, Any] | None, *, out_of: int) -> None:
        super().__init__(typed)
        label = gettext("Mark of the jury, out of %(out_of)s") % {"out_of": out_of}
        self.fields["hundredths"] = mark_field(label, out_of)
        self.fields["words"] = forms.CharField(
            label=_("Appreciation of the jury"),
            help_text=_("It is printed in the minutes, and the student reads it."),
            max_length=LONG_TEXT,
            widget=forms.Textarea(attrs={"rows": 5}),
            error_messages={"required": _("Type the appreciation of the jury.")},
        )
