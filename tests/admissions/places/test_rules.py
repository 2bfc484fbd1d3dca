"""Places of a pool: never more than there are, in the order asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admissions.places.rules import allocate

CAPACITIES = st.integers(0, 60)
TAKEN = st.sets(st.integers(1, 70), max_size=70)
QUEUES = st.lists(st.integers(), unique=True, max_size=80)


@pytest.mark.parametrize(
    ("capacity", "taken", "queued", "places"),
    [
        (3, set(), ["a", "b"], (("a", 1), ("b", 2))),
        (3, {1, 2}, ["a", "b"], (("a", 3),)),
        (3, {1, 3}, ["a", "b"], (("a", 2),)),
        (3, {1, 2, 3}, ["a"], ()),
        (3, set(), [], ()),
        (0, set(), ["a"], ()),
        (2, {1, 2, 3}, ["a"], ()),  # lowered since
        (2, {3}, ["a", "b"], (("a", 1),)),  # the one held counts, whatever its number
    ],
)
def test_who_gets_which_place(capacity, taken, queued, places):
    assert allocate(capacity, taken, queued) == places


@given(CAPACITIES, TAKEN, QUEUES)
def test_never_above_the_capacity(capacity, taken, queued):
    given_now = allocate(capacity, taken, queued)

    assert not given_now or len(taken) + len(given_now) <= capacity
    assert len(given_now) == min(len(queued), max(0, capacity - len(taken)))


@given(CAPACITIES, TAKEN, QUEUES)
def test_the_order_of_the_queue_is_kept_and_numbers_are_the_lowest_free(capacity, taken, queued):
    given_now = allocate(capacity, taken, queued)
    numbers = [number for _, number in given_now]

    assert [asking for asking, _ in given_now] == queued[: len(given_now)]
    assert numbers == sorted(set(range(1, capacity + 1)) - taken)[: len(numbers)]


@given(CAPACITIES, TAKEN, QUEUES)
def test_what_was_given_leaves_nothing_to_give(capacity, taken, queued):
    given_now = allocate(capacity, taken, queued)
    numbers = {number for _, number in given_now}

    assert allocate(capacity, taken | numbers, queued[len(given_now) :]) == ()
