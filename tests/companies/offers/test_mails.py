"""What companies and the office are told of an offer, and where it leads them (R-PRO-15)."""

from datetime import UTC, datetime

import pytest

from companies.offers.services.ending import follow_offers
from companies.offers.services.inviting import send_link
from notifications.delivery.services import compose
from notifications.models import Notification
from tests.factories import offers


def composed(kind, language="fr"):
    """The last mail of that kind: its subject and its text."""
    row = Notification.objects.filter(kind=f"companies.{kind}").latest("pk")
    row.language = language
    mail = compose([row])[0][1]
    assert not isinstance(mail, Exception), mail
    return mail.subject, " ".join(mail.text.replace("\N{NO-BREAK SPACE}", " ").split()), mail


def test_a_company_is_led_to_its_offer_in_both_languages(school, office):
    offer = offers.asked(school, office)
    subject, text, mail = composed("offer_link")
    assert subject == f"Votre offre aux élèves\N{NO-BREAK SPACE}: {school}"
    assert offers.address_of(offer) in text
    assert f"/en{offers.address_of(offer)}" in text
    assert "2 juillet 2025" in text
    assert "Describe yours before" in text
    assert mail.reply_to == office.email


def test_the_office_is_led_to_what_it_has_to_read(school, office):
    offer = offers.proposed(school, office)
    subject, text, _ = composed("offer_work")
    assert subject.endswith("Ingénieur qualité, Bâtisseurs du Gard")
    assert f"/admin/offers/{offer.ref}/" in text


def test_a_company_reads_why_its_offer_is_refused(school, office):
    offer = offers.refused(school, office)
    _, text, _ = composed("offer_link")
    assert text.count("Où se fait le travail ?") == 2
    assert offers.address_of(offer) in text


@pytest.mark.parametrize(("language", "last"), [("fr", "31 juillet 2025"), ("en", "31 July 2025")])
def test_once_published_it_is_told_until_when_and_by_which_link(school, office, language, last):
    offer = offers.published(school, office)
    _, text, _ = composed("offer_link", language)
    assert last in text
    assert offers.address_of(offer) in text
    send_link(ref=offer.ref, email="dg@exemple.fr", actor=office, now=offers.READ)
    assert composed("offer_link")[0].startswith("Lien vers votre offre")


def test_a_reminder_says_that_the_link_before_it_works_too(school, office):
    offer = offers.published(school, office)
    assert "remplace les précédents" in composed("offer_link")[1]
    follow_offers(datetime(2025, 7, 24, 12, 0, tzinfo=UTC))
    _, text, _ = composed("offer_link")
    assert "celui que vous avez déjà fonctionne toujours" in text
    assert "remplace les précédents" not in text
    assert offers.address_of(offer) in text
