"""What company, head and student are told of a contact sheet, and where it leads them (R-PRO-8)."""

import pytest

from contratpro.sheets.services.deciding import return_sheet, validate_sheet
from notifications.delivery.services import compose
from notifications.models import Notification
from tests.factories import contratpro as contracts
from tests.factories import sheets

REMARKS = "Précisez les activités."


def composed(kind, language="fr"):
    """The last mail of that kind: its subject and its text."""
    row = Notification.objects.filter(kind=f"contratpro.{kind}").latest("pk")
    row.language = language
    mail = compose([row])[0][1]
    assert not isinstance(mail, Exception), mail
    return mail.subject, " ".join(mail.text.replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.fixture
def sheet(student):
    return sheets.invited(student)


@pytest.fixture
def answered(year, student, sheet):
    """What a head answers to what was sent."""
    head = contracts.head(year)
    sheets.sent(sheets.own(student))

    def answer(command, **said):
        command(ref=sheet.ref, version=1, actor=head, now=sheets.ANSWERED, **said)

    return answer


def test_the_company_is_led_to_the_sheet_by_its_link_in_both_languages(student, sheet):
    subject, text = composed("sheet_link")

    assert subject == f"Fiche contact à remplir avec {student.full_name}"
    assert sheets.address_of(sheet) in text
    assert f"/en{sheets.address_of(sheet)}" in text
    assert "mercredi 2 juillet 2025" in text
    assert "Fill in the contact sheet" in text


def test_the_head_is_led_to_the_sheet_that_waits(student, answered):
    subject, text = composed("sheet_work")

    assert (
        subject
        == f"Fiche contact à valider\N{NO-BREAK SPACE}: {student.full_name}, Bâtisseurs du Gard"
    )
    assert f"/admin/contrat-pro/students/{student.ref}/sheet/" in text


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "la renvoie avec ces remarques"), ("en", "sends it back with these remarks")],
)
def test_both_read_the_remarks_of_a_sheet_sent_back(student, sheet, answered, language, words):
    answered(return_sheet, reason=REMARKS)

    _, text = composed("sheet_news", language)
    assert words in text
    assert REMARKS in text
    assert f"/contrat-pro/{student.ref}/sheet/" in text
    _, text = composed("sheet_link")
    assert text.count(REMARKS) == 2
    assert sheets.address_of(sheet) in text


def test_both_are_told_that_it_is_validated(student, sheet, answered):
    answered(validate_sheet)

    subject, text = composed("sheet_news")
    assert subject == "Votre fiche contact est validée"
    assert "Bâtisseurs du Gard" in text
    subject, text = composed("sheet_company")
    assert subject == f"Fiche contact de {student.full_name}\N{NO-BREAK SPACE}: validée"
    assert student.ref not in text
