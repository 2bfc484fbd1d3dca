"""A cohort in plots: each has its table, and each of its figures leads to the list of those whom it counts."""

from collections import Counter
from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from common.formats import euros, localized, number
from contratpro.classes.rules.hours import HoursSum
from contratpro.models import ContractYear
from contratpro.overview.rules import InvoiceLot, InvoiceSum, PaperStage
from contratpro.steps.presentation.lines import SIGNS, step_title
from contratpro.steps.rules import StepPhase
from contratpro.steps.selectors import StudentProgress
from contratpro.transcript.presentation import band_words
from contratpro.transcript.rules import count_in, mark_bands
from contratpro.transcript.selectors import TranscriptLine
from contratpro.vocabulary import Party
from contratpro.year.selectors import year_now
from screens.plots import Plot, PlotFigure, PlotKind, PlotRow, plot_of, plot_row

HOUR = 60  # minutes
PHASE_TONES: Mapping[StepPhase, str] = {
    StepPhase.OVERDUE: "due",
    StepPhase.OPEN: "action",
    StepPhase.LATER: "later",
    StepPhase.DONE: "begun",
    StepPhase.MARKED: "done",
    StepPhase.NOT_CONCERNED: "none",
    StepPhase.NEVER_HAPPENED: "none",
}
STAGES: Mapping[PaperStage, PlotKind] = {
    PaperStage.SHEET_NONE: PlotKind("later", pgettext_lazy("a contact sheet", "not begun")),
    PaperStage.SHEET_DRAFT: PlotKind("action", gettext_lazy("being filled in")),
    PaperStage.SHEET_RETURNED: PlotKind("action", gettext_lazy("sent back")),
    PaperStage.SHEET_SENT: PlotKind("due", gettext_lazy("with the head")),
    PaperStage.SHEET_VALIDATED: PlotKind("done", gettext_lazy("validated")),
    PaperStage.CONTRACT_NONE: PlotKind("later", pgettext_lazy("a contract", "not begun")),
    PaperStage.CONTRACT_DRAFT: PlotKind("action", gettext_lazy("being filled in")),
    PaperStage.CONTRACT_COMPLETE: PlotKind("due", gettext_lazy("to be found complete")),
    PaperStage.CONTRACT_READY: PlotKind("action", gettext_lazy("ready to be signed")),
    PaperStage.CONTRACT_SIGNED: PlotKind("done", gettext_lazy("signed")),
    PaperStage.AGREEMENT_NONE: PlotKind("later", gettext_lazy("not prepared")),
    PaperStage.AGREEMENT_PREPARED: PlotKind("action", gettext_lazy("with student and company")),
    PaperStage.AGREEMENT_HANDED_IN: PlotKind("due", gettext_lazy("to be received")),
    PaperStage.AGREEMENT_RECEIVED: PlotKind("due", gettext_lazy("to be signed by the school")),
    PaperStage.AGREEMENT_SIGNED: PlotKind("due", gettext_lazy("signed by all, to be sent")),
    PaperStage.AGREEMENT_SENT: PlotKind("done", gettext_lazy("signed and sent")),
}
PAPERS: Mapping[str, Promise] = {
    "sheet": gettext_lazy("Contact sheets"),
    "contract": gettext_lazy("Employment contracts"),
    "agreement": gettext_lazy("Training agreements"),
}
LOTS: Mapping[InvoiceLot, tuple[Promise, str, str]] = {
    InvoiceLot.ALL: (gettext_lazy("Invoices made"), "action", ""),
    InvoiceLot.TO_PAY: (gettext_lazy("To be paid"), "action", "state=issued"),
    InvoiceLot.LATE: (gettext_lazy("of which late"), "due", "late=yes"),
    InvoiceLot.PAID: (pgettext_lazy("invoices", "Paid"), "done", "state=paid"),
    InvoiceLot.CREDIT_NOTES: (gettext_lazy("Credit notes"), "later", "state=credit_notes"),
}


def stage_choices() -> list[tuple[str, list[tuple[str, str | Promise]]]]:
    """The stages under their paper, as a filter offers them."""
    return [
        (str(title), [(one, STAGES[one].word) for one in _of(key)]) for key, title in PAPERS.items()
    ]


def _of(paper: str) -> list[PaperStage]:
    return [stage for stage in PaperStage if stage.startswith(f"{paper}-")]


