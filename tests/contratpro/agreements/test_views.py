"""The pages of a training agreement: the office's, the student's, the company's by its link, the social service's."""

import io
import re
from datetime import timedelta

import pikepdf
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from contratpro.agreements.services.preparing import html_of, printed
from contratpro.agreements.services.sending import LASTS
from contratpro.models import TrainingAgreement
from notifications.models import Notification
from tests.factories import accounts, agreements, files
from tests.factories import contratpro as contracts
from tests.forms import fields_of

NOW = agreements.SENT
SIGNED = {"student_on": "12/06/2025", "company_by": "Paul Duval", "company_on": "18/06/2025"}


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel(NOW, tick=False):
        yield


def text(response):
    said = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(said.replace("\N{NO-BREAK SPACE}", " ").split())


def page_of(student):
    return f"/contrat-pro/{student.ref}/agreement/"


def office_page(student, rest=""):
    return f"/admin/contrat-pro/students/{student.ref}/agreement/{rest}"


def upload(content=None, name="convention.pdf"):
    return SimpleUploadedFile(name, content or files.pdf("Convention"), "application/pdf")


def complete(student, office):
    """Signed by all, the employment contract too."""
    agreements.admitted_to_year_3(student, office)
    agreements.contract_signed(student, office)
    agreement = agreements.handed_in(agreements.prepared(student, office), office)
    return agreements.signed(agreement, office)


def address_of_link():
    row = Notification.objects.filter(kind="contratpro.agreement_copy").latest("pk")
    return f"/l/{row.refs['token']}/"


def test_the_office_prepares_signs_and_sends_it(signed_in, student, office, social_service):
    """R-PRO-9, from the page of the student to step 7."""
    agreements.admitted_to_year_3(student, office)
    agreements.contract_signed(student, office)
    client = signed_in(office)
    form = fields_of(client.get(office_page(student, "prepare/")))
    assert (form["starts_on"], form["tutor_name"]) == ("01/09/2025", "Inès Martin")

    assert client.post(office_page(student, "prepare/"), form).status_code == 302
    record = {**SIGNED, "channel": "scan", "received_on": "20/06/2025", "scan": upload()}
    assert client.post(office_page(student, "1/record/"), record).status_code == 302
    school = {"signed_by": "A. Mercier", "signed_on": "25/06/2025", "scan": upload()}
    assert client.post(office_page(student, "1/sign/"), school).status_code == 302
    to_company = {"channel": "scan", "email": "paul@batisseurs.exemple.fr"}
    assert client.post(office_page(student, "1/company/"), to_company).status_code == 302
    to_social = {"channel": "scan"}
    assert client.post(office_page(student, "1/social-service/"), to_social).status_code == 302

    page = text(client.get(office_page(student)))
    assert "signée de tous" in page
    assert "A. Mercier" in page
    assert "à paul@batisseurs.exemple.fr" in page


def test_before_the_head_has_validated_it_says_what_lacks(signed_in, year, office):
    early = contracts.student(year, "feasible")
    client = signed_in(office)

    assert "La fiche contact vient d’abord" in text(client.get(office_page(early)))
    answer = client.post(office_page(early, "prepare/"), {"number": "1"})
    assert answer.status_code == 422
    assert not TrainingAgreement.objects.exists()


def test_a_signature_out_of_order_asks_for_its_reason(signed_in, student, office):
    agreements.admitted_to_year_3(student, office)
    agreements.prepared(student, office)
    client = signed_in(office)
    school = {"signed_by": "A. Mercier", "signed_on": "25/06/2025"}

    refused = client.post(office_page(student, "1/sign/"), {**school, "scan": upload()})
    assert refused.status_code == 422
    assert "L’école signe en dernier" in text(refused)
    excepted = {**school, "scan": upload(), "exception": "Absence de la direction"}
    assert client.post(office_page(student, "1/sign/"), excepted).status_code == 302


def test_an_amendment_shows_what_it_changes(signed_in, student, office):
    complete(student, office)
    client = signed_in(office)
    form = fields_of(client.get(office_page(student, "prepare/")))
    changed = {**form, "tutor_name": "Léa Petit", "reason": "Le tuteur a quitté l’entreprise"}

    assert (
        client.post(office_page(student, "prepare/"), {**changed, "reason": ""}).status_code == 422
    )
    assert client.post(office_page(student, "prepare/"), changed).status_code == 302
    page = text(client.get(office_page(student)))
    assert "Le tuteur a quitté l’entreprise" in page
    assert "Inès Martin" in page
    assert "Léa Petit" in page


