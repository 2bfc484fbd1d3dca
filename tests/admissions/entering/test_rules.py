from datetime import date

import pytest

from accounts.links.rules import MOST_LINKS
from admissions.entering.rules import (
    MOST_ENTRIES,
    AddressFacts,
    may_enter,
    may_send_again,
    may_write_to,
)

TODAY = date(2021, 2, 20)
FREE = AddressFacts()


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"is_open": False}, ["campaign_is_closed"]),
        ({"came_on": date(2021, 2, 21)}, ["entered_day_to_come"]),
        ({"address": AddressFacts(dossier="A1", is_taken=True)}, ["address_has_dossier"]),
        (
            {"is_open": False, "address": AddressFacts(is_taken=True)},
            ["campaign_is_closed", "address_is_taken"],
        ),
        ({"is_open": False, "came_by": TODAY}, []),
        ({"is_open": False, "came_by": date(2021, 2, 19)}, ["came_too_late"]),
        ({"entered_today": MOST_ENTRIES - 1}, []),
        (
            {"entered_today": MOST_ENTRIES, "address": AddressFacts(is_taken=True)},
            ["enough_entries"],
        ),
    ],
)
def test_every_reason_against_typing_a_dossier_is_given(changes, codes):
    facts = {
        "is_open": True,
        "came_by": None,
        "came_on": TODAY,
        "today": TODAY,
        "entered_today": 0,
        "address": FREE,
    }
    verdict = may_enter(**facts | changes)
    assert [refusal.code for refusal in verdict.refusals] == codes


def test_another_address_is_free_or_says_why_not():
    taken = may_write_to(AddressFacts(is_taken=True))
    assert may_write_to(FREE)
    assert [refusal.code for refusal in taken.refusals] == ["address_is_taken"]


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"sent_today": MOST_LINKS - 1}, []),
        ({"sent_today": MOST_LINKS}, ["enough_claim_links"]),
        ({"is_just_sent": True}, ["claim_link_just_sent"]),
        ({"is_unclaimed": False, "is_just_sent": True}, ["dossier_is_claimed"]),
    ],
)
def test_a_link_is_sent_again_until_it_is_claimed(changes, codes):
    facts = {"is_unclaimed": True, "is_just_sent": False, "sent_today": 0}
    verdict = may_send_again(**facts | changes)
    assert [refusal.code for refusal in verdict.refusals] == codes
