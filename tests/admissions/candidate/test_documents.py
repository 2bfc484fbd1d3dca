"""The documents step: a slot per piece; what is refused shows there and nowhere else."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from admissions.models import Application, Document
from common.models import StoredFile
from tests.factories import accounts, files
from tests.factories import admissions as dossiers

pytestmark = pytest.mark.usefixtures("while_applications_are_open")


@pytest.fixture
def application() -> Application:
    return dossiers.filled()


@pytest.fixture
def ask(signed_in, application):
    client = signed_in(application.person.user)

    def send(path="documents/", data=None):
        path = f"/dossiers/{application.ref}/{path}"
        return client.get(path) if data is None else client.post(path, data)

    return send


def slot(response, anchor):
    """The HTML of one slot."""
    html = response.content.decode()
    return re.search(rf'<section class="slot" id="{anchor}".*?</section>', html, re.DOTALL)[0]


def test_every_piece_says_what_it_takes_in_words(ask):
    """R-APP-3."""
    html = slot(ask(), "piece-photo")

    assert "JPG ou PNG, 2\xa0Mo au plus, 900 × 900 pixels au plus" in html
    assert 'accept=".jpg,image/jpeg,.png,image/png"' in html
    assert "capture" not in html
    assert "manquante" in html


def test_a_file_is_checked_kept_and_shown_at_its_slot(ask, application):
    response = ask(
        "documents/cv/give/", {"uploads": files.upload(files.pdf(), "CV été.pdf"), "due_on": ""}
    )

    given = Document.objects.get(application=application)
    html = slot(ask(), "piece-cv")
    assert (response.status_code, response["Location"]) == (
        302,
        f"/dossiers/{application.ref}/documents/#piece-cv",
    )
    assert (given.requirement.key, given.state, given.files.get().file.name) == (
        "cv",
        "given",
        "CV été.pdf",
    )
    assert f'href="/documents/{given.files.get().file.ref}"' in html
    assert "fournie" in html


def test_a_piece_per_programme_has_a_slot_of_its_own(ask, application):
    candidacy = application.candidacies.get(programme__code="MKX-1")

    response = ask(
        f"documents/motivation/{candidacy.ref}/give/",
        {"uploads": files.upload(files.pdf(), "lettre.pdf")},
    )

    assert response["Location"].endswith(f"#piece-motivation-{candidacy.ref}")
    assert Document.objects.get(application=application).subject_key == candidacy.ref


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"MZ" + b"\0" * 500, "releve.pdf", "n’est pas"),
        (b"<html><script>alert(1)</script>", "releve.pdf", "n’est pas"),
        (files.pdf() + b"\n%" + b" " * 2_000_001, "releve.pdf", "2\xa0Mo"),
        (files.pdf()[:200], "releve.pdf", "fichier"),
    ],
    ids=["executable", "html", "one byte too many", "cut"],
)
def test_a_hostile_file_is_refused_at_its_slot_and_nothing_else_is_lost(
    ask, application, content, name, words
):
    upload = SimpleUploadedFile(name, content, "application/pdf")

    response = ask("documents/current-marks/give/", {"uploads": upload, "due_on": "15/03/2022"})

    refused = slot(response, "piece-current-marks")
    assert response.status_code == 422
    assert words in refused
    assert 'value="15/03/2022"' in refused
    assert "invalid-feedback" not in slot(response, "piece-cv")
    assert not StoredFile.objects.exists()
    assert dossiers.reread(application).birth_name == application.birth_name


def test_nothing_chosen_is_said(ask):
    response = ask("documents/cv/give/", {})

    assert response.status_code == 422
    assert "Choisissez d’abord un fichier." in slot(response, "piece-cv")


def test_a_piece_that_may_wait_says_until_when(ask, application):
    """R-APP-5."""
    response = ask("documents/current-marks/later/", {"due_on": "15/03/2022"})

    awaited = Document.objects.get(application=application)
    assert response["Location"].endswith("#piece-current-marks")
    assert (awaited.state, awaited.due_on) == ("awaited", date(2022, 3, 15))
    assert "15\xa0mars 2022" in slot(ask(), "piece-current-marks")


def test_a_piece_needed_to_submit_cannot_wait(ask, application):
    response = ask("documents/cv/later/", {"due_on": "15/03/2022"})

    assert response.status_code == 422
    assert not Document.objects.filter(application=application).exists()


def test_a_day_that_cannot_be_read_stays_as_typed(ask):
    response = ask("documents/current-marks/later/", {"due_on": "mi-mars"})

    assert response.status_code == 422
    assert 'value="mi-mars"' in slot(response, "piece-current-marks")


@pytest.mark.parametrize(
    "path", ["documents/nope/give/", "documents/nope/later/", "documents/cv/nope/give/"]
)
def test_a_piece_that_is_not_asked_for_does_not_exist(ask, path):
    assert ask(path, {}).status_code == 404


def test_a_file_is_taken_back_from_a_draft(ask, application):
    dossiers.give(application, dossiers.piece_of(application, "cv"))
    file = StoredFile.objects.get()

    response = ask(f"files/{file.ref}/remove/", {})

    assert response["Location"] == f"/dossiers/{application.ref}/documents/"
    assert not Document.objects.filter(application=application).exists()


def test_only_who_may_read_the_dossier_reads_its_files(client, application, clerk):
    dossiers.give(application, dossiers.piece_of(application, "cv"))
    path = f"/documents/{StoredFile.objects.get().ref}"
    people = {
        "owner": application.person.user,
        "clerk": clerk,
        "other candidate": accounts.candidate(),
        "clerk of another school": accounts.with_second_factor(
            accounts.clerk(accounts.other_school())
        ),
        "juror": accounts.with_second_factor(accounts.juror()),
        "administrator": accounts.with_second_factor(accounts.administrator()),
    }

    answers = {}
    for who, user in people.items():
        client.force_login(user)
        answers[who] = client.get(path).status_code
    client.logout()

    assert answers == {
        "owner": 200,
        "clerk": 200,
        "other candidate": 404,
        "clerk of another school": 404,
        "juror": 404,
        "administrator": 404,
    }
    assert client.get(path)["Location"] == f"/accounts/login/?next={path}"


def test_after_the_deadline_pieces_are_read_and_no_longer_given(ask, application):
    dossiers.give(application, dossiers.piece_of(application, "cv"))

    with time_machine.travel(dossiers.LAST_SECOND + timedelta(seconds=1), tick=False):
        read = ask()
        written = ask("documents/photo/give/", {"uploads": files.upload(files.jpeg(), "moi.jpg")})

    assert "data-upload" not in read.content.decode()
    assert "apprentissage@mines-ales.fr" in read.content.decode()
    assert written.status_code == 403
    assert StoredFile.objects.count() == 1


def test_an_upload_begun_in_the_last_second_is_in_time(ask):
    """R-CAL-1: what counts is when the request reached us."""
    with time_machine.travel(dossiers.LAST_SECOND.replace(microsecond=999_999), tick=False):
        response = ask("documents/cv/give/", {"uploads": files.upload(files.pdf(), "cv.pdf")})

    assert response.status_code == 302


def test_once_submitted_an_awaited_piece_may_still_come(signed_in):
    """R-APP-5: after the deadline too."""
    application = dossiers.submitted()
    client = signed_in(application.person.user)

    with time_machine.travel(dossiers.LAST_SECOND + timedelta(days=2), tick=False):
        path = f"/dossiers/{application.ref}/documents/current-marks/give/"
        response = client.post(path, {"uploads": files.upload(files.pdf(), "s1.pdf")})
        page = client.get(f"/dossiers/{application.ref}/documents/")

    assert response.status_code == 302
    assert "Remplacer" not in slot(page, "piece-cv")
    assert "Ajouter des fichiers" in slot(page, "piece-current-marks")
    assert 'name="replace"' not in slot(page, "piece-current-marks")
