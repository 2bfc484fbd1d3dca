"""The dates of a campaign in words, and what will happen before somebody acts on one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.calendar import effects
from campaigns.calendar.presentation import phrases
from campaigns.calendar.rules import Span, Tense, in_order, tenses
from campaigns.calendar.selectors import standing_now
from campaigns.document.values import Window
from campaigns.models import Campaign, Milestone, MilestoneRun
from campaigns.states import OPEN_STATES, RunStanding
from common.formats import full_date
from common.models import JournalEntry
from common.rules import last_second


@dataclass(frozen=True, slots=True)
class RunLine:
    """What a date does by itself. `hour_passed`: it acts as soon as nothing keeps it."""

    run: MilestoneRun
    standing: RunStanding
    two_people: bool
    hour_passed: bool

    @property
    def is_open(self) -> bool:
        return self.run.state in OPEN_STATES


@dataclass(frozen=True, slots=True)
class DateLine:
    """A date of the calendar. `runs`: the oldest first; `concerns`: selections and programmes, all if empty."""

    milestone: Milestone
    when: str
    at: datetime
    place: Tense
    concerns: tuple[object, ...]
    runs: tuple[RunLine, ...]

    @property
    def current(self) -> RunLine | None:
        return self.runs[-1] if self.runs else None

    @property
    def may_start_late(self) -> bool:
        return bool(self.current and self.current.two_people and not self.current.is_open)


@dataclass(frozen=True, slots=True)
class HistoryLine:
    entry: JournalEntry
    words: str
    by: str
    to: datetime | None


def calendar_of(campaign: Campaign, now: datetime) -> tuple[DateLine, ...]:
    return _lines(campaign, campaign.milestones.all(), now)


def date_of(campaign: Campaign, key: str, now: datetime) -> DateLine | None:
    """A date of the calendar, placed among the others."""
    return next((line for line in calendar_of(campaign, now) if line.milestone.key == key), None)


def to_how_many(line: DateLine, now: datetime) -> tuple[tuple[str, int], ...]:
    """What it would do now, in figures; nothing once nothing is to come. Only for those who may arm it."""
    is_open = line.current is not None and line.current.is_open
    if not is_open and not line.may_start_late:
        return ()
    action = line.milestone.action
    effect = effects.effect_named(action) if action else None
    return in_figures(effect.preview(line.milestone, now)) if effect and effect.preview else ()


def in_figures(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple((phrases.counted(name), count) for name, count in counts.items())


def history_of(milestone: Milestone) -> list[HistoryLine]:
    """What was done with a date, the latest first."""
    entries = list(
        JournalEntry.objects.filter(
            object_type="milestone", object_ref=milestone.key, scope=milestone.campaign.slug
        ).order_by("-at", "-pk")
    )
    people = User.objects.in_bulk(
        [int(entry.actor_ref) for entry in entries if entry.actor_kind == "user"]
    )
    return [_history(entry, people) for entry in entries]


def _history(entry: JournalEntry, people: Mapping[int, User]) -> HistoryLine:
    person = people.get(int(entry.actor_ref)) if entry.actor_kind == "user" else None
    to = entry.data.get("to")
    moved_to = to[0] if isinstance(to, list) else to
    return HistoryLine(
        entry=entry,
        words=phrases.done_with_date(entry.verb),
        by=person.email if person else "",
        to=datetime.fromisoformat(moved_to) if moved_to else None,
    )


def _lines(
    campaign: Campaign, milestones: "QuerySet[Milestone]", now: datetime
) -> tuple[DateLine, ...]:
    runs = MilestoneRun.objects.select_related("armed_by", "confirmed_by").order_by("revision")
    rows = {row.key: row for row in milestones.prefetch_related(Prefetch("runs", runs))}
    for row in rows.values():
        row.campaign = campaign
    titles = dict(campaign.selections.values_list("key", "title"))
    spans = in_order(_span(row) for row in rows.values())
    placed = tenses(spans, now)
    return tuple(_line(rows[span.key], span, placed[span.key], titles, now) for span in spans)


def _line(
    milestone: Milestone, span: Span, place: Tense, titles: Mapping[str, object], now: datetime
) -> DateLine:
    return DateLine(
        milestone=milestone,
        when=phrases.when(_window(milestone), milestone.campaign.zone),
        at=span.first,
        place=place,
        concerns=tuple(titles.get(key, key) for key in milestone.scope),
        runs=_runs(milestone.runs.all(), now),
    )


def _runs(runs: Iterable[MilestoneRun], now: datetime) -> tuple[RunLine, ...]:
    return tuple(
        RunLine(
            run, standing_now(run, now), effects.needs_two_people(run.action), run.due_at <= now
        )
        for run in runs
    )


def _window(milestone: Milestone) -> Window:
    zone = ZoneInfo(milestone.campaign.zone)
    start, end = (
        moment.astimezone(zone) if moment else None
        for moment in (milestone.starts_at, milestone.ends_at)
    )
    return Window(start, end, milestone.all_day, milestone.about)


def _span(milestone: Milestone) -> Span:
    """What starts without an end is over with the academic year."""
    campaign = milestone.campaign
    year_over = last_second(campaign.year_until, ZoneInfo(campaign.zone))
    lasts = (
        milestone.starts_at is not None
        and milestone.ends_at is None
        and milestone.starts_at < year_over
    )
    return Span(milestone.key, milestone.starts_at, year_over if lasts else milestone.ends_at)


def before_arming(line: DateLine) -> list[str]:
    return [
        _("Nothing goes out before a second person confirms."),
        _hour(line, _("Once confirmed, everything goes out together on %(date)s.")),
    ]


def before_confirming(line: DateLine) -> list[str]:
    if line.current and line.current.hour_passed:
        return [_("The hour has passed: everything goes out at once."), _("It cannot be undone.")]
    return [
        _hour(
            line,
            _("Everything goes out together on %(date)s, without anybody doing anything more."),
        ),
        _("Until then, it can be disarmed."),
    ]


def armed_by_whom(line: DateLine) -> str:
    """What the second person reads of the first."""
    run = line.current.run if line.current else None
    if run is None or run.armed_by is None:
        return ""
    told = {
        "who": run.armed_by.email,
        "date": full_date(run.armed_at, line.milestone.campaign.zone),
    }
    return _("Armed by %(who)s, %(date)s.") % told


def before_disarming(_line: DateLine) -> list[str]:
    return [_("Nothing goes out until two people have agreed again.")]


def before_holding(_line: DateLine) -> list[str]:
    return [
        _("Nothing happens at its hour, until somebody frees it."),
        _("If people had agreed on it, they have to agree again."),
    ]


def before_freeing(line: DateLine) -> list[str]:
    if line.current and line.current.two_people:
        return [_("It has to be armed and confirmed by two people before anything goes out.")]
    if line.current and line.current.hour_passed:
        return [_("The hour has passed: it happens at once.")]
    return [_hour(line, _("It happens by itself on %(date)s."))]


def before_skipping(_line: DateLine) -> list[str]:
    return [
        _("It never happens by itself, unless the date is given again in the notice."),
        _("It cannot be undone."),
    ]


def before_retrying(line: DateLine) -> list[str]:
    return before_freeing(line)


def before_a_late_one(_line: DateLine) -> list[str]:
    return [
        _("It opens what was decided since this date, and nothing else: nobody is told twice."),
        _("It has to be armed and confirmed by two people before anything goes out."),
    ]


def before_moving(line: DateLine) -> list[str]:
    sentences = [
        _("The notice gets a new version, which says why. Earlier versions can still be read.")
    ]
    if line.current and line.current.is_open:
        sentences.append(
            _(
                "What it does by itself moves with it. If people had agreed on it, they have to agree again."
            )
        )
    return sentences


def _hour(line: DateLine, sentence: str) -> str:
    due_at = line.current.run.due_at if line.current else line.at
    return sentence % {"date": full_date(due_at, line.milestone.campaign.zone)}
