"""A notice that was accepted says the same for ever, whatever became of its form since (kept/README.md)."""

import html
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.test import Client

from accounts.models import School
from campaigns.models import Campaign, NoticeVersion
from campaigns.notice.selectors import notice
from common.datafile.writing import digest
from tests.factories.campaigns import load_nomenclature

KEPT = Path(__file__).parent / "kept"
NOTICES = sorted(path.stem for path in KEPT.glob("*.json"))
AT = datetime(2020, 1, 1, tzinfo=UTC)
BORN = {"born_on": "04/05/2001", "technician_years": "4", "employer_agrees": "yes"}
CANDIDATES = {  # between them each notice gives each of its verdicts
    "a listed BTS": [{"diploma": "BTS-BAT", "status": "obtained", "country": "FR"}],
    "a BTS, then an ATS class": [
        {"diploma": "BTS-BAT", "status": "obtained", "country": "FR"},
        {"diploma": "CPGE-ATS", "status": "expected", "country": "FR"},
    ],
    "a licence in sciences": [
        {"diploma": "kind:L3", "status": "obtained", "country": "FR", "ects": "180"}
    ],
    "a course abroad": [
        {"diploma": "kind:OTHER", "status": "expected", "country": "MA", "ects": "120"}
    ],
    "a first year": [
        {"diploma": "kind:OTHER", "status": "obtained", "country": "FR", "ects": "60"}
    ],
}
BLOCK = r"</?(?:address|caption|dd|div|dt|h\d|li|ol|p|section|table|tbody|thead|tr|ul)\b[^>]*>|<br>"

pytestmark = pytest.mark.django_db


@pytest.fixture(params=NOTICES)
def kept(request) -> NoticeVersion:
    return accepted(json.loads((KEPT / f"{request.param}.json").read_text("utf-8")))


def accepted(stored) -> NoticeVersion:
    """A version as the release that wrote it left it: read by its pages alone."""
    load_nomenclature()
    said = stored["campaign"]
    organiser = next(school for school in stored["schools"] if school["key"] == said["organiser"])
    school = School.objects.create(
        slug=organiser["key"], name=organiser["name"], website=organiser.get("website", "")
    )
    first, last = said["academic_year"]
    campaign = Campaign.objects.create(
        slug=said["slug"],
        organiser=school,
        title=said["title"],
        session=said["session"],
        zone=said["zone"],
        announce_at=said["announce_at"],
        opens_at=datetime.fromisoformat(first).replace(tzinfo=UTC),
        last_second=datetime.fromisoformat(last).replace(tzinfo=UTC),
        year_from=first,
        year_until=last,
        state=said["state"],
    )
    version = campaign.versions.create(number=1, sha256=digest(stored), document=stored, at=AT)
    campaign.current_version = version
    campaign.save(update_fields=["current_version"])
    return version


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_pages_of_a_kept_notice_say_what_they_said(kept, language, client, pytestconfig):
    file = KEPT / f"{kept.campaign.slug}.{language}.txt"
    shown = "\n".join(pages(kept.campaign.slug, language, client))
    if pytestconfig.getoption("keep_pages"):
        file.write_text(shown, "utf-8")
    assert shown == file.read_text("utf-8")


def test_what_was_stored_is_not_rewritten(kept):
    """Its digest is that of what was accepted."""
    stored = NoticeVersion.objects.get(pk=kept.pk)
    assert (stored.document, stored.sha256) == (kept.document, digest(kept.document))


def pages(slug: str, language: str, client: Client) -> Iterator[str]:
    """The campaign's page while one applies, the answer to some candidates, and the page of the version."""
    here = f"{'/en' if language == 'en' else ''}/campaigns/{slug}/"
    said = notice(Campaign.objects.get(slug=slug).current_version_id)
    with time_machine.travel(said.last_second - timedelta(days=10), tick=False):
        yield from page(here, client.get(here), "main")
        for name, titles in CANDIDATES.items():
            yield from page(name, client.post(f"{here}check/", typed(titles)), "section")
    yield from page(f"{here}versions/1/", client.get(f"{here}versions/1/"), "main")


def typed(titles: list[dict[str, str]]) -> dict[str, str]:
    rows = {
        f"title-{place}-{name}": value
        for place, row in enumerate(titles)
        for name, value in row.items()
    }
    return {"titles": str(len(titles)), **rows, **BORN}


def page(name: str, response, part: str) -> Iterator[str]:
    """Its words: a line for each block."""
    assert response.status_code == 200
    found = re.search(rf"<{part}\b.*?</{part}>", response.content.decode(), re.DOTALL)
    assert found
    yield f"== {name}"
    for block in re.split(BLOCK, found[0]):
        words = html.unescape(re.sub(r"<[^>]+>", " ", block))
        words = re.sub(r"[\s\u00a0\u202f]+", " ", words).strip()
        if words:
            yield words
    yield ""
