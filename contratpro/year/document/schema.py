"""The year's file: all that a school's guide to the contrat pro says, in the one form that pages and rules read.

`YearDocument` is what a file holds, what `ContractYearVersion.document` stores and what `export_contract_year` writes.
`docs/contract-year-file.md` explains every key.
"""

from datetime import date, timedelta
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from common.datafile.curriculum import Curriculum
from common.datafile.values import (
    Day,
    Euros,
    Flag,
    Key,
    Model,
    Section,
    StoredDocument,
    Text,
    Words,
    Zone,
)
from contratpro import vocabulary
from contratpro.year.document.values import (
    Article,
    AtLeastOne,
    Coefficient,
    Email,
    Month,
    Number,
    Points,
    Weeks,
)

FIRST_DAY, LAST_DAY = "first-day", "last-day"


class YearSchool(Model):
    key: Key
    name: Words
    website: str = ""


class Degree(Model):
    title: Text
    grade: Text
    rncp: Annotated[int, Field(ge=1, le=99999, strict=True)]


class Telephone(Model):
    """A post that can be rung; the name of who holds it may be left out."""

    post: Text
    phone: Words
    name: Words | None = None


class YearContact(Model):
    """Whom to write to: one address for all mail."""

    service: Text
    email: Email
    address: Annotated[tuple[Words, ...], Field(min_length=1)]
    phones: tuple[Telephone, ...] = ()


class YearHeader(Model):
    slug: Key
    title: Text
    school: YearSchool
    begins_in: Annotated[int, Field(ge=2000, le=2100, strict=True)]
    zone: Zone = "Europe/Paris"
    months: Annotated[int, Field(ge=6, le=36, strict=True)]
    degree: Degree
    fields: Annotated[tuple[Text, ...], Field(min_length=1)]
    contact: YearContact


class PartyLabel(Model):
    title: Text
    ours: Flag = False


class Distance(Model):
    to: Key
    days: Annotated[int, Field(ge=-366, le=366, strict=True)]


class YearDate(Model):
    """A day of the year, given or counted.

    `on` gives it, `relative` counts days from another, `starts` is the first day of a period in each calendar,
    `ends` the last of a semester.
    """

    title: Text
    on: Day | None = None
    relative: Distance | None = None
    starts: vocabulary.PeriodKind | None = None
    ends: Key | None = None
    status: vocabulary.DateStatus = vocabulary.DateStatus.FIRM
    article: Article | None = None
    ours: Flag = False

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        forms = (self.on, self.relative, self.starts, self.ends)
        if sum(form is not None for form in forms) != 1:
            raise PydanticCustomError(
                "dates", "expected one of 'on', 'relative', 'starts' and 'ends'"
            )
        return self


class Period(Model):
    """A part of the year. One that has a number of weeks and no days waits for the school's calendar."""

    kind: vocabulary.PeriodKind
    title: Text | None = None
    weeks: Weeks | None = None
    since: Annotated[Day | None, Field(alias="from")] = None
    until: Day | None = None
    article: Article | None = None

    @model_validator(mode="after")
    def _days_or_weeks(self) -> Self:
        if (self.since is None) != (self.until is None):
            raise PydanticCustomError("period", "expected 'from' and 'until', or neither")
        if self.since is None and self.weeks is None:
            raise PydanticCustomError("period", "expected 'weeks', or 'from' and 'until'")
        return self


class Calendar(Model):
    """How a year goes for some departments. While it is assumed, nothing is due by its days."""

    title: Text
    departments: Annotated[tuple[Key, ...], Field(min_length=1)]
    status: vocabulary.DateStatus = vocabulary.DateStatus.FIRM
    periods: Annotated[tuple[Period, ...], Field(min_length=1)]
    ours: Flag = False

    @property
    def is_complete(self) -> bool:
        """Whether each day is known: those at the school are given, and no period waits for its days."""
        kinds = {period.kind for period in self.periods}
        return vocabulary.PeriodKind.SCHOOL in kinds and all(one.since for one in self.periods)

    def kind_on(self, day: date) -> vocabulary.PeriodKind | None:
        """In which kind of period a day is; none, where the calendar does not say."""
        for period in self.periods:
            if period.since and period.until and period.since <= day <= period.until:
                return period.kind
        return None

    def period(self, kind: vocabulary.PeriodKind) -> Period | None:
        """The first period of that kind."""
        return next((period for period in self.periods if period.kind is kind), None)


class Department(Model):
    title: Text


class Invoice(Model):
    title: Text
    article: Article | None = None
    covers: Annotated[tuple[Key, ...], Field(min_length=1)]
    amount: Euros
    month: Month
    ours: Flag = False


class Cost(Model):
    """Of one student's year, to whoever employs them."""

    article: Article
    amount: Euros
    net_of_tax: Flag
    words: Text | None = None
    invoices: Annotated[Section[Invoice], Field(min_length=1)]


class Evidence(Model):
    """Who says whether a condition holds, and from what."""

    by: vocabulary.Party
    words: Text
    ours: Flag = False


class YearCondition(Model):
    """What must hold for a student to have a contract."""

    words: Text
    article: Article
    severity: vocabulary.Severity
    evidence: Evidence
    only: tuple[vocabulary.Circumstance, ...] = ()
    before: Key | None = None
    due: Key | None = None
    ours: Flag = False


