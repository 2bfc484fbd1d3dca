"""Who is invented for a rehearsal."""

import pytest

from rehearsal.people.candidates import invent
from tests.factories import campaigns

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("document", "some"),
    [
        (campaigns.ales_2024_document, True),
        (campaigns.ales_2022_document, False),
        (campaigns.albi_2021_document, False),
    ],
)
def test_some_are_in_the_second_year_of_a_but_where_the_notice_looks_at_it(document, some):
    """R-ELI-2: their diploma comes a year after the campaign."""
    campaigns.load_nomenclature()
    people = invent(document(), count=150, seed="1")
    second_years = [one for one in people if one.path.goes_on]
    assert bool(second_years) is some
    assert {one.path.last.year for one in second_years} <= {2}
