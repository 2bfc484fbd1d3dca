"""The least that a trainee may be paid in a month, and what it is made of.

A month's minimum is a percentage of the minimum wage of that month (SMIC), or of the branch's minimum for the job (SMC)
where the grid says so and where that makes more; or what the branch itself sets for such a trainee, if that is higher.
The grid is the one in force when the contract was concluded.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from math import ceil

from common.rules import ALLOWED, Cents, Verdict, refused

FULL_TIME_MINUTES = 35 * 60  # a week, what the monthly amounts of wages are for
HUNDRED = 100
DECEMBER = 12


class PayColumn(StrEnum):
    """Which rate of an age band: the level of the diploma held (contrat pro), or the year (apprenticeship)."""

    BELOW_BAC_PRO = "below_bac_pro"  # a general baccalauréat too
    BAC_PRO = "bac_pro"  # a vocational baccalauréat, or any title above it
    YEAR_1 = "year_1"
    YEAR_2 = "year_2"
    YEAR_3 = "year_3"


LEVELS = (PayColumn.BELOW_BAC_PRO, PayColumn.BAC_PRO)
YEARS = (PayColumn.YEAR_1, PayColumn.YEAR_2, PayColumn.YEAR_3)


class PayBase(StrEnum):
    SMIC = "smic"
    BRANCH = "branch"
    AGREEMENT = "agreement"  # what the branch sets for such a trainee, in full


@dataclass(frozen=True, slots=True)
class MinimumWage:
    """The minimum wage from a day on, until another (included; none: until further notice)."""

    since: date
    until: date | None
    monthly_cents: Cents  # for 35 hours a week
    law: str


@dataclass(frozen=True, slots=True)
class PayRate:
    """Percentages: of the minimum wage and, where it counts, of the branch's minimum."""

    smic: int
    branch: int | None = None


@dataclass(frozen=True, slots=True)
class AgeBand:
    """Rates from an age on. `only_at_start`: nobody enters the band once the contract has begun."""

    from_age: int
    only_at_start: bool
    law: str
    rates: Mapping[PayColumn, PayRate]


@dataclass(frozen=True, slots=True)
class PayGrid:
    """The bands, the youngest first, of contracts concluded from a day on until another (included)."""

    since: date
    until: date | None
    bands: tuple[AgeBand, ...]


