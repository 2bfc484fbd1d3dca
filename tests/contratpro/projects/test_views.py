"""The pages of the company project; a student reads nothing of a mark before it is published (R-PRO-7, R-PRO-12)."""

import re

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from contratpro.models import CompanyEvaluation, CompanyProject, ProjectReport
from contratpro.projects.services.evaluating import reopen_evaluation
from contratpro.projects.services.marking import publish_mark
from tests.factories import accounts, files
from tests.factories import company_projects as projects
from tests.factories import contratpro as contracts
from tests.forms import fields_of

NOW = projects.CLOSED


@pytest.fixture(autouse=True)
def _in_january():
    with time_machine.travel(NOW, tick=False):
        yield


def text(response):
    said = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(said.replace("\N{NO-BREAK SPACE}", " ").split())


def own(student, rest=""):
    return f"/contrat-pro/{student.ref}/project/{rest}"


def work(student, rest=""):
    return f"/admin/contrat-pro/students/{student.ref}/project/{rest}"


def report():
    return SimpleUploadedFile("rapport.pdf", files.pdf("Rapport"), "application/pdf")


PARTS = {f"part_{number}": "on" for number in range(1, 5)}


def test_a_student_deposits_the_report_with_its_four_parts(signed_in, student, tutor):
    """R-PRO-12."""
    client = signed_in(student.user)
    page = client.get(own(student))
    assert "Les premiers travaux" in text(page)
    assert "Votre rapport n’est pas déposé." in text(page)
    assert not CompanyProject.objects.exists()  # to read it writes nothing

    wrong = client.post(own(student), {"report": report(), **PARTS, "part_2": ""})
    assert wrong.status_code == 422
    assert not ProjectReport.objects.exists()
    done = client.post(own(student), {"report": report(), **PARTS}, follow=True)
    assert "Version 1" in text(done)
    assert "tardi" in text(done).lower() or "retard" in text(done).lower()
    assert client.get(own(student, "reports/1/")).status_code == 200
    assert client.get(own(student, "reports/2/")).status_code == 404


def test_what_is_no_pdf_is_refused(signed_in, student):
    picture = SimpleUploadedFile("rapport.pdf", files.png(), "application/pdf")
    answer = signed_in(student.user).post(own(student), {"report": picture, **PARTS})
    assert answer.status_code == 422


def states_before_publication(student, tutor, office):
    """Each state of the three marks that is not yet published, one after the other."""
    yield "nothing"
    projects.deposited(student)
    yield "report"
    projects.marked(student, tutor, 1337)
    yield "school tutor"
    evaluation = projects.asked(student, tutor)
    yield "asked"
    projects.evaluated(evaluation, 1773, words="MOTS SECRETS")
    yield "all"
    reopen_evaluation(ref=student.ref, reason="RAISON SECRETE", actor=tutor, now=NOW)
    yield "reopened"


def test_a_student_reads_nothing_of_a_mark_before_it_is_published(
    signed_in, student, tutor, office
):
    """R-PRO-7: no part, no count, no order."""
    client, pages = signed_in(student.user), {}
    for state in states_before_publication(student, tutor, office):
        page = client.get(own(student)).content.decode()
        pages[state] = re.sub(r"csrfmiddlewaretoken\" value=\"\w+", "", page)
        for secret in ("13,37", "17,73", "1337", "1773", "SECRET", 'id="mark"'):
            assert secret not in page, state
    assert pages["report"] == pages["school tutor"] == pages["asked"]
    assert pages["reopened"] == pages["asked"]


def test_published_the_student_reads_the_mark_and_its_parts(signed_in, student, tutor, office):
    projects.whole(student, tutor)
    publish_mark(ref=student.ref, actor=office, now=NOW)
    page = text(signed_in(student.user).get(own(student)))

    conduct = CompanyProject.objects.get().conduct / 100
    assert f"{conduct:.2f}".replace(".", ",") in page
    for said in ("15,00", "12,00", "0,4", "0,2", "10 crédits ECTS", "Un bon travail."):
        assert said in page
    assert "veillez à ce qu’il y réponde" not in page  # it is answered


def test_nobody_reads_the_marks_of_another_student(signed_in, student, tutor, office, year):
    """Another student, another tutor, the head of another department: for them there is no page."""
    projects.whole(student, tutor)
    publish_mark(ref=student.ref, actor=office, now=NOW)
    strangers = (
        contracts.student(year).user,
        accounts.with_second_factor(contracts.head(year, "GCBD")),
        accounts.with_second_factor(accounts.UserFactory()),
        accounts.with_second_factor(accounts.contract_service(accounts.other_school())),
    )
    for someone in strangers:
        client = signed_in(someone)
        for address in (own(student), own(student, "reports/1/"), work(student)):
            assert client.get(address).status_code == 404
    for someone in (tutor, office):
        assert signed_in(someone).get(own(student)).status_code == 404
    assert signed_in(student.user).get(work(student)).status_code == 404


def test_the_tutor_sees_what_lacks_marks_and_passes_on(signed_in, student, tutor):
    projects.deposited(student)
    projects.evaluated(projects.asked(student, tutor))
    client = signed_in(tutor)
    assert "Le tuteur école n’a pas noté le rapport." in text(client.get(work(student)))

    typed = fields_of(client.get(work(student, "mark/"))) | {"hundredths": "12,5"}
    assert client.post(work(student, "mark/"), typed).status_code == 302
    passed = {"day": "02/01/2026", "channel": "mail"}
    assert client.post(work(student, "registrar/"), passed).status_code == 302
    row = CompanyProject.objects.get()
    assert (row.tutor_mark, row.passed_channel, row.passed_late) == (1250, "mail", True)
    page = text(client.get(work(student)))
    assert "12,50" in page
    assert "Publier" not in page
    assert client.get(work(student, "publish/")).status_code == 404


