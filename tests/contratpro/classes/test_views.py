"""The pages of a session: for the office, for its teacher by an account or a link, for each student (R-PRO-11)."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from contratpro.classes.rules.signing import RollLine
from contratpro.classes.selectors import called_students
from contratpro.classes.services.keeping import call_roll
from contratpro.models import ClassPresence, ClassSession, StepRecord
from contratpro.states import StudentState
from tests.factories import classes, files
from tests.factories import contratpro as contracts
from tests.forms import fields_of

TIMETABLE = (
    "Date;Début;Fin;Matière;Groupe;Salle;Enseignant;E-mail;Identifiant\n"
    "15/09/2025;8h30;10h30;Réseaux;2IA IL;B 204;Paul Martin;paul@ecole.exemple.fr;S1\n"
    "16/09/2025;8h30;10h30;Réseaux;2IA IL;{place};Paul Martin;paul@ecole.exemple.fr;S2\n"
)


@pytest.fixture(autouse=True)
def _in_class():
    with time_machine.travel(classes.SIGNED, tick=False):
        yield


@pytest.fixture
def signed_in():
    """A browser for each, since several people act at once."""

    def sign_in(user):
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def session(year, student, office):
    return classes.planned(year, office)


@pytest.fixture
def teacher(session):
    return classes.teacher()


@pytest.fixture
def link(session, office):
    """A browser without an account, and the address of the link."""
    keeper = classes.linked(session, office)
    return Client(), classes.address_of(session), keeper.pin


def text(response):
    said = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(said.replace("\N{NO-BREAK SPACE}", " ").split())


def own(student):
    return f"/contrat-pro/{student.ref}/classes/"


def desk(session):
    return f"/contrat-pro/teaching/{session.ref}/"


def page_of(session):
    return f"/admin/contrat-pro/classes/{session.ref}/"


def week(year):
    return f"/admin/contrat-pro/{year.slug}/classes/"


def state(session):
    return ClassSession.objects.get(pk=session.pk).state


def at(moment):
    return time_machine.travel(moment, tick=False)


def file(content, name="edt.csv"):
    return files.upload(content.encode(), name)


def test_a_teacher_keeps_a_session_from_a_phone_by_a_link(signed_in, session, student, link):
    """R-PRO-11: the code of the mail, then the room's; the student types it; the teacher countersigns."""
    browser, address, pin = link
    assert student.full_name not in text(browser.get(address))
    assert browser.post(f"{address}pin/", {"pin": "1"}).status_code == 422
    browser.post(f"{address}pin/", {"pin": f"{pin[:3]} {pin[3:]}"})
    opened = browser.post(f"{address}open/", follow=True)
    assert opened.headers["Refresh"] == "61"
    code = re.search(r'class="room-code"[^>]*>(\d{3} \d{3})<', opened.content.decode())[1]

    signed = signed_in(student.user).post(f"{own(student)}{session.ref}/sign/", {"code": code})
    assert signed.status_code == 302

    with at(classes.CLOSED):
        page = browser.get(address)
        assert "Dans la salle : 1." in text(page)
        typed = fields_of(page)
        done = browser.post(f"{address}countersign/", typed, follow=True)
    assert "Contresignée par Paul Martin" in text(done)
    assert state(session) == "countersigned"


def test_an_address_that_the_room_has_seen_shows_no_name_and_signs_nothing(session, student, link):
    """R-PRO-11: a link that leaks."""
    browser, address, _pin = link
    page = browser.get(address).content.decode()
    for hidden in (student.full_name, student.ref, student.email):
        assert hidden not in page
    for act in ("open", "roll", "countersign"):
        assert browser.post(f"{address}{act}/", {"minutes": 120}).status_code == 302
    assert state(session) == "scheduled"


def test_a_program_that_opens_the_link_does_nothing(session, link):
    browser, address, _pin = link
    for act in ("", "pin/", "open/", "roll/", "countersign/", "?code=1"):
        browser.get(f"{address}{act}")
    assert state(session) == "scheduled"


def test_a_teacher_with_an_account_finds_their_sessions(signed_in, session, teacher):
    client = signed_in(teacher)
    assert desk(session) in client.get("/contrat-pro/teaching/").content.decode()
    assert "Ouvrir la séance" in text(client.get(desk(session)))
    client.post(f"{desk(session)}open/")
    assert state(session) == "open"


