"""The page of one version of a notice: what an application accepted, for ever."""

from datetime import UTC, datetime
from http import HTTPStatus

import pytest
import time_machine

from campaigns.models import Campaign
from tests.campaigns.public.reading import section, words
from tests.factories import campaigns

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ales_2022")]
FIRST = "/campaigns/ales-2022/versions/1/"


def second_version() -> None:
    """The notice with 41 places in Building."""
    stored = campaigns.ales_2022_document().model_dump(
        mode="json", by_alias=True, exclude_defaults=True
    )
    pool = next(pool for pool in stored["pools"] if pool["key"] == "bat-1")
    pool |= {"floor": 41, "ceiling": 41}
    campaigns.load(campaigns.ales_2022_document().model_validate(stored))


def test_an_older_version_keeps_its_words_and_says_that_it_is_old(client):
    """R-APP-6"""
    second_version()
    old, new = client.get(FIRST), client.get("/campaigns/ales-2022/versions/2/")
    assert "Une version plus récente est en vigueur" in words(old)
    assert "Bâtiment 40" in section(old, "programmes")
    assert "Cette version est en vigueur" in words(new)
    assert "Bâtiment 41" in section(new, "programmes")


def test_time_does_not_pass_in_a_version(client):
    with time_machine.travel(datetime(2022, 2, 2, tzinfo=UTC), tick=False):
        early = client.get(FIRST)
    with time_machine.travel(datetime(2022, 9, 9, tzinfo=UTC), tick=False):
        late = client.get(FIRST)
    assert early.content == late.content
    assert early.headers["ETag"] == late.headers["ETag"]
    assert section(early, "calendar").startswith(
        "Calendrier Entrée en première année mardi 1er février 2022 Ouverture des candidatures jusqu’au mardi 8 mars"
    )


@pytest.mark.parametrize(
    "path", ["/campaigns/ales-2022/versions/2/", "/campaigns/other/versions/1/"]
)
def test_unknown(client, path):
    assert client.get(path).status_code == HTTPStatus.NOT_FOUND


def test_a_draft_does_not_exist(client):
    Campaign.objects.update(state="draft")
    assert client.get(FIRST).status_code == HTTPStatus.NOT_FOUND
