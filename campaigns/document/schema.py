"""The campaign file: all that a notice says, in the one form that pages and rules read.

`CampaignDocument` is what a file holds, what `NoticeVersion.document` stores and what
`export_campaign` writes. `docs/campaign-file.md` explains every key.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer, model_validator
from pydantic_core import PydanticCustomError

from campaigns import vocabulary
from campaigns.document.upgrades import CURRENT, SCHEMA, of_version
from campaigns.document.values import (
    JURY,
    Article,
    Moment,
    Window,
    either,
    hours_later,
    instant_window,
)
from common.datafile.values import (
    Count,
    Day,
    Euros,
    Flag,
    Hour,
    Hours,
    Key,
    Model,
    Section,
    StoredDocument,
    Text,
    Words,
    Zone,
)
from common.rules import first_second, last_second

OPENING, DEADLINE, TERM = "opening", "deadline", "term"
Scope = Annotated[tuple[Key, ...], Field(alias="for")]


Phones = Words | Annotated[tuple[Words, ...], Field(min_length=1)]


class Office(Model):
    """Whom to write to, with what is needed to do so."""

    service: Text
    email: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
    phone: Phones | None = None
    hours: Text | None = None
    ours: tuple[Literal["service", "email", "phone", "address", "hours", "website"], ...] = ()


class Contact(Office):
    """The school's own office; a receipt names all of it."""

    address: tuple[Words, ...] = ()
    website: str | None = None


class Header(Model):
    slug: Key
    title: Text
    summary: Text | None = None
    organiser: Key
    session: Annotated[int, Field(ge=2000, le=2100, strict=True)]
    zone: Zone = "Europe/Paris"
    announce_at: Hour = time(10)
    academic_year: tuple[Day, Day]
    state: vocabulary.CampaignState = vocabulary.CampaignState.PUBLISHED
    contact: Contact
    central: Office | None = None
    school_office: Flag = False

    @property
    def first_contact(self) -> Office:
        """Whom a candidate writes to before the check of their dossier has ended (R-APP-7)."""
        return self.central or self.contact


class School(Model):
    name: Words
    website: str = ""


class Relative(Model):
    to: Key
    by: Hours


class About(Model):
    """The notice's own words where it gives no day: those of the file only place the date among the others."""

    since: Annotated[Text | None, Field(alias="from")] = None
    on: Text | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if (self.since is None) == (self.on is None):
            raise PydanticCustomError("about", "expected 'from', or 'on' for the whole date")
        return self

    @property
    def said(self) -> Mapping[str, Text]:
        ends = {"from": self.since, "on": self.on}
        return {end: words for end, words in ends.items() if words}


class Milestone(Model):
    """A date: one day or instant (`on`), a window (`from`, `until`), or a distance to another."""

    title: Text
    on: Moment | None = None
    since: Annotated[Moment | None, Field(alias="from")] = None
    until: Moment | None = None
    relative: Relative | None = None
    about: About | None = None
    status: vocabulary.MilestoneStatus = vocabulary.MilestoneStatus.FIRM
    action: vocabulary.MilestoneAction | None = None
    ours: Flag = False
    scope: Scope = ()

    @model_validator(mode="after")
    def _acts_on_a_day(self) -> Self:
        assumed = self.status is vocabulary.MilestoneStatus.ASSUMED
        if self.about and self.relative:
            raise PydanticCustomError("about", "is counted from another date, expected no 'about'")
        if self.about and self.about.since and not self.since:
            raise PydanticCustomError("about", "is about 'from', expected it beside 'about'")
        if self.about and self.action and not assumed:
            raise PydanticCustomError(
                "about",
                "does something on a day not given, expected 'status: assumed' or no 'about'",
            )
        return self

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if (
            sum([self.on is not None, bool(self.since or self.until), self.relative is not None])
            != 1
        ):
            raise PydanticCustomError(
                "dates", "expected either 'on', or 'from' and/or 'until', or 'relative'"
            )
        if self.since and self.until:
            if isinstance(self.since, datetime) != isinstance(self.until, datetime):
                raise PydanticCustomError(
                    "dates", "one end has an hour and the other has none, expected both or neither"
                )
            if self.since >= self.until:
                raise PydanticCustomError(
                    "dates", "'from' is not before 'until'; a single day is written 'on'"
                )
        return self

    @property
    def all_day(self) -> bool:
        """Whether the notice gives days and no hour."""
        return self.relative is None and not any(
            isinstance(moment, datetime) for moment in (self.on, self.since, self.until)
        )

    @property
    def closes(self) -> bool:
        """Whether it ends something: its days are whole days, and it acts once they are over (R-CAL-1)."""
        return self.action is vocabulary.MilestoneAction.CLOSE_SEARCH


