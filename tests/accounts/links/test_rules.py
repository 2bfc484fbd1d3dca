"""Whether a signed link still works: every combination of what may have befallen it."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from accounts.links.rules import LinkFacts, still_works

NOW = datetime(2022, 5, 5, 10, 0, tzinfo=UTC)
# (single use, used, revoked, expired) → why not
WHY = {
    (False, False, False, False): (),
    (False, True, False, False): (),
    (True, False, False, False): (),
    (True, True, False, False): ("link_used",),
    (False, False, True, False): ("link_revoked",),
    (False, True, True, False): ("link_revoked",),
    (True, False, True, False): ("link_revoked",),
    (True, True, True, False): ("link_used",),
    (False, False, False, True): ("link_expired",),
    (False, True, False, True): ("link_expired",),
    (True, False, False, True): ("link_expired",),
    (True, True, False, True): ("link_used",),
    (False, False, True, True): ("link_revoked",),
    (False, True, True, True): ("link_revoked",),
    (True, False, True, True): ("link_revoked",),
    (True, True, True, True): ("link_used",),
}


@pytest.mark.parametrize("case", list(product((False, True), repeat=4)))
def test_one_reason_tells_most(case):
    single_use, used, revoked, expired = case
    link = LinkFacts(
        expires_at=NOW - timedelta(seconds=1) if expired else NOW + timedelta(days=1),
        single_use=single_use,
        used_at=NOW if used else None,
        revoked_at=NOW if revoked else None,
    )

    assert tuple(refusal.code for refusal in still_works(link, now=NOW).refusals) == WHY[case]


def test_a_link_works_until_its_last_second():
    link = LinkFacts(expires_at=NOW, single_use=False)

    assert still_works(link, now=NOW)
    assert not still_works(link, now=NOW + timedelta(seconds=1))


def test_nobody_was_sent_it():
    assert [refusal.code for refusal in still_works(None, now=NOW).refusals] == ["link_unknown"]
