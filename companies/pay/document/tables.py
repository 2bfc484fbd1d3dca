"""The document as the rules read it."""

from common.rules import Cents
from companies.pay.document.schema import (
    ApprenticeBandRow,
    ApprenticeGridRow,
    PayDocument,
    ProBandRow,
    ProGridRow,
    RateRow,
)
from companies.pay.rules import (
    LEVELS,
    YEARS,
    AgeBand,
    MinimumWage,
    PayGrid,
    PayRate,
    PayTables,
)

YOUNGEST = 0


def tables_of(document: PayDocument) -> PayTables:
    return PayTables(
        known_until=document.known_until,
        wages=tuple(
            MinimumWage(row.since, row.until, Cents(row.monthly), row.law) for row in document.wages
        ),
        contrat_pro=tuple(_grid(row) for row in document.contrat_pro),
        apprenticeship=tuple(_grid(row) for row in document.apprenticeship),
    )


def _grid(row: ProGridRow | ApprenticeGridRow) -> PayGrid:
    return PayGrid(row.since, row.until, tuple(_band(band) for band in row.bands))


def _band(row: ProBandRow | ApprenticeBandRow) -> AgeBand:
    columns = LEVELS if isinstance(row, ProBandRow) else YEARS
    return AgeBand(
        from_age=YOUNGEST if row.from_age is None else row.from_age,
        only_at_start=row.only_at_start,
        law=row.law,
        rates={column: _rate(getattr(row, column)) for column in columns},
    )


def _rate(row: RateRow) -> PayRate:
    return PayRate(row.smic, row.branch)
