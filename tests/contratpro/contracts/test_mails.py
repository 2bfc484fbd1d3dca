"""What company and student are told of a contract, and where it leads them (R-PRO-10)."""

import pytest

from contratpro.contracts.services.deciding import reopen_contract
from notifications.delivery.services import compose
from notifications.models import Notification
from tests.factories import contracts


def composed(kind, language="fr"):
    row = Notification.objects.filter(kind=f"contratpro.{kind}").latest("pk")
    row.language = language
    mail = compose([row])[0][1]
    assert not isinstance(mail, Exception), mail
    return mail.subject, " ".join(mail.text.replace("\N{NO-BREAK SPACE}", " ").split())


def test_the_company_is_led_to_its_part_in_both_languages(student):
    contract = contracts.invited(student)
    subject, text = composed("contract_link")
    assert subject == f"Contrat de travail à remplir pour {student.full_name}"
    assert contracts.address_of(contract) in text
    assert f"/en{contracts.address_of(contract)}" in text
    assert "Fill in the part of the company" in text


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [
        ("fr", "Votre contrat de travail peut être signé", "l’a déclaré complet"),
        ("en", "Your employment contract can be signed", "found it complete"),
    ],
)
def test_the_student_is_told_that_it_can_be_signed(student, office, language, subject, words):
    contracts.completed(contracts.whole(student, office), office)
    said, text = composed("contract_news", language)
    assert said == subject
    assert words in text
    assert f"/contrat-pro/{student.ref}/contract/" in text


def test_the_student_reads_why_it_is_taken_up_again(student, office):
    contract = contracts.completed(contracts.whole(student, office), office)
    reopen_contract(
        ref=contract.ref, reason="La date est fausse.", actor=office, now=contracts.RECEIVED
    )
    subject, text = composed("contract_news")
    assert subject == "Votre contrat de travail est rouvert"
    assert "La date est fausse." in text


def test_the_company_reads_why_it_is_taken_up_again_in_both_languages(student, office):
    contracts.invited(student)
    contract = contracts.completed(contracts.whole(student, office), office)
    reopen_contract(
        ref=contract.ref, reason="La date est fausse.", actor=office, now=contracts.RECEIVED
    )
    subject, text = composed("contract_link")
    assert subject == f"Contrat de travail de {student.full_name} rouvert"
    assert text.count("La date est fausse.") == 2
    assert "Ce que vous avez saisi est conservé" in text
    assert "What you said is there" in text
    assert contracts.address_of(contract) in text
