"""A transcript in words: marks as they are written, what lacks and who brings it, the columns that are exported."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.formats import localized
from contratpro.projects.presentation import points
from contratpro.transcript.rules import BROUGHT_BY, MarkBand, TranscriptLack
from contratpro.transcript.selectors import TranscriptLine
from contratpro.year.document.schema import YearDocument
from screens.exports import Cell, ExportColumn

LACK_WORDS: Mapping[TranscriptLack, Promise] = {
    TranscriptLack.REPORT: _("report of the company project"),
    TranscriptLack.LINK: _("evaluation to be asked of the company tutor"),
    TranscriptLack.EVALUATION: _("evaluation by the company tutor"),
    TranscriptLack.TUTOR_MARK: _("mark of the report"),
    TranscriptLack.CONDUCT: _("mark of the conduct to be closed"),
    TranscriptLack.PUBLICATION: _("mark of the company project to be published"),
    TranscriptLack.TITLE: _("sheet of the final project"),
    TranscriptLack.APPROVAL: _("sheet of the final project to be approved"),
    TranscriptLack.DEFENCE: _("day of the defence"),
    TranscriptLack.PFE_REPORT: _("report of the final project"),
    TranscriptLack.JURY_MARK: _("mark of the jury"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitedOf:
    """What a line waits for of somebody."""

    who: str
    what: tuple[str, ...]

    def __str__(self) -> str:
        return gettext("%(who)s: %(what)s") % {"who": self.who, "what": ", ".join(self.what)}


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptRow:
    """A line with its marks in points."""

    line: TranscriptLine
    project: Decimal | None
    pfe: Decimal | None
    awaited: tuple[AwaitedOf, ...]


def transcript_row(line: TranscriptLine, said: YearDocument) -> TranscriptRow:
    return TranscriptRow(
        line=line,
        project=points(line.project_mark),
        pfe=points(line.pfe_mark),
        awaited=awaited_in(line.lacks, said),
    )


def awaited_in(lacks: Iterable[TranscriptLack], said: YearDocument) -> tuple[AwaitedOf, ...]:
    """Each person once, in the order of the year."""
    found: dict[str, list[str]] = {}
    for lack in lacks:
        who = localized(said.parties[BROUGHT_BY[lack]].title)
        found.setdefault(who, []).append(str(LACK_WORDS[lack]))
    return tuple(AwaitedOf(who=who, what=tuple(what)) for who, what in found.items())


def band_words(band: MarkBand) -> str:
    words = {"low": band.low, "high": band.high}
    if band.is_last:
        return gettext("%(low)s to %(high)s") % words
    return gettext("%(low)s to less than %(high)s") % words


def transcript_columns(said: YearDocument) -> tuple[ExportColumn[TranscriptLine], ...]:
    def column(
        key: str, heading: Promise, value: Callable[[TranscriptLine], Cell]
    ) -> ExportColumn[TranscriptLine]:
        return ExportColumn(key=key, heading=heading, value=value)

    def lacks(line: TranscriptLine) -> str:
        return " ; ".join(map(str, awaited_in(line.lacks, said)))

    return (
        column("ref", _("Reference"), lambda line: line.ref),
        column("last_name", _("Surname"), lambda line: line.last_name),
        column("first_names", _("First names"), lambda line: line.first_names),
        column("department", _("Department"), lambda line: line.department),
        column("option", _("Option"), lambda line: line.option),
        column("project", _("Company project, mark"), lambda line: points(line.project_mark)),
        column("project_ects", _("Company project, ECTS"), lambda line: line.project_ects),
        column("pfe", _("Final project, mark"), lambda line: points(line.pfe_mark)),
        column("pfe_ects", _("Final project, ECTS"), lambda line: line.pfe_ects),
        column("title", _("Title of the final project"), lambda line: line.pfe_title),
        column("lacks", _("Still awaited"), lacks),
    )