@dataclass(frozen=True, slots=True)
class PayTables:
    """`known_until` is the last day for which somebody has looked whether the wage had changed."""

    known_until: date
    wages: tuple[MinimumWage, ...]
    contrat_pro: tuple[PayGrid, ...]
    apprenticeship: tuple[PayGrid, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidContract:
    """What the minimum depends on. `column` is that of the first day: years of apprenticeship go on from there.

    What the branch says is a month's amount for 35 hours a week, as the minimum wage is.
    """

    column: PayColumn
    born_on: date
    concluded_on: date
    starts_on: date
    ends_on: date
    weekly_minutes: int = FULL_TIME_MINUTES
    branch_cents: int | None = None  # the branch's minimum of the job
    agreed_cents: int | None = None  # what the branch's own grid gives this trainee


@dataclass(frozen=True, slots=True)
class PayLine:
    """From a day to another of the month: so many percent of that base, a month's, which the law named says."""

    since: date
    until: date
    law: str
    base: PayBase
    base_cents: Cents
    percent: int
    amount: Fraction  # of a whole month, in cents, before it is rounded

    @property
    def cents(self) -> Cents:
        return up_to_the_cent(self.amount)


@dataclass(frozen=True, slots=True)
class MonthlyMinimum:
    """The minimum of a whole month. `provisional`: the wage may have changed since the file was looked over."""

    month: date
    cents: Cents
    lines: tuple[PayLine, ...]
    provisional: bool

    @property
    def law(self) -> str:
        return self.lines[-1].law


def up_to_the_cent(amount: Fraction) -> Cents:
    """A minimum is never rounded down: less than it, were it by half a cent, is less than it."""
    return Cents(ceil(amount))


def age_on(born_on: date, day: date) -> int:
    """Whole years; who is born on 29 February is a year older on 1 March of a common year."""
    had_birthday = (day.month, day.day) >= (born_on.month, born_on.day)
    return day.year - born_on.year - (not had_birthday)


def paid_age(contract: PaidContract, month: date) -> int:
    """The age that counts in a month: an age reached since the contract began counts from the next month's first."""
    before = month.replace(day=1) - timedelta(days=1)
    return age_on(contract.born_on, max(before, contract.starts_on))


def band_of(grid: PayGrid, contract: PaidContract, month: date) -> AgeBand:
    """The band of that month, the last one that its age opens."""
    age = paid_age(contract, month)
    at_start = age_on(contract.born_on, contract.starts_on)
    opened = [
        band for band in grid.bands if band.from_age <= (at_start if band.only_at_start else age)
    ]
    return opened[-1]


def column_on(contract: PaidContract, day: date) -> PayColumn:
    """The column on that day: a year of apprenticeship begins at each anniversary, the third is the last there is."""
    if contract.column in LEVELS:
        return contract.column
    passed = age_on(contract.starts_on, day)
    return YEARS[min(YEARS.index(contract.column) + passed, len(YEARS) - 1)]


def grid_of(tables: PayTables, contract: PaidContract) -> PayGrid | None:
    """The grid in force when the contract was concluded; none if the file has none for that day."""
    grids = tables.contrat_pro if contract.column in LEVELS else tables.apprenticeship
    return next((grid for grid in grids if _holds(grid, contract.concluded_on)), None)


def minimum_pay(tables: PayTables, contract: PaidContract, month: date) -> MonthlyMinimum | None:
    """The minimum of a month, given by any of its days; none outside the contract, or if the file says nothing of it.

    1. The wage of the month, and the grid of the day of conclusion, are looked for.
    2. The month is one part, or two where a year of apprenticeship begins in it: each counts for its days.
    3. The sum is rounded up to the cent, once.

    A contract that begins or ends within the month is answered for the whole month.
    """
    month = month.replace(day=1)
    wage = next((wage for wage in tables.wages if _holds(wage, month)), None)
    grid = grid_of(tables, contract)
    if wage is None or grid is None or month not in months_of(contract):
        return None
    band = band_of(grid, contract, month)
    lines = tuple(
        _line(contract, wage, band, since, until) for since, until in _parts(contract, month)
    )
    days = sum(_days(line) for line in lines)
    total = sum((line.amount * _days(line) for line in lines), Fraction())
    provisional = wage.until is None and month > tables.known_until
    return MonthlyMinimum(month, up_to_the_cent(total / days), lines, provisional)


def pay_by_month(
    tables: PayTables, contract: PaidContract
) -> tuple[tuple[date, MonthlyMinimum | None], ...]:
    """Each month of the contract with its minimum."""
    return tuple((month, minimum_pay(tables, contract, month)) for month in months_of(contract))


def months_of(contract: PaidContract) -> Iterator[date]:
    """The first day of each month in which the contract runs."""
    month = contract.starts_on.replace(day=1)
    while month <= contract.ends_on:
        yield month
        month = _next_month(month)


def check_pay(tables: PayTables, contract: PaidContract, gross_cents: int) -> Verdict:
    """Whether what is paid when the contract begins is at least that month's minimum."""
    minimum = minimum_pay(tables, contract, contract.starts_on)
    if minimum is None:
        return refused("minimum_pay_unknown", concluded_on=contract.concluded_on)
    if gross_cents >= minimum.cents:
        return ALLOWED
    return refused(
        "pay_under_minimum",
        article=minimum.law,
        month=minimum.month,
        gross_cents=gross_cents,
        minimum_cents=minimum.cents,
    )


def first_rise(
    tables: PayTables, contract: PaidContract, gross_cents: int
) -> MonthlyMinimum | None:
    """The first month after that in which the contract begins whose minimum is over what is paid."""
    for _month, minimum in pay_by_month(tables, contract)[1:]:
        if minimum and minimum.cents > gross_cents:
            return minimum
    return None


def _holds(row: MinimumWage | PayGrid, day: date) -> bool:
    return row.since <= day and (row.until is None or day <= row.until)


def _parts(contract: PaidContract, month: date) -> list[tuple[date, date]]:
    """The days of the month on which the contract runs, in two where its column changes."""
    last = month.replace(day=monthrange(month.year, month.month)[1])
    since, until = max(month, contract.starts_on), min(last, contract.ends_on)
    if column_on(contract, since) == column_on(contract, until):
        return [(since, until)]
    turn = next(
        day
        for day in (since + timedelta(days=count) for count in range(1, last.day))
        if column_on(contract, day) != column_on(contract, since)
    )
    return [(since, turn - timedelta(days=1)), (turn, until)]


def _line(
    contract: PaidContract, wage: MinimumWage, band: AgeBand, since: date, until: date
) -> PayLine:
    """What makes most: the percentage of the minimum wage, that of the branch's minimum, or what the branch sets."""
    rate = band.rates[column_on(contract, since)]
    bases = [(PayBase.SMIC, int(wage.monthly_cents), rate.smic)]
    if rate.branch is not None and contract.branch_cents is not None:
        bases.append((PayBase.BRANCH, contract.branch_cents, rate.branch))
    if contract.agreed_cents is not None:
        bases.append((PayBase.AGREEMENT, contract.agreed_cents, HUNDRED))
    base, full_time, percent = max(bases, key=lambda found: found[1] * found[2])
    base_cents = Fraction(full_time * contract.weekly_minutes, FULL_TIME_MINUTES)
    return PayLine(
        since=since,
        until=until,
        law=band.law,
        base=base,
        base_cents=up_to_the_cent(base_cents),
        percent=percent,
        amount=base_cents * percent / HUNDRED,
    )


def _days(line: PayLine) -> int:
    return (line.until - line.since).days + 1


def _next_month(month: date) -> date:
    if month.month == DECEMBER:
        return date(month.year + 1, 1, 1)
    return date(month.year, month.month + 1, 1)
