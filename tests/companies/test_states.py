"""The whole product of states and actions of an offer: what is not written here is not allowed (R-PRO-15)."""

from itertools import product

import pytest

from common.rules import IllegalMoveError, next_state
from companies.states import (
    CLOSABLE_OFFERS,
    OFFER_MOVES,
    PROLONGED_OFFERS,
    WRITTEN_OFFERS,
    OfferAction,
    OfferState,
)

OFFER = {
    ("draft", "send"): "proposed",
    ("draft", "close"): "closed",
    ("proposed", "send"): "proposed",
    ("proposed", "publish"): "published",
    ("proposed", "refuse"): "refused",
    ("proposed", "close"): "closed",
    ("refused", "send"): "proposed",
    ("published", "send"): "proposed",
    ("published", "prolong"): "published",
    ("published", "expire"): "expired",
    ("published", "close"): "closed",
    ("expired", "prolong"): "published",
}


@pytest.mark.parametrize(("state", "action"), [*product(OfferState, OfferAction)])
def test_every_action_on_every_state(state, action):
    target = OFFER.get((state, action))
    if target:
        assert next_state(OFFER_MOVES, state, action) == target
        return
    with pytest.raises(IllegalMoveError):
        next_state(OFFER_MOVES, state, action)


def test_an_offer_is_written_until_it_is_over():
    assert set(WRITTEN_OFFERS) == {"draft", "proposed", "refused", "published"}
    assert set(PROLONGED_OFFERS) == {"published", "expired"}
    assert set(CLOSABLE_OFFERS) == {"draft", "proposed", "published"}
