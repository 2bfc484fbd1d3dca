"""What every site has to say, and what it says when something fails."""

from http import HTTPStatus

import pytest
from django.template.loader import render_to_string


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/accessibility/", "il doit être déclaré non conforme"),
        ("/en/accessibility/", "it has to be declared not compliant"),
        ("/privacy/", "Pendant combien de temps"),
        ("/en/privacy/", "For how long"),
    ],
)
def test_public_and_cached(client, path, said):
    response = client.get(path)
    assert said in response.content.decode()
    assert response.headers["Cache-Control"] == "public, max-age=30"
    assert not response.cookies
    assert "Vary" not in response.headers
    assert (
        client.get(path, headers={"if-none-match": response.headers["ETag"]}).status_code
        == HTTPStatus.NOT_MODIFIED
    )


@pytest.mark.parametrize(
    ("path", "said"), [("/nowhere/", "n’existe pas"), ("/en/nowhere/", "does not exist")]
)
def test_unknown_page(client, path, said):
    response = client.get(path)
    assert (response.status_code, said in response.content.decode()) == (HTTPStatus.NOT_FOUND, True)


@pytest.mark.parametrize(
    "template", ["400.html", "403.html", "403_csrf.html", "413.html", "500.html"]
)
def test_failures_are_told_without_a_request(template):
    assert "Aller à la page d’accueil" in render_to_string(template)
