"""R-APP-2: 77 € then 22 €, or 22 € then 11 € for grant-holders; never refunded."""

import pytest

from admissions.dossier.rules import due, new_charges
from campaigns.conditions.rules.asked import TierPrices, price

STANDARD, GRANT_HOLDER = TierPrices(7700, 2200), TierPrices(2200, 1100)

CASES = [
    # tier, whole set (submitted before, then now), submitted now, charged so far, expected
    pytest.param(STANDARD, "A", "A", 0, {"A": 7700}, id="one"),
    pytest.param(STANDARD, "ABC", "ABC", 0, {"A": 7700, "B": 2200, "C": 2200}, id="three"),
    pytest.param(GRANT_HOLDER, "A", "A", 0, {"A": 2200}, id="grant, one"),
    pytest.param(
        GRANT_HOLDER, "ABC", "ABC", 0, {"A": 2200, "B": 1100, "C": 1100}, id="grant, three"
    ),
    pytest.param(STANDARD, "AB", "B", 7700, {"B": 2200}, id="one added"),
    pytest.param(GRANT_HOLDER, "ABC", "BC", 2200, {"B": 1100, "C": 1100}, id="grant, two added"),
    pytest.param(STANDARD, "A", "A", 7700, {}, id="withdrawn, then submitted again"),
    pytest.param(STANDARD, "AB", "B", 7700, {"B": 2200}, id="another instead of the one withdrawn"),
    pytest.param(
        GRANT_HOLDER, "AB", "B", 7700, {}, id="now a grant-holder: nothing back, nothing more"
    ),
    pytest.param(
        GRANT_HOLDER,
        "ABC",
        "BC",
        3000,
        {"B": 1100, "C": 300},
        id="now a grant-holder: what is left",
    ),
    pytest.param(STANDARD, "A", "A", 2200, {"A": 5500}, id="no grant after all"),
    pytest.param(STANDARD, "", "", 0, {}, id="nothing"),
]


@pytest.mark.parametrize(("tier", "whole", "now", "charged", "expected"), CASES)
def test_what_a_submission_adds(tier, whole, now, charged, expected):
    lines = price(list(whole), tier)
    charges = new_charges(lines, set(now), charged)
    assert {line.programme: line.cents for line in charges} == expected
    assert sum(expected.values()) == due(lines, charged)


def test_never_below_nothing():
    assert due(price(["A"], GRANT_HOLDER), 7700) == 0
