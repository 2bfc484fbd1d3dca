"""What the public pages show of a notice, as it stands at a moment."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from django.utils.translation import gettext as _

from campaigns.calendar.presentation import phrases
from campaigns.calendar.presentation.stated import Said, said
from campaigns.calendar.rules import Span, Tense, around, in_order, instants, tenses
from campaigns.conditions.presentation import years_of_study
from campaigns.conditions.rules.asked import price
from campaigns.conditions.selectors import fee_tier, most_at_once
from campaigns.document.schema import (
    AgeRule,
    CampaignDocument,
    DocumentRequirement,
    Pool,
    Programme,
    Route,
    Selection,
)
from campaigns.vocabulary import (
    Intake,
    MilestoneAction,
    MilestoneStatus,
    Needed,
    OutcomeKind,
    ProgrammeStatus,
    RuleSection,
    Tier,
)
from common.datafile.values import Text
from common.formats import localized
from common.rules import SECOND, last_second, time_left

NOT_SHOWN = {MilestoneAction.REMIND_DRAFTS}
ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)
EXAMPLE = ("first", "second", "third")  # the programmes of the worked example


class HasScope(Protocol):
    @property
    def scope(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Places:
    """A pool, with its programmes that are entered in one year."""

    pool: Pool
    programmes: tuple["ProgrammeLine", ...]

    @property
    def named(self) -> bool:
        """Whether its name heads the programmes that share it."""
        return self.pool.title is not None and len(self.programmes) > 1

    @property
    def rows(self) -> int:
        return len(self.programmes) + self.named


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    """Programmes that differ by their status alone, under the heading of their entry year."""

    speciality: Text
    track: Text | None
    ways: tuple["StatusLine", ...]


@dataclass(frozen=True, slots=True)
class StatusLine:
    status: ProgrammeStatus
    office: str  # the address to write to, where one does not apply here


@dataclass(frozen=True, slots=True)
class TimelineDate:
    """A date of the timeline. Its state is None where time does not pass: in an older version."""

    title: Text
    when: str
    at: datetime | None
    state: Tense | None
    status: MilestoneStatus


@dataclass(frozen=True, slots=True)
class RouteLine:
    route: Route
    body: Text  # who judges the titles that it leaves to be judged
    articles: tuple[str, ...]
    lists: bool
    of: str  # for whom, unless it is for all who enter in that year


@dataclass(frozen=True, slots=True)
class DiplomaList:
    """The listed diplomas of a speciality, as printed, by kind and by the years of it that count."""

    title: Text
    kinds: tuple[tuple[str, tuple[str, ...]], ...]
    by_years: bool


@dataclass(frozen=True, slots=True)
class Year:
    """Entry in one year of the curriculum."""

    number: int
    places: tuple[Places, ...]
    entries: tuple[TimelineDate, ...]
    routes: tuple[RouteLine, ...]
    lists: tuple[DiplomaList, ...]
    ages: tuple["AgeLine", ...]

    @property
    def by_years(self) -> bool:
        """Whether a list prints years of study."""
        return any(diplomas.by_years for diplomas in self.lists)


@dataclass(frozen=True, slots=True)
class AgeLine:
    """An age limit; `of` says for whom unless it is for every programme of the year."""

    words: str
    source: Text
    of: str


@dataclass(frozen=True, slots=True)
class AssessmentLine:
    label: Text
    detail: str


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    label: Text
    kind: OutcomeKind
    to: Text | None


@dataclass(frozen=True, slots=True)
class StageLine:
    label: Text
    announced: str
    assessments: tuple[AssessmentLine, ...]
    outcomes: tuple[OutcomeLine, ...]


@dataclass(frozen=True, slots=True)
class SelectionLine:
    title: Text
    stages: tuple[StageLine, ...]


@dataclass(frozen=True, slots=True)
class TierLine:
    """A fee tier, with what the programmes of the example cost in it."""

    tier: Tier
    first: int
    further: int
    example: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.example)


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A piece; `accepts` is said only where it differs from what most pieces accept."""

    asked: DocumentRequirement
    of: str
    accepts: str


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    """How many programmes of a selection an application may be for; `title` where there are other selections."""

    title: Text | None
    at_most: int


@dataclass(frozen=True, slots=True)
class NoticePage:
    notice: CampaignDocument
    years: tuple[Year, ...]
    selections: tuple[SelectionLine, ...]
    choices: tuple["ChoiceLine", ...]
    bodies: str
    tiers: tuple[TierLine, ...]
    documents: tuple[tuple[Needed, tuple[DocumentLine, ...]], ...]
    most_accept: str
    said: Mapping[RuleSection, tuple[Said, ...]]

    @property
    def last_day_is_printed(self) -> bool:
        """Whether the day by which a title is to be held is one of the calendar; else it is ours."""
        last = self.notice.campaign.academic_year[1]
        ends = (self.notice.window(key).ends_at for key in self.notice.calendar)
        return any(end and end.astimezone(self.notice.zone).date() == last for end in ends)


