"""The public count of places: off unless the notice gives it."""

import pytest

from campaigns.models import Pool
from tests.factories import admissions as dossiers
from tests.factories import apprenticeship as jobs

pytestmark = pytest.mark.django_db
SEATS = "/api/v1/campaigns/ales-2022/seats"


def test_no_count_is_public_unless_the_notice_says_so(client):
    jobs.many_seated(3)
    assert client.get(SEATS).json() == []


def test_a_public_pool_says_what_is_taken_and_left(client):
    """Those who wait hold no place."""
    jobs.many_seated(24)
    Pool.objects.filter(key__in=("infres-sr-1", "bat-1")).update(seats_public=True)

    answer = client.get(SEATS)

    assert answer.json() == [
        {"pool": "bat-1", "capacity": 40, "taken": 0, "left": 40},
        {"pool": "infres-sr-1", "capacity": 22, "taken": 22, "left": 0},
    ]
    assert answer["Cache-Control"] == "public, max-age=30"
    assert client.get(SEATS, headers={"If-None-Match": answer["ETag"]}).status_code == 304


@pytest.mark.parametrize("slug", ["nope", "ales-2024"])
def test_an_unknown_campaign_is_said(client, slug):
    dossiers.campaign()
    answer = client.get(f"/api/v1/campaigns/{slug}/seats")
    assert (answer.status_code, list(answer.json())) == (404, ["detail"])