def test_whom_no_session_names_has_no_such_page(signed_in, session, student):
    client = signed_in(student.user)
    for address in ("/contrat-pro/teaching/", desk(session)):
        assert client.get(address).status_code == 404
    assert client.post(f"{desk(session)}open/").status_code == 404


def test_the_roll_is_called_by_name(signed_in, year, session, student, teacher):
    late = contracts.student(year, StudentState.FEASIBLE)
    client = signed_in(teacher)
    client.post(f"{desk(session)}open/")
    typed = fields_of(client.get(desk(session)))
    said = {f"found-{student.ref}": "present", f"found-{late.ref}": "late"}
    without = client.post(f"{desk(session)}roll/", typed | said)
    assert without.status_code == 422
    assert "combien de minutes" in text(without)
    client.post(f"{desk(session)}roll/", typed | said | {f"late-{late.ref}": "20"})
    found = dict(ClassPresence.objects.values_list("student__ref", "late_minutes"))
    assert found == {student.ref: 0, late.ref: 20}


def test_who_signs_while_the_roll_is_called_keeps_what_they_signed(
    signed_in, session, student, teacher
):
    client = signed_in(teacher)
    client.post(f"{desk(session)}open/")
    typed = fields_of(client.get(desk(session)))
    classes.signed(session, student)
    said = typed | {f"found-{student.ref}": "absent"}
    answer = client.post(f"{desk(session)}roll/", said, follow=True)
    assert "signé entre-temps" in text(answer)
    assert ClassPresence.objects.get().state == "present"


def test_a_countersignature_is_of_the_roll_that_was_read(signed_in, session, student, teacher):
    client = signed_in(teacher)
    client.post(f"{desk(session)}open/")
    typed = fields_of(client.get(desk(session)))
    classes.signed(session, student)
    answer = client.post(f"{desk(session)}countersign/", typed)
    assert answer.status_code == 422
    assert state(session) == "open"


def test_a_session_opens_in_its_time(signed_in, session, teacher):
    client = signed_in(teacher)
    with at(classes.STARTS - timedelta(hours=1)):
        assert "Ouvrir la séance" not in text(client.get(desk(session)))
        assert client.post(f"{desk(session)}open/").status_code == 422
        assert client.get(f"{desk(session)}?code=1").headers.get("Refresh") is None


def test_a_student_reads_today_and_signs(signed_in, session, student, teacher):
    classes.opened(session, classes.kept_by(teacher, session))
    client = signed_in(student.user)
    assert "Je signe" in text(client.get(own(student)))
    wrong = client.post(f"{own(student)}{session.ref}/sign/", {"code": "0"})
    assert wrong.status_code == 422
    assert "Ce n’est pas le code" in text(wrong)
    client.post(f"{own(student)}{session.ref}/sign/", {"code": classes.code_of(session)})
    page = text(client.get(own(student)))
    assert "signé avec le code" in page
    assert "Je signe" not in page


def test_another_student_of_another_class_reads_and_signs_nothing_of_it(
    signed_in, year, session, student, teacher
):
    other = contracts.student(year, StudentState.FEASIBLE, department="ECOMAP", option="")
    classes.opened(session, classes.kept_by(teacher, session))
    client = signed_in(other.user)
    assert session.course not in text(client.get(own(other)))
    tried = client.post(f"{own(other)}{session.ref}/sign/", {"code": classes.code_of(session)})
    assert tried.status_code == 422
    assert client.get(own(student)).status_code == 404
    assert not ClassPresence.objects.exists()


def test_why_a_code_signs_nothing_is_said_whatever_the_page_shows_by_then(
    signed_in, year, office, session, student, teacher
):
    """A page that is open on a phone is older than what the teacher says, or the timetable."""
    keeper = classes.kept_by(teacher, session)
    classes.opened(session, keeper)
    code = classes.code_of(session)
    line = RollLine(ref=student.ref, found=classes.ABSENT)
    call_roll(keeper=keeper, lines=[line], now=classes.SIGNED)
    client = signed_in(student.user)
    called_absent = client.post(f"{own(student)}{session.ref}/sign/", {"code": code})
    assert "demandez-lui de rectifier" in text(called_absent)
    other = classes.planned(year, office, groups=(("2IA", "IASD"),), course="Apprentissage profond")
    moved = client.post(f"{own(student)}{other.ref}/sign/", {"code": code})
    assert "Cette séance ne vous concerne pas." in text(moved)
    assert other.course not in text(moved)