def notice_page(
    notice: CampaignDocument, kinds: Mapping[str, str], now: datetime | None
) -> NoticePage:
    """The page of a notice as of `now`. `kinds` gives the kind of each listed diploma by its code."""
    years = sorted({programme.entry_year for programme in notice.programmes})
    accepted = Counter(phrases.accepts(asked) for asked in notice.documents.values()).most_common(1)
    most = accepted[0][0] if accepted else ""
    return NoticePage(
        notice=notice,
        years=tuple(_year(notice, year, kinds, now) for year in years),
        selections=tuple(_selection(notice, key) for key in notice.selections),
        choices=tuple(_choice(notice, key) for key in notice.choose),
        bodies=_bodies(notice),
        tiers=tuple(_tier(notice, tier) for tier in Tier),
        documents=tuple(
            (needed, lines) for needed in Needed if (lines := _documents(notice, needed, most))
        ),
        most_accept=most,
        said=said(notice),
    )


def listed_codes(notice: CampaignDocument) -> set[str]:
    return {
        line.diploma for speciality in notice.specialities.values() for line in speciality.listed
    }


@dataclass(frozen=True, slots=True)
class Clock:
    """When a page that shows a notice reads otherwise."""

    opens_at: datetime
    last_second: datetime
    instants: tuple[datetime, ...]

    def around(self, now: datetime) -> tuple[datetime, datetime | None]:
        """Since when the page has read as it does now, and the instant at which it changes."""
        before, after = around(self.instants, now)
        left = time_left(now, self.last_second) if now >= self.opens_at else None
        if left is None:
            return before or ALWAYS, after
        return max(before or ALWAYS, left.since), min(after or left.until, left.until)


def clock_of(notice: CampaignDocument) -> Clock:
    limits = {notice.opens_at, notice.last_second + SECOND}
    spans = (_span(notice, key) for key in notice.calendar)
    return Clock(notice.opens_at, notice.last_second, tuple(sorted({*instants(spans), *limits})))


def _year(
    notice: CampaignDocument, number: int, kinds: Mapping[str, str], now: datetime | None
) -> Year:
    programmes = tuple(
        programme for programme in notice.programmes if programme.entry_year == number
    )
    routes = tuple(
        _route(notice, route, programmes)
        for route in notice.routes.values()
        if _concerns(notice, route, programmes)
    )
    specialities = dict.fromkeys(programme.speciality for programme in programmes)
    ages = (rule for rule in notice.ages.values() if _concerns(notice, rule, programmes))
    return Year(
        number=number,
        places=_places(notice, programmes),
        entries=_entries(notice, programmes, now),
        routes=routes,
        lists=tuple(
            _list(notice, key, kinds)
            for key in specialities
            if any(route.lists for route in routes)
        ),
        ages=tuple(_age(notice, rule, programmes) for rule in ages),
    )


def _age(notice: CampaignDocument, rule: AgeRule, programmes: tuple[Programme, ...]) -> AgeLine:
    concerned = notice.concerned(rule.scope)
    for_all = all(programme in concerned for programme in programmes)
    of = "" if for_all else phrases.for_whom(notice, rule.scope)
    return AgeLine(phrases.age(notice, rule), rule.source, of)


def _concerns(notice: CampaignDocument, part: HasScope, programmes: tuple[Programme, ...]) -> bool:
    concerned = notice.concerned(part.scope)
    return any(programme in concerned for programme in programmes)


def _places(notice: CampaignDocument, programmes: tuple[Programme, ...]) -> tuple[Places, ...]:
    pools = dict.fromkeys(programme.pool for programme in programmes)
    return tuple(
        Places(
            notice.pools[key],
            _lines(notice, [one for one in programmes if one.pool == key]),
        )
        for key in pools
    )


def _lines(notice: CampaignDocument, programmes: list[Programme]) -> tuple[ProgrammeLine, ...]:
    alike: dict[tuple[str, str], list[Programme]] = {}
    for programme in programmes:
        alike.setdefault((programme.speciality, localized(programme.track)), []).append(programme)
    return tuple(
        ProgrammeLine(
            notice.specialities[same[0].speciality].title,
            same[0].track,
            tuple(_status(notice, programme) for programme in same),
        )
        for same in alike.values()
    )


def _status(notice: CampaignDocument, programme: Programme) -> StatusLine:
    by_office = programme.intake is Intake.OFFICE
    return StatusLine(programme.status, notice.campaign.contact.email if by_office else "")


def _span(notice: CampaignDocument, key: str) -> Span:
    """A milestone's dates. What starts without an end is over with the academic year."""
    window = notice.window(key)
    year_over = last_second(notice.campaign.academic_year[1], notice.zone)
    lasts = window.starts_at is not None and window.ends_at is None and window.starts_at < year_over
    return Span(key, window.starts_at, year_over if lasts else window.ends_at)


