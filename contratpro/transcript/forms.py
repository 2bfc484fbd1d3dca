"""What narrows the transcript of a year."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.formats import localized
from contratpro.steps.forms import ChoicesFilter
from contratpro.transcript.presentation import band_words
from contratpro.transcript.rules import BROUGHT_BY, mark_bands
from contratpro.transcript.selectors import TranscriptLine
from contratpro.vocabulary import Party
from contratpro.year.document.schema import YearDocument

COMPLETE, LACKING = "complete", "lacking"


class TranscriptFilter(ChoicesFilter):
    """Which lines are shown."""

    department = forms.ChoiceField(label=_("Department"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    who = forms.ChoiceField(label=_("Who has to act"), required=False)
    project = forms.ChoiceField(label=_("Company project"), required=False)
    pfe = forms.ChoiceField(label=_("Final project"), required=False)

    def __init__(self, asked: Mapping[str, Any], said: YearDocument) -> None:
        super().__init__(asked)
        self.bands = {band.key: band for band in mark_bands(said.marks.conduct.out_of)}
        self.offer("department", _("All departments"), ((key, key) for key in said.departments))
        self.offer(
            "state", _("All students"), [(COMPLETE, _("both marks")), (LACKING, _("a mark lacks"))]
        )
        parties = dict.fromkeys(BROUGHT_BY.values())
        self.offer(
            "who", _("Anybody"), [(who, localized(said.parties[who].title)) for who in parties]
        )
        bands = [(key, band_words(band)) for key, band in self.bands.items()]
        for name in ("project", "pfe"):
            self.offer(name, _("All marks"), bands)

    def leaves(self, lines: Iterable[TranscriptLine]) -> list[TranscriptLine]:
        return [line for line in lines if self._leaves(line)]

    def _leaves(self, line: TranscriptLine) -> bool:
        department, state, who = map(self.asked, ("department", "state", "who"))
        return (
            department in {"", line.department}
            and (state != COMPLETE or line.is_complete)
            and (state != LACKING or line.is_lacking)
            and (not who or Party(who) in {BROUGHT_BY[lack] for lack in line.lacks})
            and self._in_band("project", line.project_mark)
            and self._in_band("pfe", line.pfe_mark)
        )

    def _in_band(self, name: str, mark: int | None) -> bool:
        band = self.bands.get(self.asked(name))
        return band is None or (mark is not None and mark in band)
