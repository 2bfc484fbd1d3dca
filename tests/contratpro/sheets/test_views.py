"""The pages of a contact sheet: the student's, the company's by its link, the head's, the office's (R-PRO-8)."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from contratpro.models import ContactSheet
from contratpro.sheets.services.deciding import return_sheet, validate_sheet
from contratpro.sheets.services.locking import LASTS
from contratpro.states import StudentState
from contratpro.steps.services import declare_step
from tests.factories import accounts, files, sheets
from tests.factories import contratpro as contracts
from tests.forms import fields_of

NOW = sheets.SAVED


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def sheet(student):
    return sheets.invited(student)


@pytest.fixture
def company(sheet):
    """A browser without an account, and the address of the link."""
    return Client(), sheets.address_of(sheet)


@pytest.fixture
def head(year):
    return accounts.with_second_factor(contracts.head(year))


def text(response):
    said = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(said.replace("\N{NO-BREAK SPACE}", " ").split())


def page_of(student):
    return f"/contrat-pro/{student.ref}/sheet/"


def staff_page(student):
    return f"/admin/contrat-pro/students/{student.ref}/sheet/"


def test_a_student_begins_it_and_reading_writes_nothing(signed_in, student):
    page = signed_in(student.user).get(page_of(student))

    assert page.status_code == 200
    assert not ContactSheet.objects.exists()
    assert "Partie de l’entreprise" in text(page)
    assert "À envoyer au plus tard le lundi 18 août 2025" in text(page)


def test_what_cannot_be_read_yet_is_kept_word_for_word(signed_in, student):
    client = signed_in(student.user)
    typed = fields_of(client.get(page_of(student))) | {"siret": "732 829", "tutor_phone": "04 66"}

    saved = client.post(f"{page_of(student)}save/", typed, follow=True)

    assert saved.redirect_chain == [(page_of(student), 302)]
    shown = fields_of(saved)
    assert (shown["siret"], shown["tutor_phone"]) == ("732 829", "04 66")


def test_the_other_party_goes_on_over_days_by_a_link_without_an_account(
    signed_in, student, company
):
    """R-PRO-8."""
    browser, link = company
    client = signed_in(student.user)
    typed = fields_of(client.get(page_of(student))) | {"project_projects": "Un outil"}
    client.post(f"{page_of(student)}save/", typed)

    shown = fields_of(browser.get(link))
    assert shown["project_projects"] == "Un outil"
    browser.post(f"{link}save/", shown | {"tutor_name": "Inès Martin"})

    back = fields_of(client.get(page_of(student)))
    assert (back["project_projects"], back["tutor_name"]) == ("Un outil", "Inès Martin")


def test_the_link_shows_of_the_student_the_name_and_the_sheet_alone(student, company):
    browser, link = company
    page = browser.get(link).content.decode()

    assert student.full_name in page
    for hidden in (student.user.email, student.ref, "/contrat-pro/"):
        assert hidden not in page


def test_two_people_on_one_sheet_read_both_texts_and_choose(signed_in, student, company):
    """R-PRO-8: the draft of the other party is never written over unseen."""
    browser, link = company
    client = signed_in(student.user)
    mine = fields_of(client.get(page_of(student))) | {"tutor_name": "Luc Petit"}
    browser.post(f"{link}save/", fields_of(browser.get(link)) | {"tutor_name": "Inès Martin"})

    answer = client.post(f"{page_of(student)}send/", mine)

    assert answer.status_code == 409
    assert "Inès Martin" in text(answer)
    assert "Luc Petit" in text(answer)
    assert ContactSheet.objects.get().draft["tutor_name"] == "Inès Martin"
    client.post(f"{page_of(student)}save/", fields_of(answer))
    assert ContactSheet.objects.get().draft["tutor_name"] == "Luc Petit"


def test_all_that_is_missing_is_said_at_once_and_of_which_part(signed_in, student):
    client = signed_in(student.user)
    typed = sheets.WHOLE | {"tutor_name": "", "student_phone": "", "seen": ""}

    answer = client.post(f"{page_of(student)}send/", typed)

    assert answer.status_code == 422
    assert "Manque dans la partie de l’entreprise." in text(answer)
    assert "Manque dans la partie de l’élève." in text(answer)
    assert ContactSheet.objects.get().draft["tutor_email"] == "ines@batisseurs.exemple.fr"


def test_a_wrong_siret_is_said_and_what_was_typed_is_saved(company):
    browser, link = company
    answer = browser.post(f"{link}send/", sheets.WHOLE | {"siret": "73282932000075"})
    assert answer.status_code == 422
    assert ContactSheet.objects.get().draft["siret"] == "73282932000075"


def test_sent_it_is_read_and_written_no_more(signed_in, student, company):
    browser, link = company
    assert browser.post(f"{link}send/", sheets.WHOLE).status_code == 302

    client = signed_in(student.user)
    page = client.get(page_of(student))
    assert "732 829 320 00074" in text(page)
    assert "<textarea" not in page.content.decode()
    late = client.post(f"{page_of(student)}save/", sheets.WHOLE | {"city": "Nîmes"})
    assert late.status_code == 409
    assert client.post(f"{page_of(student)}save/", sheets.WHOLE).status_code == 302


def test_a_link_that_is_replaced_or_expired_says_so_in_words(student, sheet, company):
    """R-PRO-8."""
    browser, former = company
    sheets.invited(student, email="paie@batisseurs.exemple.fr", at=NOW)
    assert browser.get(former).status_code == 410
    assert browser.post(f"{former}save/", sheets.WHOLE).status_code == 410
    assert ContactSheet.objects.get().draft == {}

    latest = sheets.address_of(sheet)
    assert browser.get(latest).status_code == 200
    with time_machine.travel(NOW + LASTS + timedelta(seconds=1), tick=False):
        assert browser.get(latest).status_code == 410


def test_a_program_that_opens_the_link_sends_nothing(company):
    browser, link = company
    for act in ("", "save/", "send/"):
        browser.get(f"{link}{act}")
    assert ContactSheet.objects.get().state == "draft"
    assert browser.post(f"{link}decline/").status_code == 404


def test_a_student_invites_the_company_after_reading_what_it_does(signed_in, student):
    client = signed_in(student.user)
    page = client.get(f"{page_of(student)}company/")
    assert "30 jours" in text(page)

    client.post(f"{page_of(student)}company/", {"email": sheets.COMPANY})

    assert sheets.COMPANY in text(client.get(page_of(student)))


def test_whoever_has_not_said_who_they_are_does_that_first(signed_in, year):
    student = contracts.student(year, StudentState.INVITED)
    answer = signed_in(student.user).get(page_of(student))
    assert answer["Location"] == f"/contrat-pro/{student.ref}/identity/"


def test_without_a_project_there_is_nothing_to_fill_in(signed_in, year):
    student = contracts.student(year, StudentState.CONFIRMED)
    page = signed_in(student.user).get(page_of(student))
    assert "Aucun projet en cours" in text(page)


def test_a_draft_is_read_by_student_and_company_alone(signed_in, student, head):
    sheets.saved(sheets.own(student), tutor_name="Inès Brouillon")
    page = signed_in(head).get(staff_page(student))
    assert page.status_code == 200
    assert "Inès Brouillon" not in page.content.decode()
    assert signed_in(head).get(f"{staff_page(student)}validate/").status_code == 404


def test_the_head_validates_what_they_read(signed_in, student, sheet, head):
    """R-PRO-8."""
    sheets.sent(sheets.own(student), at=NOW)
    client = signed_in(head)
    act = f"{staff_page(student)}validate/"
    done = client.post(act, fields_of(client.get(act)), follow=True)

    assert done.redirect_chain == [(staff_page(student), 302)]
    assert ContactSheet.objects.get().state == "validated"
    assert "Validée le" in text(signed_in(student.user).get(page_of(student)))


def test_the_head_sends_it_back_and_both_read_why(signed_in, student, sheet, head):
    sheets.sent(sheets.own(student), at=NOW)
    client = signed_in(head)
    act = f"{staff_page(student)}return/"
    assert client.post(act, fields_of(client.get(act)) | {"reason": ""}).status_code == 422
    client.post(act, fields_of(client.get(act)) | {"reason": "Précisez."})

    assert "Précisez." in text(client.get(staff_page(student)))
    assert "Précisez." in text(signed_in(student.user).get(page_of(student)))
    assert "Précisez." in text(Client().get(sheets.address_of(sheet)))


def test_what_is_sent_meanwhile_is_not_answered_unread(signed_in, student, sheet, head):
    sheets.sent(sheets.own(student), at=NOW)
    client = signed_in(head)
    act = f"{staff_page(student)}validate/"
    read = fields_of(client.get(act))
    said = {"ref": sheet.ref, "version": 1, "actor": head, "now": NOW}
    return_sheet(reason="Précisez.", **said)
    sheets.sent(sheets.own(student), at=NOW, city="Nîmes")

    assert client.post(act, read).status_code == 422
    assert ContactSheet.objects.get().state == "sent"


def test_versions_are_read_side_by_side(signed_in, student, sheet, head):
    sheets.sent(sheets.own(student), at=NOW)
    said = {"ref": sheet.ref, "actor": head, "now": NOW}
    return_sheet(reason="Précisez.", version=1, **said)
    sheets.sent(sheets.own(student), at=NOW, city="Nîmes")

    page = text(signed_in(head).get(staff_page(student)))
    assert "version 2" in page
    assert "Avant Alès Après Nîmes" in page
    validate_sheet(version=2, **said)


def test_of_a_double_degree_the_office_records_the_signature_first(signed_in, year, office, head):
    student = contracts.student(year, StudentState.FEASIBLE, double_degree=True)
    sheets.sent(sheets.own(student), at=NOW)
    act = f"{staff_page(student)}validate/"
    assert "signe d’abord" in text(signed_in(head).get(act))

    client = signed_in(office)
    sign = f"{staff_page(student)}home-school/"
    typed = fields_of(client.get(sign)) | {
        "signed_by": "Prof. Rossi",
        "signed_on": date(2025, 6, 3).isoformat(),
        "scan": SimpleUploadedFile("fiche.pdf", files.pdf(), "application/pdf"),
    }
    assert client.post(sign, typed)["Location"] == staff_page(student)

    assert "Prof. Rossi" in text(client.get(staff_page(student)))
    assert client.get(f"{staff_page(student)}home-school/scan/").status_code == 200
    assert "signe d’abord" not in text(signed_in(head).get(act))


def test_what_is_no_scan_is_refused_in_words(signed_in, year, office):
    student = contracts.student(year, StudentState.FEASIBLE, double_degree=True)
    sheets.sent(sheets.own(student), at=NOW)
    client = signed_in(office)
    sign = f"{staff_page(student)}home-school/"
    typed = fields_of(client.get(sign)) | {
        "signed_by": "Prof. Rossi",
        "signed_on": "03/06/2025",
        "scan": SimpleUploadedFile("fiche.pdf", b"bonjour", "application/pdf"),
    }
    assert client.post(sign, typed).status_code == 422
    assert client.get(f"{staff_page(student)}home-school/scan/").status_code == 404


def test_who_does_no_double_degree_has_no_home_school(signed_in, student, office):
    sheets.sent(sheets.own(student), at=NOW)
    client = signed_in(office)
    assert client.get(f"{staff_page(student)}home-school/").status_code == 404


def test_the_steps_of_a_sheet_lead_to_it_once_there_is_one(signed_in, student, head, office):
    declare_step(student=student, key="intention", actor=office, now=NOW)
    step = f"/contrat-pro/{student.ref}/steps/contact-sheet/"
    client = signed_in(student.user)
    assert client.get(step).status_code == 200
    sheets.saved(sheets.own(student))
    assert client.get(step)["Location"] == page_of(student)
    assert client.post(step, {})["Location"] == page_of(student)
    assert "Ouvrir la fiche contact" in text(client.get(f"/contrat-pro/{student.ref}/"))
    approval = f"/admin/contrat-pro/students/{student.ref}/steps/head-approval/done/"
    assert signed_in(head).get(approval).status_code == 404


def test_their_pages_lead_there(signed_in, student, head):
    assert (
        page_of(student)
        in signed_in(student.user).get(f"/contrat-pro/{student.ref}/").content.decode()
    )
    of_student = signed_in(head).get(f"/admin/contrat-pro/students/{student.ref}/")
    assert staff_page(student) in of_student.content.decode()


def test_what_follows_its_sending_is_not_there_before(signed_in, year, office, head):
    student = contracts.student(year, StudentState.FEASIBLE, double_degree=True)
    for user in (office, head):
        client = signed_in(user)
        for act in ("validate/", "return/", "home-school/", "home-school/scan/"):
            assert client.get(staff_page(student) + act).status_code == 404
    assert signed_in(office).get("/admin/contrat-pro/students/nobody/sheet/").status_code == 404
