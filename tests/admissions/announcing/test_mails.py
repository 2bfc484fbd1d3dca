"""The messages of an announcement, as they go out, in both languages."""

import pytest

from campaigns.models import Assessment
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
    assert sent.subject == (
        "Résultat de votre candidature\N{NO-BREAK SPACE}: Bâtiment – première année"
    )
    said = lines(sent.text)
    assert (
        said[0]
        == "Pré-admissible – voie standard. Vous avez 2 épreuves à passer, du 5 au 11 avril 2022."
    )
    assert said[6:13] == [
        "Vos épreuves :",
        "- Entretien de motivation (entretien vidéo différé), du 5 au 11 avril 2022",
        "  environ 30 min · en ligne, au moment de votre choix · une seule prise",
        "  Une invitation à vous connecter à la plateforme vous sera envoyée par e-mail.",
        "- Évaluation du niveau d’anglais, du 5 au 11 avril 2022",
        "  35 min · en ligne, au moment de votre choix",
        "  Une invitation à vous connecter à la plateforme vous sera envoyée par e-mail.",
    ]
    assert (
        "La réponse à cette étape (Épreuves probatoires) vous sera envoyée par e-mail le jeudi 5 mai 2022."
        in said
    )
    assert "Ce que la notice dit de la recherche :" in " ".join(said)
    assert any(line.endswith("/campaigns/ales-2022/") for line in said)
    assert lines(letter("decision_next", "en").text)[0] == (
        "Invited to tests – standard track. You have 2 tests to sit, from 5 to 11 April 2022."
    )


def test_whoever_is_accepted_reads_that_it_is_not_the_admission():
    """R-JOB-5, R-CAL-7: the start of term is assumed, and no letter names its day."""
    told.announced("excellence")
    said = lines(letter("decision_accepted").text)
    assert said[0] == (
        "Admissible – voie excellence académique. Cherchez dès maintenant une entreprise d’accueil."
    )
    assert "Ce n’est pas encore l’admission. Il faut pour cela :" in said
    pieces = [line for line in said if line.startswith("- si votre titre est en préparation : ")]
    assert [piece.partition(" : ")[2] for piece in pieces] == [
        "Diplôme ou attestation de réussite, dès son obtention",
        "Relevés de notes de la fin de l’année",
    ]
    assert "Une aide à la recherche commence le mardi 10 mai 2022." in said


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


def test_a_test_sat_with_another_is_on_its_day_which_is_booked_once():
    """R-SEL-5, R-SEL-7: as at Albi, with the mark that eliminates."""
    rows = Assessment.objects.filter(stage__selection__campaign__slug="ales-2022")
    candidacy = told.announced("standard")
    interview = rows.get(stage=candidacy.stage, key="second-interview")
    rows.filter(pk=interview.pk).update(booking="day", rebook=False, eliminates_at=4)
    rows.filter(stage=candidacy.stage, key="english").update(
        sat_with=interview, called_with=interview.called_with, booking="none"
    )
    told.plan(candidacy, "second-interview")
    told.plan(candidacy, "english")
    told.run("y1-second-call", told.SECOND_CALL)
    said = " ".join(lines(letter("call").text))
    assert "réserver le jour, dès que possible : http" in said
    assert "une note de 4/20 ou moins élimine" in said
    assert "Le choix se fait une seule fois et ne peut pas être changé." in said
    assert (
        "Évaluation du niveau d’anglais, le même jour que « Second entretien avec le jury »" in said
    )
    assert "on the same day as “" in letter("call", "en").text
