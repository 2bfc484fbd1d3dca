"""The pages of incidents and absences: the office's, the head's, the student's (R-PRO-14)."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from contratpro.models import CompanyNeed, Incident
from contratpro.states import AbsenceState, StudentState
from tests.factories import accounts, classes, files
from tests.factories import contratpro as contracts
from tests.forms import fields_of

NOW = datetime(2025, 10, 9, 9, 0, tzinfo=UTC)
LEAVE = {
    "kind": "sick_leave",
    "starts_on": "06/10/2025",
    "ends_on": "10/10/2025",
    "employer_on": "06/10/2025",
    "employer_at": "9h30",
    "words": "Grippe",
}
DAY = {"day": "13/10/2025", "made_up_on": "03/11/2025", "reason": "Mise en production"}


@pytest.fixture(autouse=True)
def _in_october():
    with time_machine.travel(NOW, tick=False):
        yield


def signed_in(user):
    if not user.authenticator_set.exists():
        accounts.with_second_factor(user)
    client = Client()
    client.force_login(user)
    return client


def text(response):
    said = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(said.replace("\N{NO-BREAK SPACE}", " ").split())


def office_page(student, rest=""):
    return f"/admin/contrat-pro/students/{student.ref}/incidents/{rest}"


def own_page(student, rest=""):
    return f"/contrat-pro/{student.ref}/incidents/{rest}"


def pdf():
    return SimpleUploadedFile("arret.pdf", files.pdf(), "application/pdf")


def act(client, at, /, **typed):
    return client.post(at, fields_of(client.get(at)) | typed)


def test_a_sick_leave_is_read_by_the_office_and_the_student_alone(student, office, head):
    own = signed_in(student.user)
    sent = own.post(own_page(student, "report/"), LEAVE | {"document": pdf()})
    assert sent["Location"] == own_page(student)
    incident = Incident.objects.get()
    paper = f"/admin/contrat-pro/incidents/{incident.ref}/document/"

    mine = text(own.get(own_page(student)))
    assert (
        own.get(own_page(student, f"{incident.ref}/document/"))["Content-Type"] == "application/pdf"
    )
    for page in (mine, text(signed_in(office).get(office_page(student)))):
        for words in ("Arrêt de travail", "Grippe", "en retard", "du 6", "9 h 30"):
            assert words in page
    assert signed_in(office).get(paper).status_code == 200
    read = text(signed_in(head).get(office_page(student)))
    assert "Absence excusée" in read
    for hidden in ("Arrêt de travail", "Grippe", "en retard", "justificatif"):
        assert hidden not in read
    assert signed_in(head).get(paper).status_code == 404
    steps = signed_in(head).get(f"/admin/contrat-pro/students/{student.ref}/steps/")
    assert "Grippe" not in text(steps)


def test_the_document_of_a_sick_leave_comes_later(student, office):
    own = signed_in(student.user)
    own.post(own_page(student, "report/"), LEAVE)
    address = own_page(student, f"{Incident.objects.get().ref}/document/")
    assert own.post(address, {}).status_code == 422
    assert own.post(address, {"document": pdf()})["Location"] == own_page(student)
    assert own.post(address, {"document": pdf()}).status_code == 422
    other = signed_in(accounts.UserFactory())
    assert other.get(address).status_code == 404


def test_the_office_records_what_it_was_told(student, office):
    client = signed_in(office)
    told = LEAVE | {"school_on": "07/10/2025", "school_at": "8:00"}
    assert client.post(office_page(student, "report/"), told).status_code == 302
    assert "en retard" not in text(client.get(office_page(student)))
    assert client.post(office_page(student, "report/"), {"kind": "breach"}).status_code == 422


def test_a_breach_is_said_before_it_is_recorded(student, office, head):
    client = signed_in(office)
    address = office_page(student, "breach/")
    before = text(client.get(address))
    for words in ("Le dossier prend fin", head.email, student.full_name, "avoir"):
        assert words in before
    assert act(client, address, broken_on="08/10/2025", reason="").status_code == 422
    assert act(client, address, broken_on="08/10/2025", reason="Commun accord").status_code == 302
    student.refresh_from_db()
    assert student.state is StudentState.BROKEN
    page = text(client.get(f"/admin/contrat-pro/students/{student.ref}/"))
    assert "contrat rompu" in page
    assert "Reprendre ce dossier" not in page
    own = text(signed_in(student.user).get(f"/contrat-pro/{student.ref}/"))
    assert "Votre contrat est rompu" in own
    undo = office_page(student, "breach/undo/")
    assert act(client, undo, reason="Mauvais dossier").status_code == 302
    assert "annulée : enregistrée par erreur" in text(client.get(office_page(student)))


def test_a_day_is_asked_by_the_student_and_granted_by_the_head(year, student, head, office):
    own = signed_in(student.user)
    hours = [datetime(2025, 10, 13, hour, tzinfo=UTC) for hour in (8, 10)]
    classes.planned(year, office, starts_at=hours[0], ends_at=hours[1])
    assert act(own, own_page(student, "absence/"), **DAY).status_code == 302
    absence = CompanyNeed.objects.get()
    grant = f"/admin/contrat-pro/absences/{absence.ref}/grant/"
    client = signed_in(head)
    assert grant in client.get(office_page(student)).content.decode()
    said = text(client.get(grant))
    assert "Mise en production" in said
    assert "Le 13 octobre 2025 : Ingénierie logicielle (10:00–12:00)." in said
    assert "Le 3 novembre 2025 : aucune séance à l’emploi du temps." in said
    assert "Ingénierie logicielle" in text(client.get(grant.replace("grant", "refuse")))
    assert act(client, grant).status_code == 302
    assert "et l’élève est prévenu" in text(client.get(office_page(student)))
    again = text(client.post(grant, follow=True))
    assert f"Ce jour est déjà accordé, par {head.email}" in again
    assert "et l’élève est prévenu" not in again
    assert client.get(grant).status_code == 302
    assert "accordée" in text(own.get(own_page(student)))
    assert act(own, own_page(student, f"absence/{absence.ref}/cancel/")).status_code == 302
    absence.refresh_from_db()
    assert absence.state is AbsenceState.CANCELLED


def test_a_day_is_refused_with_a_reason_that_the_student_reads(student, head):
    own = signed_in(student.user)
    act(own, own_page(student, "absence/"), **DAY)
    address = f"/admin/contrat-pro/absences/{CompanyNeed.objects.get().ref}/refuse/"
    client = signed_in(head)
    assert act(client, address, reason="").status_code == 422
    assert act(client, address, reason="Un contrôle est prévu").status_code == 302
    assert "Un contrôle est prévu" in text(own.get(own_page(student)))
    again = text(client.post(address, {"reason": "Autre motif"}, follow=True))
    assert f"Ce jour est déjà refusé, par {head.email}" in again


@pytest.mark.parametrize(
    "wrong", [{"day": "11/10/2025"}, {"made_up_on": "13/10/2025"}, {"reason": ""}, {"day": "x"}]
)
def test_a_day_that_cannot_be_had_is_said_on_the_page(student, wrong):
    own = signed_in(student.user)
    assert act(own, own_page(student, "absence/"), **DAY | wrong).status_code == 422
    assert not CompanyNeed.objects.exists()


def test_what_belongs_to_another_student_is_not_there(year, student, office):
    own = signed_in(student.user)
    own.post(own_page(student, "report/"), LEAVE)
    act(own, own_page(student, "absence/"), **DAY)
    other = contracts.student(year)
    client = signed_in(other.user)
    incident, absence = Incident.objects.get().ref, CompanyNeed.objects.get().ref
    for address in (
        own_page(student),
        own_page(student, "report/"),
        own_page(other, f"{incident}/document/"),
        own_page(other, f"absence/{absence}/cancel/"),
    ):
        assert client.get(address).status_code == 404
