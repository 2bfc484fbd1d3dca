"""Sign-in, sign-out and what holds back those who try many passwords."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from tests.factories import accounts as make
from tests.factories.accounts import NOW, PASSWORD

pytestmark = pytest.mark.django_db

TOO_MANY = "Trop de tentatives"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def sign_in(email: str, password: str = PASSWORD, address: str = "192.0.2.7", **fields: str):
    return Client().post(
        "/accounts/login/", {"login": email, "password": password} | fields, REMOTE_ADDR=address
    )


def test_one_signs_in_and_goes_where_one_was_going() -> None:
    user = make.candidate()
    response = sign_in(user.email.upper(), next="/dossiers/abc/")
    assert (response.status_code, response["Location"]) == (302, "/dossiers/abc/")


def test_signing_in_never_leads_to_another_site() -> None:
    response = sign_in(make.candidate().email, next="https://exemple.org/")
    assert (response.status_code, response["Location"]) == (302, "/landing/")


def test_a_page_for_people_with_an_account_leads_to_sign_in(client) -> None:
    response = client.get("/accounts/password/change/")
    assert (response.status_code, response["Location"]) == (
        302,
        "/accounts/login/?next=/accounts/password/change/",
    )


@pytest.mark.parametrize("email", ["personne@exemple.fr", "zoe.renard@exemple.fr"])
def test_a_refusal_does_not_tell_whether_the_account_exists(email) -> None:
    make.UserFactory(email="zoe.renard@exemple.fr")
    response = sign_in(email, "pas le bon mot de passe")
    assert response.status_code == 200
    assert response.context["form"].non_field_errors() == [
        "L’adresse ou le mot de passe n’est pas le bon."
    ]


def test_a_closed_account_is_told_so_to_its_owner_alone(client) -> None:
    user = make.UserFactory(is_active=False)
    assert sign_in(user.email)["Location"] == "/accounts/inactive/"
    assert sign_in(user.email, "pas le bon mot de passe").status_code == 200
    assert "Ce compte est fermé" in client.get("/accounts/inactive/").content.decode()


def test_signing_out_takes_a_button(client) -> None:
    client.force_login(make.candidate())
    assert client.get("/accounts/logout/").status_code == 200
    assert "_auth_user_id" in client.session
    response = client.post("/accounts/logout/")
    assert (response.status_code, response["Location"]) == (302, "/")
    assert "_auth_user_id" not in client.session


def test_five_wrong_passwords_close_an_account_for_five_minutes(clock) -> None:
    user, other = make.UserFactory(), make.UserFactory()
    for _ in range(5):
        assert sign_in(user.email, "pas le bon mot de passe").status_code == 200
    response = sign_in(user.email)
    assert response.status_code == 429
    assert TOO_MANY in response.content.decode()
    assert sign_in(user.email, address="198.51.100.20").status_code == 429
    assert sign_in(other.email).status_code == 302
    clock.shift(timedelta(minutes=5, seconds=1))
    assert sign_in(user.email).status_code == 302


def test_a_right_password_is_not_counted() -> None:
    user = make.UserFactory()
    for _ in range(8):
        assert sign_in(user.email).status_code == 302


def test_a_network_that_tries_many_passwords_waits_five_minutes_others_do_not(clock) -> None:
    """A hundred wrong passwords from one address within five minutes; a school of pupils makes fewer."""
    user = make.UserFactory()
    for number in range(100):
        assert sign_in(f"personne{number}@exemple.fr", "azertyuiop2022").status_code == 200
    assert sign_in(user.email).status_code == 429
    assert sign_in(user.email, address="198.51.100.20").status_code == 302
    clock.shift(timedelta(minutes=5, seconds=1))
    assert sign_in(user.email).status_code == 302


def test_a_lecture_hall_signs_in_within_a_minute() -> None:
    users = [make.UserFactory() for _ in range(4)]
    assert [sign_in(users[number % 4].email).status_code for number in range(240)] == [302] * 240
    assert sign_in(users[0].email).status_code == 429


def test_sign_up_is_throttled_by_network(clock) -> None:
    """Eighty new accounts a minute from one address: two classes that begin together."""

    def sign_up(number: int, address: str = "192.0.2.7") -> int:
        data = {"email": f"eleve{number}@exemple.fr", "password1": PASSWORD}
        return Client().post("/accounts/signup/", data, REMOTE_ADDR=address)

    assert [sign_up(number).status_code for number in range(80)] == [302] * 80
    response = sign_up(80)
    assert response.status_code == 429
    assert TOO_MANY in response.content.decode()
    assert sign_up(81, address="198.51.100.20").status_code == 302
    clock.shift(timedelta(minutes=1, seconds=1))
    assert sign_up(82).status_code == 302


@pytest.mark.parametrize(
    ("proxies", "told", "answers"),
    [
        (
            0,
            "203.0.113.{}",
            [302, 302, 429],
        ),  # whoever tells another address each time is counted all the same
        (1, "192.0.2.7, 203.0.113.{}", [302, 302, 302]),  # what our proxy saw: three people
        (
            1,
            "203.0.113.{}, 192.0.2.7",
            [302, 302, 429],
        ),  # one, who told other addresses before our proxy added its own
    ],
)
def test_an_address_is_that_which_our_own_proxies_saw(settings, proxies, told, answers) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "2/m/ip"}
    users = [make.UserFactory() for _ in answers]
    got = [
        Client().post(
            "/accounts/login/",
            {"login": user.email, "password": PASSWORD},
            REMOTE_ADDR="10.0.0.1",
            HTTP_X_FORWARDED_FOR=told.format(number),
        )
        for number, user in enumerate(users)
    ]
    assert [response.status_code for response in got] == answers
