"""Whether a campaign file makes sense as a whole."""

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from campaigns.document.references import check_references
from campaigns.document.schema import DEADLINE, OPENING, TERM, CampaignDocument, Milestone
from campaigns.document.selections import check_selections
from campaigns.document.timeline import Timeline
from campaigns.document.upgrades import of_file
from campaigns.document.values import Window
from campaigns.vocabulary import Intake, MilestoneAction, Per
from common.datafile import reading
from common.datafile.mistakes import Mistake
from common.datafile.reading import ByLine

LONGEST = timedelta(days=550)  # from the deadline to the start of term


def read(text: str, diplomas: Collection[str]) -> tuple[CampaignDocument | None, ByLine]:
    """The campaign that a file describes, or all that is wrong with it by line.

    `diplomas` are the codes of the nomenclature.
    """

    def look(document: CampaignDocument | None, data: Any) -> Iterator[Mistake]:
        yield from check(document, data, diplomas)
        yield from _improbable(document)

    return reading.read(text, CampaignDocument, look, called="a campaign", upgrade=of_file)


def check(document: CampaignDocument | None, data: Any, diplomas: Collection[str]) -> list[Mistake]:
    """What the whole says that its parts don't. `document` is None if a part is wrong."""
    mistakes = list(check_references(data, diplomas))
    if document:
        timeline = Timeline(document)
        for look in (
            _milestones,
            _last_days,
            _window_of_campaign,
            _places,
            _programmes,
            _routes,
            _documents,
            _search,
        ):
            mistakes += look(document, timeline)
        mistakes += check_selections(document, timeline)
    return mistakes


def _improbable(document: CampaignDocument | None) -> Iterator[Mistake]:
    """What an author got wrong, as a rule. A campaign that runs may come to it: a date that the school moved."""
    if document:
        timeline = Timeline(document)
        for look in (_academic_year, _start_of_term, _reminders, _closing):
            yield from look(document, timeline)


def _milestones(document: CampaignDocument, timeline: Timeline) -> Iterator[Mistake]:
    pointed_at = timeline.announced | timeline.called
    for key, milestone in document.calendar.items():
        if key in timeline.loops:
            yield Mistake(
                ("calendar", key, "relative"),
                "goes round in circles, expected a distance to a dated milestone",
            )
        if milestone.action is MilestoneAction.ANNOUNCE and key not in pointed_at:
            expected = (
                "expected a stage to have it as 'announce', or an assessment as 'called_with'"
            )
            yield Mistake(("calendar", key, "action"), f"announces nothing, {expected}")
        yield from _hours_that_exist(document, key, milestone)


def _hours_that_exist(
    document: CampaignDocument, key: str, milestone: Milestone
) -> Iterator[Mistake]:
    for name, moment in (
        ("on", milestone.on),
        ("from", milestone.since),
        ("until", milestone.until),
    ):
        if isinstance(moment, datetime):
            there_and_back = (
                moment.replace(tzinfo=document.zone).astimezone(UTC).astimezone(document.zone)
            )
            if there_and_back.replace(tzinfo=None) != moment:
                yield Mistake(
                    ("calendar", key, name),
                    f"{moment:%H:%M} is skipped that night by the clock change",
                )


def _window_of_campaign(document: CampaignDocument, timeline: Timeline) -> Iterator[Mistake]:
    first, last = document.campaign.academic_year
    if first >= last:
        yield Mistake(
            ("campaign", "academic_year"), "ends before it starts, expected [first day, last day]"
        )
    for key in (OPENING, DEADLINE):
        if key not in document.calendar:
            yield Mistake(
                ("calendar", key), f"milestone '{key}' is missing, expected it in every campaign"
            )
    opening, deadline = timeline.window(OPENING), timeline.window(DEADLINE)
    if opening and not opening.starts_at:
        yield Mistake(("calendar", OPENING), "has no start, expected 'on' or 'from'")
    if deadline and not deadline.ends_at:
        yield Mistake(("calendar", DEADLINE), "has no end, expected 'until' or 'on'")
    if (
        opening
        and deadline
        and opening.starts_at
        and deadline.ends_at
        and opening.starts_at >= deadline.ends_at
    ):
        yield Mistake(
            ("calendar", DEADLINE),
            f"is before the opening, expected after {_day(opening.starts_at)}",
        )
    yield from _beginning_of_term(timeline, deadline)


def _beginning_of_term(timeline: Timeline, deadline: Window | None) -> Iterator[Mistake]:
    start, last = timeline.start(TERM), deadline and deadline.ends_at
    if start and last and start <= last:
        yield Mistake(("calendar", TERM), f"is before the deadline, expected after {_day(last)}")