def test_the_office_publishes_and_takes_back(signed_in, student, tutor, office):
    projects.whole(student, tutor)
    client = signed_in(office)
    assert client.get(work(student, "mark/")).status_code == 404
    assert client.post(work(student, "publish/")).status_code == 302
    assert client.post(work(student, "take-back/"), {"reason": ""}).status_code == 422
    assert client.post(work(student, "take-back/"), {"reason": "erreur"}).status_code == 302
    assert CompanyProject.objects.get().mark is None


def test_a_head_reads_and_does_nothing(signed_in, student, tutor, head):
    projects.whole(student, tutor)
    client = signed_in(head)
    assert client.get(work(student)).status_code == 200
    for rest in ("mark/", "evaluation/", "evaluation/correction/", "registrar/", "publish/"):
        assert client.get(work(student, rest)).status_code == 404


def test_the_company_tutor_goes_on_over_days_and_sends_once(student, tutor):
    """R-PRO-12."""
    projects.asked(student, tutor, NOW)
    link, browser = projects.address_of_link(), Client()
    page = browser.get(link)
    for hidden in (student.user.email, student.ref, "/contrat-pro/"):
        assert hidden not in page.content.decode()
    assert "chez le tuteur en entreprise" not in text(page)  # who reads it is that tutor
    typed = fields_of(page) | {"mark": "quinze"}
    assert browser.post(f"{link}save/", typed).status_code == 302
    assert fields_of(browser.get(link))["mark"] == "quinze"

    wrong = browser.post(f"{link}send/", fields_of(browser.get(link)))
    assert wrong.status_code == 422
    whole = fields_of(browser.get(link)) | projects.answers(student, mark="15,5")
    assert browser.post(f"{link}send/", whole).status_code == 302
    assert CompanyEvaluation.objects.get().versions.get().mark == 1550
    read = browser.get(link)
    assert "15,50" in text(read)
    assert "<textarea" not in read.content.decode()
    assert browser.post(f"{link}save/", whole).status_code == 302
    assert CompanyEvaluation.objects.get().versions.count() == 1


def test_two_windows_of_the_company_tutor_are_put_side_by_side(student, tutor):
    projects.asked(student, tutor, NOW)
    link, browser = projects.address_of_link(), Client()
    mine = fields_of(browser.get(link)) | {"words": "Le mien"}
    browser.post(f"{link}save/", fields_of(browser.get(link)) | {"words": "Le leur"})
    answer = browser.post(f"{link}send/", mine)
    assert answer.status_code == 409
    assert "Le leur" in text(answer)
    assert "Le mien" in text(answer)


def test_a_program_that_follows_the_link_consumes_and_sends_nothing(student, tutor):
    projects.asked(student, tutor, NOW)
    link = projects.address_of_link()
    for _ in range(3):
        assert Client().get(link).status_code == 200
        assert Client().head(link).status_code == 200
        assert Client().get(f"{link}send/").status_code == 302
    evaluation = CompanyEvaluation.objects.get()
    assert (evaluation.state, evaluation.draft) == ("asked", {})


def test_a_link_that_was_replaced_is_closed(student, tutor):
    projects.asked(student, tutor, projects.DEPOSITED)
    first = projects.address_of_link()
    projects.asked(student, tutor, NOW)
    assert Client().get(first).status_code == 410
    assert Client().post(f"{first}save/", {"mark": "20"}).status_code == 410
    assert Client().get(projects.address_of_link()).status_code == 200


def test_the_same_file_and_a_picture_add_nothing(signed_in, student, tutor):
    client = signed_in(student.user)
    client.post(own(student), {"report": report(), **PARTS})
    read = text(client.get(own(student)))
    assert "cette version sera marquée en retard" in read
    assert "était dans les temps" not in read  # version 1 is late too
    again = text(client.post(own(student), {"report": report(), **PARTS}, follow=True))
    assert "C’est le même fichier que la version 1" in again
    picture = SimpleUploadedFile("rapport.pdf", files.png(), "application/pdf")
    wrong = text(client.post(own(student), {"report": picture, **PARTS}))
    assert "la version 1 reste" in wrong
    assert ProjectReport.objects.count() == 1


def test_what_is_done_is_said_with_its_day_and_no_more_asked(signed_in, student, tutor, office):
    evaluation = projects.evaluated(projects.asked(student, tutor))
    projects.deposited(student)
    link = projects.address_of_link()
    assert "Rapport déposé le mercredi 10 décembre 2025" in text(
        signed_in(student.user).get(own(student))
    )
    with time_machine.travel(projects.DEPOSITED, tick=False):
        assert "Reçue le mercredi 10 décembre 2025" in text(Client().get(link))
    projects.marked(student, tutor)
    publish_mark(ref=student.ref, actor=office, now=NOW)
    page = text(signed_in(tutor).get(work(student)))
    assert "Note publiée le lundi 5 janvier 2026" in page
    assert "19 décembre 2025" not in page
    assert evaluation.state == "sent"


def test_a_mark_may_be_published_before_the_papers_are_passed_on(signed_in, student, tutor, office):
    projects.whole(student, tutor)
    page = text(signed_in(office).get(work(student)))
    assert "Publier la note" in page
    assert "Avant la publication de la note" not in page
