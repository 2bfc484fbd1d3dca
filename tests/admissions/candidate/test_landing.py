"""Where each one arrives after signing in."""

import pytest

from tests.factories import accounts, contratpro
from tests.factories import admissions as dossiers
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.usefixtures("while_applications_are_open")


@pytest.mark.parametrize(
    ("who", "where"),
    [
        (accounts.candidate, "/dossiers/"),
        (accounts.clerk, "/admin/dossiers/"),
        (accounts.juror, "/admin/jury/"),
        (accounts.president, "/admin/jury/"),
        (accounts.school_admin, "/admin/calendar/"),
        (accounts.administrator, "/admin/"),
        (accounts.contract_service, "/admin/contrat-pro/"),
        (accounts.direction, "/admin/contrat-pro/"),
        (lambda: contratpro.head(contratpro.ales_2025()), "/admin/contrat-pro/"),
    ],
)
def test_each_role_arrives_at_its_work(signed_in, who, where):
    dossiers.campaign()
    client = signed_in(accounts.with_second_factor(who()))

    assert client.get("/landing/")["Location"] == where


def test_signing_in_leads_there(client):
    user = accounts.candidate()

    response = client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})

    assert response["Location"] == "/landing/"


def test_signing_in_comes_back_to_the_step_that_was_left(client):
    application = dossiers.started()
    step = f"/dossiers/{application.ref}/identity/"

    asked = client.post(step, {})["Location"]
    response = client.post(
        asked, {"login": application.person.user.email, "password": PASSWORD, "next": step}
    )

    assert response["Location"] == step


def test_a_visitor_signs_in(client):
    assert client.get("/landing/")["Location"] == "/accounts/login/?next=/landing/"
