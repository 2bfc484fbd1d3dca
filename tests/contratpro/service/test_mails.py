"""What students are sent by the contrat pro office, in both languages."""

from datetime import UTC, datetime

import pytest

from common.journal import Stamp
from common.moves import begin
from contratpro.models import ConditionFact
from contratpro.service.services import refuse_project
from contratpro.states import FactState, StudentState
from contratpro.students.services.following import invite_students
from contratpro.vocabulary import Party
from contratpro.year.selectors import year_now
from notifications.delivery.services import compose
from notifications.models import Notification
from tests.factories import accounts, contratpro

NOW = datetime(2025, 3, 4, 9, 0, tzinfo=UTC)


def letter(kind, language="fr"):
    row = Notification.objects.get(kind=f"contratpro.{kind}")
    row.language = language
    composed = compose([row])[0][1]
    assert not isinstance(composed, Exception), composed
    return composed.subject, " ".join(composed.text.replace("\N{NO-BREAK SPACE}", " ").split())


def invite(year, office, **changes):
    student = contratpro.student(year, StudentState.LISTED, user=None, **changes)
    invite_students(slug=year.slug, actor=office, now=NOW)
    return student


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "Créez un compte avec l’adresse"), ("en", "Make an account with the address")],
)
def test_who_has_no_account_is_led_to_make_one(year, office, language, words):
    student = invite(year, office)
    _, text = letter("invitation", language)
    assert f"{words} {student.email}" in text
    assert "/accounts/signup/" in text
    assert "contrats-pro@mines-ales.fr" in text


def test_who_has_an_account_is_led_to_sign_in(year, office):
    """R-PRO-1: a former candidate has one account."""
    user = accounts.UserFactory()
    invite(year, office, email=user.email)
    _, text = letter("invitation")
    assert f"Connectez-vous avec l’adresse {user.email}" in text
    assert "/accounts/login/" in text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Avoir assisté à la réunion d’information (article 4). Ce qui le montre : "),
        ("en", "Having attended the information meeting (article 4). To show: "),
    ],
)
def test_a_refusal_says_every_reason_with_its_article(student, office, language, said):
    """R-PRO-4: all reasons at once, with article and what to do."""
    refuse_project(ref=student.ref, reason="Venez nous voir.", actor=office, now=NOW)
    subject, text = letter("answer", language)
    assert said in text
    assert "Venez nous voir." in text
    assert text.count("(article 4)") == 7
    assert "grant" not in text + subject


@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", "pour cette raison : Parti ailleurs."), ("en", "for this reason: Parti ailleurs.")],
)
def test_a_refusal_that_no_condition_asks_for_says_the_words_of_the_office(
    student, office, language, said
):
    for key in year_now(student.year).conditions:
        begin(
            ConditionFact(
                student=student, key=key, said_by=Party.CONTRACT_SERVICE, by=office, said_at=NOW
            ),
            FactState.HELD,
            Stamp.of(office, NOW),
            verb="hold",
        )
    refuse_project(ref=student.ref, reason="Parti ailleurs.", actor=office, now=NOW)
    _, text = letter("answer", language)
    assert said in text
    assert text.count("Parti ailleurs.") == 1