def test_the_student_fetches_it_marked_as_a_project_then_hands_it_in(signed_in, student, office):
    agreement = agreements.prepared(student, office)
    client = signed_in(student.user)

    paper = client.get(f"{page_of(student)}1/paper/")
    assert paper["Content-Type"] == "application/pdf"
    assert "Projet, tant que l’école n’a pas signé" in html_of(agreement).replace(
        "\N{NO-BREAK SPACE}", " "
    )
    answer = client.post(page_of(student), {**SIGNED, "scan": upload()}, follow=True)
    assert "remise au service" in text(answer)
    assert agreement.signatures.count() == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"scan": None}, "Choisissez"),
        ({"company_on": "27/06/2025"}, "encore à venir"),
        ({"company_by": ""}, "Saisissez le nom"),
        ({"student_on": "hier"}, "jour"),
    ],
)
def test_what_cannot_be_handed_in_is_said_and_nothing_typed_is_lost(
    signed_in, student, office, changes, words
):
    agreement = agreements.prepared(student, office)
    typed = {key: value for key, value in ({**SIGNED, "scan": upload()} | changes).items() if value}

    answer = signed_in(student.user).post(page_of(student), typed)

    assert answer.status_code == 422
    assert words in text(answer)
    kept = fields_of(answer)
    assert {name: kept[name] for name in SIGNED} == {name: typed.get(name, "") for name in SIGNED}
    assert agreement.signatures.count() == 0


def test_a_copy_asked_before_its_time_is_answered_in_words(signed_in, student, office):
    agreements.prepared(student, office)
    answer = signed_in(student.user).get(f"{page_of(student)}1/copy/", follow=True)

    assert "Tous n’ont pas encore signé" in text(answer)


def test_the_company_opens_its_copy_by_a_button_which_a_scanner_does_not_press(
    signed_in, student, office
):
    complete(student, office)
    client = signed_in(office)
    to_company = {"channel": "scan", "email": "paul@batisseurs.exemple.fr"}
    client.post(office_page(student, "1/company/"), to_company)
    company, address = Client(), address_of_link()

    page = company.get(address)
    assert page.status_code == 200
    assert "admin" not in text(page)
    copy = company.post(f"{address}copy/")
    assert copy["Content-Type"] == "application/pdf"
    with time_machine.travel(NOW + LASTS + timedelta(minutes=1), tick=False):
        assert company.post(f"{address}copy/").status_code != 200


def test_the_social_service_sees_who_was_sent_and_nothing_more(
    signed_in, year, student, office, social_service
):
    agreement = complete(student, office)
    client = signed_in(social_service)
    page = f"/admin/contrat-pro/social-service/{year.slug}/"
    paper = f"/admin/contrat-pro/social-service/papers/{agreement.ref}/contract/"
    assert "Rien n’a encore été transmis" in text(client.get(page))
    assert client.post(paper).status_code == 403

    signed_in(office).post(office_page(student, "1/social-service/"), {"channel": "scan"})

    client = signed_in(social_service)
    shown = text(client.get(page))
    assert student.full_name in shown
    assert "Bâtisseurs du Gard" in shown
    assert client.post(paper)["Content-Type"] == "application/pdf"
    assert client.get(paper).status_code == 405
    assert client.get(office_page(student)).status_code == 404


def test_for_everyone_else_there_is_no_such_page(signed_in, student, office, year):
    agreement = complete(student, office)
    for person in (
        contracts.student(year).user,
        accounts.with_second_factor(accounts.contract_service(contracts.other_year().school)),
        accounts.with_second_factor(accounts.clerk(year.school)),
    ):
        client = signed_in(person)
        for address in (page_of(student), f"{page_of(student)}1/copy/", office_page(student)):
            assert client.get(address).status_code == 404
        paper = f"/admin/contrat-pro/social-service/papers/{agreement.ref}/agreement/"
        assert client.post(paper).status_code == 404
    direction = signed_in(accounts.with_second_factor(accounts.direction(year.school)))
    assert direction.get(office_page(student)).status_code == 200
    assert direction.get(office_page(student, "prepare/")).status_code == 404


def test_the_paper_has_every_mention_and_is_tagged(student, office, year):
    """R-PRO-3, and article L6353-1: title, aim, content, means, duration, period, follow-up, outcome, price."""
    agreement = agreements.prepared(student, office)
    words = html_of(agreement)
    for said in (
        "Ingénieur diplômé",
        "Objectif de l’action",
        "Moyens prévus",
        "Modalités de déroulement",
        "Modalités de suivi",
        "Sanction",
        "Modalités de règlement",
        "480 heures de formation",
        "lundi 1er septembre 2025",
        "dimanche 30 août 2026",
        "8 000",
        "En 3 originaux",
    ):
        assert said in words.replace("\N{NO-BREAK SPACE}", " ").replace(
            "\N{NARROW NO-BREAK SPACE}", " "
        )
    with pikepdf.open(io.BytesIO(printed(agreement))) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == "fr"
