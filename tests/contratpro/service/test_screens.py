"""The contract service's screens: the list, the file of one student, meetings, papers, heads."""

import re
from datetime import date
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contratpro.models import DepartmentHead, InformationMeeting, PaperTemplate
from contratpro.service.presentation import CONDITION_SIGNS, FIELDS, STUDENT_SIGNS
from contratpro.states import FactState, StudentState
from contratpro.students.rules import OFFICE_SAYS, STUDENT_SAYS, Consequence
from tests.factories import accounts, contratpro, files

LIST_QUERIES = 14
FILE_QUERIES = 14


@pytest.fixture
def browse(client, office):
    client.force_login(office)
    return client


@pytest.fixture
def at(year, student):
    """An address of the year or of the student."""

    def find(name, **named):
        of_year = name in {"contract_students", "contract_student_add", "contract_students_invite",
                           "contract_heads", "contract_meetings", "contract_meeting_new",
                           "contract_papers", "contract_head_remove"}  # fmt: skip
        about = {"year_slug": year.slug} if of_year else {"ref": student.ref}
        return reverse(name, kwargs={**about, **named})

    return find


def words(response):
    plain = unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))
    return " ".join(plain.replace("\N{NO-BREAK SPACE}", " ").split())


def names(response):
    return [row.student.email for row in response.context["rows"]]


def test_every_state_consequence_and_field_has_its_words():
    assert STUDENT_SIGNS.keys() == set(StudentState)
    assert CONDITION_SIGNS.keys() == set(Consequence)
    assert FIELDS.keys() == {*OFFICE_SAYS, *STUDENT_SAYS}


def test_the_list_is_filtered_searched_and_counted(browse, year, student, at):
    other = contratpro.student(year, department="GCBD", option="BE", first_names="Zoé")
    other.search_text = "zoe benkhaled"
    other.save()
    whole = browse.get(at("contract_students"))
    assert set(names(whole)) == {student.email, other.email}
    assert "réponse attendue 1" in words(whole)
    for query, found in (
        ({"department": "GCBD"}, [other.email]),
        ({"state": "intends"}, [student.email]),
        ({"option": "IL", "double_degree": "False"}, [student.email]),
        ({"q": "Zoé"}, [other.email]),
        ({"q": student.ref}, [student.email]),
        ({"q": other.email.upper()}, [other.email]),
        ({"q": "personne"}, []),
    ):
        assert names(browse.get(at("contract_students"), query)) == found


def test_a_head_lists_their_students_without_a_tutor_and_names_one(client, year, student, at):
    """R-PRO-12."""
    head = accounts.with_second_factor(contratpro.head(year))
    tutored = contratpro.student(year, tutor=accounts.UserFactory())
    contratpro.student(year, StudentState.WITHDRAWN)
    contratpro.student(year, department="GCBD", option="BE")
    client.force_login(head)
    listed = client.get(at("contract_students"))
    assert "1 élève sans tuteur école" in words(listed)
    assert names(client.get(at("contract_students"), {"tutor": "none"})) == [student.email]
    assert at("contract_student_tutor") in client.get(at("contract_student")).content.decode()
    assert client.post(at("contract_student_tutor"), {"email": ""}).status_code == 422
    client.post(at("contract_student_tutor"), {"email": tutored.tutor.email})
    student.refresh_from_db()
    assert student.tutor == tutored.tutor
    other = accounts.UserFactory()
    page = client.post(at("contract_student_tutor"), {"email": other.email})
    assert (page.status_code, "Pourquoi le tuteur change" in words(page)) == (422, True)
    client.post(at("contract_student_tutor"), {"email": other.email, "reason": "Congé."})
    student.refresh_from_db()
    assert student.tutor == other


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_list_costs_the_same_for_one_and_for_fifty(browse, year, student, at):
    browse.get(at("contract_students"))
    assert queries(browse, at("contract_students")) == LIST_QUERIES
    for _ in range(51):
        contratpro.student(year)
    page = browse.get(at("contract_students"))
    assert (len(page.context["rows"]), page.context["page"].paginator.num_pages) == (50, 2)
    assert queries(browse, at("contract_students")) == LIST_QUERIES


def test_a_file_costs_the_same_whatever_is_known(browse, office, student, at):
    browse.get(at("contract_student"))
    assert queries(browse, at("contract_student")) == FILE_QUERIES
    for key in ("meeting", "core-resits", "no-mobility"):
        say(browse, at, key)
    assert student.facts.count() == 3
    browse.get(at("contract_student"))  # shows the messages, once
    assert queries(browse, at("contract_student")) == FILE_QUERIES


