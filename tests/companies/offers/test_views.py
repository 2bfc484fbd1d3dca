"""The pages of offers: the company's by its link, the office's (R-PRO-15)."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from common.models import JournalEntry
from companies.models import JobOffer
from companies.offers.services.inviting import send_link
from companies.states import OfferAudience
from notifications.models import Notification
from tests.factories import accounts, files, offers
from tests.forms import fields_of

NOW = offers.SENT


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def offer(school, office):
    return offers.asked(school, office)


@pytest.fixture
def company(offer):
    """A browser without an account, and the address of the link."""
    return Client(), offers.address_of(offer)


def text(response):
    said = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(said.replace("\N{NO-BREAK SPACE}", " ").split())


def page_of(offer, act=""):
    return f"/admin/offers/{offer.ref}/{act}"


def test_a_company_writes_over_days_then_sends(company):
    """R-PRO-15: without an account; what cannot be read yet is kept word for word."""
    browser, link = company
    typed = fields_of(browser.get(link)) | {"title": "Ingénieur", "siret": "732 829"}
    saved = browser.post(f"{link}save/", typed, follow=True)
    assert saved.redirect_chain == [(link, 302)]
    shown = fields_of(saved)
    assert (shown["title"], shown["siret"]) == ("Ingénieur", "732 829")

    answer = browser.post(f"{link}send/", shown)
    assert answer.status_code == 422
    assert text(answer).count("À compléter.") > 3

    seen = fields_of(answer)["seen"]
    sent = browser.post(f"{link}send/", offers.WHOLE | {"seen": seen}, follow=True)
    assert sent.redirect_chain == [(link, 302)]
    assert JobOffer.objects.get().state == "proposed"
    assert "Envoyée le mardi 3 juin 2025" in text(sent)


def test_a_program_that_opens_the_link_changes_nothing(company, offer):
    browser, link = company
    for act in ("", "save/", "send/", "prolong/", "close/"):
        browser.get(f"{link}{act}")
        browser.head(f"{link}{act}")
    assert JobOffer.objects.get().state == "draft"
    assert JournalEntry.objects.filter(object_ref=offer.ref).count() == 1
    assert browser.post(f"{link}publish/").status_code == 404


def test_a_forwarded_link_opens_the_offer_alone(company, office):
    """R-PRO-15: whoever has it writes the offer, and reads nobody's data but the address of who asked."""
    _, link = company
    page = Client().get(link)
    assert page.status_code == 200
    assert office.email in text(page)
    assert "/admin/" not in page.content.decode()
    assert "/contrat-pro/" not in page.content.decode()


def test_two_people_by_one_link_read_both_texts(company):
    browser, link = company
    mine = fields_of(browser.get(link)) | {"title": "Le mien"}
    browser.post(f"{link}save/", fields_of(browser.get(link)) | {"title": "Le leur"})
    answer = browser.post(f"{link}send/", mine)
    assert answer.status_code == 409
    assert "Le leur" in text(answer)
    assert "Le mien" in text(answer)
    browser.post(f"{link}save/", fields_of(answer))
    assert JobOffer.objects.get().draft["title"] == "Le mien"


def test_a_link_that_is_replaced_or_expired_says_so(company, offer, office):
    browser, former = company
    send_link(ref=offer.ref, email="dg@exemple.fr", actor=office, now=NOW)
    assert browser.get(former).status_code == 410
    assert browser.post(f"{former}save/", offers.WHOLE).status_code == 410
    latest = offers.address_of(offer)
    assert browser.get(latest).status_code == 200
    with time_machine.travel(NOW + timedelta(days=31), tick=False):
        assert browser.get(latest).status_code == 410


KNOWN = (
    "Cette entreprise est connue ici sous le nom et à l’adresse suivants : "
    "Bâtisseurs du Gard, 1 rue de l’Exemple, 30100 Alès, France."
)


def test_a_company_that_is_known_otherwise_is_told_beside_the_field(company, school, office):
    browser, link = company
    assert KNOWN not in text(browser.get(link))
    offers.posted(school, office)
    assert KNOWN not in text(browser.post(f"{link}save/", offers.WHOLE, follow=True))
    otherwise = fields_of(browser.get(link)) | {"company_name": "Bâtisseurs & Cie"}
    assert KNOWN in text(browser.post(f"{link}save/", otherwise, follow=True))
    sent = browser.post(f"{link}send/", fields_of(browser.get(link)), follow=True)
    assert text(sent).count(KNOWN) == 1
    again = browser.post(f"{link}send/", fields_of(browser.get(link)), follow=True)
    assert "L’école a déjà cette offre : rien n’y a changé." in text(again)
    assert KNOWN not in text(again)