class Pool(Model):
    title: Text | None = None
    floor: Count
    ceiling: Count
    provisional: Flag = False
    seats_public: Flag = False
    more_may_open: Flag = True


Year = Annotated[int, Field(ge=1, le=vocabulary.MOST_YEARS, strict=True)]


class Listed(Model):
    diploma: Key
    printed: Words
    predecessors: Flag = False
    years: tuple[Year, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if list(self.years) != sorted(set(self.years)):
            raise PydanticCustomError("years", "expected each year once, the first one first")
        return self


class Speciality(Model):
    title: Text
    listed: tuple[Listed, ...] = ()


class Programme(Model):
    code: Key
    title: Text
    school: Key | None = None
    speciality: Key
    track: Text | None = None
    entry_year: Annotated[int, Field(ge=1, le=5, strict=True)]
    status: vocabulary.ProgrammeStatus = vocabulary.ProgrammeStatus.APPRENTICESHIP
    pool: Key
    selection: Key
    intake: vocabulary.Intake = vocabulary.Intake.ONLINE


class Choice(Model):
    """How many programmes of a selection a dossier may apply to."""

    at_most: Annotated[int, Field(ge=1, le=99, strict=True)]


class Outcome(Model):
    label: Text
    kind: vocabulary.OutcomeKind
    to: Key | None = None


class Recording(Model):
    """That a test is filmed and kept, until when in the notice's words (R-SEL-9)."""

    until: Text


class Assessment(Model):
    label: Text
    minutes: Count | None = None
    precision: vocabulary.Precision = vocabulary.Precision.EXACT
    medium: vocabulary.Medium
    also: tuple[vocabulary.Medium, ...] = ()
    who: vocabulary.Who
    several: Flag = False
    at_least: Annotated[int, Field(ge=1, le=9, strict=True)] | None = None
    window: Key
    called_with: Key
    booking: vocabulary.Booking = vocabulary.Booking.NONE
    rebook: Flag = True
    sat_with: Annotated[Key | None, Field(alias="with")] = None
    takes: Count | None = None
    platform: Annotated[str, Field(pattern=r"^https?://\S+$", max_length=200)] | None = None
    recording: Recording | None = None
    rates_french: Flag = False
    scale: Annotated[int, Field(ge=1, le=100, strict=True)] = 20
    eliminates_at: Count | None = None

    @model_validator(mode="after")
    def _within_the_scale(self) -> Self:
        if self.eliminates_at is not None and self.eliminates_at > self.scale:
            raise PydanticCustomError(
                "eliminates_at", "the eliminatory mark is above the scale of the marks"
            )
        return self


class Stage(Model):
    label: Text
    body: Text | None = None
    announce: Key
    outcomes: Annotated[Section[Outcome], Field(min_length=1)]
    assessments: Section[Assessment] = {}


class Selection(Model):
    title: Text
    body: Text | None = None
    first: Key
    stages: Annotated[Section[Stage], Field(min_length=1)]


class TitleCondition(Model):
    """What one title must be; a route may need several."""

    listed: Literal[True] | None = None
    diplomas: tuple[Key, ...] = ()
    kinds: tuple[vocabulary.DiplomaKind, ...] = ()
    excluded: Annotated[tuple[Key, ...], Field(alias="except")] = ()
    scientific: Literal[True] | None = None
    origin: vocabulary.Origin | None = None
    ects: Count | None = None
    expected: vocabulary.Expected = vocabulary.Expected.COUNTS


class Route(Model):
    label: Text
    article: Article | dict[Key, Article]
    verdict: Literal[vocabulary.VerdictKind.ELIGIBLE, vocabulary.VerdictKind.JURY]
    titles: Annotated[tuple[TitleCondition, ...], Field(min_length=1)]
    technician_years: Annotated[int, Field(ge=1, le=60, strict=True)] | None = None
    employer_agrees: Literal[True] | None = None
    scope: Scope = ()


class AgeRule(Model):
    """Under an age on a date. Never rejects: the law derogates."""

    under: Annotated[int, Field(ge=16, le=99, strict=True)]
    at: vocabulary.AgeReference
    milestone: Key
    months_earlier: Annotated[int, Field(ge=1, le=24, strict=True)] | None = None
    source: Text
    scope: Scope = ()


class FeeTier(Model):
    first: Euros
    further: Euros


class Fees(Model):
    article: Article | None = None
    grants: Text
    tiers: dict[vocabulary.Tier, FeeTier]

    @model_validator(mode="after")
    def _both_tiers(self) -> Self:
        absent = [tier.value for tier in vocabulary.Tier if tier not in self.tiers]
        if absent:
            raise PydanticCustomError(
                "tiers", "tier missing, expected {absent}", {"absent": " and ".join(absent)}
            )
        return self


class TitleFilter(Model):
    """The titles that a document is asked for; for those of any kind, status and origin if empty."""

    kinds: tuple[vocabulary.DiplomaKind, ...] = ()
    status: vocabulary.TitleStatus | None = None
    origin: vocabulary.Origin | None = None


class When(Model):
    """Whom a document is asked of; everyone if empty."""

    grant_holder: Literal[True] | None = None
    nationality: vocabulary.NationalityGroup | None = None
    under: Annotated[int, Field(ge=16, le=99, strict=True)] | None = None
    title: TitleFilter | None = None


class DocumentRequirement(Model):
    title: Text
    help: Text | None = None
    per: vocabulary.Per = vocabulary.Per.DOSSIER
    needed: vocabulary.Needed = vocabulary.Needed.SUBMISSION
    when: When = When()
    formats: Annotated[tuple[vocabulary.FileFormat, ...], Field(min_length=1)]
    max_bytes: Annotated[int, Field(ge=1, le=50_000_000, strict=True)] = 2_000_000
    max_pixels: Annotated[int, Field(ge=1, le=20_000, strict=True)] | None = None
    max_files: Annotated[int, Field(ge=1, le=20, strict=True)] = 1
    ours: Flag = False
    scope: Scope = ()


class Supplementary(Model):
    """The list drawn up when places are left shortly before the start (R-JOB-6)."""

    article: Article | None = None
    days_before: Count
    months_after: Count
    only_if_short: Flag = False


class SeatsTold(Model):
    """The rhythm at which those who search are told the places left (R-JOB-3)."""

    every_days: Annotated[int, Field(ge=1, le=60, strict=True)]
    ours: Flag = False


class Search(Model):
    firm_commitment: Flag = False
    company_shown_to_jury: Flag = False
    seats_told: SeatsTold | None = None
    supplementary: Supplementary | None = None


class StatedRule(Model):
    """What the notice says and the product does not run: printed in its section, accepted with the rest."""

    section: vocabulary.RuleSection
    title: Text
    text: Text
    article: Article | tuple[Article, ...] = ()
    ours: Flag = False
    scope: Scope = ()

    @property
    def articles(self) -> tuple[str, ...]:
        return (self.article,) if isinstance(self.article, str) else self.article


class CampaignDocument(StoredDocument):
    schema_number: Annotated[int, Field(alias=SCHEMA, ge=CURRENT, le=CURRENT)] = CURRENT
    campaign: Header
    schools: Annotated[Section[School], Field(min_length=1)]
    calendar: Section[Milestone]
    pools: Section[Pool]
    specialities: Section[Speciality]
    programmes: Annotated[tuple[Programme, ...], Field(min_length=1)]
    selections: Section[Selection]
    choose: Section[Choice] = {}
    admission: dict[Key, vocabulary.AdmissionWay] = {}
    routes: Section[Route]
    ages: Section[AgeRule] = {}
    fees: Fees
    documents: Section[DocumentRequirement] = {}
    search: Search = Search()
    rules: Section[StatedRule] = {}

    @classmethod
    def from_stored(cls, stored: Any) -> Self:
        return cls.model_validate(of_version(stored))

    @model_serializer(mode="wrap")
    def _with_its_form(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """A file that leaves its defaults out says its form all the same, to the releases to come."""
        return {SCHEMA: self.schema_number, **write(self)}

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.campaign.zone)

    @property
    def opens_at(self) -> datetime:
        opens_at = self.window(OPENING).starts_at
        assert opens_at
        return opens_at

    @property
    def last_second(self) -> datetime:
        """The last second in time for an application (R-CAL-1)."""
        ends_at = self.window(DEADLINE).ends_at
        assert ends_at
        return ends_at

    @property
    def starts_on(self) -> date:
        """The first day of term; the deadline's where the notice gives none."""
        window = self.window(TERM) if TERM in self.calendar else self.window(DEADLINE)
        start = window.starts_at or window.ends_at
        assert start
        return start.astimezone(self.zone).date()

    @property
    def asks_experience(self) -> bool:
        """Whether a route looks at years as a technician, or at the employer's agreement (R-ELI-4)."""
        return any(
            route.technician_years or route.employer_agrees for route in self.routes.values()
        )

    @property
    def asks_years(self) -> int:
        """The last year that one may say to be in, where a list looks at years (R-ELI-2); 0 where none does."""
        years = [
            year
            for speciality in self.specialities.values()
            for line in speciality.listed
            for year in line.years
        ]
        return max(*years, *vocabulary.YEARS_OF.values()) if years else 0

    def programme(self, code: str) -> Programme:
        return next(programme for programme in self.programmes if programme.code == code)

    def body_of(self, selection: str, stage: str = "") -> Text:
        """Who decides at a stage; without a stage, who judges titles. For a sentence (R-SEL-12)."""
        graph = self.selections[selection]
        at_stage = graph.stages[stage].body if stage in graph.stages else None
        return at_stage or graph.body or JURY

    def judged_by(self, codes: Collection[str] = ()) -> Text:
        """Who judges the titles of whoever applies to these programmes; to any, without codes."""
        return either(self.body_of(key) for key in self._selections_of(codes))

    def studied_by(self, codes: Collection[str] = ()) -> Text:
        """Who studies their applications first."""
        firsts = ((key, self.selections[key].first) for key in self._selections_of(codes))
        return either(self.body_of(key, first) for key, first in firsts)

    def _selections_of(self, codes: Collection[str]) -> Iterable[str]:
        return dict.fromkeys(
            row.selection for row in self.programmes if not codes or row.code in codes
        )

    def admission_of(self, programme: Programme) -> vocabulary.AdmissionWay:
        """As the notice says of its selection, else of its status; on a contract where it says nothing."""
        by_status = self.admission.get(programme.status, vocabulary.AdmissionWay.CONTRACT)
        return self.admission.get(programme.selection, by_status)

    def search_ends_on(self, programme: Programme) -> date | None:
        """The last day to find a company, where the notice closes the search."""
        ends = [
            end.astimezone(self.zone).date()
            for key, milestone in self.calendar.items()
            if milestone.action is vocabulary.MilestoneAction.CLOSE_SEARCH
            and programme in self.concerned(milestone.scope)
            and not self.is_assumed(key)
            and (end := self.window(key).ends_at)
        ]
        return min(ends, default=None)

    def concerned(self, scope: tuple[str, ...]) -> tuple[Programme, ...]:
        """The programmes that a scope names, by code or by selection; all of them if it is empty."""
        return tuple(
            p for p in self.programmes if not scope or p.code in scope or p.selection in scope
        )

    def stated(
        self, section: vocabulary.RuleSection, programme: Programme | None = None
    ) -> tuple[StatedRule, ...]:
        """The rules of a section, in the notice's order; those that concern a programme if one is given."""
        return tuple(
            rule
            for rule in self.rules.values()
            if rule.section is section
            and (programme is None or programme in self.concerned(rule.scope))
        )

    @property
    def printed_dates(self) -> tuple[tuple[str, Milestone], ...]:
        """The calendar of the notice: without what the campaign has set for itself."""
        return tuple((key, row) for key, row in self.calendar.items() if not row.ours)

    def is_firm(self, key: str) -> bool:
        """Whether the notice gives the date for good; one that hangs on another is no firmer than it."""
        milestone = self.calendar[key]
        firm = milestone.status is vocabulary.MilestoneStatus.FIRM and milestone.about is None
        return firm and (milestone.relative is None or self.is_firm(milestone.relative.to))

    def is_assumed(self, key: str) -> bool:
        """Whether the notice gives no such date, or none that it hangs on: nothing acts on it (R-CAL-7)."""
        milestone = self.calendar[key]
        assumed = milestone.status is vocabulary.MilestoneStatus.ASSUMED
        return assumed or (
            milestone.relative is not None and self.is_assumed(milestone.relative.to)
        )

    def window(self, key: str) -> Window:
        """When a milestone starts and ends."""
        milestone = self.calendar[key]
        if milestone.relative:
            base = self.window(milestone.relative.to)
            anchor = base.ends_at or base.starts_at
            assert anchor
            return instant_window(
                hours_later(anchor, milestone.relative.by, self.zone), all_day=False
            )
        if milestone.on and isinstance(milestone.on, datetime):
            return instant_window(last_second(milestone.on, self.zone), all_day=False)
        if milestone.on and milestone.action and not milestone.closes:
            return instant_window(self._hour(milestone.on), all_day=True)
        said = milestone.about.said if milestone.about else {}
        return Window(self._start(milestone), self._end(milestone), milestone.all_day, said)

    def _start(self, milestone: Milestone) -> datetime | None:
        start = milestone.on or milestone.since
        if start is None:
            return None
        if milestone.action and not milestone.closes and not isinstance(start, datetime):
            return self._hour(start)
        return first_second(start, self.zone)

    def _end(self, milestone: Milestone) -> datetime | None:
        end = milestone.on or milestone.until
        return last_second(end, self.zone) if end else None

    def _hour(self, day: date) -> datetime:
        return datetime.combine(day, self.campaign.announce_at, tzinfo=self.zone)
