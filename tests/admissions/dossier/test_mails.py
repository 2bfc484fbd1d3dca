"""The messages of a dossier, as they go out: composed from the outbox, in both languages."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from admissions.checking.services import record_payment
from admissions.dossier.services import drafts, endings, pieces
from common.rules import Cents
from notifications.delivery.services import compose
from notifications.models import Notification
from tests.factories import accounts
from tests.factories import admissions as dossiers

pytestmark = pytest.mark.django_db
DUT = "DUT Génie civil – construction durable"
FEES = (
    "Frais de ce dépôt : 99 €. Reste à régler : 99 €. Réglez par virement : demandez les coordonnées bancaires au "
    "service nommé plus bas et indiquez la référence de votre candidature, étudiée une fois réglée. "
    "Les frais ne sont pas remboursés."
)
REFUSED = (
    "Le service chargé de vérifier les candidatures a refusé la vôtre le vendredi 11 mars 2022 à 23 h 59, "
    "heure de Paris, pour ce motif :"
)
AT_THAT_HOUR = "2022 à 21 h 04, heure de Paris"
NOW, ENDED = dossiers.SUBMITTED, dossiers.ENDED


def letter(kind, language, number=0):
    rows = Notification.objects.filter(kind=f"admissions.{kind}").order_by("pk")
    row = rows[number]
    row.language = language
    composed = compose([row])[0][1]
    assert not isinstance(composed, Exception), composed
    return composed


def lines(text):
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in text.splitlines() if line]


@pytest.fixture
def submitted():
    application = dossiers.complete(
        first_names="Élodie", birth_name="Cœur", usual_name="", nationality="FR"
    )
    piece = dossiers.piece_of(application, "diploma-to-come")
    pieces.await_document(
        requirement_key=piece.key,
        subject_key=piece.subject_key,
        due_on=date(2022, 7, 1),
        now=dossiers.STARTED,
        **dossiers.whose(application),
    )
    return dossiers.submit(application)


def test_the_receipt_in_french_says_all_that_the_law_asks(submitted):
    """R-APP-1, R-APP-2, R-APP-5: date and hour received, programmes, what is owed, pieces awaited, whom to call."""
    sent = letter("receipt", "fr")
    assert (
        sent.subject
        == "Candidature reçue\N{NO-BREAK SPACE}: Bâtiment – première année, Mécatronique – première année"
    )
    assert sent.reply_to == "apprentissage@mines-ales.fr"
    assert lines(sent.text)[:22] == [
        "Votre candidature est reçue. Fournissez les pièces ci-dessous dès que vous les aurez.",
        "Campagne : Admissions 2022 en formation d’ingénieur par apprentissage",
        "Reçue le : dimanche 20 février 2022 à 21 h 04, heure de Paris",
        f"Numéro : {submitted.ref}",
        "Nom : Élodie Cœur",
        "Formations demandées :",
        "- Bâtiment – première année",
        "- Mécatronique – première année",
        FEES,
        "Pièces encore attendues :",
        "- Relevés de notes de l’année en cours",
        f"- Diplôme ou attestation de réussite, dès son obtention ({DUT}), prévue le 1er juillet 2022",
        f"- Relevés de notes de la fin de l’année ({DUT})",
        "Suivez votre candidature, fournissez des pièces et retrouvez son récapitulatif en PDF :",
        f"http://127.0.0.1:8000/dossiers/{submitted.ref}/",
        "Direction des formations par apprentissage",
        "IMT Mines Alès",
        "6 avenue de Clavières",
        "30319 Alès cedex",
        "apprentissage@mines-ales.fr",
        "+33 4 66 78 50 00",
        "—",
    ]


def test_the_receipt_in_english(submitted):
    sent = letter("receipt", "en")
    assert sent.subject == "Application received: Building – first year, Mechatronics – first year"
    text = lines(sent.text)
    assert "Received on: Sunday 20 February 2022 at 21:04, Paris time" in text
    assert f"http://127.0.0.1:8000/en/dossiers/{submitted.ref}/" in text
    assert "Apprenticeship programmes office" in text


@pytest.mark.parametrize("kind", ["receipt", "withdrawal", "refusal"])
def test_the_page_says_what_the_text_says(submitted, kind):
    endings.withdraw_candidacy(
        candidacy_ref=submitted.candidacies.first().ref,
        now=NOW + timedelta(days=1),
        **dossiers.whose(submitted),
    )
    clerk = accounts.clerk(submitted.campaign.organiser)
    endings.refuse_application(
        ref=submitted.ref, actor=clerk, reason="Relevé <illisible>", now=ENDED
    )
    sent = letter(kind, "fr")
    for said in (
        "Admissions 2022",
        submitted.ref,
        "+33 4 66 78 50 00",
        "mailto:apprentissage@mines-ales.fr",
    ):
        assert said in sent.html
    assert '<html lang="fr">' in sent.html
    assert "<illisible>" not in sent.html
    assert "http" not in sent.html.replace("http://127.0.0.1:8000", "")


def test_a_second_receipt_tells_what_was_added(submitted):
    record_payment(ref=submitted.ref, cents=Cents(9900), actor=accounts.clerk(), now=NOW)
    drafts.choose_programmes(codes=["INFRES-SR-1"], now=NOW, **dossiers.whose(submitted))
    dossiers.give_all(submitted, NOW)
    dossiers.submit(submitted, NOW + timedelta(minutes=5))
    added = "Informatique et réseaux, parcours Systèmes et réseaux – première année"
    assert letter("receipt", "fr", 1).subject == f"Candidature reçue\N{NO-BREAK SPACE}: {added}"
    text = lines(letter("receipt", "fr", 1).text)
    assert "Reçue le : dimanche 20 février 2022 à 21 h 09, heure de Paris" in text
    assert any(line.startswith("Frais de ce dépôt : 22 €. Reste à régler : 22 €") for line in text)


def test_what_is_paid_already_is_not_asked_again(submitted):
    record_payment(ref=submitted.ref, cents=Cents(12100), actor=accounts.clerk(), now=NOW)
    drafts.choose_programmes(codes=["INFRES-SR-1"], now=NOW, **dossiers.whose(submitted))
    dossiers.give_all(submitted, NOW)
    dossiers.submit(submitted, NOW + timedelta(minutes=5))
    assert "Frais de ce dépôt : 22 €. Il ne reste rien à payer." in lines(
        letter("receipt", "fr", 1).text
    )


def test_a_receipt_tells_what_was_received_even_if_sent_after_a_withdrawal(submitted):
    endings.withdraw_application(now=NOW + timedelta(minutes=1), **dossiers.whose(submitted))
    assert "- Bâtiment – première année" in lines(letter("receipt", "fr").text)


def test_a_subject_that_would_be_too_long_gives_codes():
    dossiers.submitted(programmes=("BAT-1", "INFRES-SR-1", "INFRES-DL-1"))
    assert (
        letter("receipt", "fr").subject
        == "Candidature reçue\N{NO-BREAK SPACE}: BAT-1, INFRES-SR-1, INFRES-DL-1"
    )


def test_a_withdrawal_is_confirmed(submitted):
    """R-APP-9"""
    endings.withdraw_application(now=NOW + timedelta(days=1), **dossiers.whose(submitted))
    sent = letter("withdrawal", "fr")
    assert (
        sent.subject
        == "Désistement enregistré\N{NO-BREAK SPACE}: Bâtiment – première année, Mécatronique – première année"
    )
    assert lines(sent.text)[:6] == [
        f"Votre désistement a été enregistré le lundi 21 février {AT_THAT_HOUR}. Il prend effet aussitôt.",
        "Campagne : Admissions 2022 en formation d’ingénieur par apprentissage",
        f"Numéro : {submitted.ref}",
        "Vous ne candidatez plus à :",
        "- Bâtiment – première année",
        "- Mécatronique – première année",
    ]


def test_a_refusal_is_plain_and_dated_and_says_why():
    """R-APP-5"""
    application = dossiers.refused(reason="Relevé de notes illisible.")
    sent = letter("refusal", "fr")
    assert (
        sent.subject
        == "Candidature refusée\N{NO-BREAK SPACE}: Bâtiment – première année, Mécatronique – première année"
    )
    assert lines(sent.text)[:7] == [
        REFUSED,
        "Relevé de notes illisible.",
        "Campagne : Admissions 2022 en formation d’ingénieur par apprentissage",
        f"Numéro : {application.ref}",
        "Formations concernées :",
        "- Bâtiment – première année",
        "- Mécatronique – première année",
    ]


def test_a_batch_is_composed_whole_whatever_its_languages(django_assert_max_num_queries):
    for _ in range(3):
        dossiers.submitted()
    rows = list(Notification.objects.order_by("pk"))
    rows[1].language = "en"
    with django_assert_max_num_queries(1):
        composed = compose(rows)
    assert [sent.subject.split(":")[0].strip() for _, sent in composed] == [
        "Candidature reçue",
        "Application received",
        "Candidature reçue",
    ]
    assert translation.get_language() == "fr"
