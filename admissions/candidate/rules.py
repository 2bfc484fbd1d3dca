"""Where an application is, told from its own dates, announced facts and the calendar only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from admissions.dossier.rules import UNDER_STUDY
from admissions.states import ApplicationState


class MomentTense(StrEnum):
    PAST = "past"
    CURRENT = "current"
    NEXT = "next"


class What(StrEnum):
    STARTED = "started"
    TO_SUBMIT = "to_submit"
    RECEIVED = "received"
    CHECKED = "checked"
    ASKED = "asked"
    CHECKED_WHOLE = "checked_whole"
    AT_OFFICE = "at_office"
    COMPLETE = "complete"
    UNDER_REVIEW = "under_review"
    RESULTS = "results"
    MILESTONE = "milestone"
    TOLD = "told"
    CALL = "call"
    SEARCH = "search"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A line of "where is my application". `at` is when it happened or will, `until` its end if it lasts."""

    what: What
    when: MomentTense
    at: datetime | None = None
    until: datetime | None = None
    all_day: bool = False
    firm: bool = True
    open_ended: bool = False  # from that day on
    about: Mapping[str, Any] = field(default_factory=dict)  # the notice's own words
    label: Mapping[str, object] = field(default_factory=dict)
    programme: Mapping[str, object] = field(
        default_factory=dict
    )  # where it does not concern them all


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """The stage that some submitted candidacies are at, with the date its results are announced."""

    label: Mapping[str, object]
    results_at: datetime
    results_title: Mapping[str, object]
    firm: bool
    open_ended: bool = False  # the results are told from that day on


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDate:
    title: Mapping[str, object]
    starts_at: datetime | None
    ends_at: datetime | None
    all_day: bool
    firm: bool
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldOutcome:
    """An outcome that was announced."""

    label: Mapping[str, object]
    programme: Mapping[str, object]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CallDate:
    """A test that one was called to: its hour once it is set, else its window."""

    label: Mapping[str, object]
    programme: Mapping[str, object]
    starts_at: datetime | None
    ends_at: datetime | None
    all_day: bool
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressFacts:
    state: ApplicationState
    started_at: datetime
    received_at: datetime | None
    ended_at: datetime | None
    deadline: datetime
    stays: tuple[Stay, ...]
    later: tuple[CalendarDate, ...]
    asked_until: datetime | None = None
    completed_at: datetime | None = None
    handed_over_at: datetime | None = None  # by the school's office, where the notice has one
    studied_by: Mapping[str, object] = field(default_factory=dict)
    told: tuple[ToldOutcome, ...] = ()
    calls: tuple[CallDate, ...] = ()
    searching: tuple[Mapping[str, object], ...] = ()  # the programmes that one is selected for


def timeline(facts: ProgressFacts, now: datetime) -> tuple[Moment, ...]:
    """Past, present, future, in this order."""
    past = [Moment(what=What.STARTED, when=MomentTense.PAST, at=facts.started_at)]
    if facts.received_at:
        past.append(Moment(what=What.RECEIVED, when=MomentTense.PAST, at=facts.received_at))
    if facts.state is ApplicationState.DRAFT:
        return (*past, Moment(what=What.TO_SUBMIT, when=MomentTense.CURRENT, until=facts.deadline))
    past += _handed_on(facts)
    past += [
        Moment(
            what=What.TOLD,
            when=MomentTense.PAST,
            at=told.at,
            label=told.label,
            programme=told.programme,
        )
        for told in sorted(facts.told, key=lambda told: told.at)
    ]
    if facts.state in UNDER_STUDY:
        return (*past, *_under_way(facts, now), *sorted(_to_come(facts, now), key=_begins))
    return (
        *past,
        Moment(what=What(facts.state), when=MomentTense.CURRENT, at=facts.ended_at),
    )


def _handed_on(facts: ProgressFacts) -> list[Moment]:
    """Declared complete by the central service; then, where there is a school's office, handed over by it."""
    passed = []
    by_office = facts.handed_over_at or facts.state is ApplicationState.AT_OFFICE
    if facts.completed_at and by_office:
        passed.append(Moment(what=What.CHECKED_WHOLE, when=MomentTense.PAST, at=facts.completed_at))
    studied_from = facts.handed_over_at if by_office else facts.completed_at
    if studied_from:
        passed.append(
            Moment(
                what=What.COMPLETE,
                when=MomentTense.PAST,
                at=studied_from,
                label=facts.studied_by,
            )
        )
    return passed


def _under_way(facts: ProgressFacts, now: datetime) -> list[Moment]:
    if facts.state is ApplicationState.SUBMITTED:
        return [Moment(what=What.CHECKED, when=MomentTense.CURRENT)]
    if facts.state is ApplicationState.INCOMPLETE:
        return [Moment(what=What.ASKED, when=MomentTense.CURRENT, until=facts.asked_until)]
    if facts.state is ApplicationState.AT_OFFICE:
        return [Moment(what=What.AT_OFFICE, when=MomentTense.CURRENT)]
    calls = [
        call
        for call in _call_moments(facts, MomentTense.CURRENT)
        if _begins(call) <= now <= _ends(call)
    ]
    reviews = [
        Moment(
            what=What.UNDER_REVIEW,
            when=MomentTense.CURRENT,
            until=stay.results_at if stay.results_at > now else None,
            label=stay.label,
            firm=stay.firm,
            open_ended=stay.open_ended,
        )
        for stay in facts.stays
    ]
    searches = [
        Moment(what=What.SEARCH, when=MomentTense.CURRENT, programme=programme)
        for programme in facts.searching
    ]
    return calls + reviews + searches


def _to_come(facts: ProgressFacts, now: datetime) -> list[Moment]:
    moments = [
        Moment(
            what=What.RESULTS,
            when=MomentTense.NEXT,
            at=stay.results_at,
            label=stay.results_title,
            firm=stay.firm,
            open_ended=stay.open_ended,
        )
        for stay in facts.stays
    ]
    moments += _call_moments(facts, MomentTense.NEXT)
    moments += [
        Moment(
            what=What.MILESTONE,
            when=MomentTense.NEXT,
            at=later.starts_at,
            until=later.ends_at,
            all_day=later.all_day,
            firm=later.firm,
            about=later.about,
            label=later.title,
        )
        for later in facts.later
    ]
    to_come: list[Moment] = []
    for moment in moments:  # two stages may wait for the same results
        if _begins(moment) > now and moment not in to_come:
            to_come.append(moment)
    return to_come


def _call_moments(facts: ProgressFacts, when: MomentTense) -> list[Moment]:
    return [
        Moment(
            what=What.CALL,
            when=when,
            at=call.starts_at,
            until=call.ends_at,
            all_day=call.all_day,
            about=call.about,
            label=call.label,
            programme=call.programme,
        )
        for call in facts.calls
    ]


def _begins(moment: Moment) -> datetime:
    begins = moment.at or moment.until
    assert begins, "it has at least one date"
    return begins


def _ends(moment: Moment) -> datetime:
    ends = moment.until or moment.at
    assert ends, "it has at least one date"
    return ends
