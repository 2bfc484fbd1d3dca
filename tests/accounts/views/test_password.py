"""A password that is lost or changed, an address that changes."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from notifications.models import Notification
from tests.factories import accounts as make
from tests.factories.accounts import NOW, PASSWORD

pytestmark = pytest.mark.django_db

NEW = "une autre phrase facile"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def mails() -> list[tuple[str, str]]:
    return list(Notification.objects.order_by("pk").values_list("kind", "to"))


def ask(client: Client, email: str):
    return client.post("/accounts/password/reset/", {"email": email})


def link() -> str:
    return urlsplit(Notification.objects.get(kind="account.reset").refs["password_reset_url"]).path


def choose(client: Client, path: str, password: str = NEW):
    form = client.get(path, follow=True)
    return client.post(form.redirect_chain[-1][0], {"password1": password, "password2": password})


def sign_in(user: User, password: str):
    return Client().post("/accounts/login/", {"login": user.email, "password": password})


def test_a_lost_password_is_replaced_through_a_link(client) -> None:
    user = make.UserFactory()
    assert ask(client, user.email)["Location"] == "/accounts/password/reset/done/"
    assert mails() == [("account.reset", user.email)]
    response = choose(client, link())
    assert (response.status_code, response["Location"]) == (
        302,
        "/accounts/password/reset/key/done/",
    )
    assert sign_in(user, PASSWORD).status_code == 200
    assert sign_in(user, NEW).status_code == 302
    assert mails()[1:] == [("account.changed", user.email)]


def test_a_link_serves_once(client) -> None:
    ask(client, make.UserFactory().email)
    choose(client, link())
    page = Client().get(link(), follow=True).content.decode()
    assert "Ce lien n’est plus valable" in page


def test_a_link_is_good_for_three_days(client, clock) -> None:
    ask(client, make.UserFactory().email)
    clock.shift(timedelta(days=3, minutes=1))
    assert "Ce lien n’est plus valable" in client.get(link(), follow=True).content.decode()


def test_a_new_password_opens_an_account_that_wrong_ones_had_closed(client) -> None:
    user = make.UserFactory()
    for _ in range(6):
        closed = sign_in(user, "pas le bon mot de passe")
    assert closed.status_code == 429
    ask(client, user.email)
    choose(client, link())
    assert sign_in(user, NEW).status_code == 302


def test_an_unknown_address_is_answered_in_the_same_words(client) -> None:
    make.UserFactory(email="zoe.renard@exemple.fr")
    answers = []
    for email in ("zoe.renard@exemple.fr", "zoe.renaud@exemple.fr"):
        response = ask(Client(), email)
        answers.append((response.status_code, response["Location"], response.content))
    assert answers[0] == answers[1]
    assert mails() == [
        ("account.reset", "zoe.renard@exemple.fr"),
        ("account.unknown", "zoe.renaud@exemple.fr"),
    ]
    refs = Notification.objects.get(kind="account.unknown").refs
    assert refs.pop("request")
    assert refs == {"signup_url": "http://127.0.0.1:8000/accounts/signup/"}


def test_one_mailbox_is_not_flooded(client) -> None:
    user = make.UserFactory()
    assert [ask(client, user.email).status_code for _ in range(6)] == [302] * 5 + [429]
    assert ask(client, make.UserFactory().email).status_code == 302


def test_a_changed_password_ends_the_other_sessions(client) -> None:
    user = make.UserFactory()
    elsewhere = Client()
    for browser in (client, elsewhere):
        browser.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    data = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post("/accounts/password/change/", data).status_code == 302
    assert client.get("/accounts/password/change/").status_code == 200
    assert elsewhere.get("/accounts/password/change/").status_code == 302
    assert mails() == [("account.changed", user.email)]
    refs = Notification.objects.get().refs
    assert refs.pop("request")
    assert refs == {"change": "password"}


def test_the_present_password_is_needed(client) -> None:
    client.force_login(make.UserFactory())
    data = {"oldpassword": "pas le bon mot de passe", "password1": NEW, "password2": NEW}
    response = client.post("/accounts/password/change/", data)
    assert response.context["form"].errors == {
        "oldpassword": ["Ce n’est pas votre mot de passe actuel."]
    }


def test_an_address_changes_once_the_new_one_is_proven(client) -> None:
    user = make.UserFactory()
    former = user.email
    client.force_login(user)
    response = client.post("/accounts/email/", {"action_add": "1", "email": "nouvelle@exemple.fr"})
    assert response["Location"] == "/accounts/confirm-email/"
    assert User.objects.get().email == former
    assert mails() == [("account.code", "nouvelle@exemple.fr")]
    response = client.post(
        "/accounts/confirm-email/", {"code": Notification.objects.get().refs["code"]}
    )
    assert response.status_code == 302
    assert User.objects.get().email == "nouvelle@exemple.fr"
    assert mails()[1:] == [("account.changed", former)]


def test_the_address_of_someone_else_is_not_told_to_be_taken(client) -> None:
    make.UserFactory(email="zoe.renard@exemple.fr")
    client.force_login(make.UserFactory())
    response = client.post(
        "/accounts/email/", {"action_add": "1", "email": "zoe.renard@exemple.fr"}
    )
    assert response["Location"] == "/accounts/confirm-email/"
