"""The pages of the final project: the student's sheet, the tutor's answer, the head's defence (R-PRO-8, R-PRO-13)."""

import re

import pytest
import time_machine

from contratpro.models import Defence, PfeSheet
from contratpro.states import StudentState
from tests.factories import accounts
from tests.factories import company_projects as projects
from tests.factories import contratpro as contracts
from tests.forms import fields_of


@pytest.fixture(autouse=True)
def _in_january():
    with time_machine.travel(projects.CLOSED, tick=False):
        yield


def text(response):
    said = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(said.replace("\N{NO-BREAK SPACE}", " ").split())


def own(student, rest=""):
    return f"/contrat-pro/{student.ref}/pfe/{rest}"


def work(student, rest=""):
    return f"/admin/contrat-pro/students/{student.ref}/pfe/{rest}"


def test_a_sheet_is_kept_word_for_word_then_sent(signed_in, student):
    """R-PRO-8."""
    client = signed_in(student.user)
    typed = fields_of(client.get(own(student))) | {"title": "un " * 11}
    assert not PfeSheet.objects.exists()
    assert client.post(own(student, "save/"), typed).status_code == 302

    wrong = client.post(own(student, "send/"), fields_of(client.get(own(student))))
    assert wrong.status_code == 422
    assert "Le titre compte 11 mots, et 10 au plus sont imprimés." in text(wrong)
    whole = fields_of(client.get(own(student))) | projects.PFE
    assert client.post(own(student, "send/"), whole).status_code == 302
    page = client.get(own(student))
    assert projects.PFE["plan"] in text(page)
    assert "<textarea" not in page.content.decode()
    assert client.post(own(student, "save/"), whole).status_code == 302


def test_whoever_has_no_project_under_way_is_told_so(signed_in, year):
    student = contracts.student(year)
    client = signed_in(student.user)
    assert "Aucun projet" in text(client.get(own(student)))
    assert "Aucun projet" in text(client.get(f"/contrat-pro/{student.ref}/project/"))
    answer = client.post(own(student, "send/"), projects.PFE, follow=True)
    assert "Aucun projet n’est en cours." in text(answer)
    assert not PfeSheet.objects.exists()


def test_two_windows_are_put_side_by_side(signed_in, student):
    client = signed_in(student.user)
    mine = fields_of(client.get(own(student))) | {"aims": "Les miens"}
    client.post(own(student, "save/"), fields_of(client.get(own(student))) | {"aims": "Autres"})
    answer = client.post(own(student, "save/"), mine)
    assert answer.status_code == 409
    assert "Les miens" in text(answer)
    assert "Autres" in text(answer)


def test_the_tutor_approves_or_sends_back(signed_in, student, tutor):
    projects.sent_sheet(student)
    client = signed_in(tutor)
    page = text(client.get(work(student)))
    assert "Approuver" in page
    back = client.post(work(student, "return/"), {"version": "1", "reason": "Le plan"})
    assert back.status_code == 302
    projects.sent_sheet(student, plan="Autre")
    assert client.post(work(student, "approve/"), {"version": "2"}).status_code == 302
    assert PfeSheet.objects.get().approved == 2
    assert "Organiser" not in text(client.get(work(student)))


def test_the_head_organises_and_records_the_mark(signed_in, student, head, tutor, signed):
    """R-PRO-13."""
    client = signed_in(head)
    typed = {"day": "27/08/2026", "starts": "14:00", "place": "A12", "jury": "Anne Roux\nM. Vidal"}
    late = client.post(work(student, "defence/"), typed | {"day": "29/08/2026"})
    assert late.status_code == 422
    assert "au plus tard le 28 août 2026" in text(late)
    assert client.post(work(student, "defence/"), typed).status_code == 302
    assert Defence.objects.get().jury == ["Anne Roux", "M. Vidal"]
    kept = fields_of(client.get(work(student, "defence/")))
    assert (kept["day"], kept["starts"], kept["jury"]) == ("27/08/2026", "14:00", typed["jury"])
    assert "14 h" in text(client.get(work(student)))

    assert client.get(work(student, "defence/report/")).status_code == 404
    signed_in(tutor).post(work(student, "defence/report/"), {"due": "12/08/2026"})
    projects.approved_sheet(student, tutor)
    with time_machine.travel(projects.DEFENDED, tick=False):
        client = signed_in(head)
        said = {"hundredths": "16", "words": "Très bien."}
        assert client.post(work(student, "defence/mark/"), said).status_code == 302
        assert client.get(work(student, "defence/minutes/")).content.startswith(b"%PDF-")
        page = text(signed_in(student.user).get(own(student)))
    assert "16,00 / 20" in page
    assert "mercredi 12 août 2026" in page
    assert "rien d’autre n’est attendu de vous ici" in page
    assert "Mettez la fiche à jour" not in page


def test_for_those_who_do_not_work_with_the_student_there_is_nothing(signed_in, student, year):
    projects.sent_sheet(student)
    strangers = (
        contracts.student(year).user,
        accounts.with_second_factor(contracts.head(year, "GCBD")),
        accounts.with_second_factor(accounts.UserFactory()),
    )
    for someone in strangers:
        client = signed_in(someone)
        for address in (own(student), work(student), work(student, "defence/minutes/")):
            assert client.get(address).status_code == 404


def test_two_defences_at_one_hour_are_told_of_each_other(signed_in, student, head, signed, year):
    """Nobody is in two juries at once, and a room holds one."""
    other = contracts.student(year, StudentState.FEASIBLE)
    defence = projects.planned(student, head)
    Defence.objects.create(
        student=other,
        starts_at=defence.starts_at,
        place="Autre salle",
        jury=["anne roux", "Léa Petit"],
        planned_at=defence.planned_at,
        planned_by=head,
    )
    page = text(signed_in(head).get(work(student)))
    assert f"{other.full_name} soutient à la même heure" in page
    assert "Anne Roux." in page
    Defence.objects.filter(student=other).update(jury=["Léa Petit"])
    assert "soutient à la même heure" not in text(signed_in(head).get(work(student)))


def test_a_sheet_that_is_approved_and_up_to_date_is_ordered_no_more(signed_in, student, tutor):
    client = signed_in(student.user)
    assert "À envoyer au plus tard le vendredi 19 décembre 2025" in text(client.get(own(student)))
    projects.approved_sheet(student, tutor)
    assert "À envoyer au plus tard" in text(client.get(own(student)))  # the update
    projects.approved_sheet(student, tutor, projects.LATE)
    page = text(client.get(own(student)))
    assert "À envoyer au plus tard" not in page
    assert "Approuvée le samedi 20 décembre 2025" in page
