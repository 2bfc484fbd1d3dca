"""The home page: the campaigns, those that one can still join first."""

from datetime import UTC, date, datetime
from http import HTTPStatus

import pytest
import time_machine

from campaigns.models import Campaign
from tests.campaigns.public.reading import section, words
from tests.factories import campaigns

pytestmark = pytest.mark.django_db
NOW = datetime(2022, 2, 22, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def test_no_campaign_yet(client):
    assert "Aucune campagne pour l’instant" in words(client.get("/"))


def test_open_first_then_upcoming_then_closed_then_archived(client, ales_2022):
    campaigns.open_campaign(on=date(2022, 6, 1), slug="later")
    campaigns.open_campaign(on=date(2021, 10, 1), slug="closed")
    campaigns.open_campaign(on=date(2020, 10, 1), slug="old")
    Campaign.objects.filter(slug="old").update(state="archived")
    Campaign.objects.filter(
        slug=campaigns.open_campaign(on=date(2022, 2, 8), slug="draft").slug
    ).update(state="draft")
    response = client.get("/")
    body = response.content.decode()
    slugs = ["ales-2022", "later", "closed", "old"]
    assert sorted(slugs, key=lambda slug: body.index(f"/campaigns/{slug}/")) == slugs
    assert "/campaigns/draft/" not in body
    assert section(response, "open").startswith(
        "Ouvertes en ce moment IMT Mines Alès · session 2022"
    )
    assert "Temps restant : 14 jours" in section(response, "open")
    assert "Le dépôt n’est pas encore ouvert" in section(response, "upcoming")
    assert "Le dépôt est clos" in section(response, "closed")
    assert section(response, "archived").startswith("Archives")


def test_in_english(client, ales_2022):
    response = client.get("/en/")
    assert "Open now" in section(response, "open")
    assert "/en/campaigns/ales-2022/" in response.content.decode()


def test_public_and_cached(client, ales_2022, django_assert_num_queries):
    first = client.get("/")
    with django_assert_num_queries(0):
        again = client.get("/", headers={"if-none-match": first.headers["ETag"]})
    assert (first.headers["Cache-Control"], again.status_code) == (
        "public, max-age=30",
        HTTPStatus.NOT_MODIFIED,
    )
    assert not first.cookies
    assert "Vary" not in first.headers