def _academic_year(document: CampaignDocument, timeline: Timeline) -> Iterator[Mistake]:
    first, last = document.campaign.academic_year
    here, deadline = ("campaign", "academic_year"), timeline.end(DEADLINE)
    if last.year != document.campaign.session:
        yield Mistake(
            here,
            f"ends in {last.year}, expected in the year of the session, {document.campaign.session}",
        )
    elif deadline and not first <= deadline.date() <= last:
        yield Mistake(
            ("calendar", DEADLINE), f"is outside the academic year, expected from {first} to {last}"
        )


def _start_of_term(_: CampaignDocument, timeline: Timeline) -> Iterator[Mistake]:
    start, deadline = timeline.start(TERM), timeline.end(DEADLINE)
    if start and deadline and start > deadline + LONGEST:
        yield Mistake(
            ("calendar", TERM),
            f"is years after the deadline, expected before {_day(deadline + LONGEST)}",
        )


def _reminders(document: CampaignDocument, timeline: Timeline) -> Iterator[Mistake]:
    deadline = timeline.end(DEADLINE)
    for key, milestone in document.calendar.items():
        if milestone.action is not MilestoneAction.REMIND_DRAFTS:
            continue
        if milestone.scope:
            yield Mistake(
                ("calendar", key, "for"),
                "is not heeded: all who have a draft are reminded, expected no 'for'",
            )
        at = timeline.start(key)
        if at and deadline and at >= deadline:
            yield Mistake(
                ("calendar", key),
                "is after the deadline, when no draft is left, expected before it",
            )


def _day(moment: datetime) -> date:
    return moment.date()


def _places(document: CampaignDocument, _: Timeline) -> Iterator[Mistake]:
    for key, pool in document.pools.items():
        if pool.floor > pool.ceiling:
            yield Mistake(
                ("pools", key),
                f"floor {pool.floor} is above ceiling {pool.ceiling}, expected floor ≤ ceiling",
            )


def _programmes(document: CampaignDocument, _: Timeline) -> Iterator[Mistake]:
    for index, programme in enumerate(document.programmes):
        if programme.intake is Intake.ONLINE and not any(
            programme in document.concerned(route.scope) for route in document.routes.values()
        ):
            yield Mistake(
                ("programmes", index),
                f"no route leads to {programme.code}, expected one in 'routes'",
            )
    if all(programme.intake is Intake.OFFICE for programme in document.programmes):
        yield Mistake(
            ("programmes",),
            "nobody can apply online, expected a programme without 'intake: office'",
        )


def _routes(document: CampaignDocument, _: Timeline) -> Iterator[Mistake]:
    for key, route in document.routes.items():
        if isinstance(route.article, dict):
            needed = {programme.speciality for programme in document.concerned(route.scope)}
            for speciality in sorted(needed - set(route.article)):
                yield Mistake(
                    ("routes", key, "article"),
                    f"no article for {speciality}, expected one per speciality",
                )


def _documents(document: CampaignDocument, _: Timeline) -> Iterator[Mistake]:
    for key, asked in document.documents.items():
        if asked.per is Per.PROGRAMME and asked.when.title:
            yield Mistake(
                ("documents", key, "when", "title"),
                "depends on a title but is asked for per programme, expected 'per: title' or 'per: dossier'",
            )


def _search(document: CampaignDocument, _: Timeline) -> Iterator[Mistake]:
    if document.search.company_shown_to_jury:
        yield Mistake(
            ("search", "company_shown_to_jury"),
            "is never done, expected false: juries judge without it",
        )
    if document.search.supplementary and TERM not in document.calendar:
        yield Mistake(
            ("search", "supplementary"),
            f"is counted from milestone '{TERM}', expected it in the calendar",
        )


def _last_days(document: CampaignDocument, timeline: Timeline) -> Iterator[Mistake]:
    for key, milestone in document.calendar.items():
        window = timeline.window(key)
        if milestone.closes and window and not window.ends_at:
            yield Mistake(
                ("calendar", key), "closes the search and has no end, expected 'on' or 'until'"
            )


def _closing(document: CampaignDocument, timeline: Timeline) -> Iterator[Mistake]:
    """Whoever has left with the final list is on no supplementary one. One for some leaves the others to it."""
    rule, term = document.search.supplementary, timeline.start(TERM)
    if rule is None or term is None:
        return
    drawn_at = term - timedelta(days=rule.days_before)
    for key, milestone in document.calendar.items():
        at = timeline.end(key)
        if milestone.closes and not milestone.scope and at and at.date() <= drawn_at.date():
            said = "closes the search before the supplementary list is drawn up"
            yield Mistake(("calendar", key), f"{said}, expected after {_day(drawn_at)}")
