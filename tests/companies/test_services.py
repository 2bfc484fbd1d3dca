"""Companies by their SIRET."""

from dataclasses import replace

import pytest

from common.refusals import DomainError
from companies.models import Company
from companies.services import CompanyInput, keep_company, valid_siret

pytestmark = pytest.mark.servers

BUILDERS = CompanyInput(
    siret="732 829 320 00074",
    name="Bâtisseurs du Gard",
    street="3 rue Pasteur",
    postcode="30100",
    city="Alès",
)


@pytest.mark.parametrize("typed", ["73282932000074", "732 829 320 00074", " 732.829.320.00074 "])
def test_a_siret_is_read_as_people_type_it(typed):
    assert valid_siret(typed) == "73282932000074"


@pytest.mark.parametrize(
    "typed", ["73282932000075", "732829320", "FR73282932000074", "", "7328293200007A"]
)
def test_a_wrong_siret_is_refused(typed):
    with pytest.raises(DomainError, match="siret_is_wrong"):
        valid_siret(typed)


def test_post_offices_have_another_checksum():
    assert valid_siret("35600000049837") == "35600000049837"


def test_a_company_is_kept_once_and_not_renamed_by_whoever_names_it_again(db):
    first = keep_company(BUILDERS)
    again = keep_company(replace(BUILDERS, siret="73282932000074", name="Autre nom", city="Nîmes"))

    assert again == first
    assert [(row.siret, row.name, row.city) for row in Company.objects.all()] == [
        ("73282932000074", "Bâtisseurs du Gard", "Alès")
    ]


def test_foreign_companies_have_no_siret(db):
    foreign = replace(BUILDERS, siret="", country="BE")

    assert keep_company(foreign) != keep_company(foreign)
