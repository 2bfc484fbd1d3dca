"""Where an application is, told from its own dates, announced facts and the calendar only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from admissions.rules.moves import ApplicationState


class When(StrEnum):
    PAST = "past"
    CURRENT = "current"
    NEXT = "next"


class What(StrEnum):
    STARTED = "started"
    TO_SUBMIT = "to_submit"
    RECEIVED = "received"
    UNDER_REVIEW = "under_review"
    RESULTS = "results"
    MILESTONE = "milestone"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A line of "where is my application". `at` is when it happened or will, `until` its end if it lasts."""

    what: What
    when: When
    at: datetime | None = None
    until: datetime | None = None
    all_day: bool = False
    firm: bool = True
    label: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """The stage that some submitted candidacies are at, with the date its results are announced."""

    label: Mapping[str, object]
    results_at: datetime
    results_title: Mapping[str, object]
    firm: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDate:
    title: Mapping[str, object]
    starts_at: datetime | None
    ends_at: datetime | None
    all_day: bool
    firm: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    state: ApplicationState
    started_at: datetime
    received_at: datetime | None
    ended_at: datetime | None
    deadline: datetime
    stays: tuple[Stay, ...]
    later: tuple[CalendarDate, ...]


def timeline(facts: Facts, now: datetime) -> tuple[Moment, ...]:
    """Past, present, future, in this order."""
    past = [Moment(what=What.STARTED, when=When.PAST, at=facts.started_at)]
    if facts.received_at:
        past.append(Moment(what=What.RECEIVED, when=When.PAST, at=facts.received_at))
    if facts.state is ApplicationState.DRAFT:
        return (*past, Moment(what=What.TO_SUBMIT, when=When.CURRENT, until=facts.deadline))
    if facts.state in {ApplicationState.SUBMITTED, ApplicationState.INCOMPLETE, ApplicationState.COMPLETE}:
        return (*past, *_reviews(facts, now), *_next_dates(facts, now))
    return (*past, Moment(what=What(facts.state.value), when=When.CURRENT, at=facts.ended_at))


def _reviews(facts: Facts, now: datetime) -> list[Moment]:
    reviews = [
        Moment(
            what=What.UNDER_REVIEW,
            when=When.CURRENT,
            until=stay.results_at if stay.results_at > now else None,
            label=stay.label,
            firm=stay.firm,
        )
        for stay in facts.stays
    ]
    results = [
        Moment(what=What.RESULTS, when=When.NEXT, at=stay.results_at, label=stay.results_title, firm=stay.firm)
        for stay in facts.stays
        if stay.results_at > now
    ]
    return reviews + results


def _next_dates(facts: Facts, now: datetime) -> list[Moment]:
    dates = [
        Moment(
            what=What.MILESTONE,
            when=When.NEXT,
            at=later.starts_at,
            until=later.ends_at,
            all_day=later.all_day,
            firm=later.firm,
            label=later.title,
        )
        for later in facts.later
    ]
    return sorted((moment for moment in dates if _begins(moment) > now), key=_begins)


def _begins(moment: Moment) -> datetime:
    begins = moment.at or moment.until
    assert begins, "a milestone has at least one date"
    return begins
