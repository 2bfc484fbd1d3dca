"""R-APP-1: one account, created first, its address proven by a code that is mailed at once."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client

from accounts.models import User
from notifications.models import Notification
from tests.factories import accounts as make
from tests.factories.accounts import NOW, PASSWORD

pytestmark = pytest.mark.django_db

ADDRESS = "lea.fontaine@exemple.fr"
NEXT = "/apply/ales-2022/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def sign_up(client: Client, email: str = ADDRESS, prefix: str = "", **fields: str):
    return client.post(
        f"{prefix}/accounts/signup/", {"email": email, "password1": PASSWORD} | fields
    )


def type_code(client: Client, code: str, prefix: str = ""):
    return client.post(f"{prefix}/accounts/confirm-email/", {"code": code})


def mails() -> list[tuple[str, str, str]]:
    return list(Notification.objects.order_by("pk").values_list("kind", "to", "language"))


def last_code() -> str:
    return Notification.objects.filter(kind="account.code").latest("pk").refs["code"]


def test_an_account_is_made_with_a_code_and_leads_back_to_the_application(client) -> None:
    """R-APP-1"""
    page = client.get(f"/accounts/signup/?next={NEXT}")
    assert f'<input type="hidden" name="next" value="{NEXT}">' in page.content.decode()

    response = sign_up(client, next=NEXT)
    assert (response.status_code, response["Location"]) == (302, "/accounts/confirm-email/")
    assert mails() == [("account.code", ADDRESS, "fr")]
    assert len(last_code()) == 6
    assert last_code().isdecimal()
    assert "_auth_user_id" not in client.session

    page = client.get("/accounts/confirm-email/").content.decode()
    assert f"<strong>{ADDRESS}</strong>" in page
    assert last_code() not in page

    response = type_code(client, last_code())
    assert (response.status_code, response["Location"]) == (302, NEXT)
    user = User.objects.get()
    assert client.session["_auth_user_id"] == str(user.pk)
    assert (user.email, user.language, user.is_staff) == (ADDRESS, "fr", False)
    assert EmailAddress.objects.get().verified


def test_the_account_speaks_the_language_of_the_page(client) -> None:
    sign_up(client, prefix="/en", next="/en/apply/ales-2022/")
    assert mails() == [("account.code", ADDRESS, "en")]
    response = type_code(client, last_code(), prefix="/en")
    assert response["Location"] == "/en/apply/ales-2022/"
    assert User.objects.get().language == "en"


def test_next_survives_coming_back_after_the_page_was_closed(client) -> None:
    """R-APP-1: whoever left before typing the code signs in, gets another one and goes where they were going."""
    sign_up(client, next=NEXT)
    other = Client()
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        response = other.post(
            "/accounts/login/", {"login": ADDRESS, "password": PASSWORD, "next": NEXT}
        )
        assert response["Location"] == "/accounts/confirm-email/"
        assert mails() == [("account.code", ADDRESS, "fr")] * 2
        assert type_code(other, last_code())["Location"] == NEXT


@pytest.mark.parametrize(
    "elsewhere",
    ["https://exemple.org/vol/", "//exemple.org/", "javascript:alert(1)", "/\\exemple.org/"],
)
def test_next_leads_nowhere_else(client, elsewhere) -> None:
    sign_up(client, next=elsewhere)
    assert type_code(client, last_code())["Location"] == "/landing/"


def test_a_wrong_code_is_refused_three_times_then_another_one_is_needed(client) -> None:
    sign_up(client)
    wrong = f"{(int(last_code()) + 1) % 1_000_000:06}"
    for _ in range(2):
        response = type_code(client, wrong)
        assert response.status_code == 200
        assert "Ce n’est pas le code du dernier message envoyé." in response.content.decode()
    response = type_code(client, wrong)
    assert response["Location"] == "/accounts/login/"
    assert type_code(client, last_code())["Location"] == "/accounts/login/"
    assert not EmailAddress.objects.get().verified


def test_a_code_is_good_for_fifteen_minutes(client, clock) -> None:
    sign_up(client)
    clock.shift(timedelta(minutes=15, seconds=1))
    assert type_code(client, last_code())["Location"] == "/accounts/login/"
    assert not EmailAddress.objects.get().verified


def test_the_code_of_somebody_else_opens_nothing(client) -> None:
    sign_up(client)
    theirs = last_code()
    other = Client()
    sign_up(other, email="hugo.marchand@exemple.fr")
    if theirs != last_code():
        assert type_code(other, theirs).status_code == 200
    assert "_auth_user_id" not in other.session


def test_another_code_replaces_the_first(client, clock) -> None:
    sign_up(client)
    first = last_code()
    clock.shift(timedelta(seconds=11))
    client.post("/accounts/confirm-email/", {"action": "resend"})
    assert mails() == [("account.code", ADDRESS, "fr")] * 2
    if first != last_code():
        assert type_code(client, first).status_code == 200
    assert type_code(client, last_code()).status_code == 302
    assert EmailAddress.objects.get().verified


def test_one_starts_again_with_another_address(client, clock) -> None:
    sign_up(client, email="lea.fontaine@exmple.fr", next=NEXT)
    page = client.get(f"/accounts/confirm-email/?next={NEXT}").content.decode()
    assert 'value="/accounts/signup/?next=%2Fapply%2Fales-2022%2F"' in page
    client.post("/accounts/logout/", {"next": "/accounts/signup/"})
    assert client.get("/accounts/signup/").status_code == 200


def shown(client: Client, email: str) -> tuple[object, ...]:
    """All that a stranger sees of a sign-up, but for the address that they typed and the form's own token."""
    response = sign_up(client, email=email)
    page = client.get("/accounts/confirm-email/")
    wrong = type_code(client, "000000")
    token = client.cookies["csrftoken"].value
    pages = [answer.content.decode().replace(email, "X") for answer in (page, wrong)]
    assert token
    return response.status_code, response["Location"], *map(without_tokens, pages)


