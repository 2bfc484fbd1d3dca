"""The page of an act: what is said before, what the button does, what is said when it is refused."""

import pytest

from screens.acts import Agreed
from tests.factories.accounts import candidate
from tests.screens import urls

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.screens.urls")]
BOIL, AGAIN = "/en/kettle/boil/", "/en/kettle/again/"
BUTTON = '<form class="confirm'


@pytest.fixture
def kettle(monkeypatch):
    monkeypatch.setattr(urls, "kettle", urls.Kettle())
    return urls.kettle


@pytest.fixture
def person(kettle):
    return candidate()


@pytest.fixture
def client(signed_in, person):
    return signed_in(person)


def words(response) -> str:
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_the_page_says_what_will_happen_and_to_how_many(client, kettle):
    page = client.get(BOIL)

    html = words(page)
    assert page.status_code == 200
    assert "<title>Boil the kettle – The blue kettle" in html
    assert '<p class="over">Kitchen</p>' in html
    assert "<li>The water gets hot.</li><li>Cups: 12</li>" in html
    assert "What will happen" in html
    assert html.count(BUTTON) == 1
    assert kettle.boiled == []


def test_the_button_does_it_says_so_and_leads_back(client, kettle, person):
    sent = client.post(BOIL)

    assert (sent.status_code, sent["Location"]) == (302, urls.BACK)
    (asked,) = kettle.boiled
    assert (asked["ref"], asked["actor"]) == ("k1", person)
    assert asked.keys() == {"ref", "actor", "now"}
    assert "It boils." in words(client.get(BOIL))


def test_one_may_be_led_elsewhere_once_it_is_done(client, kettle):
    assert client.post("/en/kettle/away/")["Location"] == "/privacy/"
    assert f'href="{urls.BACK}"' in words(client.get("/en/kettle/away/"))


def test_a_refusal_is_said_once_on_the_page(client, kettle):
    urls.refuse()

    page = client.post(BOIL)

    assert page.status_code == 422
    assert words(page).count("Somebody else has just acted on it") == 1
    assert "Nothing was done:" in words(page)
    assert BUTTON in words(page)


def test_who_may_not_is_told_no_reason(client, kettle):
    urls.forbid()

    assert client.post(BOIL).status_code == 403


def test_what_stands_against_it_takes_the_place_of_the_button(client, kettle):
    urls.stand_against()

    page, sent = client.get(BOIL), client.post(BOIL)

    assert (page.status_code, sent.status_code) == (200, 422)
    for html in (words(page), words(sent)):
        assert "Not possible:" in html
        assert html.count("Somebody else has just acted on it") == 1
        assert BUTTON not in html


def test_the_command_decides_even_if_the_page_knows_better(client, kettle):
    """An act that was sent twice: the second finds it done, and the command calls that no mistake."""
    kettle.against = urls.refused("moved_meanwhile")

    assert client.post(BOIL).status_code == 302
    assert len(kettle.boiled) == 1


def test_a_reason_is_asked_in_the_words_of_the_act(client, kettle):
    page = client.post(AGAIN, {"reason": "  "})

    assert page.status_code == 422
    assert "Say why it boils." in words(page)
    assert 'href="#id_reason"' in words(page)
    assert "Hot twice" in words(page)
    assert kettle.boiled == []


def test_what_was_typed_is_kept_when_it_is_refused(client, kettle):
    urls.refuse()
    refused = words(client.post(AGAIN, {"reason": "cold since noon"}))
    too_long = words(client.post(AGAIN, {"reason": "cold since noon, or nearly"}))

    assert "cold since noon</textarea>" in refused
    assert "cold since noon, or nearly</textarea>" in too_long


def test_the_reason_reaches_the_command(client, kettle):
    assert client.post(AGAIN, {"reason": "cold"}).status_code == 302

    assert [asked["reason"] for asked in kettle.boiled] == ["cold"]


def test_the_first_of_two_people_has_no_button(client, kettle, person):
    kettle.first = Agreed(person.pk, "Filled by somebody.")
    urls.refuse()

    page, sent = client.get(BOIL), client.post(BOIL)

    assert (page.status_code, sent.status_code) == (200, 422)
    for html in (words(page), words(sent)):
        assert "You are the first of the two people: somebody else has to confirm it." in html
        assert "Filled by somebody." not in html
        assert BUTTON not in html
    assert "Somebody else has just acted on it" in words(sent)


def test_the_second_of_two_people_reads_who_agreed(client, kettle, person):
    kettle.first = Agreed(person.pk + 1, "Filled by somebody.")

    html = words(client.get(BOIL))

    assert "<p>Filled by somebody.</p>" in html
    assert "You are the first" not in html
    assert BUTTON in html
