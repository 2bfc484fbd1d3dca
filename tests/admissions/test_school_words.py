"""Pages, letters and the recap speak with the words of the school: who decides, whom to write to."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils.html import strip_tags

from admissions.announcing.mails.answers import DecisionAcceptedMail, DecisionRejectedMail
from admissions.dossier.mails import candidate
from admissions.dossier.services.recap import html_of
from notifications.delivery.services import compose
from notifications.models import Notification
from notifications.queue import enqueue
from tests.factories import accounts, entering
from tests.factories import admissions as dossiers
from tests.factories import announcing as told

pytestmark = pytest.mark.django_db
CENTRAL, OFFICE = "support.dossier@imt.fr", "admissions@mines-albi.fr"
TOLD = datetime(2021, 3, 24, 10, 0, tzinfo=dossiers.PARIS)
CHECKED = datetime(2021, 3, 12, 10, 0, tzinfo=dossiers.PARIS)


def letter(kind):
    row = Notification.objects.filter(kind=f"admissions.{kind}").latest("pk")
    [(_, said)] = compose([row])
    assert not isinstance(said, Exception), said
    return said


def plain(text):
    return re.sub(r"[ \u00a0\n]+", " ", text)


def decision(mail, stage, outcome):
    row = entering.submitted()
    candidacy = row.candidacies.get()
    written = mail(
        recipient=candidate(row),
        application=row.ref,
        candidacy=candidacy.ref,
        stage=stage,
        outcome=outcome,
        at=TOLD,
        rectification=None,
        version=1,
    )
    enqueue([written], now=TOLD)
    return plain(letter(mail.name.partition(".")[2]).text)


def test_a_rejection_comes_from_the_commission_of_its_stage():
    """R-SEL-12, R-SEL-8"""
    said = decision(DecisionRejectedMail, "file", "rejected")
    assert (
        "Décision prise par la commission d’admissibilité sur votre candidature, annoncée le"
        in said
    )
    assert "jury" not in said


def test_an_appeal_sends_to_no_postal_address_where_none_is_printed():
    """R-SEL-8"""
    said = decision(DecisionRejectedMail, "tests", "rejected")
    assert "par la commission d’admission académique" in said
    assert "adressé à la direction de l’école (IMT Mines Albi). Sans réponse" in said
    assert "adresse postale" not in said


def test_what_rests_on_an_agreement_is_told_of_no_apprenticeship_contract():
    """R-ELI-4, R-JOB-5"""
    said = decision(DecisionAcceptedMail, "tests", "academic")
    assert said.startswith(
        "Admis académique. Votre admission repose sur l’accord de votre employeur : il vient d’abord."
    )
    assert "apprentissage" not in said.replace("Dossier commun Apprentissage", "").lower()
    assert "projet d’emploi" not in said


def test_the_central_service_is_the_only_one_to_write_to_before_its_check_has_ended():
    """R-APP-7"""
    row = entering.submitted()
    receipt = letter("receipt")
    assert (receipt.reply_to, OFFICE in receipt.text, CENTRAL in receipt.text) == (
        CENTRAL,
        False,
        True,
    )
    assert row.contact["email"] == CENTRAL
    row.completed_at = CHECKED
    assert row.contact["email"] == OFFICE


def test_its_recap_names_the_central_service_and_who_judges_the_title():
    """R-APP-7, R-SEL-12"""
    row = entering.submitted()
    content = row.last_submission.content
    assert content["contact"]["email"] == CENTRAL
    content["programmes"][0]["verdict"] = "jury"
    said = plain(strip_tags(html_of(row.last_submission)))
    assert "appréciée par la commission d’admission" in said


def test_a_recap_of_before_names_the_jury():
    """R-SEL-12: what was kept of it says no body."""
    row = entering.submitted()
    [programme] = row.last_submission.content["programmes"]
    del programme["body"]
    programme["verdict"] = "jury"
    assert "appréciée par le jury" in plain(strip_tags(html_of(row.last_submission)))


def overview(signed_in, row, at):
    with time_machine.travel(at, tick=False):
        response = signed_in(row.person.user).get(f"/dossiers/{row.ref}/")
    assert response.status_code == 200
    return plain(strip_tags(response.content.decode()))


def test_the_page_of_a_dossier_says_whom_to_write_to(signed_in):
    """R-APP-7"""
    row = dossiers.reread(entering.claimed(entering.submitted(), accounts.UserFactory()))
    said = overview(signed_in, row, entering.NOW + timedelta(days=1))
    assert CENTRAL in said
    assert OFFICE not in said


def test_a_call_is_told_without_naming_a_jury():
    """R-SEL-12"""
    candidacy = told.announced("standard")
    told.plan(candidacy, "second-interview")
    told.run("y1-second-call", told.SECOND_CALL)
    assert plain(letter("call").text).startswith("Vous avez 1 épreuve à passer")
