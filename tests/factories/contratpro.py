"""Years of contrat pro, from the files of the product, and their students."""

from datetime import UTC, datetime
from functools import cache
from typing import Any

from accounts.models import User
from common.journal import SYSTEM, Stamp
from common.moves import begin
from common.rules import fold
from config.environment import ROOT
from contratpro.models import ContractYear, DepartmentHead, StudentFile
from contratpro.states import StudentState
from contratpro.vocabulary import DateStatus
from contratpro.year.document.checks import read
from contratpro.year.document.schema import YearDocument
from contratpro.year.services import load_contract_year
from tests.factories import accounts

LOADED = datetime(2025, 2, 3, 9, 0, tzinfo=UTC)
ALES_2025 = ROOT / "fixtures" / "contratpro" / "ales-2025.yaml"


def ales_2025() -> ContractYear:
    """The year of Alès that begins in 2025: its first day, 1 September, is assumed."""
    return load(ales_2025_document())


def load(document: YearDocument) -> ContractYear:
    """The year of a document."""
    load_contract_year(document=document, actor=SYSTEM, now=LOADED)
    return ContractYear.objects.select_related("school", "current_version").get(
        slug=document.year.slug
    )


@cache
def ales_2025_document() -> YearDocument:
    """The file, read and checked once."""
    document, mistakes = read(ALES_2025.read_text("utf-8"))
    assert document, mistakes
    return document


def confirmed_year() -> ContractYear:
    """The same year, whose days and calendars the school has confirmed: its steps are due."""
    return load(firm(ales_2025_document()))


def firm(document: YearDocument) -> YearDocument:
    """The document, nothing assumed."""
    status = {"status": DateStatus.FIRM}
    dates = {key: one.model_copy(update=status) for key, one in document.dates.items()}
    calendars = {key: one.model_copy(update=status) for key, one in document.calendars.items()}
    return document.model_copy(update={"dates": dates, "calendars": calendars})


def student(
    year: ContractYear, state: StudentState = StudentState.CONFIRMED, **changes: Any
) -> StudentFile:
    """A student of the year, with an account; a believable one, another for each."""
    number = StudentFile.objects.count()
    first_names, birth_name, usual_name, nationality, _city = accounts.PEOPLE[
        number % len(accounts.PEOPLE)
    ]
    user = changes["user"] if "user" in changes else accounts.UserFactory()
    believable = {
        "user": user,
        "email": user.email if user else f"eleve{number}@exemple.fr",
        "birth_name": birth_name,
        "usual_name": usual_name,
        "first_names": first_names,
        "nationality": nationality,
        "department": "2IA",
        "option": "IL",
        "created_at": LOADED,
    }
    row = StudentFile(year=year, **believable | changes)
    row.sort_key = fold(f"{row.usual_name or row.birth_name} {row.first_names} {number}")[:170]
    begin(row, state, Stamp.of(SYSTEM, LOADED), verb="add")
    return row


def head(year: ContractYear, department: str = "2IA", option: str = "") -> User:
    """Who heads a department, or one of its options."""
    user = accounts.UserFactory()
    DepartmentHead.objects.create(year=year, user=user, department=department, option=option)
    return user


def other_year() -> ContractYear:
    """The year of another school."""
    document = firm(ales_2025_document())
    school = document.year.school.model_copy(
        update={"key": "imt-mines-albi", "name": "IMT Mines Albi"}
    )
    header = document.year.model_copy(update={"slug": "albi-2025", "school": school})
    return load(document.model_copy(update={"year": header}))
