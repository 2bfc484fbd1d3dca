"""R-APP-2: 77 € then 22 € a programme; grant-holders 22 € then 11 €."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.conditions.rules.asked import FeeLine, TierPrices, price
from common.rules import Cents

STANDARD = TierPrices(Cents(7700), Cents(2200))
GRANT_HOLDER = TierPrices(Cents(2200), Cents(1100))
CODES = ["BAT-1", "INFRES-SR-1", "INFRES-DL-1", "MKX-1", "BAT-2", "INFRES-SR-2", "MKX-2"]


@pytest.mark.parametrize(
    ("tier", "programmes", "cents", "total"),
    [
        pytest.param(STANDARD, 0, [], 0, id="standard-0"),
        pytest.param(STANDARD, 1, [7700], 7700, id="standard-1"),
        pytest.param(STANDARD, 2, [7700, 2200], 9900, id="standard-2"),
        pytest.param(STANDARD, 3, [7700, 2200, 2200], 12100, id="standard-3"),
        pytest.param(STANDARD, 4, [7700, 2200, 2200, 2200], 14300, id="standard-4"),
        pytest.param(
            STANDARD, 7, [7700, 2200, 2200, 2200, 2200, 2200, 2200], 20900, id="standard-7"
        ),
        pytest.param(GRANT_HOLDER, 0, [], 0, id="grant-holder-0"),
        pytest.param(GRANT_HOLDER, 1, [2200], 2200, id="grant-holder-1"),
        pytest.param(GRANT_HOLDER, 2, [2200, 1100], 3300, id="grant-holder-2"),
        pytest.param(GRANT_HOLDER, 3, [2200, 1100, 1100], 4400, id="grant-holder-3"),
        pytest.param(GRANT_HOLDER, 4, [2200, 1100, 1100, 1100], 5500, id="grant-holder-4"),
        pytest.param(
            GRANT_HOLDER, 7, [2200, 1100, 1100, 1100, 1100, 1100, 1100], 8800, id="grant-holder-7"
        ),
    ],
)
def test_price_of_a_dossier(tier, programmes, cents, total):
    """R-APP-2."""
    lines = price(CODES[:programmes], tier)
    assert [line.cents for line in lines] == cents
    assert sum(line.cents for line in lines) == total


def test_the_rank_makes_the_price_whichever_the_programme():
    """R-APP-2."""
    assert price(["MKX-1", "BAT-1"], STANDARD) == (
        FeeLine("MKX-1", Cents(7700)),
        FeeLine("BAT-1", Cents(2200)),
    )


def test_a_programme_named_twice_is_paid_once():
    assert price(["MKX-1", "BAT-1", "MKX-1"], STANDARD) == price(["MKX-1", "BAT-1"], STANDARD)


@given(codes=st.permutations(CODES), tier=st.sampled_from([STANDARD, GRANT_HOLDER]))
def test_the_order_changes_no_total(codes, tier):
    assert sum(line.cents for line in price(codes, tier)) == sum(
        line.cents for line in price(CODES, tier)
    )
