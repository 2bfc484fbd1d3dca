"""What holds of every verdict, whatever the titles (R-ELI-6)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.conditions.rules.eligibility import WORST_FIRST
from campaigns.conditions.rules.terms import StudiedTitle
from campaigns.vocabulary import DiplomaKind, TitleStatus
from tests.campaigns.cases import nomenclature, verdict
from tests.factories.campaigns import ales_2022_document, ales_2024_document

NOTICES = [ales_2022_document(), ales_2024_document()]
TITLES = st.builds(
    StudiedTitle,
    diploma=st.none() | st.sampled_from(sorted(nomenclature())),
    kind=st.sampled_from(DiplomaKind),
    country=st.none() | st.sampled_from(["FR", "MA", "DE", "VN"]),
    ects=st.none() | st.integers(0, 300),
    year=st.none() | st.integers(1, 3),
    status=st.sampled_from(TitleStatus),
    date=st.none() | st.dates(date(2019, 1, 1), date(2026, 12, 31)),
)


@pytest.mark.parametrize("notice", NOTICES, ids=["2022", "2024"])
@given(data=st.data(), titles=st.lists(TITLES, max_size=3), more=TITLES)
def test_one_more_title_never_makes_it_worse(notice, data, titles, more):
    code = data.draw(st.sampled_from([programme.code for programme in notice.programmes]))

    before = verdict(code, *titles, under=notice)
    after = verdict(code, *titles, more, under=notice)

    assert WORST_FIRST.index(after.verdict) >= WORST_FIRST.index(before.verdict)


@pytest.mark.parametrize("notice", NOTICES, ids=["2022", "2024"])
@given(data=st.data(), titles=st.lists(TITLES, max_size=3))
def test_the_order_of_titles_plays_no_part(notice, data, titles):
    code = data.draw(st.sampled_from([programme.code for programme in notice.programmes]))
    shuffled = data.draw(st.permutations(titles))

    assert (
        verdict(code, *titles, under=notice).verdict
        is verdict(code, *shuffled, under=notice).verdict
    )
