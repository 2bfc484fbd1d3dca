"""A private file on its way to a person who may see it."""

from datetime import UTC, datetime

import pytest
from django.http import Http404

from common.files.services import drop, keep_made
from common.files.views import serve_file
from common.models import StoredFile
from tests.factories.files import pdf

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
CONTENT = pdf()  # which numbers itself by the second

pytestmark = pytest.mark.django_db


@pytest.fixture
def keep(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    def made(name: str, media_type: str) -> StoredFile:
        return keep_made(
            content=CONTENT, name=name, media_type=media_type, purpose="piece", now=NOW
        )

    return made


@pytest.mark.parametrize(
    ("name", "media_type", "disposition"),
    [
        ("releve.pdf", "application/pdf", 'inline; filename="releve.pdf"'),
        ("photo.jpg", "image/jpeg", 'inline; filename="photo.jpg"'),
        ("été.png", "image/png", "inline; filename*=utf-8''%C3%A9t%C3%A9.png"),
        ("page.html", "text/html", 'attachment; filename="page.html"'),
        ("image.svg", "image/svg+xml", 'attachment; filename="image.svg"'),
    ],
)
def test_only_documents_and_pictures_open_in_the_browser(keep, name, media_type, disposition):
    response = serve_file(keep(name, media_type))

    assert response["Content-Disposition"] == disposition
    assert response["Content-Type"] == media_type
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert b"".join(response.streaming_content) == CONTENT


def test_a_dropped_file_is_no_longer_served(keep):
    file = keep("releve.pdf", "application/pdf")
    drop(file=file, now=NOW)
    file.refresh_from_db()

    with pytest.raises(Http404):
        serve_file(file)