def test_what_is_wrong_with_a_code_leads_to_its_box(signed_in, session, student, teacher):
    classes.opened(session, classes.kept_by(teacher, session))
    answer = signed_in(student.user).post(f"{own(student)}{session.ref}/sign/", {"code": ""})
    page, box = answer.content.decode(), f"code-{session.ref}"
    assert f'href="#{box}"' in page
    assert f'id="{box}"' in page


def test_a_booklet_is_always_up_to_date(signed_in, session, student, teacher):
    """R-PRO-11: a page and a PDF by month, with both signatures."""
    keeper = classes.kept_by(teacher, session)
    classes.opened(session, keeper)
    classes.signed(session, student)
    client = signed_in(student.user)
    assert "0 h sur 0 h tenues" in text(client.get(own(student)))
    classes.closed(session, keeper)
    answer = client.get(f"{own(student)}?month=2025-09")
    assert 'data-label="Suivies"' in answer.content.decode()  # a phone shows no headings
    page = text(answer)
    assert "2 h sur 2 h tenues, 270 h prévues" in page
    assert "Paul Martin 15 septembre 2025" in page
    printed = client.get(f"{own(student)}booklet/2025-09/")
    assert printed.content.startswith(b"%PDF")
    assert client.get(f"{own(student)}booklet/septembre/").status_code == 404


def test_a_student_hands_the_booklet_in(signed_in, session, student, teacher):
    client = signed_in(student.user)
    assert "vide" in text(client.get(f"{own(student)}hand-in/"))
    keeper = classes.kept_by(teacher, session)
    classes.opened(session, keeper)
    classes.closed(session, keeper)
    with at(classes.CLOSED + timedelta(hours=1)):
        assert "Manquées : 2 h" in text(client.get(f"{own(student)}hand-in/"))
        client.post(f"{own(student)}hand-in/")
        assert "est remis" in text(client.get(own(student)))
    assert StepRecord.objects.filter(key="booklet-return", state="done").exists()


@pytest.mark.parametrize("key", ["booklet", "booklet-return"])
def test_the_steps_of_the_booklet_lead_to_its_handing_in(signed_in, year, student, office, key):
    client = signed_in(student.user)
    step = f"/contrat-pro/{student.ref}/steps/{key}/"
    assert client.get(step).status_code == 200
    classes.planned(year, office)
    assert client.get(step)["Location"] == f"{own(student)}hand-in/"


def test_an_absence_is_excused_by_what_the_student_gives(
    signed_in, session, student, teacher, office, year
):
    keeper = classes.kept_by(teacher, session)
    classes.opened(session, keeper)
    classes.closed(session, keeper)
    client = signed_in(student.user)
    excuse = f"{own(student)}{session.ref}/excuse/"
    assert client.post(excuse, {"upload": file("bonjour", "a.pdf")}).status_code == 422
    client.post(excuse, {"upload": files.upload(files.pdf(), "arret.pdf")})
    assert client.get(f"{own(student)}{session.ref}/document/").status_code == 200

    staff = signed_in(office)
    assert "1 justificatif à traiter" in text(staff.get(week(year)))
    act = f"{page_of(session)}students/{student.ref}/excuse/"
    staff.post(act)
    assert ClassPresence.objects.get().state == "excused"
    assert staff.get(act).status_code == 404
    assert client.get(excuse).status_code == 404


def test_the_office_puts_a_presence_right(signed_in, session, student, teacher, office):
    keeper = classes.kept_by(teacher, session)
    classes.opened(session, keeper)
    classes.closed(session, keeper)
    act = f"{page_of(session)}students/{student.ref}/correct/"
    client = signed_in(office)
    assert client.post(act, {"state": "present", "reason": ""}).status_code == 422
    client.post(act, {"state": "late", "late": "10", "reason": "Train en retard."})
    assert ClassPresence.objects.get().late_minutes == 10


