"""Signed links: issued, used, closed; the token is kept nowhere."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from accounts.links.services import issue_link, link_of, link_url, revoke_links, use_link
from accounts.models import SignedLink
from common.journal import SYSTEM
from common.models import JournalEntry
from common.refusals import DomainError

NOW = datetime(2022, 5, 5, 10, 0, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.servers]


def issue(**changes):
    facts = {"purpose": "tests.page", "subject_ref": "abc", "email": "rh@entreprise.example"}
    dates = {"expires_at": NOW + timedelta(days=30), "actor": SYSTEM, "now": NOW}
    return issue_link(**facts | dates | changes)


def journal():
    return [
        (row.actor_kind, row.verb, row.object_ref, row.data)
        for row in JournalEntry.objects.filter(object_type="signedlink").order_by("pk")
    ]


def test_only_the_digest_of_the_token_is_kept():
    issued = issue()

    row = SignedLink.objects.values().get()
    assert row["token_hash"] == hashlib.sha256(issued.token.encode()).hexdigest()
    assert len(issued.token) == 32  # 192 bits
    assert issued.token not in str(row)
    assert issued.token not in str(list(JournalEntry.objects.values()))
    assert link_of(issued.token) == issued.link
    assert link_of(issued.token[:-1]) is None


def test_two_links_have_two_tokens():
    assert issue().token != issue().token


def test_a_link_is_written_in_the_language_of_its_message(settings):
    settings.BASE_URL = "https://rentree.example"

    assert link_url("abc", "fr") == "https://rentree.example/l/abc/"
    assert link_url("abc", "en") == "https://rentree.example/en/l/abc/"


def test_a_link_that_serves_once_serves_once():
    link = issue(single_use=True).link

    used = use_link(link_id=link.pk, now=NOW)

    assert used.used_at == NOW
    with pytest.raises(DomainError) as refused:
        use_link(link_id=link.pk, now=NOW)
    assert [refusal.code for refusal in refused.value.refusals] == ["link_used"]


def test_another_link_serves_until_it_ends_and_notes_its_first_use():
    link = issue().link
    use_link(link_id=link.pk, now=NOW)
    use_link(link_id=link.pk, now=NOW + timedelta(days=1))

    link.refresh_from_db()
    assert link.used_at == NOW
    about = {"purpose": "tests.page", "subject": "abc"}
    assert journal() == [
        ("system", "issue_link", str(link.pk), about),
        ("link", "use_link", str(link.pk), about),
    ]


def test_the_links_of_a_subject_are_closed_together():
    first, second, other = issue().link, issue().link, issue(subject_ref="xyz").link

    assert revoke_links(purpose="tests.page", subject_ref="abc", actor=SYSTEM, now=NOW) == 2
    assert revoke_links(purpose="tests.page", subject_ref="abc", actor=SYSTEM, now=NOW) == 0

    assert list(SignedLink.objects.filter(revoked_at=NOW).order_by("pk")) == [first, second]
    assert use_link(link_id=other.pk, now=NOW)
    assert [verb for _, verb, _, _ in journal()].count("revoke_link") == 2
