"""When a supplementary list is drawn up, of how many, and who leaves it (R-JOB-6)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from admissions.places.rules import Terms, leaving, may_draw, may_list

TERM = date(2022, 9, 5)
TERMS = Terms(
    term=TERM,
    confirmed=True,
    days_before=7,
    months_after=3,
    only_if_short=True,
    vacant=2,
    seekers=3,
    sharing=3,
    listed=0,
    trainees=0,
)


def codes(verdict):
    return [refusal.code for refusal in verdict.refusals]


@pytest.mark.parametrize(
    ("changes", "days", "refusals"),
    [
        pytest.param({}, -8, ["list_is_early"], id="eight days before the start"),
        pytest.param({}, -7, [], id="seven days before the start"),
        pytest.param({}, 91, [], id="the last day, 5 December"),
        pytest.param({}, 92, ["list_is_late"], id="the day after"),
        pytest.param(
            {"confirmed": False}, 0, ["term_is_not_confirmed"], id="a start that is only assumed"
        ),
        pytest.param({"vacant": 0}, 0, ["no_place_is_vacant"], id="every place held"),
        pytest.param(
            {"vacant": 2, "trainees": 2},
            0,
            ["no_place_is_vacant"],
            id="as many on the list as places",
        ),
        pytest.param(
            {"seekers": 1},
            0,
            [],
            id="2022: those who search in programmes of the same places count too",
        ),
        pytest.param({"seekers": 0}, 0, ["nobody_searches"], id="nobody searches"),
        pytest.param(
            {"sharing": 2}, 0, ["places_for_all"], id="2022: as many places as seekers (reading 2)"
        ),
        pytest.param(
            {"sharing": 2, "only_if_short": False}, 0, [], id="2024: as many places as seekers"
        ),
    ],
)
def test_when_a_list_is_drawn_up(changes, days, refusals):
    assert codes(may_draw(replace(TERMS, **changes), TERM + timedelta(days=days))) == refusals


@pytest.mark.parametrize(
    ("term", "months", "last"),
    [
        (date(2022, 9, 5), 3, date(2022, 12, 5)),
        (date(2022, 11, 30), 3, date(2023, 2, 28)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2022, 10, 3), 14, date(2023, 12, 3)),
        (date(2022, 9, 5), 0, date(2022, 9, 5)),
    ],
)
def test_the_last_day_is_the_same_of_the_month_or_the_months_last(term, months, last):
    assert replace(TERMS, term=term, months_after=months).last_day == last


@pytest.mark.parametrize(
    ("ranks", "changes", "refusals"),
    [
        ([2, 1], {}, []),
        ([1], {}, []),
        ([2], {"listed": 1, "trainees": 1}, []),
        ([2], {"listed": 1, "trainees": 0}, []),
        ([], {}, ["nobody_is_ranked"]),
        ([1, 1], {}, ["ranks_do_not_follow"]),
        ([1, 3], {}, ["ranks_do_not_follow"]),
        ([1], {"listed": 1}, ["ranks_do_not_follow"]),
        ([1, 2, 3], {}, ["more_than_can_be_hosted"]),
        ([2, 3], {"listed": 1, "trainees": 1}, ["more_than_can_be_hosted"]),
    ],
)
def test_ranks_follow_within_what_the_group_can_host(ranks, changes, refusals):
    assert codes(may_list(replace(TERMS, **changes), ranks)) == refusals


@pytest.mark.parametrize(
    ("days", "signed", "held", "vacant", "why"),
    [
        (0, False, False, 1, None),
        (0, False, False, 0, "full"),
        (0, False, True, 0, None),
        (1, False, False, 1, "time"),
        (1, False, True, 0, None),
        (7, False, True, 0, None),
        (8, False, True, 0, "time"),
        (8, True, True, 0, None),
        (0, True, False, 1, None),
        (0, True, False, 0, "full"),
        (1, True, False, 1, "broken"),
        (0, False, False, -1, "full"),
    ],
)
def test_who_leaves(days, signed, held, vacant, why):
    assert (
        leaving(
            today=TERM + timedelta(days=days), until=TERM, signed=signed, held=held, vacant=vacant
        )
        == why
    )
