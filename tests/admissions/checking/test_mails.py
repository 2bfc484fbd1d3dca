"""What candidates are sent while their dossier is checked, in both languages."""

import pytest

from admissions.checking.services import refuse_document
from notifications.delivery.services import compose
from notifications.models import Notification
from tests.factories import admissions as dossiers

pytestmark = pytest.mark.django_db


def letter(kind, language):
    row = Notification.objects.get(kind=f"admissions.{kind}")
    row.language = language
    composed = compose([row])[0][1]
    assert not isinstance(composed, Exception), composed
    return composed.subject, " ".join(composed.text.replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.mark.parametrize(
    ("language", "subject", "said"),
    [
        ("fr", "Pièces à fournir au plus tard le vendredi 18 mars 2022 :", "Refusée : Illisible."),
        ("en", "Documents to supply by Friday 18 March 2022:", "Refused: Illisible."),
    ],
)
def test_pieces_asked_for_are_listed_with_the_reasons_and_the_day(language, subject, said):
    """R-APP-5. What was asked stays said, whatever was given since."""
    application = dossiers.asked()
    dossiers.give(
        application, dossiers.piece_of(application, "photo", dossiers.CHECKED), now=dossiers.CHECKED
    )
    found, text = letter("pieces_asked", language)
    assert found.replace("\N{NO-BREAK SPACE}", " ").startswith(subject)
    assert said in text


@pytest.mark.parametrize(
    ("language", "day"), [("fr", "lundi 4 avril 2022"), ("en", "Monday 4 April 2022")]
)
def test_a_complete_dossier_is_told_with_the_day_of_the_answer(language, day):
    """R-APP-8."""
    dossiers.handed_over()
    assert day in letter("complete", language)[1]


@pytest.mark.parametrize(
    ("language", "word"), [("fr", "Pièce à remplacer"), ("en", "Document to replace")]
)
def test_a_piece_refused_once_the_dossier_is_complete_is_told_at_once(language, word):
    """R-JOB-5."""
    application = dossiers.handed_over()
    dossiers.give(
        application,
        dossiers.piece_of(application, "diploma-to-come", dossiers.CHECKED),
        now=dossiers.CHECKED,
    )
    refuse_document(
        ref=application.ref,
        document_ref=application.documents.get(requirement__key="diploma-to-come").ref,
        reason="Illisible.",
        actor=dossiers.clerk_of(application),
        now=dossiers.CHECKED,
    )
    subject, text = letter("piece_refused", language)
    assert subject.startswith(word)
    assert "Illisible." in text
