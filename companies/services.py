"""Commands on companies. What an employer types of a known company never overwrites what is kept of it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from stdnum.exceptions import ValidationError
from stdnum.fr import siret as numbers

from common.refusals import DomainError
from companies.models import Company


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyInput:
    siret: str  # empty for a foreign company
    name: str
    street: str
    postcode: str
    city: str
    country: str = "FR"


def valid_siret(text: str) -> str:
    """The fourteen digits, spaces aside. Raises DomainError unless their checksum is right."""
    try:
        return str(numbers.validate(text))
    except ValidationError:
        raise DomainError.of("siret_is_wrong") from None


def keep_company(company: CompanyInput) -> Company:
    """The company of that SIRET, made if it is the first time that it is named. In the caller's transaction."""
    fields = asdict(company)
    if not company.siret:
        return Company.objects.create(**fields)
    fields["siret"] = valid_siret(company.siret)
    kept, _made = Company.objects.get_or_create(siret=fields.pop("siret"), defaults=fields)
    return kept


def known_company(sheet: Mapping[str, str], *, kept: Company | None) -> Company | None:
    """The company of a sheet's SIRET, if it was named before; without one, that of the version before, if alike."""
    if sheet["siret"]:
        return Company.objects.filter(siret=numbers.compact(sheet["siret"])).first()
    is_same = kept and not kept.siret and kept.name == sheet["company_name"]
    return kept if is_same else None


def company_of(sheet: Mapping[str, str], *, kept: Company | None) -> Company:
    """The company that a sheet names, made if it is the first time that it is named."""
    return known_company(sheet, kept=kept) or keep_company(company_said(sheet))


def company_said(sheet: Mapping[str, str]) -> CompanyInput:
    """What a sheet says of its company."""
    return CompanyInput(
        siret=sheet["siret"],
        name=sheet["company_name"],
        street=sheet["street"],
        postcode=sheet["postcode"],
        city=sheet["city"],
        country=sheet["country"],
    )
