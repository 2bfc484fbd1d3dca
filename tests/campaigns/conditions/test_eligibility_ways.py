"""Verdicts found without trying every way, against those that trying every way gives."""

from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.conditions.rules import eligibility
from campaigns.conditions.rules.eligibility import NO, Case, Finding, Level
from campaigns.conditions.rules.terms import CandidateFacts, Condition, RouteRule, StudiedTitle
from campaigns.conditions.selectors import programme_to_judge, routes_to
from campaigns.vocabulary import DiplomaKind, Expected, Origin, TitleStatus, VerdictKind
from tests.campaigns.cases import nomenclature
from tests.factories.campaigns import ales_2022_document
from tests.properties import tries

NOTICE = ales_2022_document()
CODES = st.sampled_from(sorted(nomenclature()))
KINDS = st.sampled_from(DiplomaKind)
TITLES = st.builds(
    StudiedTitle,
    diploma=st.none() | CODES,
    kind=KINDS,
    country=st.none() | st.sampled_from(["FR", "MA"]),
    ects=st.none() | st.sampled_from([60, 120, 180]),
    year=st.none() | st.sampled_from([1, 2, 3]),
    status=st.sampled_from(TitleStatus),
    date=st.none() | st.sampled_from([date(2021, 7, 1), date(2024, 7, 1)]),
)
CONDITIONS = st.builds(
    Condition,
    listed=st.booleans(),
    diplomas=st.frozensets(CODES, max_size=2),
    kinds=st.frozensets(KINDS, max_size=3),
    excluded=st.frozensets(CODES, max_size=2),
    scientific=st.booleans(),
    origin=st.none() | st.sampled_from(Origin),
    ects=st.none() | st.sampled_from([60, 120, 180]),
    expected=st.sampled_from(Expected),
)
ROUTES = st.builds(
    RouteRule,
    key=st.just("route"),
    article=st.just("1"),
    verdict=st.just(VerdictKind.ELIGIBLE),
    conditions=st.lists(CONDITIONS, min_size=1, max_size=3).map(tuple),
)
TESTS = ("of_origin", "on_the_list", "named", "of_kind", "scientific", "credits", "held")


def put_together(findings) -> Finding:
    found = list(findings)
    closed = [one for one in found if one.level is Level.NO]
    if any(not one.reasons for one in closed):
        return NO
    kept = closed or found
    return Finding(
        min(one.level for one in kept),
        tuple(dict.fromkeys(reason for one in kept for reason in one.reasons)),
        tuple(dict.fromkeys(missing for one in kept for missing in one.missing)),
    )


def by_trying_every_way(route, programme, titles) -> Finding:
    known = nomenclature()
    ways = [
        put_together(
            put_together(
                getattr(eligibility, f"_{test}")(
                    condition, Case(title, known.get(title.diploma), programme, known)
                )
                for test in TESTS
            )
            for condition, title in zip(route.conditions, way, strict=True)
        )
        for way in permutations(titles, len(route.conditions))
    ]

    def goodness(found: Finding):
        return found.level, -len(found.missing), found.level is Level.NO and bool(found.reasons)

    return max(ways, key=goodness, default=NO)


@tries(100)
@given(
    code=st.sampled_from([row.code for row in NOTICE.programmes]),
    route=ROUTES,
    titles=st.lists(TITLES, max_size=4),
)
def test_the_best_way_is_the_one_that_trying_them_all_finds(code, route, titles):
    programme = programme_to_judge(NOTICE, NOTICE.programme(code))
    found = eligibility._try_route(
        route, programme, CandidateFacts(titles=tuple(titles)), nomenclature()
    )
    assert found == by_trying_every_way(route, programme, titles)


@pytest.mark.parametrize("code", [row.code for row in NOTICE.programmes])
@tries(15)
@given(titles=st.lists(TITLES, max_size=5))
def test_the_routes_of_a_notice_too(code, titles):
    programme = NOTICE.programme(code)
    judged = programme_to_judge(NOTICE, programme)
    for route in routes_to(NOTICE, programme):
        found = eligibility._ways(route.conditions, [_case(title, judged) for title in titles])
        assert eligibility._best(found) == by_trying_every_way(route, judged, titles)


def test_of_two_ways_that_lack_nothing_the_first_is_told():
    """Which of them says more does not count: trying stops there."""
    programme = NOTICE.programme("INFRES-SR-2")
    judged = programme_to_judge(NOTICE, programme)
    held, expected = (StudiedTitle(kind=DiplomaKind.M1, status=status) for status in TitleStatus)
    for route in routes_to(NOTICE, programme):
        found = eligibility._best(
            eligibility._ways(
                route.conditions, [_case(title, judged) for title in (held, expected)]
            )
        )
        assert found == by_trying_every_way(route, judged, [held, expected])


def test_titles_found_alike_are_tried_once():
    """Fifty of them were 2,450 ways through a route of two conditions."""
    programme = NOTICE.programme("BAT-1")
    judged = programme_to_judge(NOTICE, programme)
    route = next(row for row in routes_to(NOTICE, programme) if len(row.conditions) == 2)
    alike = [_case(StudiedTitle(kind=DiplomaKind.OTHER, ects=ects), judged) for ects in range(50)]
    assert len(list(eligibility._ways(route.conditions, alike))) == 2


def _case(title, programme) -> Case:
    return Case(title, nomenclature().get(title.diploma), programme, nomenclature())
