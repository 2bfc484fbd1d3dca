"""Whoever works for a school has a second factor, outside the demonstration."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django.urls import reverse

from accounts.models import RoleGrant
from common.secrets.keys import decrypt
from notifications.models import Notification
from tests.factories import accounts as make
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.django_db

ACTIVATION = "/accounts/2fa/totp/activate/"
WORKERS = [make.clerk, make.juror, make.school_admin, make.administrator]
PAGES = [
    "/accounts/password/change/",
    "/accounts/email/",
    "/accounts/2fa/",
    "/admin/",
    "/en/accounts/email/",
]


def code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def sign_in(client: Client, user):
    return client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})


def open_activation(client: Client):
    """As anything that touches the safety of an account, it asks for the password again."""
    response = client.get(ACTIVATION)
    assert (
        response["Location"]
        == "/accounts/reauthenticate/?next=%2Faccounts%2F2fa%2Ftotp%2Factivate%2F"
    )
    assert client.get(response["Location"]).status_code == 200
    response = client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": ACTIVATION})
    assert response["Location"] == ACTIVATION
    return client.get(ACTIVATION)


@pytest.mark.parametrize("worker", WORKERS)
def test_without_one_nothing_opens_but_its_activation(client, worker) -> None:
    sign_in(client, worker())
    for page in PAGES:
        response = client.get(page)
        prefix = "/en" if page.startswith("/en/") else ""
        assert (page, response.status_code, response["Location"]) == (
            page,
            302,
            prefix + ACTIVATION,
        )
        assert client.post(page)["Location"] == prefix + ACTIVATION
    assert open_activation(client).status_code == 200


def test_public_pages_and_signing_out_stay_open(client) -> None:
    sign_in(client, make.clerk())
    assert client.get(reverse("privacy")).status_code == 200
    assert client.post("/accounts/logout/")["Location"] == "/"


def test_a_role_is_enough_even_without_the_mark_of_staff(client) -> None:
    user = make.UserFactory()
    RoleGrant.objects.create(user=user, school=make.SchoolFactory(), role="juror")
    sign_in(client, user)
    assert client.get("/accounts/email/")["Location"] == ACTIVATION


def test_candidates_need_none(client) -> None:
    sign_in(client, make.candidate())
    assert client.get("/accounts/email/").status_code == 200


@pytest.mark.parametrize("worker", WORKERS)
def test_nobody_needs_one_in_the_demonstration(client, settings, worker) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    sign_in(client, worker())
    assert client.get("/accounts/email/").status_code == 200


def test_it_is_activated_with_a_code_and_gives_recovery_codes(
    client, django_capture_on_commit_callbacks
) -> None:
    user = make.clerk()
    sign_in(client, user)
    page = open_activation(client)
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    response = client.post(ACTIVATION, {"code": "000000"})
    assert response.context["form"].errors == {"code": ["Code incorrect."]}
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(ACTIVATION, {"code": code(secret)})
    assert response["Location"] == "/accounts/2fa/recovery-codes/"
    refs = Notification.objects.get().refs
    assert refs.pop("request")
    assert refs == {"change": "factor_added"}
    assert client.get("/accounts/2fa/").status_code == 200


def test_it_is_asked_for_at_sign_in(client) -> None:
    user = make.with_second_factor(make.clerk())
    assert sign_in(client, user)["Location"] == "/accounts/2fa/authenticate/"
    assert "_auth_user_id" not in client.session
    assert client.get("/accounts/email/").status_code == 302
    assert client.get("/accounts/2fa/authenticate/").status_code == 200
    assert client.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    secret = decrypt(Authenticator.objects.get(user=user, type="totp").data["secret"])
    assert (
        client.post("/accounts/2fa/authenticate/", {"code": code(secret)})["Location"]
        == "/landing/"
    )
    assert client.get("/accounts/email/").status_code == 200


def test_a_recovery_code_opens_once(client) -> None:
    user = make.with_second_factor(make.clerk())
    spare = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()[0]
    sign_in(client, user)
    assert client.post("/accounts/2fa/authenticate/", {"code": spare})["Location"] == "/landing/"
    again = Client()
    sign_in(again, user)
    assert again.post("/accounts/2fa/authenticate/", {"code": spare}).status_code == 200


def test_its_codes_are_not_tried_without_end(client) -> None:
    user = make.with_second_factor(make.clerk())
    sign_in(client, user)
    for _ in range(5):
        answer = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
        assert answer.context["form"].errors["code"] == ["Code incorrect."]
    answer = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert answer.context["form"].errors["code"] != ["Code incorrect."]


def test_the_stock_admin_signs_in_as_everywhere_else(client) -> None:
    response = client.get("/admin/login/?next=/admin/")
    assert (response.status_code, response["Location"]) == (
        302,
        "/accounts/login/?next=%2Fadmin%2F",
    )
    user = make.with_second_factor(make.administrator())
    response = client.post(
        "/admin/login/?next=/admin/", {"username": user.email, "password": PASSWORD}
    )
    assert response["Location"] == "/accounts/login/?next=%2Fadmin%2F"
    assert "_auth_user_id" not in client.session
