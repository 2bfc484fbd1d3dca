"""The pages of a contract: the student's, the company's by its link, the office's (R-PRO-10)."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from common.models import StoredFile
from companies.employment.selectors import form_in_force
from companies.secrets.selectors import readings_of
from contratpro.contracts import selectors
from contratpro.contracts.services.deciding import reopen_contract
from contratpro.contracts.services.locking import LASTS
from contratpro.models import EmploymentContract
from contratpro.states import StudentState
from tests.contratpro.contracts.test_rules import CASES
from tests.factories import contracts
from tests.factories import contratpro as years
from tests.forms import fields_of

NOW = contracts.RECEIVED


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel(NOW, tick=False):
        yield


def text(response):
    said = re.sub(r"<[^>]+>", " ", response.content.decode())
    spaces = str.maketrans({"\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " "})
    return " ".join(said.translate(spaces).split())


def own_page(student):
    return f"/contrat-pro/{student.ref}/contract/"


def office_page(student):
    return f"/admin/contrat-pro/students/{student.ref}/contract/"


def completion(page):
    """Where the page that the office has read leads to find the contract complete."""
    return re.search(r'href="([^"]+/complete/\?seen=\w+)"', page.content.decode())[1]


@pytest.fixture
def company(student):
    """A browser without an account, and the address of the link."""
    return Client(), contracts.address_of(contracts.invited(student))


def test_reading_it_begins_nothing(signed_in, student, office):
    page = signed_in(student.user).get(own_page(student))
    assert page.status_code == 200
    assert fields_of(page)["employee_address"] == "2 rue de l’Exemple, 30100 Alès"
    assert "siret" not in fields_of(page)
    assert "732 829 320 00074" in text(page)
    shown = fields_of(signed_in(office).get(office_page(student)))
    assert (shown["siret"], shown["tutor_name"]) == ("73282932000074", "Inès Martin")
    assert not EmploymentContract.objects.exists()


def test_out_of_its_order_the_page_says_why(signed_in, year, office):
    student = years.student(year, StudentState.INTENDS)
    for user, address in ((student.user, own_page(student)), (office, office_page(student))):
        page = signed_in(user).get(address)
        assert "valide d’abord la fiche contact" in text(page)
        assert "répond d’abord que le projet est faisable" in text(page)
        assert "employee_address" not in fields_of(page)


def test_whoever_has_not_said_who_they_are_does_that_first(signed_in, year):
    student = years.student(year, StudentState.INVITED)
    answer = signed_in(student.user).get(own_page(student))
    assert answer["Location"] == f"/contrat-pro/{student.ref}/identity/"


def test_the_student_saves_and_goes_on_and_the_office_reads(signed_in, student, office):
    client = signed_in(student.user)
    typed = fields_of(client.get(own_page(student))) | {"sex": "f", "employee_phone": "06 12"}
    saved = client.post(f"{own_page(student)}save/", typed, follow=True)
    assert saved.redirect_chain == [(own_page(student), 302)]
    assert fields_of(saved)["employee_phone"] == "06 12"
    assert fields_of(signed_in(office).get(office_page(student)))["sex"] == "f"


def test_a_wrong_or_unreadable_box_is_saved_and_said_beside_it(signed_in, student, office):
    """R-PRO-10: checks are told in words, and nothing typed is refused or lost."""
    client = signed_in(office)
    typed = contracts.WHOLE | {"seen": "", "tutor_years": "1", "weekly_time": "plein temps"}
    saved = client.post(f"{office_page(student)}save/", typed, follow=True)
    assert saved.status_code == 200
    shown = fields_of(saved)
    assert (shown["tutor_years"], shown["weekly_time"]) == ("1", "plein temps")
    html = saved.content.decode()
    beside = html[html.index('id="says-tutor_years"') :]
    assert "2 ans d’expérience" in text_of(beside)
    assert "(D6325-6)" in text_of(beside)
    assert 'aria-describedby="says-tutor_years"' in html
    assert "Saisissez des heures et des minutes" in text(saved)


def text_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\N{NO-BREAK SPACE}", " ").split())[:200]


TYPED = [case for case in CASES if {"born_on", "last_exam_on", "total_hours"}.isdisjoint(case[0])]


@pytest.mark.parametrize(("typed", "box", "code", "article"), TYPED)
def test_each_check_is_said_on_the_page_of_the_office(
    signed_in, student, office, typed, box, code, article
):
    """R-PRO-10: each by a case that names its source, through the page; the act is then refused."""
    client = signed_in(office)
    client.post(f"{office_page(student)}save/", contracts.WHOLE | {"seen": ""} | typed)
    page = client.get(office_page(student))
    html = page.content.decode()
    beside = html[html.index(f'id="says-{box}"') :]
    assert article in text_of(beside)
    act = client.get(completion(page))
    assert article in text(act)
    assert 'name="seen"' not in act.content.decode()


def test_the_guides_training_is_a_note_that_stands_against_nothing(signed_in, student, office):
    contracts.whole(student, office)
    page = signed_in(office).get(office_page(student))
    assert "480 heures, dépasse 25 % du contrat" in text(page)
    assert "À corriger" not in text(page)


def test_pay_is_shown_month_by_month_against_what_is_typed(signed_in, student, office):
    contracts.whole(student, office, gross_pay="1 441,44")
    page = text(signed_in(office).get(office_page(student)))
    assert "septembre 2025 80 % du SMIC (1 801,80 €) L6325-8 1 441,44 €" in page
    assert (
        "janvier 2026 80 % du SMIC (1 823,03 €) L6325-8 1 458,43 € au-dessus du salaire saisi"
        in page
    )
    assert "août 2026 provisoire 80 % du SMIC" in page


def test_the_company_fills_in_its_part_without_an_account(student, company):
    """R-PRO-10."""
    browser, link = company
    page = browser.get(link)
    shown = fields_of(page)
    assert "sex" not in shown
    saved = browser.post(f"{link}save/", shown | {"job": "Ingénieur"}, follow=True)
    assert fields_of(saved)["job"] == "Ingénieur"
    assert student.full_name in text(saved)
    for hidden in (student.user.email, student.ref, "/contrat-pro/"):
        assert hidden not in page.content.decode()


def test_two_people_on_one_link_read_both_texts_and_choose(student, company):
    """R-PRO-10."""
    browser, link = company
    mine = fields_of(browser.get(link)) | {"job": "Technicien"}
    Client().post(f"{link}save/", fields_of(browser.get(link)) | {"job": "Ingénieur"})

    answer = browser.post(f"{link}save/", mine)

    assert answer.status_code == 409
    assert "Technicien" in text(answer)
    assert "Ingénieur" in text(answer)
    assert EmploymentContract.objects.get().draft["job"] == "Ingénieur"
    browser.post(f"{link}save/", fields_of(answer))
    assert EmploymentContract.objects.get().draft["job"] == "Technicien"


def test_the_office_that_is_slower_reads_both_on_a_page_of_its_own(signed_in, student, office):
    client = signed_in(office)
    typed = fields_of(client.get(office_page(student))) | {"sex": "m"}
    contracts.saved(contracts.signed_in_as(student), sex="f")
    answer = client.post(f"{office_page(student)}save/", typed)
    assert answer.status_code == 409
    assert office_page(student) in answer.content.decode()
    assert own_page(student) not in answer.content.decode()


def test_a_program_that_opens_the_link_does_nothing(company):
    browser, link = company
    before = EmploymentContract.objects.values().get()
    for act in ("", "save/", "sheet/"):
        browser.get(f"{link}{act}")
    assert EmploymentContract.objects.values().get() == before
    assert browser.post(f"{link}complete/").status_code == 404


def test_a_link_that_is_replaced_or_expired_says_so(student, company):
    browser, former = company
    contracts.invited(student, email="rh@exemple.fr", at=NOW)
    for address in (former, f"{former}save/", f"{former}sheet/"):
        assert browser.post(address, contracts.WHOLE).status_code == 410
    latest = contracts.address_of(EmploymentContract.objects.get())
    assert browser.get(latest).status_code == 200
    with time_machine.travel(NOW + LASTS + timedelta(seconds=1), tick=False):
        assert browser.get(latest).status_code == 410


def test_the_student_and_the_office_invite_after_reading_what_it_does(signed_in, student, office):
    client = signed_in(student.user)
    assert "30 jours" in text(client.get(f"{own_page(student)}company/"))
    client.post(f"{own_page(student)}company/", {"email": contracts.COMPANY})
    assert contracts.COMPANY in text(client.get(own_page(student)))
    address = f"{office_page(student)}company/"
    answer = signed_in(office).post(address, {"email": "rh@exemple.fr"})
    assert answer["Location"] == office_page(student)


def test_the_office_finds_it_complete_and_all_read_it(signed_in, student, office, company):
    """R-PRO-10."""
    contracts.whole(student, office)
    client = signed_in(office)
    act = completion(client.get(office_page(student)))
    done = client.post(act, fields_of(client.get(act)), follow=True)
    assert done.redirect_chain == [(office_page(student), 302)]
    assert "prêt à signer" in text(done)
    browser, link = company
    for page in (
        client.get(office_page(student)),
        signed_in(student.user).get(own_page(student)),
        browser.get(link),
    ):
        assert "Déclaré complet le 20 juin 2025" in text(page)
        assert "1 480,50 €" in text(page)
        assert 'name="job"' not in page.content.decode()


def test_what_is_typed_while_the_office_confirms_is_not_found_complete_unread(
    signed_in, student, office, company
):
    contracts.whole(student, office)
    client = signed_in(office)
    act = completion(client.get(office_page(student)))
    read = fields_of(client.get(act))
    contracts.saved(contracts.by_link(EmploymentContract.objects.get()), job="Autre")
    assert client.post(act, read).status_code == 422
    assert EmploymentContract.objects.get().state == "draft"


def test_what_the_company_typed_before_the_office_confirms_is_not_found_complete_unread(
    signed_in, student, office, company
):
    """The page that confirms shows no box: what counts is the page of the contract that was read."""
    contracts.whole(student, office)
    client = signed_in(office)
    act = completion(client.get(office_page(student)))
    contracts.saved(contracts.by_link(EmploymentContract.objects.get()), job="Autre")
    late = client.get(act)
    assert "Relisez la page" in text(late)
    assert "seen" not in fields_of(late)
    assert client.post(act, {"seen": act.partition("=")[2]}).status_code == 422
    assert client.post(act.partition("?")[0]).status_code == 422
    assert EmploymentContract.objects.get().state == "draft"
    again = completion(client.get(office_page(student)))
    assert client.post(again, fields_of(client.get(again))).status_code == 302


def test_whoever_types_too_late_reads_what_is_kept_beside_their_own(
    signed_in, student, office, company
):
    browser, link = company
    typed = fields_of(browser.get(link)) | {"job": "Trop tard"}
    contracts.completed(contracts.whole(student, office), office)
    answer = browser.post(f"{link}save/", typed)
    assert answer.status_code == 409
    assert "Trop tard" in text(answer)
    assert EmploymentContract.objects.get().draft == {}


def test_the_same_text_in_other_words_is_not_too_late(signed_in, student, office, company):
    """What a version keeps as 2025-09-01 and 1480.50 is what was typed as 01/09/2025 and 1 480,50."""
    contracts.whole(student, office)
    browser, link = company
    typed = fields_of(browser.get(link))
    contracts.completed(EmploymentContract.objects.get(), office)
    assert browser.post(f"{link}save/", typed).status_code == 302
    assert browser.post(f"{link}save/", typed | {"gross_pay": "1 480,51"}).status_code == 409


def test_it_is_taken_up_again_and_the_student_reads_why(signed_in, student, office):
    contract = contracts.completed(contracts.whole(student, office), office)
    client = signed_in(office)
    act = f"{office_page(student)}reopen/"
    assert "L’élève et l’entreprise le lisent." in text(client.get(act))
    assert client.post(act, {"reason": ""}).status_code == 422
    client.post(act, {"reason": "La date est fausse."})
    assert EmploymentContract.objects.get(pk=contract.pk).state == "draft"
    page = signed_in(student.user).get(own_page(student))
    assert "La date est fausse." in text(page)


def copy(**changed):
    return {
        "signed_on": "18/06/2025",
        "received_on": "19/06/2025",
        "channel": "scan",
        "scan": contracts.scan(),
    } | changed


def test_the_signed_copy_is_recorded_with_its_scan(signed_in, student, office):
    """R-PRO-10."""
    contract = contracts.whole(student, office)
    client, act = signed_in(office), f"{office_page(student)}copy/"
    assert client.get(act).status_code == 404
    contracts.completed(contract, office)
    assert fields_of(client.get(act))["received_on"] == "20/06/2025"
    assert client.post(act, copy())["Location"] == office_page(student)
    assert client.get(f"{act}scan/").status_code == 405
    assert client.post(f"{act}scan/")["Content-Type"] == "application/pdf"
    assert [one.reading for one in readings_of(contract)] == ["copy"]
    page = text(client.get(office_page(student)))
    assert "Signé le 18 juin 2025" in page
    assert client.get(act).status_code == 404
    assert client.post(act, copy(signed_on="19/06/2025")).status_code == 404
    assert StoredFile.objects.count() == 1


def corrected(**changed):
    return {"signed_on": "17/06/2025", "channel": "post", "reason": "Mauvaise page."} | changed


def test_what_was_wrong_of_the_copy_is_corrected_with_a_reason(signed_in, student, office):
    contract = contracts.completed(contracts.whole(student, office), office)
    client, act = signed_in(office), f"{office_page(student)}copy/correct/"
    assert client.get(act).status_code == 404
    contracts.signed(contract, office)
    page = client.get(act)
    assert "le journal conserve les valeurs précédentes" in text(page)
    assert fields_of(page)["signed_on"] == "18/06/2025"
    answer = client.post(act, corrected(reason=""))
    assert answer.status_code == 422
    assert client.post(act, corrected(signed_on="21/06/2025")).status_code == 422
    assert client.post(act, corrected())["Location"] == office_page(student)
    assert "Signé le 17 juin 2025" in text(client.get(office_page(student)))
    assert client.post(act, corrected(scan=contracts.scan())).status_code == 302
    assert StoredFile.objects.filter(state="dropped").count() == 1
    assert signed_in(student.user).get(act).status_code == 404


def test_the_office_records_the_deposit_which_answers_the_note(signed_in, student, office, company):
    contract = contracts.whole(student, office)
    act = f"{office_page(student)}deposit/"
    assert "n’est pas encore déclaré complet" in text(signed_in(office).get(act))
    contracts.completed(contract, office)

    def pages():
        browser, link = company
        yield text(signed_in(student.user).get(own_page(student)))
        yield text(browser.get(link))
        yield text(signed_in(office).get(office_page(student)))

    due = "L’employeur transmet le contrat à son OPCO"
    assert all(due in page for page in pages())
    client = signed_in(office)
    for wrong in ("", "21/06/2025"):
        assert client.post(act, {"deposited_on": wrong}).status_code == 422
    answer = client.post(act, {"deposited_on": "19/06/2025", "number": "D-12"})
    assert answer["Location"] == office_page(student)
    said = "Déposé auprès de l’OPCO le 19 juin 2025. Numéro attribué par l’OPCO : D-12."
    assert all(said in page and due not in page for page in pages())
    assert fields_of(signed_in(office).get(act))["number"] == "D-12"
    assert signed_in(student.user).post(act, {"deposited_on": "19/06/2025"}).status_code == 404


def test_the_pay_of_what_was_found_complete_is_reckoned_on_its_own_form(
    signed_in, student, office, monkeypatch
):
    contracts.completed(contracts.whole(student, office), office)
    before = text(signed_in(office).get(office_page(student)))
    later = replace(form_in_force(), version="04", sections=form_in_force().sections[:1])
    monkeypatch.setattr(selectors, "form_in_force", lambda: later)
    assert "septembre 2025 80 % du SMIC" in before
    assert "septembre 2025 80 % du SMIC" in text(signed_in(office).get(office_page(student)))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"scan": SimpleUploadedFile("c.pdf", b"bonjour")}, "n’est pas dans un format accepté"),
        ({"signed_on": "21/06/2025"}, "est à venir"),
        ({"signed_on": "20/06/2025"}, "avant d’être signé"),
        ({"channel": "fax"}, "fax"),
        ({"signed_on": ""}, "Saisissez la date de signature"),
    ],
)
def test_what_is_no_copy_is_refused_in_words(signed_in, student, office, wrong, words):
    contracts.completed(contracts.whole(student, office), office)
    answer = signed_in(office).post(f"{office_page(student)}copy/", copy(**wrong))
    assert answer.status_code == 422
    assert words in text(answer)
    assert EmploymentContract.objects.get().state == "ready"


def test_what_follows_its_beginning_is_not_there_before(signed_in, student, office):
    client = signed_in(office)
    for act in (
        "complete/",
        "reopen/",
        "copy/",
        "copy/correct/",
        "deposit/",
        "apart/",
        "sheet/",
        "sheet/whole/",
    ):
        assert client.get(office_page(student) + act).status_code == 404
    assert signed_in(student.user).get(f"{own_page(student)}sheet/").status_code == 404
    assert signed_in(office).get("/admin/contrat-pro/students/nobody/contract/").status_code == 404


def test_their_pages_lead_there(signed_in, student, office):
    cockpit = signed_in(student.user).get(f"/contrat-pro/{student.ref}/")
    assert own_page(student) in cockpit.content.decode()
    of_student = signed_in(office).get(f"/admin/contrat-pro/students/{student.ref}/")
    assert office_page(student) in of_student.content.decode()


def test_what_is_taken_up_again_is_shown_as_one_types_it(signed_in, student, office):
    contract = contracts.completed(contracts.whole(student, office), office)
    reopen_contract(ref=contract.ref, reason="x", actor=office, now=NOW)
    shown = fields_of(signed_in(office).get(office_page(student)))
    assert (shown["starts_on"], shown["gross_pay"]) == ("01/09/2025", "1480,50")