def say(client, at, key="core-resits", name="contract_condition_hold", **said):
    page = client.get(at(name, key=key))
    shown = {"seen": page.context["form"].initial["seen"], "note": ""}
    return client.post(at(name, key=key), {**shown, **said}, follow=True)


def test_a_file_shows_each_condition_with_its_article_and_what_to_show(browse, at):
    """R-PRO-4."""
    said = words(browse.get(at("contract_student")))
    assert "Avoir assisté à la réunion d’information article 4" in said
    assert "Ce qui le montre : Relevés de notes de ces semestres – Scolarité." in said
    assert "Pas en l’état, pour ces raisons :" in said
    assert "Répondre : non faisable" in said


def test_a_condition_is_said_held_with_its_evidence(browse, office, student, at):
    """R-PRO-4."""
    evidence = SimpleUploadedFile("releve.pdf", files.pdf(), "application/pdf")
    done = say(browse, at, note="Relevé vu.", evidence=evidence)
    said = words(done)
    assert "Enregistré : la condition est remplie." in said
    assert "Scolarité – enregistré le" in said
    assert office.email in said
    assert "Relevé vu." in said
    assert "releve.pdf" in said
    served = browse.get(at("contract_evidence", key="core-resits"))
    assert (served.status_code, served["Content-Type"]) == (200, "application/pdf")
    assert browse.get(at("contract_evidence", key="meeting")).status_code == 404


def test_what_was_said_meanwhile_is_not_written_over(browse, student, at):
    page = browse.get(at("contract_condition_hold", key="core-resits"))
    say(browse, at, note="D’abord")
    late = browse.post(
        at("contract_condition_deny", key="core-resits"),
        {"seen": page.context["form"].initial["seen"], "note": "Ensuite"},
    )
    assert late.status_code == 422
    assert student.facts.get().state is FactState.HELD


def test_what_was_said_by_mistake_is_taken_back(browse, student, at):
    say(browse, at)
    page = browse.get(at("contract_condition_forget", key="core-resits"))
    seen = page.context["form"].initial["seen"]
    browse.post(
        at("contract_condition_forget", key="core-resits"), {"reason": "Erreur", "seen": seen}
    )
    assert student.facts.get().state is FactState.UNKNOWN


def test_a_wrong_evidence_is_refused_in_words(browse, student, at):
    page = say(browse, at, evidence=SimpleUploadedFile("releve.pdf", b"MZ not a pdf"))
    assert page.status_code == 422
    assert "n’est pas dans un format accepté" in words(page)
    assert not student.facts.exists()


def test_a_head_agrees_for_their_students_alone(client, year, student, at):
    head = accounts.with_second_factor(contratpro.head(year))
    client.force_login(head)
    page = client.get(at("contract_student"))
    addresses = re.findall(r'href="([^"]*conditions/[^"]*)"', page.content.decode())
    assert addresses == [
        at("contract_condition_hold", key="department-head"),
        at("contract_condition_deny", key="department-head"),
    ]
    assert client.get(at("contract_condition_hold", key="meeting")).status_code == 404
    say(client, at, key="department-head")
    assert student.facts.get().by == head


def test_step_1_is_answered(browse, student, at):
    """R-PRO-4."""
    blocked = browse.post(at("contract_student_accept"))
    assert blocked.status_code == 422
    assert "Avoir assisté à la réunion d’information" in words(blocked)
    refused = browse.post(at("contract_student_refuse"), {"reason": "Voyez-nous."}, follow=True)
    assert "non faisable" in words(refused)
    student.refresh_from_db()
    assert (student.state, student.reason) == (StudentState.REFUSED, "Voyez-nous.")


def typed(**changes):
    return {
        "email": "zoe@exemple.fr",
        "birth_name": "Petit",
        "first_names": "Zoé",
        "born_on": "01/02/2003",
        "nationality": "FR",
        "phone": "06 12 34 56 78",
        "department": "2IA",
        "option": "IL",
        "grant_holder": "no",
    } | changes


def test_one_student_is_added_and_changed(browse, year, at):
    browse.post(at("contract_student_add"), typed())
    added = year.students.get(email="zoe@exemple.fr")
    assert (added.born_on, str(added.phone), added.grant_holder, added.long_internship) == (
        date(2003, 2, 1),
        "+33612345678",
        False,
        None,
    )
    assert "+33 6 12 34 56 78" in words(browse.get(at("contract_student", ref=added.ref)))
    wrong = browse.post(at("contract_student_add"), typed(option="BE", email="a@exemple.fr"))
    assert wrong.status_code == 422
    assert "n’est pas une option de 2IA" in words(wrong)
    page = browse.get(at("contract_student_change", ref=added.ref))
    seen = page.context["form"].initial["seen"]
    changes = typed(department="GCBD", option="BE", seen=seen)
    for status in (302, 422):  # the second was filled in front of what is no longer there
        changed = browse.post(at("contract_student_change", ref=added.ref), changes)
        assert changed.status_code == status
    added.refresh_from_db()
    assert (added.department, added.option) == ("GCBD", "BE")


