"""Whether the graphs of stages hold together, and with the calendar."""

from collections.abc import Iterator
from datetime import datetime

from campaigns.document.schema import DEADLINE, TERM, Assessment, CampaignDocument, Selection, Stage
from campaigns.document.timeline import Timeline
from campaigns.vocabulary import (
    BY_CANDIDATES,
    Booking,
    Medium,
    MilestoneAction,
    OutcomeKind,
    Who,
)
from common.datafile.mistakes import Mistake, Path


def check_selections(document: CampaignDocument, timeline: Timeline) -> Iterator[Mistake]:
    for key, selection in document.selections.items():
        at = ("selections", key)
        yield from _outcomes(selection, at)
        yield from _reach(selection, at)
        for name, stage in selection.stages.items():
            yield from _announcement(document, timeline, stage, (*at, "stages", name))
            yield from _order(timeline, selection, stage, (*at, "stages", name))
            yield from _calls(selection, stage, (*at, "stages", name))
            yield from _called_too_early(timeline, selection, name, (*at, "stages", name))
            yield from _elimination(stage, (*at, "stages", name))
            yield from _bookings(stage, (*at, "stages", name))
            yield from _set_by_the_jury(stage, (*at, "stages", name))
            for test, assessment in stage.assessments.items():
                here = (*at, "stages", name, "assessments", test)
                yield from _assessment(document, timeline, assessment, here)


def _outcomes(selection: Selection, at: Path) -> Iterator[Mistake]:
    for name, stage in selection.stages.items():
        for key, outcome in stage.outcomes.items():
            here = (*at, "stages", name, "outcomes", key)
            if outcome.kind is OutcomeKind.LISTED:  # domain-model.md, section 2.6
                yield Mistake(
                    (*here, "kind"),
                    "'listed' is reserved, expected 'next', 'accepted' or 'rejected'",
                )
            if outcome.kind is OutcomeKind.NEXT and outcome.to is None:
                yield Mistake(here, "leads nowhere, expected 'to' with a stage of this selection")
            if outcome.kind is not OutcomeKind.NEXT and outcome.to is not None:
                yield Mistake(
                    (*here, "to"),
                    f"leads on from an outcome of kind '{outcome.kind}', expected kind 'next'",
                )


def _reach(selection: Selection, at: Path) -> Iterator[Mistake]:
    reached, ahead = set[str](), [selection.first]
    while ahead:
        name = ahead.pop()
        if name in reached or name not in selection.stages:
            continue
        reached.add(name)
        ahead += [outcome.to for outcome in selection.stages[name].outcomes.values() if outcome.to]
    for name in selection.stages:
        if name not in reached:
            yield Mistake(
                (*at, "stages", name),
                f"stage '{name}' is never reached, expected an outcome that leads to it",
            )
    kinds = {
        outcome.kind for name in reached for outcome in selection.stages[name].outcomes.values()
    }
    if OutcomeKind.ACCEPTED not in kinds:
        yield Mistake(at, "nobody can be accepted, expected an outcome of kind 'accepted'")


def _announcement(
    document: CampaignDocument, timeline: Timeline, stage: Stage, here: Path
) -> Iterator[Mistake]:
    milestone = document.calendar.get(stage.announce)
    if milestone and milestone.action is not MilestoneAction.ANNOUNCE:
        yield Mistake(
            (*here, "announce"),
            f"milestone '{stage.announce}' announces nothing, expected 'action: announce'",
        )
    told, deadline = timeline.start(stage.announce), timeline.end(DEADLINE)
    if told and deadline and told <= deadline:
        yield Mistake(
            (*here, "announce"),
            f"'{stage.announce}' is before the deadline, expected after {deadline.date()}",
        )
    ends = [
        end for assessment in stage.assessments.values() if (end := timeline.end(assessment.window))
    ]
    if told and ends and told <= max(ends):
        yield Mistake(
            (*here, "announce"),
            f"'{stage.announce}' is before its tests end, expected after {max(ends).date()}",
        )


def _order(timeline: Timeline, selection: Selection, stage: Stage, here: Path) -> Iterator[Mistake]:
    told = timeline.start(stage.announce)
    for key, outcome in stage.outcomes.items():
        following = selection.stages.get(outcome.to or "")
        after = following and timeline.start(following.announce)
        if told and after and after <= told:
            expected = f"expected stage '{outcome.to}' to be announced after {told.date()}"
            yield Mistake(
                (*here, "outcomes", key, "to"),
                f"leads to a stage that is announced no later, {expected}",
            )


def _calls(selection: Selection, stage: Stage, here: Path) -> Iterator[Mistake]:
    """Those led to a stage are called to the tests for all by the announcement that leads them there."""
    for key, outcome in stage.outcomes.items():
        following = selection.stages.get(outcome.to or "")
        for test, assessment in following.assessments.items() if following else ():
            for_each = assessment.who is Who.ALL or assessment.at_least
            if for_each and assessment.called_with != stage.announce:
                said = f"leads to test '{test}' of stage '{outcome.to}'"
                called = f"which is called with '{assessment.called_with}'"
                expected = f"expected '{stage.announce}', or no other announcement that leads to a test for all"
                yield Mistake((*here, "outcomes", key, "to"), f"{said}, {called}, {expected}")