def test_the_office_that_changes_nothing_is_told_so(signed_in, school, office):
    offer = offers.posted(school, office)
    page, client = page_of(offer, "change/"), signed_in(office)
    otherwise = fields_of(client.get(page)) | {"company_name": "Bâtisseurs & Cie"}
    answer = text(client.post(page, otherwise, follow=True))
    assert "Rien n’a changé dans l’offre." in answer
    assert KNOWN in answer
    title = fields_of(client.get(page)) | {"title": "Qualité"}
    assert "L’offre est modifiée." in text(client.post(page, title, follow=True))
    post = "/admin/offers/new/"
    new = client.post(post, fields_of(client.get(post)) | offers.WHOLE | {"street": ""})
    assert (new.status_code, KNOWN in text(new)) == (422, True)


def test_a_file_is_attached_seen_and_taken_away(company, offer, office, signed_in):
    browser, link = company
    given = {"attachment": files.upload(files.jpeg(), "offre.pdf"), "title": "Gardé"}
    wrong = browser.post(f"{link}save/", offers.WHOLE | given)
    assert wrong.status_code == 422
    assert JobOffer.objects.get().draft["title"] == "Gardé"

    seen = fields_of(wrong)["seen"]
    given = {"attachment": files.upload(files.pdf(), "offre.pdf"), "seen": seen}
    assert browser.post(f"{link}send/", offers.WHOLE | given).status_code == 302
    page = signed_in(office).get(page_of(offer))
    assert "offre.pdf" in text(page)
    served = signed_in(office).get(page_of(offer, "file/"))
    assert (served.status_code, served["Content-Type"]) == (200, "application/pdf")

    shown = fields_of(browser.get(link)) | {"detach": "on"}
    browser.post(f"{link}send/", shown)
    assert JobOffer.objects.get().attachment is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://emploi.exemple.fr/offre", True),
        ("rh@exemple.fr", True),
        ("", True),
        ("javascript:alert(1)", False),
        ("ftp://exemple.fr/a", False),
        ("chez nous", False),
    ],
)
def test_one_applies_at_a_page_or_an_address(company, typed, kept):
    browser, link = company
    answer = browser.post(f"{link}send/", offers.WHOLE | {"apply_at": typed})
    assert answer.status_code == (302 if kept else 422)


def test_a_company_prolongs_and_closes(school, office):
    offer = offers.published(school, office, at=NOW)
    browser, link = Client(), offers.address_of(offer)
    assert browser.post(f"{link}prolong/", {"until": "30/07/2025"}).status_code == 422
    assert browser.post(f"{link}prolong/", {"until": "31/08/2025"}).status_code == 302
    assert browser.post(f"{link}close/", {}).status_code == 422
    closed = browser.post(f"{link}close/", {"ending": "filled"}, follow=True)
    assert "Elle est pourvue" in text(closed)
    assert "<textarea" not in closed.content.decode()
    late = browser.post(f"{link}save/", offers.WHOLE | {"title": "Trop tard"})
    assert late.status_code == 409


def test_the_office_reads_then_publishes_what_it_read(signed_in, school, office):
    """R-PRO-15: said before it is done."""
    offer = offers.proposed(school, office)
    client = signed_in(office)
    assert "Ingénieur qualité" in text(client.get("/admin/offers/"))
    page = client.get(page_of(offer, "publish/"))
    assert "31 juillet 2025" in text(page)
    seen = fields_of(page)
    offers.sent(offer, at=NOW + timedelta(minutes=1), title="Tout autre chose")
    assert client.post(page_of(offer, "publish/"), seen).status_code == 422
    done = client.post(
        page_of(offer, "publish/"), fields_of(client.get(page_of(offer, "publish/")))
    )
    assert done["Location"] == page_of(offer)
    assert JobOffer.objects.get().state == "published"


def test_the_office_refuses_prolongs_closes_and_sends_the_link(signed_in, school, office):
    offer = offers.proposed(school, office)
    client = signed_in(office)
    seen = fields_of(client.get(page_of(offer, "refuse/")))
    assert client.post(page_of(offer, "refuse/"), seen | {"reason": ""}).status_code == 422
    client.post(page_of(offer, "refuse/"), seen | {"reason": "Trop court"})
    assert "Trop court" in text(client.get(page_of(offer)))
    client.post(page_of(offer, "link/"), {"email": "dg@exemple.fr"})
    assert Notification.objects.latest("pk").to == "dg@exemple.fr"

    other = offers.posted(school, office)
    client.post(page_of(other, "prolong/"), {"until": "30/09/2025"})
    client.post(page_of(other, "close/"), {"ending": "taken_back"})
    other.refresh_from_db()
    assert (str(other.expires_on), other.state) == ("2025-09-30", "closed")


