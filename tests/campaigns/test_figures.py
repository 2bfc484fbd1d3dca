"""No page and no answer of a campaign says a day that its calendar does not give, or an amount that is no fee of it.

What pages say of conditions is read by people; the figures are held here against the file (R-CAL-2, R-APP-2).
"""

import re
from datetime import timedelta
from http import HTTPStatus
from itertools import product

import pytest
import time_machine

from rehearsal.figures import Figures, figures_given, figures_of, words_of
from tests.factories import campaigns

FILES = (campaigns.ALES_2022, campaigns.ALES_2024, campaigns.ALBI_2021)
VERSION = figures_of(f"{campaigns.LOADED:%Y-%m-%d}")  # each page says since when it stands
pytestmark = pytest.mark.django_db


@pytest.fixture(params=FILES, ids=lambda file: file.stem)
def document(request):
    document = campaigns.document_of(request.param)
    campaigns.load(document)
    return document


def moments(document):
    """Before the opening, while one applies, in the last hour, while tests are held, and after the start of term."""
    yield document.opens_at - timedelta(days=5)
    yield document.last_second - timedelta(days=20)
    yield document.last_second - timedelta(minutes=30)
    yield document.last_second + timedelta(days=40)
    yield document.last_second + timedelta(days=300)


def unknown(document, text: str) -> Figures:
    """Of amounts, those that its rules state are given too: what is printed of pay."""
    stated = "\n".join(words_of(rule.text) for rule in document.rules.values())
    paid = Figures(frozenset(), figures_of(stated).cents)
    return figures_of(text).but(figures_given(document)).but(VERSION).but(paid)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_pages_and_answers_say_no_other_day_and_no_other_amount(document, language, client):
    slug = document.campaign.slug
    here = f"{'/en' if language == 'en' else ''}/campaigns/{slug}/"
    api = f"/api/v1/campaigns/{slug}"
    addresses = (
        here,
        f"{here}versions/1/",
        f"{api}?lang={language}",
        f"{api}/calendar.ics?lang={language}",
    )
    said = set()
    for moment, address in product(moments(document), addresses):
        with time_machine.travel(moment, tick=False):
            response = client.get(address)
        assert response.status_code == HTTPStatus.OK
        text = read(response, document)
        said |= figures_of(text).days
        assert unknown(document, text) == Figures(frozenset(), frozenset()), address
    assert document.last_second.astimezone(document.zone).date() in said


def test_the_words_of_a_file_say_no_day_that_its_calendar_does_not(document):
    words = words_of(document.model_dump(mode="json", exclude={"calendar"}))
    assert not figures_of(words).days - figures_given(document).days


def test_the_fees_of_every_number_of_programmes_are_those_of_the_file(document, client):
    """R-APP-2: asked of the API for as many programmes as one may choose."""
    online = [row.code for row in document.programmes if row.intake == "online"]
    most = min((choice.at_most for choice in document.choose.values()), default=len(online))
    for count, grant in product(range(1, most + 1), (True, False)):
        answer = client.post(
            f"/api/v1/campaigns/{document.campaign.slug}/fees",
            {"programmes": online[:count], "grant_holder": grant},
            content_type="application/json",
        )
        assert figures_of(answer.content.decode()).cents <= figures_given(document).cents
        first, further = (2200, 1100) if grant else (7700, 2200)
        total = first + (count - 1) * further
        assert answer.json()["total"] == f"{total / 100:.2f}"


def read(response, document) -> str:
    """Its words; of the feed all but the day after each last one (RFC 5545) and when it was written."""
    text = response.content.decode()
    if "html" in response["Content-Type"]:
        return re.sub(
            r"<[^>]+>", " ", re.sub(r"<(script|style)\b.*?</\1>", " ", text, flags=re.DOTALL)
        )
    return "\n".join(
        line for line in text.splitlines() if not line.startswith(("DTEND", "DTSTAMP"))
    )