def test_a_timetable_is_shown_before_it_is_written(signed_in, year, office, student):
    """R-PRO-11: with preview and differences."""
    client = signed_in(office)
    shown = client.post(f"{week(year)}import/", {"file": file(TIMETABLE.format(place="B 1"))})
    assert "nouvelle 2" in text(shown)
    assert not ClassSession.objects.exists()
    client.post(f"{week(year)}import/write/", fields_of(shown))
    assert ClassSession.objects.count() == 2

    given = {"file": file(TIMETABLE.format(place="Amphi")), "groups": ["2IA"], "whole": "on"}
    again = client.post(f"{week(year)}import/", given)
    assert "B 1 → Amphi" in text(again)
    client.post(f"{week(year)}import/write/", fields_of(again))
    assert set(ClassSession.objects.values_list("place", flat=True)) == {"B 204", "Amphi"}
    same = client.post(f"{week(year)}import/", {"file": file(TIMETABLE.format(place="Amphi"))})
    assert "rien à écrire" in text(same)


def test_a_whole_timetable_cancels_what_it_no_longer_has(signed_in, year, office, student):
    client = signed_in(office)
    shown = client.post(f"{week(year)}import/", {"file": file(TIMETABLE.format(place="B 1"))})
    client.post(f"{week(year)}import/write/", fields_of(shown))
    lines = TIMETABLE.format(place="B 1").splitlines()
    extra = lines[1].replace("15/09", "17/09").replace("S1", "S3")
    fewer = "\n".join([lines[0], lines[1], extra])
    shown = client.post(f"{week(year)}import/", {"file": file(fewer), "whole": "on"})
    client.post(f"{week(year)}import/write/", fields_of(shown))
    assert dict(ClassSession.objects.values_list("uid", "state")) == {
        "S1": "scheduled",
        "S2": "cancelled",
        "S3": "scheduled",
    }


def test_a_timetable_that_changed_meanwhile_is_not_written(signed_in, year, office, student):
    client = signed_in(office)
    shown = client.post(f"{week(year)}import/", {"file": file(TIMETABLE.format(place="B 1"))})
    for _ in range(2):
        answer = client.post(f"{week(year)}import/write/", fields_of(shown), follow=True)
    assert "rien n’a été écrit" in text(answer)
    assert ClassSession.objects.count() == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "vide"),
        ("a;b\n1;2\n", "Cours, Jour, Début"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\n", "ne se lit pas comme un calendrier"),
        ("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nEND:VCALENDAR\n", "aucune séance"),
        ("Cours;Jour;Début;Fin\n", "aucune séance"),
    ],
)
def test_what_is_no_timetable_is_refused_in_words(signed_in, year, office, content, words):
    answer = signed_in(office).post(f"{week(year)}import/", {"file": file(content)})
    assert answer.status_code == 422
    assert words in text(answer)


def test_wrong_lines_are_said_and_left_out(signed_in, year, office):
    wrong = TIMETABLE.format(place="B 1") + "17/09/2025;8h;7h;Réseaux;XX;;;paul;S3\n"
    shown = signed_in(office).post(f"{week(year)}import/", {"file": file(wrong)})
    assert "Ligne 4" in text(shown)
    assert "n’est ni un département ni une option" in text(shown)


def test_a_session_is_typed_moved_cancelled_and_planned_again(signed_in, year, office, student):
    client = signed_in(office)
    typed = {
        "course": "Réseaux",
        "kind": "tutorial",
        "day": "15/09/2025",
        "starts": "14h",
        "ends": "13h",
        "groups": ["2IA IL"],
    }
    assert client.post(f"{week(year)}new/", typed).status_code == 422
    added = client.post(f"{week(year)}new/", typed | {"ends": "16h"})
    session = ClassSession.objects.get()
    assert added["Location"] == page_of(session)
    shown = fields_of(client.get(f"{page_of(session)}change/"))
    client.post(f"{page_of(session)}change/", shown | {"place": "Amphi", "ends": "16:30"})
    session.refresh_from_db()
    assert (session.place, session.minutes) == ("Amphi", 150)
    client.post(f"{page_of(session)}cancel/", {"reason": "Grève."})
    assert "Grève." in text(client.get(page_of(session)))
    assert client.get(f"{page_of(session)}change/").status_code == 404
    assert "Grève." in text(signed_in(student.user).get(own(student)))
    client.post(f"{page_of(session)}restore/")
    assert state(session) == "scheduled"


