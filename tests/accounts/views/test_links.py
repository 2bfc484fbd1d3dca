"""The page of a signed link: what it is for, why it no longer works, and who tries tokens."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.http import HttpResponse

from accounts.links import services as links
from accounts.links.requests import token_of
from accounts.links.services import issue_link, use_link
from accounts.models import SignedLink
from common.journal import SYSTEM

NOW = datetime(2022, 5, 5, 10, 0, tzinfo=UTC)
GUESSES = 60
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def purpose(monkeypatch):
    """A purpose that answers with the method and the subject, and uses the link when it is sent something."""

    def answer(request, link):
        if request.method == "POST":
            use_link(link_id=link.pk, now=NOW)
        return HttpResponse(f"{request.method} {link.subject_ref}")

    def sign(request, link):
        return HttpResponse(f"signed {link.subject_ref} by {token_of(request)}")

    monkeypatch.setattr(links, "_purposes", {})
    links.register_purpose("tests.page", answer, sign=sign)
    with time_machine.travel(NOW, tick=False):
        yield


def issue(**changes) -> str:
    facts = {
        "purpose": "tests.page",
        "subject_ref": "abc",
        "email": "rh@entreprise.example",
        "actor": SYSTEM,
    }
    return issue_link(
        **facts | {"expires_at": NOW + timedelta(days=30), "now": NOW} | changes
    ).token


def guess(client, number: int, **headers) -> int:
    return client.get(f"/l/guess-{number}/", **headers).status_code


def test_a_link_opens_the_page_of_its_purpose(client):
    token = issue()

    assert client.get(f"/l/{token}/").content == b"GET abc"
    assert client.post(f"/l/{token}/").content == b"POST abc"
    assert client.get(f"/en/l/{token}/").content == b"GET abc"
    assert client.put(f"/l/{token}/").status_code == 405


def test_an_act_is_posted_to_its_own_address(client):
    token = issue()

    assert client.post(f"/l/{token}/sign/").content == f"signed abc by {token}".encode()
    assert client.post(f"/l/{token}/eat/").status_code == 404
    for read in (client.get, client.head):
        answer = read(f"/en/l/{token}/sign/")
        assert (answer.status_code, answer["Location"]) == (302, f"/en/l/{token}/")
        assert answer["Referrer-Policy"] == "strict-origin"


def test_the_acts_of_a_dead_link_are_closed_too(client):
    token = issue()
    SignedLink.objects.update(revoked_at=NOW)

    assert client.post(f"/l/{token}/sign/").status_code == 410
    assert client.get(f"/l/{token}/sign/").status_code == 410
    assert client.post("/l/nobody-was-sent-this/sign/").status_code == 404


def test_to_read_consumes_nothing(client):
    token = issue(single_use=True)
    for _ in range(3):  # a mail program, its checker, a person
        assert client.get(f"/l/{token}/").status_code == 200
        assert client.head(f"/l/{token}/").status_code == 200
    assert SignedLink.objects.get().used_at is None

    assert client.post(f"/l/{token}/").status_code == 200
    assert client.get(f"/l/{token}/").status_code == 410


@pytest.mark.parametrize("referrer_and_path", [("strict-origin", ""), ("no-referrer", "x")])
def test_no_other_site_no_cache_and_no_search_engine_is_told(client, referrer_and_path):
    referrer, more = referrer_and_path
    response = client.get(f"/l/{issue()}{more}/")

    assert response["Referrer-Policy"] == referrer
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("befallen", "french", "english"),
    [
        ({"used_at": NOW, "single_use": True}, "Ce lien a déjà servi", "has been done already"),
        ({"revoked_at": NOW}, "Ce lien a été fermé", "has been closed"),
        (
            {"expires_at": NOW - timedelta(days=1), "created_at": NOW - timedelta(days=2)},
            "trop ancien",
            "too old",
        ),
    ],
)
def test_a_dead_link_says_why_and_whom_to_ask(client, befallen, french, english):
    token = issue()
    SignedLink.objects.update(**befallen)

    pages = [client.get(f"{prefix}/l/{token}/") for prefix in ("", "/en")]

    assert [page.status_code for page in pages] == [410, 410]
    assert french in pages[0].content.decode()
    assert "répondez au message" in pages[0].content.decode().lower()
    assert english in pages[1].content.decode()
    assert client.post(f"/l/{token}/").status_code == 410


def test_an_unknown_link_says_nothing_more(client):
    issue()
    response = client.get("/l/nobody-was-sent-this/")

    assert response.status_code == 404
    assert "Cette adresse ne mène nulle part" in response.content.decode()
    assert "répondez" not in response.content.decode().lower()


def test_whoever_tries_tokens_is_slowed_down(client):
    token = issue()

    assert {guess(client, number) for number in range(GUESSES)} == {404}
    assert guess(client, GUESSES) == 429
    assert client.get(f"/l/{token}/").status_code == 429  # or a guess that hits would show itself
    assert client.get(f"/l/{token}/", REMOTE_ADDR="203.0.113.9").status_code == 200


def test_those_who_follow_a_good_link_are_not_counted(client):
    token = issue()

    assert {client.get(f"/l/{token}/").status_code for _ in range(GUESSES + 5)} == {200}


@pytest.mark.parametrize(("proxies", "last"), [(1, 404), (0, 429)])
def test_the_address_that_is_counted_is_the_one_that_our_proxy_saw(client, settings, proxies, last):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    for number in range(GUESSES):
        guess(client, number, HTTP_X_FORWARDED_FOR=f"198.51.100.7, 203.0.113.{number % 2}")

    assert guess(client, GUESSES, HTTP_X_FORWARDED_FOR="198.51.100.7, 203.0.113.0") == last
