"""What an offer must say, until when it stands, and when it may be sent, published, prolonged, closed (R-PRO-15)."""

from datetime import date

import pytest

from companies.offers.rules import (
    FIELDS,
    OPTIONAL,
    area_of,
    date_in,
    may_change,
    may_close,
    may_prolong,
    may_publish,
    may_refuse,
    may_send,
    may_send_link,
    may_stand_until,
    missing_fields,
)
from companies.states import OfferState

TODAY = date(2025, 6, 3)
WHOLE = dict.fromkeys(FIELDS, "x") | {"country": "FR", "expires_on": "31/07/2025"}


def codes(verdict):
    return [refusal.code for refusal in verdict.refusals]


def test_an_empty_offer_says_all_that_is_missing():
    assert missing_fields({}) == tuple(name for name in FIELDS if name not in OPTIONAL)
    assert codes(may_send(OfferState.DRAFT, {}, TODAY)) == ["offer_lacks"]


def test_what_may_be_left_out_is():
    assert may_send(OfferState.DRAFT, WHOLE | dict.fromkeys(OPTIONAL, ""), TODAY)


def test_a_company_abroad_has_no_siret_and_may_have_no_postcode():
    abroad = WHOLE | {"country": "BE", "siret": "", "postcode": ""}
    assert missing_fields(abroad) == ()
    assert missing_fields(abroad | {"country": "FR"}) == ("siret", "postcode")


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (date(2025, 6, 2), ["offer_last_day_is_over"]),
        (date(2025, 6, 3), []),
        (date(2025, 11, 30), []),
        (date(2025, 12, 1), ["offer_lasts_too_long"]),
        (None, ["offer_needs_last_day"]),
    ],
)
def test_an_offer_is_dated_and_stands_for_six_months_at_most(last, expected):
    """R-PRO-15."""
    assert codes(may_stand_until(last, TODAY)) == expected


@pytest.mark.parametrize("state", OfferState)
def test_each_act_is_that_of_some_states(state):
    """R-PRO-15: what is over is written no more."""
    is_it = [f"offer_is_{state}"]
    written = state in {"draft", "proposed", "refused", "published"}
    assert codes(may_send(state, WHOLE, TODAY)) == ([] if written else is_it)
    assert codes(may_change(state)) == ([] if written and state != "draft" else is_it)
    proposed = [] if state == "proposed" else is_it
    assert codes(may_publish(state, date(2025, 7, 31), TODAY)) == proposed
    assert codes(may_refuse(state)) == proposed
    prolonged = [] if state in {"published", "expired"} else is_it
    assert codes(may_prolong(state, date(2025, 6, 30), date(2025, 7, 31), TODAY)) == prolonged
    closed = [] if state in {"draft", "proposed", "published"} else is_it
    assert codes(may_close(state)) == closed
    assert codes(may_send_link(state)) == (["offer_is_closed"] if state == "closed" else [])


def test_what_is_over_is_prolonged_before_it_is_published():
    verdict = may_publish(OfferState.PROPOSED, date(2025, 6, 2), TODAY)
    assert codes(verdict) == ["offer_last_day_is_over"]


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        (date(2025, 6, 30), ["offer_not_prolonged"]),
        (date(2025, 7, 1), []),
        (date(2026, 6, 3), ["offer_lasts_too_long"]),
    ],
)
def test_prolonged_is_until_a_later_day(until, expected):
    verdict = may_prolong(OfferState.PUBLISHED, date(2025, 6, 30), until, TODAY)
    assert codes(verdict) == expected


@pytest.mark.parametrize(
    ("postcode", "area"),
    [
        ("30100", "30"),
        ("01000", "01"),
        ("20000", "2A"),
        ("20137", "2A"),
        ("20200", "2B"),
        ("97400", "974"),
        ("98800", "988"),
        ("3 0100", "30"),
        ("1000", ""),
        ("B-1000", ""),
        ("", ""),
    ],
)
def test_a_postcode_gives_its_departement(postcode, area):
    assert area_of(postcode) == area


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31/07/2025", date(2025, 7, 31)),
        (" 1/7/2025 ", date(2025, 7, 1)),
        ("juillet", None),
        ("", None),
    ],
)
def test_a_day_is_read_as_it_is_shown(text, day):
    assert date_in(text) == day