class YearWarning(Model):
    """What a student is told before a step is done."""

    words: Text
    article: Article
    only: tuple[vocabulary.Circumstance, ...] = ()
    before: Key
    ours: Flag = False


class Scale(Model):
    points: Points
    marked_by: vocabulary.Party = vocabulary.Party.CONTRACT_SERVICE
    ours: Flag = False

    @property
    def top(self) -> int:
        return self.points[-1]


class StepProof(Model):
    """What shows that a step is done."""

    words: Text
    ours: Flag = False


class YearStep(Model):
    """What somebody has to do. One without a scale is recorded and earns nothing."""

    number: Number | None = None
    title: Text
    help: Text | None = None
    article: Article
    who: Annotated[tuple[vocabulary.Party, ...], Field(min_length=1)]
    proof: StepProof
    after: tuple[Key, ...] = ()
    due: Key | None = None
    scale: Scale | None = None
    double_degree: Literal[True] | None = None
    if_happened: Literal[True] | None = None
    ours: Flag = False


class Rounding(Model):
    decimals: Annotated[int, Field(ge=0, le=2, strict=True)]
    half: vocabulary.Half
    ours: Flag = False


class ConductMark(Model):
    """What the steps earn: their sum, brought to a mark."""

    article: Article
    out_of: Annotated[int, Field(ge=1, le=100, strict=True)]
    rounding: Rounding
    closes: Key
    ours: Flag = False


class Coefficients(Model):
    conduct: Coefficient
    company_tutor: Coefficient
    school_tutor: Coefficient


class EvaluationLevel(Model):
    title: Text


class EvaluationCriterion(Model):
    title: Text
    help: Text | None = None


class EvaluationSheet(Model):
    """What the company tutor is asked besides a mark and a text: a level for each criterion."""

    article: Article
    levels: Annotated[Section[EvaluationLevel], Field(min_length=2)]
    criteria: Annotated[Section[EvaluationCriterion], Field(min_length=1)]
    ours: Flag = False


class ProjectMark(Model):
    """The mark of the company project, out of as many points as that of the conduct and rounded as it is.

    `report` names the parts of the report. Without an `evaluation`, the company tutor gives a mark and a text alone.
    """

    article: Article
    semester: Key
    ects: AtLeastOne
    coefficients: Coefficients
    report: tuple[Text, ...] = ()
    evaluation: EvaluationSheet | None = None


class PfeMark(Model):
    article: Article
    semester: Key
    ects: AtLeastOne


class Marks(Model):
    conduct: ConductMark
    project: ProjectMark
    pfe: PfeMark


class MentionWords(Model):
    title: Text
    words: Text
    article: Article | None = None
    ours: Flag = False


class Provider(Model):
    """The school as the law of training knows it; what is not given is left to be filled in by hand."""

    siret: Words | None = None
    activity_number: Words | None = None


class Agreement(Model):
    """What the training agreement says besides the facts of each student (D6353-1)."""

    article: Article
    originals: AtLeastOne
    provider: Provider = Provider()
    mentions: dict[vocabulary.Mention, MentionWords]

    @model_validator(mode="after")
    def _each_mention(self) -> Self:
        lacking = [mention for mention in vocabulary.Mention if mention not in self.mentions]
        if lacking:
            raise PydanticCustomError(
                "mentions", "expected also: {lacking}", {"lacking": ", ".join(lacking)}
            )
        return self


class Limits(Model):
    title_words: AtLeastOne
    report_days: AtLeastOne
    leave_hours: AtLeastOne
    internship_months: AtLeastOne


class YearDocument(StoredDocument):
    year: YearHeader
    parties: dict[vocabulary.Party, PartyLabel]
    dates: Section[YearDate]
    departments: Annotated[Section[Department], Field(min_length=1)]
    calendars: Annotated[Section[Calendar], Field(min_length=1)]
    curriculum: Curriculum
    cost: Cost
    conditions: Section[YearCondition]
    warnings: Section[YearWarning] = {}
    steps: Annotated[Section[YearStep], Field(min_length=1)]
    agreement: Agreement | None = None
    marks: Marks
    limits: Limits

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.year.zone)

    def calendar_of(self, department: str) -> Calendar:
        return next(c for c in self.calendars.values() if department in c.departments)

    def day(self, key: str, department: str) -> date | None:
        """The day of a date for that department; none while its calendar gives no such day."""
        on = self.dates[key]
        if on.relative:
            base = self.day(on.relative.to, department)
            return base + timedelta(days=on.relative.days) if base else None
        if on.starts:
            period = self.calendar_of(department).period(on.starts)
            return period.since if period else None
        return self.curriculum.semesters[on.ends].until if on.ends else on.on

    def is_assumed(self, key: str, department: str) -> bool:
        """Whether the school has not given that day, or the one that it hangs on: nothing acts on it."""
        on = self.dates[key]
        if on.starts and self.calendar_of(department).status is vocabulary.DateStatus.ASSUMED:
            return True
        assumed = on.status is vocabulary.DateStatus.ASSUMED
        return assumed or (on.relative is not None and self.is_assumed(on.relative.to, department))

    def due_on(self, step: str, department: str) -> date | None:
        """The last day of a step, for a student of that department."""
        due = self.steps[step].due
        return self.day(due, department) if due else None
