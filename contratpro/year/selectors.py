"""Years, and what each says in one of its versions."""

from datetime import date, datetime
from functools import lru_cache

from holidays import country_holidays

from contratpro.models import ContractYear, ContractYearVersion
from contratpro.year.document.schema import YearDocument

FRIDAY = 5


def year_by_slug(slug: str) -> ContractYear | None:
    return ContractYear.objects.select_related("school").filter(slug=slug).first()


@lru_cache(maxsize=16)
def year_said(version_id: int) -> YearDocument:
    """All that a year says in a version. Versions never change, so each process reads one once.

    Raises ContractYearVersion.DoesNotExist.
    """
    stored = ContractYearVersion.objects.values_list("document", flat=True).get(pk=version_id)
    return YearDocument.from_stored(stored)


def year_now(year: ContractYear) -> YearDocument:
    """All that a year says in its current version."""
    assert year.current_version_id, "a year is loaded with its first version"
    return year_said(year.current_version_id)


def dated_name(year: ContractYear, word: str, now: datetime) -> str:
    """Of a file that is made of a year: what is in it, which year, on which day."""
    return f"{word}-{year.slug}-{now.astimezone(year_now(year).zone):%Y-%m-%d}"


@lru_cache(maxsize=16)
def _public_holidays(year: int) -> frozenset[date]:
    return frozenset(country_holidays("FR", years=year))


def is_working_day(day: date) -> bool:
    """Monday to Friday, French public holidays out."""
    return day.isoweekday() <= FRIDAY and day not in _public_holidays(day.year)