def test_the_office_reads_what_was_tried(signed_in, session, student, link, office, teacher):
    """R-PRO-11: the log says what was tried."""
    browser, address, _pin = link
    browser.post(f"{address}pin/", {"pin": "1"})
    classes.opened(session, classes.kept_by(teacher, session))
    signed_in(student.user).post(f"{own(student)}{session.ref}/sign/", {"code": "0"})
    page = text(signed_in(office).get(page_of(session)))
    assert "2 essais qui n’ont rien signé" in page
    assert f"{student.full_name} : Ce n’est pas le code de cette séance" in page
    assert "qui avait le lien : Ce n’est pas le code que l’e-mail donne" in page


def test_a_paper_sheet_is_printed_then_typed_once(signed_in, year, session, office, student):
    """R-PRO-11: paper is an equal path."""
    client = signed_in(office)
    assert client.get(f"{page_of(session)}sheet/").content.startswith(b"%PDF")
    typed = fields_of(client.get(f"{page_of(session)}paper/"))
    typed |= {f"found-{student.ref}": "present", "scan": files.upload(files.pdf(), "f.pdf")}
    assert client.post(f"{page_of(session)}paper/", typed | {"scan": ""}).status_code == 422
    typed["scan"] = files.upload(files.pdf(), "f.pdf")
    assert client.post(f"{page_of(session)}paper/", typed)["Location"] == page_of(session)
    assert client.get(f"{page_of(session)}scan/").status_code == 200
    assert "il n’y a pas de feuille à saisir" in text(client.get(f"{page_of(session)}paper/"))


def test_the_booklet_is_read_by_who_works_with_the_student(signed_in, session, student, tutor):
    page = signed_in(tutor).get(f"/admin/contrat-pro/students/{student.ref}/booklet/")
    assert session.course in text(page)


def test_their_pages_lead_there(signed_in, year, session, student, office):
    assert (
        own(student) in signed_in(student.user).get(f"/contrat-pro/{student.ref}/").content.decode()
    )
    client = signed_in(office)
    of_student = client.get(f"/admin/contrat-pro/students/{student.ref}/")
    assert f"/admin/contrat-pro/students/{student.ref}/booklet/" in of_student.content.decode()
    assert page_of(session) in client.get(f"{week(year)}?week=2025-09-17").content.decode()
    assert page_of(session) not in client.get(f"{week(year)}?week=2025-09-22").content.decode()
    shown = client.get(f"{week(year)}?week=x&department=ECOMAP").content.decode()
    assert page_of(session) not in shown


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_lists_ask_the_same_of_the_database_for_one_row_and_for_many(
    signed_in, year, session, student, office, teacher
):
    tomorrow = timedelta(days=1)
    classes.planned(
        year, office, starts_at=classes.STARTS + tomorrow, ends_at=classes.ENDS + tomorrow
    )
    staff, own_client = signed_in(office), signed_in(student.user)
    addresses = [(staff, week(year)), (staff, page_of(session)), (own_client, own(student))]
    few = [queries(*one) for one in addresses]
    for number in range(5):
        day = timedelta(hours=number)
        other = classes.planned(
            year, office, starts_at=classes.STARTS + day, ends_at=classes.ENDS + day
        )
        pupil = contracts.student(year, StudentState.FEASIBLE)
        found = {student: classes.PRESENT, pupil: classes.ABSENT}
        classes.on_paper(other, office, found, at=classes.CLOSED + day)
    assert called_students(session).count() == 6
    assert [queries(*one) for one in addresses] == few


def test_a_mail_leads_to_the_session_with_its_code(session, link):
    from tests.contratpro.sheets.test_mails import composed  # noqa: PLC0415 -- as it reads a mail

    _browser, address, pin = link
    subject, said = composed("class_link")
    assert subject.startswith(
        "Présence à votre séance\N{NO-BREAK SPACE}: Ingénierie logicielle, lundi 15\N{NO-BREAK SPACE}septembre"
    )
    assert address in said
    assert f"{pin[:3]} {pin[3:]}" in said
