"""The shapes that the API takes and gives. They are what openapi.json describes."""

from datetime import date, datetime
from typing import Annotated, Self

from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field, model_validator
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from campaigns.vocabulary import (
    MOST_YEARS,
    DiplomaKind,
    Intake,
    MilestoneStatus,
    Needed,
    Per,
    Phase,
    RuleSection,
    Tier,
    TitleStatus,
    VerdictKind,
)


def _as_text(value: object) -> object:
    """JSON has no date: a number is none."""
    if value is not None and not isinstance(value, (str, date)):
        raise PydanticCustomError("date", "not a date, expected YYYY-MM-DD")
    return value


Day = Annotated[date, BeforeValidator(_as_text)]  # a field below is called date too
CODE = r"^[A-Za-z0-9][A-Za-z0-9-]*$"
Code = Annotated[str, Field(pattern=CODE, max_length=50)]
Amount = Annotated[
    str,
    Field(pattern=r"^\d+\.\d\d$", description="Euros, as a decimal string.", examples=["77.00"]),
]
PARTS_AT_MOST = 50


class CampaignOut(Schema):
    slug: str
    title: str
    school: str
    session: int
    opens_at: datetime
    closes_at: Annotated[
        datetime,
        Field(description="The last second in time, with the offset of the campaign's zone."),
    ]
    state: Phase


class ProgrammeOut(Schema):
    code: str
    title: str
    entry_year: int
    speciality: str
    track: str | None
    pool: Annotated[
        str, Field(description="Programmes of one pool share its places: never add them up.")
    ]
    places_min: int
    places_max: int
    intake: Annotated[Intake, Field(description="Where one applies: here, or at the office.")]


class DateOut(Schema):
    key: str
    title: str
    starts_at: datetime | None
    ends_at: datetime | None
    words: Annotated[
        str,
        Field(
            description="As pages say it. An end that the notice does not give to the day is null, and said here."
        ),
    ]
    status: MilestoneStatus
    programmes: list[str]


class DocumentOut(Schema):
    key: str
    title: str
    per: Per
    needed: Needed
    programmes: list[str]
    formats: list[str]
    max_bytes: int
    max_pixels: int | None
    max_files: int


class TierOut(Schema):
    tier: Tier
    first: Amount
    further: Amount


class ChoiceOut(Schema):
    """Among these programmes, so many at most in an application."""

    at_most: int
    programmes: list[str]


class RuleOut(Schema):
    """What the notice says and Rentrée does not run."""

    key: str
    section: RuleSection
    title: str
    text: str
    articles: list[str]
    ours: Annotated[bool, Field(description="Added by the campaign: not printed in its notice.")]
    programmes: list[str]


class CampaignDetailOut(CampaignOut):
    programmes: list[ProgrammeOut]
    choose: list[ChoiceOut]
    calendar: list[DateOut]
    documents: list[DocumentOut]
    fees: list[TierOut]
    rules: list[RuleOut]


class DiplomaOut(Schema):
    code: str
    kind: DiplomaKind
    speciality: str
    option: str
    title: str
    level: int | None
    valid_from: date | None
    valid_to: date | None
    replaces: list[str]


class Strict(Schema):
    """Takes no key that it does not know, and no text for a number or a boolean."""

    model_config = ConfigDict(extra="forbid")


class FeesIn(Strict):
    programmes: Annotated[list[Code], Field(min_length=1, max_length=PARTS_AT_MOST)]
    grant_holder: Annotated[bool, Field(strict=True)] = False


class FeeLineOut(Schema):
    programme: str
    amount: Amount


class FeesOut(Schema):
    currency: str
    lines: list[FeeLineOut]
    total: Amount


def _given(name: str) -> JsonDict:
    return {"required": [name], "properties": {name: {"type": "string"}}}


class TitleIn(Strict):
    """A `diploma` of the nomenclature or, failing it, a `kind`; both if they agree."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"anyOf": [_given("diploma"), _given("kind")]}
    )

    diploma: Code | None = None
    kind: DiplomaKind | None = None
    country: (
        Annotated[str, Field(pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2")] | None
    ) = None
    ects: Annotated[int, Field(ge=0, le=600, strict=True)] | None = None
    year: (
        Annotated[
            int,
            Field(
                ge=1,
                le=MOST_YEARS,
                strict=True,
                description="Of its course, validated or under way in this academic year.",
            ),
        ]
        | None
    ) = None
    status: TitleStatus
    date: Day | None = None

    @model_validator(mode="after")
    def _says_what(self) -> Self:
        if self.diploma is None and self.kind is None:
            raise PydanticCustomError(
                "title", "expected 'diploma', a code of the nomenclature, or failing it 'kind'"
            )
        return self


class EligibilityIn(Strict):
    date_of_birth: Day | None = None
    nationality: (
        Annotated[str, Field(pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2")] | None
    ) = None
    titles: Annotated[list[TitleIn], Field(max_length=PARTS_AT_MOST)]
    technician_years: Annotated[int, Field(ge=0, le=60, strict=True)] | None = None
    employer_agrees: Annotated[bool, Field(strict=True)] | None = None


class VerdictOut(Schema):
    code: str
    verdict: VerdictKind
    route: str
    article: str
    reasons: list[str]
    missing: list[str]


class EligibilityOut(Schema):
    programmes: list[VerdictOut]


class MistakeOut(Schema):
    loc: list[str | int]
    msg: str


class MistakesOut(Schema):
    detail: list[MistakeOut]
