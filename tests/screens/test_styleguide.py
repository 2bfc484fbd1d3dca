"""The style guide shows every piece, to staff alone."""

from http import HTTPStatus

import pytest

from config.environment import ROOT
from screens.styleguide import PIECES
from tests.factories.accounts import administrator, candidate, with_second_factor

pytestmark = pytest.mark.django_db
PARTS_OF_SHELLS = {"languages", "messages", "pages"}


def test_every_piece_is_shown(client):
    client.force_login(with_second_factor(administrator()))
    response = client.get("/styleguide/")
    shown = {piece.name for piece in PIECES}
    assert shown | PARTS_OF_SHELLS == {
        path.stem for path in (ROOT / "templates/pieces").glob("*.html")
    }
    assert response.status_code == HTTPStatus.OK
    assert all(f'<h2 id="{name}">' in response.content.decode() for name in shown)


def test_not_to_a_candidate(client):
    client.force_login(candidate())
    assert client.get("/styleguide/").status_code == HTTPStatus.NOT_FOUND


def test_not_to_the_public(client):
    assert client.get("/styleguide/").headers["Location"] == "/accounts/login/?next=/styleguide/"