def _called_too_early(
    timeline: Timeline, selection: Selection, name: str, here: Path
) -> Iterator[Mistake]:
    """A call finds only those whom an announcement led to the stage, or who are led there by that very one."""
    led = [at for at in _leading_to(timeline, selection, name) if at]
    for test, assessment in selection.stages[name].assessments.items():
        at = (*here, "assessments", test)
        if name == selection.first and (assessment.who is Who.ALL or assessment.at_least):
            said = "is for all at the first stage, where no announcement calls anyone"
            yield Mistake((*at, "who"), f"{said}, expected 'who: jury', or a stage before it")
        called = timeline.start(assessment.called_with)
        if assessment.who is Who.JURY and called and led and called < min(led):
            said = f"'{assessment.called_with}' is before anyone is led to this stage"
            yield Mistake(
                (*at, "called_with"), f"{said}, expected from {min(led):%Y-%m-%d %H:%M} on"
            )


def _leading_to(timeline: Timeline, selection: Selection, name: str) -> Iterator[datetime | None]:
    for stage in selection.stages.values():
        if any(outcome.to == name for outcome in stage.outcomes.values()):
            yield timeline.start(stage.announce)


def _elimination(stage: Stage, here: Path) -> Iterator[Mistake]:
    """An eliminatory mark proposes the rejection of its stage."""
    if any(outcome.kind is OutcomeKind.REJECTED for outcome in stage.outcomes.values()):
        return
    for test, assessment in stage.assessments.items():
        if assessment.eliminates_at is not None:
            said = "eliminates from a stage that rejects nobody, expected an outcome of kind 'rejected'"
            yield Mistake((*here, "assessments", test, "eliminates_at"), said)


def _bookings(stage: Stage, here: Path) -> Iterator[Mistake]:
    for test, assessment in stage.assessments.items():
        at = (*here, "assessments", test)
        if not assessment.rebook and assessment.booking not in BY_CANDIDATES:
            yield Mistake(
                (*at, "rebook"),
                "is for a test that candidates book, expected 'booking: slot' or 'day'",
            )
        if assessment.sat_with is None:
            continue
        other = stage.assessments.get(assessment.sat_with)
        if other is None or other.booking not in BY_CANDIDATES:
            said = f"'{assessment.sat_with}' is not a test of this stage that candidates book"
            yield Mistake((*at, "with"), f"{said}, expected one with 'booking: slot' or 'day'")
        elif assessment.booking is not Booking.NONE:
            yield Mistake(
                (*at, "booking"),
                "is sat with another test, whose booking it follows: expected no 'booking'",
            )


def _set_by_the_jury(stage: Stage, here: Path) -> Iterator[Mistake]:
    """How many tests of a kind the jury sets, and how they are sat."""
    for test, assessment in stage.assessments.items():
        at = (*here, "assessments", test)
        if assessment.several and assessment.who is not Who.JURY:
            yield Mistake((*at, "several"), "is for tests that the jury sets, expected 'who: jury'")
        if assessment.several and assessment.booking in BY_CANDIDATES:
            said = "is one of several, whose hours the school sets"
            yield Mistake((*at, "booking"), f"{said}, expected no 'booking', or 'assigned'")
        if assessment.at_least and not assessment.several:
            yield Mistake((*at, "at_least"), "counts tests that the jury sets, expected 'several'")
        if assessment.also and not assessment.several:
            yield Mistake((*at, "also"), "is for tests that the jury sets, expected 'several'")
        media = (assessment.medium, *assessment.also)
        if len(set(media)) < len(media):
            yield Mistake((*at, "also"), "names a medium twice, expected each once")
        if assessment.platform and Medium.ONLINE not in media:
            said = "is the address of a test that is sat online"
            yield Mistake((*at, "platform"), f"{said}, expected 'medium: online'")


def _assessment(
    document: CampaignDocument, timeline: Timeline, assessment: Assessment, here: Path
) -> Iterator[Mistake]:
    caller = document.calendar.get(assessment.called_with)
    if caller and caller.action is not MilestoneAction.ANNOUNCE:
        said = (
            f"milestone '{assessment.called_with}' announces nothing, expected 'action: announce'"
        )
        yield Mistake((*here, "called_with"), said)
    called, start = timeline.start(assessment.called_with), timeline.start(assessment.window)
    if called and start and called > start:
        said = (
            f"'{assessment.called_with}' is after the tests start, expected before {start.date()}"
        )
        yield Mistake((*here, "called_with"), said)
    window = timeline.window(assessment.window)
    if window and not (window.starts_at and window.ends_at):
        yield Mistake(
            (*here, "window"),
            f"'{assessment.window}' has one end only, expected 'from' and 'until'",
        )
    elif window and window.starts_at == window.ends_at:
        yield Mistake(
            (*here, "window"),
            f"'{assessment.window}' is one moment, expected a day, or 'from' and 'until'",
        )
    yield from _inside(timeline, assessment, here)


def _inside(timeline: Timeline, assessment: Assessment, here: Path) -> Iterator[Mistake]:
    start, end = timeline.start(assessment.window), timeline.end(assessment.window)
    deadline, term = timeline.end(DEADLINE), timeline.start(TERM)
    said = f"window '{assessment.window}' is outside the campaign"
    if start and deadline and start <= deadline:
        yield Mistake(
            (*here, "window"), f"{said}, expected after the deadline of {deadline.date()}"
        )
    elif end and term and end >= term:
        yield Mistake(
            (*here, "window"), f"{said}, expected before the start of term, {term.date()}"
        )