def _entries(
    notice: CampaignDocument, programmes: tuple[Programme, ...], now: datetime | None
) -> tuple[TimelineDate, ...]:
    shown = [
        _span(notice, key)
        for key, milestone in notice.printed_dates
        if milestone.action not in NOT_SHOWN and _concerns(notice, milestone, programmes)
    ]
    placed = tenses(shown, now) if now else {}
    return tuple(_entry(notice, span, placed.get(span.key)) for span in in_order(shown))


def _entry(notice: CampaignDocument, span: Span, state: Tense | None) -> TimelineDate:
    milestone = notice.calendar[span.key]
    firm = milestone.status is MilestoneStatus.FIRM
    follows = firm and milestone.relative is not None and not notice.is_firm(span.key)
    return TimelineDate(
        title=milestone.title,
        when=phrases.when(notice.window(span.key), notice.campaign.zone),
        at=None if milestone.about else span.first,
        state=state,
        status=MilestoneStatus.ASSUMED if follows else milestone.status,
    )


def _route(notice: CampaignDocument, route: Route, programmes: tuple[Programme, ...]) -> RouteLine:
    if isinstance(route.article, str):
        articles: tuple[str, ...] = (route.article,)
    else:
        # In the notice's order: PostgreSQL keeps the keys of a mapping in one of its own.
        specialities = dict.fromkeys(programme.speciality for programme in programmes)
        articles = tuple(
            dict.fromkeys(route.article[key] for key in specialities if key in route.article)
        )
    open_to = notice.concerned(route.scope)
    codes = tuple(programme.code for programme in programmes if programme in open_to)
    lists = any(condition.listed for condition in route.titles)
    of = phrases.for_whom(notice, codes) if len(codes) < len(programmes) else ""
    return RouteLine(route, notice.judged_by(codes), articles, lists=lists, of=of)


def _list(notice: CampaignDocument, key: str, kinds: Mapping[str, str]) -> DiplomaList:
    speciality = notice.specialities[key]
    by_kind: dict[str, list[str]] = {}
    for line in speciality.listed:
        kind = kinds.get(line.diploma, "")
        heading = f"{kind} ({years_of_study(line.years)})" if line.years else kind
        by_kind.setdefault(heading, []).append(line.printed)
    return DiplomaList(
        title=speciality.title,
        kinds=tuple((heading, tuple(printed)) for heading, printed in by_kind.items()),
        by_years=any(line.years for line in speciality.listed),
    )


def _selection(notice: CampaignDocument, key: str) -> SelectionLine:
    selection = notice.selections[key]
    stages = tuple(_stage(notice, key, stage) for stage in _order(selection))
    return SelectionLine(selection.title, stages)


def _order(selection: Selection) -> list[str]:
    """Its stages, the first one first."""
    order = [selection.first]
    for stage in order:  # grows while it is walked: breadth first, each stage once
        following = (outcome.to for outcome in selection.stages[stage].outcomes.values())
        order.extend(to for to in dict.fromkeys(following) if to and to not in order)
    return order


def _bodies(notice: CampaignDocument) -> str:
    """Who decides, in the order of the stages."""
    stages = (
        (key, stage) for key, selection in notice.selections.items() for stage in _order(selection)
    )
    bodies = dict.fromkeys(localized(notice.body_of(key, stage)) for key, stage in stages)
    return _(", then by ").join(bodies)


def _stage(notice: CampaignDocument, selection: str, key: str) -> StageLine:
    stages = notice.selections[selection].stages
    stage, body = stages[key], notice.body_of(selection, key)
    return StageLine(
        label=stage.label,
        announced=phrases.when(notice.window(stage.announce), notice.campaign.zone),
        assessments=tuple(
            AssessmentLine(assessment.label, phrases.assessment_detail(notice, assessment, body))
            for assessment in stage.assessments.values()
        ),
        outcomes=tuple(
            OutcomeLine(
                outcome.label, outcome.kind, stages[outcome.to].label if outcome.to else None
            )
            for outcome in stage.outcomes.values()
        ),
    )


def _choice(notice: CampaignDocument, key: str) -> ChoiceLine:
    title = notice.selections[key].title if len(notice.selections) > 1 else None
    return ChoiceLine(title, notice.choose[key].at_most)


def _tier(notice: CampaignDocument, tier: Tier) -> TierLine:
    prices = fee_tier(notice, tier)
    example = EXAMPLE[: most_at_once(notice, notice.programmes)]
    return TierLine(
        tier, prices.first, prices.further, tuple(line.cents for line in price(example, prices))
    )


def _documents(notice: CampaignDocument, needed: Needed, most: str) -> tuple[DocumentLine, ...]:
    return tuple(
        DocumentLine(asked, phrases.asked_of(notice, asked), "" if accepts == most else accepts)
        for asked in notice.documents.values()
        if asked.needed is needed and (accepts := phrases.accepts(asked))
    )
