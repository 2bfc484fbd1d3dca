"""Where each one arrives after signing in."""

import pytest

from tests.factories import accounts
from tests.factories import admissions as dossiers
from tests.factories.accounts import PASSWORD


@pytest.mark.parametrize(
    ("who", "where"),
    [
        (accounts.candidate, "/dossiers/"),
        (accounts.clerk, "/admin/dossiers/"),
        (accounts.juror, "/admin/jury/"),
        (accounts.school_admin, "/admin/"),
        (accounts.administrator, "/admin/"),
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
    response = client.post(asked, {"login": application.person.user.email, "password": PASSWORD, "next": step})

    assert response["Location"] == step


def test_a_juror_reads_the_dates_and_that_nothing_has_been_handed_over(signed_in):
    dossiers.submitted()
    client = signed_in(accounts.with_second_factor(accounts.juror()))

    html = client.get("/admin/jury/").content.decode()

    assert "Aucun dossier n’a encore été remis au jury." in html
    assert "Résultats annoncés le lundi 4\xa0avril 2022" in html


def test_the_juror_s_page_is_for_jurors(signed_in, clerk):
    assert signed_in(clerk).get("/admin/jury/").status_code == 404
    assert signed_in(accounts.candidate()).get("/admin/jury/").status_code == 404


def test_a_visitor_signs_in(client):
    assert client.get("/landing/")["Location"] == "/accounts/login/?next=/landing/"
