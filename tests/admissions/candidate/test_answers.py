"""What a candidate reads once something was announced, and that it says nothing before."""

import re

import pytest
import time_machine
from django.utils.html import strip_tags

from admissions.models import Candidacy
from tests.factories import announcing as told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_applications_are_open")]


def page(signed_in, candidacy, at, path=""):
    with time_machine.travel(at, tick=False):
        client = signed_in(candidacy.application.person.user)
        response = client.get(f"/dossiers/{candidacy.application.ref}/{path}")
    assert response.status_code == 200
    return re.sub(r"\s+", " ", strip_tags(response.content.decode()))


def test_before_the_announcement_it_is_being_studied(signed_in):
    candidacy = told.candidacy()
    told.decide(candidacy, "excellence")
    said = page(signed_in, candidacy, told.FILE_RESULTS)
    assert "excellence" not in said
    assert "Bâtiment – première année À l’étude" in said


def test_an_accepted_candidate_reads_what_comes_next(signed_in):
    """R-JOB-5, R-SEL-8"""
    candidacy = told.announced("excellence")
    said = page(signed_in, candidacy, told.SECOND_CALL)
    assert (
        "Admissible – voie excellence académique Annoncée le lundi 4 avril 2022 à 10 h, heure de Paris"
        in said
    )
    assert "Ce n’est pas encore l’admission." in said
    assert "Épreuves à distance" not in said
    assert "Résultats d’admissibilité de la voie standard" not in said
    assert "mardi 10 mai 2022" in said


def test_a_trainee_reads_so_and_is_led_to_the_search(signed_in):
    """R-JOB-6"""
    candidacy = told.announced("excellence")
    Candidacy.objects.filter(pk=candidacy.pk).update(state="trainee")
    said = page(signed_in, candidacy, told.SECOND_CALL)
    assert "Vous êtes sur la liste complémentaire : vous commencez comme stagiaire" in said
    assert "Ma recherche d’entreprise" in said


def test_a_candidate_called_to_tests_reads_which_when_and_until_when(signed_in):
    """R-SEL-6"""
    candidacy = told.announced("standard", "english")
    said = page(signed_in, candidacy, told.FILE_RESULTS)
    assert "Évaluation du niveau d’anglais à passer" in said
    assert "du 5 au 11 avril 2022" in said
    assert (
        "Épreuves probatoires : la réponse vous sera envoyée par e-mail le jeudi 5 mai 2022."
        in said
    )


def test_a_test_whose_days_have_passed_is_no_longer_to_sit(signed_in):
    candidacy = told.announced("standard", "english")
    said = page(signed_in, candidacy, told.SECOND_CALL)
    assert "Évaluation du niveau d’anglais terminée du 5 au 11 avril 2022" in said


def test_a_rejected_candidate_reads_the_ways_of_appeal(signed_in):
    """R-SEL-8"""
    candidacy = told.announced("rejected")
    said = page(signed_in, candidacy, told.FILE_RESULTS)
    assert "Rejet de la candidature" in said
    assert "tribunal administratif" in said
    assert "Attendu de vous" not in said


def test_the_list_of_dossiers_says_what_was_told(signed_in):
    candidacy = told.announced("excellence")
    client = signed_in(candidacy.application.person.user)
    assert "voie excellence académique" in client.get("/dossiers/").content.decode()
