"""How a jury's facts are shown: decisions, tests, marks."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from admissions.jury.rules import POINT
from admissions.jury.selectors.candidacies import Counts
from admissions.jury.views.lists import Table
from admissions.states import DecisionState, SittingState
from campaigns.calendar.presentation import phrases
from campaigns.models import MilestoneRun, Outcome, Stage
from campaigns.states import RunState
from campaigns.vocabulary import OutcomeKind, VerdictKind
from common.formats import localized

register = template.Library()
register.filter(phrases.duration)
register.filter(phrases.medium_words)

KINDS = {
    OutcomeKind.NEXT: ("action", "arrow-right"),
    OutcomeKind.ACCEPTED: ("done", "check-circle"),
    OutcomeKind.REJECTED: ("refused", "x-circle"),
    OutcomeKind.LISTED: ("due", "hourglass-split"),
}
CHIP = "pieces/chip.html"


@register.inclusion_tag(CHIP)
def decision_chip(outcome: Outcome | None, state: str | None) -> dict[str, Any]:
    """What stands for a candidacy: nothing, a proposal, a recorded outcome."""
    if outcome is None or state is None:
        return _chip("quiet", "circle", _("to be decided"))
    words = localized(outcome.label)
    if state == DecisionState.PROPOSED:
        return _chip("due", "pencil", _("proposed: %(outcome)s") % {"outcome": words})
    return _chip(*KINDS[outcome.kind], words)


@register.simple_tag
def outcome_of(table: Table, pk: int | None) -> Outcome | None:
    return next((row for row in table.stage.outcomes.all() if row.pk == pk), None)


@register.filter
def outcome_icon(outcome: Outcome) -> str:
    return KINDS[outcome.kind][1]


@register.inclusion_tag(CHIP)
def eligibility_chip(verdict: str) -> dict[str, Any]:
    if verdict == VerdictKind.ELIGIBLE:
        return _chip("done", "check-circle", _("meets the notice"))
    return _chip("action", "people", _("for the jury to judge"))


@register.inclusion_tag(CHIP)
def sitting_chip(state: str) -> dict[str, Any]:
    return {
        SittingState.PLANNED: _chip("action", "lock", _("planned, not told yet")),
        SittingState.CALLED: _chip("quiet", "envelope", _("called")),
        SittingState.BOOKED: _chip("quiet", "calendar-event", _("booked")),
        SittingState.SAT: _chip("done", "check-circle", _("sat")),
        SittingState.ABSENT: _chip("refused", "x-circle", _("absent")),
        SittingState.EXCUSED: _chip("quiet", "dash-circle", _("excused")),
    }[SittingState(state)]


@register.inclusion_tag("admissions/jury/announcement.html")
def announcement(stage: Stage, run: MilestoneRun | None) -> dict[str, Any]:
    """When a stage is told, and whether two people agreed to it."""
    milestone = stage.announce
    when = {
        "at": run.due_at if run else milestone.starts_at or milestone.ends_at,
        "zone": _zone(stage),
    }
    if run is None:
        return when | _chip("quiet", "circle", "")
    if run.state == RunState.DONE:
        return {"at": run.finished_at, "zone": _zone(stage), "opened": True}
    if run.state in {RunState.HELD, RunState.SKIPPED, RunState.FAILED}:
        return when | _chip("due", "exclamation-circle", _("suspended: see the calendar"))
    if run.confirmed_at:
        return when | _chip("done", "check-circle", _("armed by two people"))
    if run.armed_at:
        return when | _chip("due", "clock", _("armed by one person, to be confirmed by another"))
    return when | _chip("quiet", "clock", _("not armed yet"))


def _zone(stage: Stage) -> str:
    return stage.selection.campaign.zone


@register.simple_tag
def run_of(runs: Mapping[int, MilestoneRun], stage: Stage) -> MilestoneRun | None:
    return runs.get(stage.pk)


@register.filter
def points(hundredths: float | None) -> str:
    """`1250` as "12,5" in French and "12.5" in English."""
    if hundredths is None:
        return ""
    whole, rest = divmod(round(hundredths), POINT)
    return number_format(whole + rest / POINT if rest else whole)


@register.simple_tag
def by_outcome(table: Table, counts: Counts) -> list[tuple[Outcome, int]]:
    """What is recorded at the stage, outcome by outcome."""
    return [(row, counts.outcomes.get(row.pk, 0)) for row in table.stage.outcomes.all()]


@register.simple_tag
def jury_url(table: Table, name: str, **words: str) -> str:
    """An address of the stage, with the filters kept."""
    return table.address(name, **words)


def _chip(tone: str, icon: str, word: str) -> dict[str, Any]:
    return {"tone": tone, "icon": icon, "word": word, "date": ""}