def test_students_are_invited_in_one_act(browse, year, at):
    for _ in range(2):
        contratpro.student(year, StudentState.LISTED, user=None)
    assert "Élèves à qui écrire: 2" in words(browse.get(at("contract_students_invite"))).replace(
        " :", ":"
    )
    browse.post(at("contract_students_invite"))
    assert year.students.filter(state=StudentState.INVITED).count() == 2


def test_the_acts_on_a_file(browse, year, student, at):
    tutor = accounts.UserFactory(email="tuteur@exemple.fr")
    browse.post(at("contract_student_tutor"), {"email": "tuteur@exemple.fr"})
    browse.post(at("contract_student_withdraw"), {"reason": "Part à l’étranger."})
    student.refresh_from_db()
    assert (student.tutor, student.state) == (tutor, StudentState.WITHDRAWN)
    browse.post(at("contract_student_reopen"))
    listed = contratpro.student(year, StudentState.LISTED, user=None)
    browse.post(at("contract_student_invite", ref=listed.ref))
    student.refresh_from_db()
    listed.refresh_from_db()
    assert (student.state, listed.state) == (StudentState.CONFIRMED, StudentState.INVITED)


def test_heads_are_named_and_taken_out(browse, at):
    accounts.UserFactory(email="tete@exemple.fr")
    unknown = browse.post(at("contract_heads"), {"email": "nul@exemple.fr", "department": "2IA"})
    assert (unknown.status_code, "Aucun compte" in words(unknown)) == (422, True)
    browse.post(at("contract_heads"), {"email": "tete@exemple.fr", "department": "2IA"})
    head = DepartmentHead.objects.get()
    assert "tete@exemple.fr" in words(browse.get(at("contract_heads")))
    browse.post(at("contract_head_remove", head_id=head.pk))
    assert not DepartmentHead.objects.exists()


def test_a_meeting_is_planned_and_ticked(browse, student, at):
    """R-PRO-4."""
    said = {"day": "12/03/2025", "starts": "14:00", "ends": "13:00", "place": "Amphi"}
    wrong = browse.post(at("contract_meeting_new"), said)
    assert (wrong.status_code, "La fin précède le début" in words(wrong)) == (422, True)
    browse.post(at("contract_meeting_new"), {**said, "ends": "15 h 30", "departments": ["2IA"]})
    meeting = InformationMeeting.objects.get()
    assert (meeting.starts_at.isoformat(), meeting.departments) == (
        "2025-03-12T13:00:00+00:00",
        ["2IA"],
    )
    sheet = at("contract_meeting", ref=meeting.ref)
    browse.post(sheet, {"present": [student.ref], "seen": ""})
    assert student.facts.get().state is FactState.HELD
    shown = browse.get(sheet)
    assert shown.context["seen"] == student.ref
    assert "1 présents sur 1 convoqués" in words(shown)
    assert "12 mars 2025" in words(browse.get(at("contract_meetings")))
    browse.post(sheet, {"present": [], "seen": student.ref})
    assert student.facts.get().state is FactState.UNKNOWN


def test_papers_are_kept_and_served(browse, at):
    upload = SimpleUploadedFile("fiche.pdf", files.pdf(), "application/pdf")
    said = {"title": "Fiche contact", "dated": "01/03/2025", "upload": upload}
    browse.post(at("contract_papers"), said)
    paper = PaperTemplate.objects.get()
    assert "Fiche contact" in words(browse.get(at("contract_papers")))
    served = browse.get(at("contract_paper_file", ref=paper.ref))
    assert served["Content-Type"] == "application/pdf"
    wrong = browse.post(
        at("contract_papers"), {**said, "upload": SimpleUploadedFile("a.pdf", b"x")}
    )
    assert wrong.status_code == 422


def test_the_way_to_the_newest_year(browse, client, year, at):
    assert browse.get(reverse("contract_years")).url == at("contract_students")
    client.force_login(accounts.candidate())
    assert client.get(reverse("contract_years")).status_code == 404


def test_before_a_year_is_loaded_the_office_reads_how(client, db):
    office = accounts.with_second_factor(accounts.contract_service(accounts.SchoolFactory()))
    client.force_login(office)
    found = client.get(reverse("contract_years"))
    assert found.status_code == 200
    assert "load_contract_year" in found.content.decode()
