"""The catalogue of mails, made from their classes."""

import pytest

from notifications.delivery.services import compose_sample
from notifications.mails import all_mails, mail_named
from notifications.outbox.presentation import AUDIENCES
from notifications.states import Audience
from tests.factories import accounts

CATALOGUE = "/admin/outbox/catalogue/"
RECEIPT = f"{CATALOGUE}admissions.receipt/"
QUERIES = 5
pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(client):
    client.force_login(accounts.with_second_factor(accounts.clerk()))
    return client


def test_it_lists_every_mail_with_when_it_is_sent(clerk, django_assert_num_queries):
    clerk.get(CATALOGUE)
    with django_assert_num_queries(QUERIES):
        response = clerk.get(CATALOGUE)

    entries = [entry for _, mails in response.context["groups"] for entry in mails]
    assert {entry.name for entry in entries} == {mail.name for mail in all_mails()}
    html = response.content.decode()
    assert html.count("<dt>") == len(all_mails())
    assert "Un dossier est déposé, pour la première fois ou de nouveau." in html
    assert "Messages aux employeurs" in html


def test_the_outbox_leads_to_it(clerk):
    assert f'href="{CATALOGUE}"' in clerk.get("/admin/outbox/").content.decode()


def test_a_mail_is_previewed_in_both_languages(clerk):
    mail = mail_named("admissions.receipt")
    french, english = (compose_sample(mail, language, mail.sample()) for language in ("fr", "en"))

    html = clerk.get(RECEIPT).content.decode()

    for letter in (french, english):
        assert "<strong lang=" in html
        assert letter.subject in html
        assert letter.text.splitlines()[0] in html
    assert f'src="{RECEIPT}fr/?case=0"' in html
    assert f'src="{RECEIPT}en/?case=0"' in html


def test_what_is_sent_in_both_languages_at_once_is_shown_once(clerk):
    html = clerk.get(f"{CATALOGUE}apprenticeship.employer_news/").content.decode()

    assert html.count("<iframe") == 1
    assert "En français, puis en anglais" in html


def test_each_case_of_a_mail_is_shown(clerk):
    page = f"{CATALOGUE}apprenticeship.project_work/"

    first, second = clerk.get(page), clerk.get(f"{page}?case=1")
    frame = clerk.get(f"{page}fr/?case=1").content.decode()

    assert first.context["cases"] == second.context["cases"]
    assert [subject.split(" :")[0].split("\xa0")[0] for subject, _ in first.context["cases"]] == [
        "Projet d’emploi à étudier",
        "Projet d’emploi validé",
    ]
    assert "tient la place" in frame


def test_cases_of_the_same_subject_are_told_apart_by_their_first_line(clerk):
    cases = clerk.get(f"{CATALOGUE}admissions.trainee_left/").context["cases"]

    assert len({subject for subject, _ in cases}) == 1
    assert [line[:12] for _, line in cases] == ["Aucun contra", "Le groupe de", "Le contrat q"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_frame_runs_nothing_and_leads_nowhere(clerk, language):
    response = clerk.get(f"{RECEIPT}{language}/")

    assert response["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
    )
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    html = response.content.decode()
    assert '<base target="_blank">' in html
    assert f'<html lang="{language}">' in html


@pytest.mark.parametrize(
    "path",
    [
        "nothing.known/",
        "admissions.receipt/de/",
        "nothing.known/fr/",
        "admissions.receipt/?case=9",
        "admissions.receipt/?case=-1",
    ],
)
def test_what_does_not_exist_is_not_found(clerk, path):
    assert clerk.get(f"{CATALOGUE}{path}").status_code == 404


def test_it_reads_in_english(clerk):
    html = clerk.get(f"/en{CATALOGUE}").content.decode()

    assert "Catalogue of messages" in html
    assert "An application is submitted, for the first time or again." in html


def test_every_audience_has_a_heading():
    assert AUDIENCES.keys() == set(Audience)
