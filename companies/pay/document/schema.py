"""The pay file: the minimum wage and the grids of a country, dated, each row with the law that it says and its source.

`docs/pay-file.md` explains every key.
"""

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from common.datafile.values import Day, Euros, Flag, Model, Words

Percent = Annotated[int, Field(ge=1, le=100, strict=True)]
Age = Annotated[int, Field(ge=15, le=99, strict=True)]


class DatedRow(Model):
    """What holds from a day on, until another (included) or until further notice."""

    since: Annotated[Day, Field(alias="from")]
    until: Day | None = None
    law: Words
    source: Words

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until and self.since > self.until:
            raise PydanticCustomError("row", "'from' is after 'until'")
        return self

    def goes_on_to(self) -> date:
        return self.until or date.max


class WageRow(DatedRow):
    """The minimum wage: by the hour, and by the month for 35 hours a week."""

    hourly: Euros
    monthly: Euros


class RateRow(Model):
    """Percentages of the minimum wage and, where it counts, of the branch's minimum."""

    smic: Percent
    branch: Percent | None = None


class BandRow(Model):
    """Ages, both ends included; without one there is no end on that side."""

    from_age: Age | None = None
    until_age: Age | None = None
    only_at_start: Flag = False
    law: Words


class ProBandRow(BandRow):
    """Rates by the level of the highest diploma held."""

    below_bac_pro: RateRow
    bac_pro: RateRow


class ApprenticeBandRow(BandRow):
    """Rates by the year of the contract."""

    year_1: RateRow
    year_2: RateRow
    year_3: RateRow


class ProGridRow(DatedRow):
    bands: Annotated[tuple[ProBandRow, ...], Field(min_length=1)]


class ApprenticeGridRow(DatedRow):
    bands: Annotated[tuple[ApprenticeBandRow, ...], Field(min_length=1)]


class PayDocument(Model):
    """All that the file says."""

    known_until: Day
    wages: Annotated[tuple[WageRow, ...], Field(min_length=1)]
    contrat_pro: Annotated[tuple[ProGridRow, ...], Field(min_length=1)]
    apprenticeship: Annotated[tuple[ApprenticeGridRow, ...], Field(min_length=1)]