def test_the_office_asks_and_posts(signed_in, school, office):
    client = signed_in(office)
    page = client.get("/admin/offers/ask/")
    client.post("/admin/offers/ask/", fields_of(page) | {"email": offers.COMPANY})
    assert JobOffer.objects.get().company_email == offers.COMPANY

    typed = fields_of(client.get("/admin/offers/new/")) | offers.WHOLE
    assert client.post("/admin/offers/new/", typed | {"title": ""}).status_code == 422
    assert client.post("/admin/offers/new/", typed).status_code == 302
    assert JobOffer.objects.filter(state="published", audience="contrat_pro").count() == 1


def test_who_looks_after_both_says_for_whom(signed_in, school, office):
    office.grants.create(school=school, role="company_office")
    client = signed_in(office)
    desk = f"{school.slug}:apprenticeship"
    client.post("/admin/offers/ask/", {"email": offers.COMPANY, "desk": desk})
    assert JobOffer.objects.get().audience is OfferAudience.APPRENTICESHIP
    other = f"{accounts.other_school().slug}:contrat_pro"
    answer = client.post("/admin/offers/ask/", {"email": offers.COMPANY, "desk": other})
    assert answer.status_code == 422


def test_the_office_corrects_what_it_has_seen(signed_in, school, office):
    offer = offers.published(school, office, at=NOW)
    client = signed_in(office)
    page = page_of(offer, "change/")
    mine = fields_of(client.get(page)) | {"title": "Qualité des données"}
    first = fields_of(client.get(page)) | {"pay": "2 000 € par mois"}
    assert client.post(page, first)["Location"] == page_of(offer)
    quicker = client.post(page, mine)
    assert quicker.status_code == 409
    client.post(page, fields_of(quicker))
    offer.refresh_from_db()
    assert (offer.state, offer.title, offer.pay) == ("published", "Qualité des données", "")


def test_a_draft_is_read_by_its_company_alone(signed_in, company, offer, office):
    browser, link = company
    browser.post(f"{link}save/", offers.WHOLE | {"title": "Brouillon secret"})
    page = signed_in(office).get(page_of(offer))
    assert page.status_code == 200
    assert "Brouillon secret" not in page.content.decode()
    assert signed_in(office).get(page_of(offer, "change/")).status_code == 404


def test_for_anyone_else_there_are_no_offers(signed_in, school, office):
    """R-PRO-15: another school's office, another contract's, a student."""
    offer = offers.published(school, office, at=NOW)
    acts = ("", "file/", "change/", "publish/", "refuse/", "prolong/", "close/", "link/")
    people = [
        accounts.contract_service(accounts.other_school()),
        accounts.company_office(school),
        accounts.school_admin(school),
        accounts.UserFactory(),
    ]
    for person in people:
        client = signed_in(accounts.with_second_factor(person))
        assert {client.get(page_of(offer, act)).status_code for act in acts} == {404}
    assert client.get("/admin/offers/").status_code == 404
    listed = signed_in(people[1]).get("/admin/offers/")
    assert "Ingénieur qualité" not in text(listed)


def test_the_list_is_narrowed(signed_in, school, office):
    offers.posted(school, office, title="Ingénieure réseaux", siret="35600000049837")
    offers.refused(school, office)
    client = signed_in(office)

    def found(query):
        page = text(client.get(f"/admin/offers/?{query}"))
        return ["réseaux" in page, "Ingénieur qualité" in page]

    assert found("") == [True, True]
    assert found("state=refused") == [False, True]
    assert found("q=RESEAUX") == [True, False]
    assert found(f"q={offers.COMPANY}") == [False, True]
    assert found("audience=apprenticeship") == [False, False]


def test_the_list_asks_as_much_for_thirty(signed_in, school, office):
    client = signed_in(office)
    offers.posted(school, office)
    client.get("/admin/offers/")
    few = asked(client, "/admin/offers/")
    for number in range(29):
        offers.posted(school, office, title=f"Offre {number}")
    assert asked(client, "/admin/offers/") == few


def asked(client, address):
    """How many queries the page takes."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
