"""Whether a pay file makes sense as a whole: one row for each day, one band for each age, sums that agree."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Any

from common.datafile import reading
from common.datafile.mistakes import Mistake, Path
from common.datafile.reading import ByLine
from companies.pay.document.schema import (
    ApprenticeGridRow,
    BandRow,
    DatedRow,
    PayDocument,
    ProGridRow,
    RateRow,
    WageRow,
)

HOURS_A_YEAR = 35 * 52  # the legal week, what a month's wage is the twelfth of
MONTHS = 12
CENTS = 100


def read(text: str) -> tuple[PayDocument | None, ByLine]:
    """The tables that a file describes, or all that is wrong with it by line."""
    return reading.read(text, PayDocument, check, called="a pay file")


def check(document: PayDocument | None, _data: Any) -> Iterator[Mistake]:
    """What the whole says that its parts don't. `document` is None if a part is wrong."""
    if document is None:
        return
    yield from _one_after_another(document.wages, "wages")
    for index, wage in enumerate(document.wages):
        yield from _wage(wage, ("wages", index))
    if document.known_until < document.wages[-1].since:
        said = f"is before the last wage begins, expected {document.wages[-1].since} or later"
        yield Mistake(("known_until",), said)
    kinds: dict[str, Sequence[ProGridRow | ApprenticeGridRow]] = {
        "contrat_pro": document.contrat_pro,
        "apprenticeship": document.apprenticeship,
    }
    for name, grids in kinds.items():
        yield from _one_after_another(grids, name)
        for index, grid in enumerate(grids):
            yield from _ages(grid.bands, (name, index, "bands"))


def _one_after_another(rows: Sequence[DatedRow], name: str) -> Iterator[Mistake]:
    """Each row begins on the day after that above it ends: no day has two, and none has nothing."""
    for index, (above, row) in enumerate(pairwise(rows), start=1):
        where: Path = (name, index, "from")
        if row.since <= above.goes_on_to():
            ends = f"ends on {above.until}" if above.until else "has no 'until'"
            yield Mistake(where, f"{row.since} has two rows: the one above {ends}")
            continue
        expected = above.goes_on_to() + timedelta(days=1)
        if row.since != expected:
            last = row.since - timedelta(days=1)
            said = f"nothing holds from {expected} to {last}, expected no gap between two rows"
            yield Mistake(where, said)


def _wage(wage: WageRow, where: Path) -> Iterator[Mistake]:
    if wage.since.day != 1:
        yield Mistake((*where, "from"), f"{wage.since} is no first of a month, expected one")
    if wage.until and wage.until.day != monthrange(wage.until.year, wage.until.month)[1]:
        yield Mistake((*where, "until"), f"{wage.until} is no last of a month, expected one")
    month = _monthly(wage.hourly)
    if wage.monthly != month:
        yield Mistake(
            (*where, "monthly"),
            f"is {_euros(wage.monthly)}, but 35 hours a week at {_euros(wage.hourly)} make {_euros(month)}, "
            "expected the same",
        )


def _monthly(hourly_cents: int) -> int:
    exact = Decimal(hourly_cents) * HOURS_A_YEAR / MONTHS
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


def _euros(cents: int) -> str:
    return f"{Decimal(cents) / CENTS:.2f}"


def _ages(bands: Sequence[BandRow], where: Path) -> Iterator[Mistake]:
    """The first band has no lower end, the last no upper one, and each begins where that before it ended."""
    if bands[0].from_age is not None:
        yield Mistake((*where, 0, "from_age"), "leaves the younger out, expected none in the first")
    if bands[-1].until_age is not None:
        said = "leaves the older out, expected none in the last"
        yield Mistake((*where, len(bands) - 1, "until_age"), said)
    for index, (above, band) in enumerate(pairwise(bands), start=1):
        here = (*where, index)
        if above.until_age is None:
            yield Mistake(here, "has a band above without 'until_age', expected one there")
        elif band.from_age != above.until_age + 1:
            said = f"is not where the band above ends, expected {above.until_age + 1}"
            yield Mistake((*here, "from_age"), said)
        yield from _falls(above, band, here)


def _falls(above: BandRow, band: BandRow, where: Path) -> Iterator[Mistake]:
    """Pay never falls as somebody grows older."""
    for name in type(band).model_fields:
        rate, before = getattr(band, name), getattr(above, name)
        if isinstance(rate, RateRow) and rate.smic < before.smic:
            said = f"falls from {before.smic} to {rate.smic} with age, expected at least as much"
            yield Mistake((*where, name), said)