def steps_plot(year: ContractYear, progress: Iterable[StudentProgress]) -> Plot:
    """How many students are how far with each step; a phase in which nobody is has no column."""
    said = year_now(year)
    counts = Counter((step.rule.key, step.phase) for one in progress for step in one.steps)
    phases = [phase for phase in SIGNS if any(counts[key, phase] for key in said.steps)]
    kinds = [PlotKind(PHASE_TONES[phase], SIGNS[phase].word) for phase in phases]
    grid = _address("contract_steps", year)
    rows = [
        plot_row(
            step_title(said, key),
            kinds,
            [_count(counts[key, phase], grid, step=key, phase=phase) for phase in phases],
            f"{grid}?{urlencode({'step': key})}",
        )
        for key in said.steps
    ]
    return plot_of(key="steps", title=_("Steps"), about=_("Step"), kinds=kinds, rows=rows)


def paper_plots(year: ContractYear, counts: Mapping[PaperStage, int]) -> list[Plot]:
    """A plot for each paper, on one scale: how many students are how far with it."""
    students = _address("contract_students", year)
    return [
        plot_of(
            key=paper,
            title=str(title),
            about=_("State"),
            kinds=[PlotKind("", _("Students"))],
            rows=[
                _single(STAGES[one], _count(counts[one], students, paper=one)) for one in _of(paper)
            ],
        )
        for paper, title in PAPERS.items()
    ]


def late_plot(year: ContractYear, counts: Mapping[Party, int]) -> Plot:
    """For how many students each party is late."""
    said, grid = year_now(year), _address("contract_steps", year)
    rows = [
        _single(
            PlotKind("due", localized(said.parties[party].title)),
            _count(count, grid, phase=StepPhase.OVERDUE, who=party),
        )
        for party, count in counts.items()
    ]
    return plot_of(
        key="late",
        title=_("Who is late"),
        about=_("Who has to act"),
        kinds=[PlotKind("", _("Students"))],
        rows=rows,
    )


def hours_plot(year: ContractYear, hours: Mapping[str, HoursSum]) -> Plot:
    """Of each department that has held sessions."""
    students = _address("contract_students", year)
    kinds = [
        PlotKind("done", pgettext_lazy("hours", "attended")),
        PlotKind("due", pgettext_lazy("hours", "missed")),
    ]
    rows = [
        plot_row(
            key,
            kinds,
            [_hours(minutes, students, key) for minutes in (found.attended, found.missed)],
        )
        for key in year_now(year).departments
        if (found := hours.get(key))
    ]
    return plot_of(
        key="hours", title=_("Hours held"), about=_("Department"), kinds=kinds, rows=rows
    )


def mark_plots(year: ContractYear, lines: Iterable[TranscriptLine]) -> list[Plot]:
    """How many students have which mark of each project, as published, in bands of the scale of the year."""
    said, address, lines = year_now(year), _address("contract_transcript", year), tuple(lines)
    bands = mark_bands(said.marks.conduct.out_of)
    given = {
        "project": (_("Company project of semester 9"), [line.project_mark for line in lines]),
        "pfe": (_("Final project"), [line.pfe_mark for line in lines]),
    }
    return [
        plot_of(
            key=f"marks-{name}",
            title=title,
            about=_("Mark out of %(out_of)s") % {"out_of": said.marks.conduct.out_of},
            kinds=[PlotKind("", _("Students"))],
            rows=[
                _single(
                    PlotKind("done", band_words(band)),
                    _count(count_in(band, marks), address, **{name: band.key}),
                )
                for band in bands
            ],
        )
        for name, (title, marks) in given.items()
    ]


def invoices_plot(year: ContractYear, lots: Mapping[InvoiceLot, InvoiceSum]) -> Plot:
    address = _address("contract_invoices", year)
    rows = []
    for lot, (title, tone, asked) in LOTS.items():
        found = lots[lot]
        shown = f"{number(found.count)} · {euros(found.cents)}"
        figure = PlotFigure(found.cents, shown, f"{address}?{asked}" if asked else address)
        rows.append(_single(PlotKind(tone, title), figure))
    return plot_of(
        key="invoices",
        title=_("Invoices"),
        about=_("State"),
        kinds=[PlotKind("", _("Number and amount"))],
        rows=rows,
    )


def _single(kind: PlotKind, figure: PlotFigure) -> PlotRow:
    """A row of one part, in a colour of its own, called by its title."""
    return plot_row(str(kind.word), [kind], [figure])


def _count(count: int, address: str, **asked: str) -> PlotFigure:
    return PlotFigure(count, number(count), f"{address}?{urlencode(asked)}")


def _hours(minutes: int, address: str, department: str) -> PlotFigure:
    shown = _("%(count)s h") % {"count": number((minutes + HOUR // 2) // HOUR)}
    return PlotFigure(minutes, shown, f"{address}?{urlencode({'department': department})}")


def _address(name: str, year: ContractYear) -> str:
    return reverse(name, kwargs={"year_slug": year.slug})
