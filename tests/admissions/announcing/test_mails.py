"""The messages of an announcement, as they go out, in both languages."""

import pytest

from notifications.delivery.services import compose
from notifications.models import Notification
from tests.factories import announcing as told

pytestmark = pytest.mark.django_db


def letter(kind, language="fr"):
    row = Notification.objects.get(kind=f"admissions.{kind}")
    row.language = language
    [(_, sent)] = compose([row])
    assert not isinstance(sent, Exception), sent
    return sent


def lines(text):
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in text.splitlines() if line]


def test_whoever_is_called_to_tests_reads_their_number_nature_and_days():
    """R-SEL-6"""
    told.announced("standard", "english")
    sent = letter("decision_next")
    assert sent.subject.replace("\N{NO-BREAK SPACE}", " ") == (
        "Résultat de votre candidature : Bâtiment – première année"
    )
    said = lines(sent.text)
    assert (
        said[0]
        == "Pré-admissible – voie standard. Vous avez 2 épreuves à passer, du 5 au 11 avril 2022."
    )
    assert said[6:11] == [
        "Vos épreuves :",
        "- Entretien de motivation (entretien vidéo différé), du 5 au 11 avril 2022",
        "  environ 30 min · en ligne, au moment de votre choix · une seule prise",
        "- Évaluation du niveau d’anglais, du 5 au 11 avril 2022",
        "  35 min · en ligne, au moment de votre choix",
    ]
    assert (
        "La réponse à cette étape (Épreuves probatoires) vous sera envoyée par e-mail le jeudi 5 mai 2022."
        in said
    )
    assert lines(letter("decision_next", "en").text)[0] == (
        "Invited to tests – standard track. You have 2 tests to sit, from 5 to 11 April 2022."
    )


def test_whoever_is_accepted_reads_that_it_is_not_the_admission():
    """R-JOB-5, R-CAL-7: the start of term is assumed, and no letter names its day."""
    told.announced("excellence")
    said = lines(letter("decision_accepted").text)
    assert said[0] == (
        "Admissible – voie excellence académique. Cherchez dès maintenant une entreprise d’accueil et signez "
        "un contrat avant la rentrée."
    )
    assert "Ce n’est pas encore l’admission. Il faut pour cela :" in said
    assert "L’école vous aide dans votre recherche à partir du mardi 10 mai 2022." in said


def test_a_rejection_is_plain_and_dated_and_says_how_to_appeal():
    """R-SEL-8"""
    told.announced("rejected")
    said = lines(letter("decision_rejected").text)
    assert said[0] == (
        "Décision prise par le jury de recrutement sur votre candidature, annoncée le lundi 4 avril 2022 : "
        "Rejet de la candidature. Vous n’avez rien à faire."
    )
    assert "Voies et délais de recours" in said
    assert any("dans les deux mois" in line for line in said)
    assert any("tribunal administratif" in line for line in said)
    assert "+33 4 66 78 50 00" in said
    assert "tribunal administratif" in letter("decision_rejected").html


def test_a_call_inside_a_stage_names_the_test_in_its_subject():
    candidacy = told.announced("standard")
    told.plan(candidacy, "second-interview")
    told.run("y1-second-call", told.SECOND_CALL)
    sent = letter("call")
    assert sent.subject.replace("\N{NO-BREAK SPACE}", " ") == (
        "Convocation : Second entretien avec le jury – Bâtiment – première année"
    )
    assert lines(sent.text)[0] == "Vous avez 1 épreuve à passer, du 19 au 25 avril 2022."