def without_tokens(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


def test_an_address_that_has_an_account_shows_nothing_of_it(client) -> None:
    """Whoever asks learns nothing; the owner is told by e-mail."""
    make.UserFactory(email="zoe.renard@exemple.fr")
    taken = shown(client, "zoe.renard@exemple.fr")
    free = shown(Client(), "zoe.renaud@exemple.fr")
    assert taken == free
    assert mails() == [
        ("account.exists", "zoe.renard@exemple.fr", "fr"),
        ("account.code", "zoe.renaud@exemple.fr", "fr"),
    ]
    refs = Notification.objects.get(kind="account.exists").refs
    assert refs.pop("request")
    assert refs == {"password_reset_url": "http://127.0.0.1:8000/accounts/password/reset/"}
    assert User.objects.filter(email="zoe.renard@exemple.fr").count() == 1


def test_an_address_is_the_same_whatever_its_capitals(client) -> None:
    make.UserFactory(email="zoe.renard@exemple.fr")
    sign_up(client, email="Zoe.RENARD@Exemple.fr")
    assert mails() == [("account.exists", "zoe.renard@exemple.fr", "fr")]


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        (
            "trop-court1",
            "Ce mot de passe est trop court. Il doit contenir au minimum 12 caractères.",
        ),
        ("123456789012", "Ce mot de passe est entièrement numérique."),
        (
            "lea.fontaine@exemple",
            "Le mot de passe est trop semblable au champ «\u00a0adresse e-mail\u00a0».",
        ),
    ],
)
def test_a_weak_password_is_refused_beside_its_field(client, password, sentence) -> None:
    response = sign_up(client, password1=password)
    assert response.status_code == 200
    assert response.context["form"].errors["password1"] == [sentence]
    assert not User.objects.exists()


def test_links_are_on_our_site_whatever_host_was_asked(client) -> None:
    make.UserFactory(email="zoe.renard@exemple.fr")
    client.post(
        "/accounts/signup/",
        {"email": "zoe.renard@exemple.fr", "password1": PASSWORD},
        HTTP_HOST="localhost",
    )
    refs = Notification.objects.get().refs
    assert refs.pop("request")
    assert refs == {"password_reset_url": "http://127.0.0.1:8000/accounts/password/reset/"}


def test_the_link_to_sign_in_opens_although_a_code_is_awaited(client) -> None:
    """The address had an account: the message says so, and its link is of use."""
    make.UserFactory(email=ADDRESS)
    assert sign_up(client)["Location"] == "/accounts/confirm-email/"
    page = client.get("/accounts/login/")
    assert page.status_code == 200
    assert 'name="password"' in page.content.decode()
    signed_in = client.post("/accounts/login/", {"login": ADDRESS, "password": PASSWORD})
    assert signed_in.status_code == 302
    assert "_auth_user_id" in client.session
