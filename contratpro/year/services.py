"""A year's file becomes a version of the year; the first one makes it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import School
from common.datafile.writing import says_the_same
from common.journal import Actor, Stamp
from common.refusals import DomainError
from common.versions import write_version
from contratpro.models import ContractYear, ContractYearVersion
from contratpro.year.document.schema import YearDocument, YearHeader


@dataclass(frozen=True, slots=True)
class LoadedYear:
    version: ContractYearVersion
    changed: bool


@transaction.atomic
def load_contract_year(
    *, document: YearDocument, actor: Actor, now: datetime, reason: str = ""
) -> LoadedYear:
    """Have the year of that slug say what a checked document says; loading it again changes nothing.

    Raises DomainError if the slug is that of a year that begins in another one.
    """
    slug = document.year.slug
    year = ContractYear.objects.select_for_update(of=("self",)).filter(slug=slug).first()
    require_same_beginning(year, document)
    current = year and year.current_version
    if current and says_the_same(current.document, document):
        return LoadedYear(current, changed=False)
    year = _year(year, document.year)
    version = write_version(year, year.versions, document, Stamp.of(actor, now, reason))
    return LoadedYear(version, changed=True)


def require_same_beginning(year: ContractYear | None, document: YearDocument) -> None:
    """Raises DomainError if next year's file bears the slug of a year that is there."""
    if year and year.begins_in != document.year.begins_in:
        raise DomainError.of("slug_is_of_another_year", slug=year.slug, begins_in=year.begins_in)


def _year(year: ContractYear | None, header: YearHeader) -> ContractYear:
    school = _school(header)
    if year is None:
        return ContractYear.objects.create(
            slug=header.slug, school=school, title=header.title, begins_in=header.begins_in
        )
    year.school, year.title = school, header.title
    year.save(update_fields=["school", "title"])
    return year


def _school(header: YearHeader) -> School:
    """The school of that key. One that is there keeps its name: campaigns and the admin give it."""
    school, _ = School.objects.get_or_create(
        slug=header.school.key,
        defaults={"name": header.school.name, "website": header.school.website},
    )
    return school
