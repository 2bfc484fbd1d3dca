"""The offers of companies before the students of a year, and nobody else (R-PRO-15)."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from companies.offers.services.locking import OfferFile
from companies.states import OfferAudience
from contratpro.models import StudentFile
from contratpro.offers.mails import leave_token
from contratpro.states import StudentState
from tests.factories import accounts, files, offers
from tests.factories import contratpro as contracts

NOW = datetime(2025, 6, 10, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def offer(year, office):
    return offers.published(year.school, office)


def text(response):
    said = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(said.replace("\N{NO-BREAK SPACE}", " ").split())


def page_of(student, offer=None):
    return f"/contrat-pro/{student.ref}/offers/{f'{offer.ref}/' if offer else ''}"


def test_every_student_of_the_year_reads_the_offers(signed_in, year, offer):
    """R-PRO-15: relayed to all students, whatever became of their own project."""
    states = set(StudentState) - {
        StudentState.LISTED, StudentState.INVITED, StudentState.WITHDRAWN, StudentState.BROKEN,
    }  # fmt: skip
    for state in states:
        reason = {"reason": "Non"} if state is StudentState.REFUSED else {}
        student = contracts.student(year, state, **reason)
        client = signed_in(student.user)
        assert "1 offre ouverte" in text(client.get(f"/contrat-pro/{student.ref}/"))
        assert "Ingénieur qualité" in text(client.get(page_of(student)))
        page = text(client.get(page_of(student, offer)))
        for said in ("Bâtisseurs du Gard", "Nîmes (30)", "ines@batisseurs.exemple.fr"):
            assert said in page


def test_whoever_gave_up_reads_them_no_more(signed_in, year, offer):
    student = contracts.student(year, StudentState.WITHDRAWN)
    client = signed_in(student.user)
    assert client.get(page_of(student)).status_code == 404
    assert client.get(page_of(student, offer)).status_code == 404
    assert "offers/" not in client.get(f"/contrat-pro/{student.ref}/").content.decode()


def test_whoever_has_not_said_who_they_are_does_that_first(signed_in, year, offer):
    student = contracts.student(year, StudentState.INVITED)
    for page in (page_of(student), page_of(student, offer)):
        answer = signed_in(student.user).get(page)
        assert answer["Location"] == f"/contrat-pro/{student.ref}/identity/"
    assert signed_in(student.user).get(f"{page_of(student, offer)}file/").status_code == 404


def test_twins_a_student_of_another_school_sees_nothing(signed_in, student, offer):
    """R-PRO-15: alike but for the school, neither the list nor the page nor the count tells of it."""
    twin = contracts.student(contracts.other_year(), StudentState.INTENDS)
    client = signed_in(twin.user)
    assert "Ingénieur qualité" not in text(client.get(page_of(twin)))
    assert client.get(page_of(twin, offer)).status_code == 404
    assert "Aucune offre" in text(client.get(f"/contrat-pro/{twin.ref}/"))
    assert client.get(page_of(student)).status_code == 404
    assert client.get(page_of(student, offer)).status_code == 404


def test_twins_what_is_not_published_is_seen_by_no_student(signed_in, year, student, office):
    """R-PRO-15: asked for, to be read, refused, over, closed, for apprentices: as if there were none."""
    client = signed_in(student.user)
    empty = text(client.get(page_of(student)))
    companies = accounts.company_office(year.school)
    unseen = [
        offers.asked(year.school, office, email="dg@exemple.fr"),
        offers.proposed(year.school, office, email="rh@exemple.fr"),
        offers.refused(year.school, office),
        offers.posted(year.school, office, expires_on="09/06/2025"),
        offers.posted(year.school, companies, audience=OfferAudience.APPRENTICESHIP),
    ]
    assert text(client.get(page_of(student))) == empty
    for offer in unseen:
        assert client.get(page_of(student, offer)).status_code == 404
        assert client.get(f"{page_of(student, offer)}file/").status_code == 404


def test_offers_are_narrowed_by_place_keyword_departement_and_age(signed_in, year, student, office):
    """R-PRO-15: listed with filters."""
    offers.posted(year.school, office, title="Ingénieur béton", at=NOW - timedelta(days=20))
    offers.posted(year.school, office, title="Ingénieure réseaux", at=NOW, place="Montpellier",
                  place_postcode="34000")  # fmt: skip
    client = signed_in(student.user)

    def found(query):
        page = text(client.get(f"{page_of(student)}?{query}"))
        return [title for title in ("béton", "réseaux") if title in page]

    assert found("") == ["béton", "réseaux"]
    assert found("q=RESEAUX") == ["réseaux"]
    assert found("place=mont") == ["réseaux"]
    assert found("area=30") == ["béton"]
    assert found("since=7") == ["réseaux"]
    assert found("q=rien") == []


def test_the_file_of_an_offer_is_served(signed_in, year, student, office):
    offer = offers.post_offer(
        school=year.school,
        audience=offers.PRO,
        content=offers.WHOLE,
        actor=office,
        now=NOW,
        file=OfferFile(upload=files.upload(files.pdf(), "offre.pdf")),
    )
    client = signed_in(student.user)
    assert "offre.pdf" in text(client.get(page_of(student, offer)))
    served = client.get(f"{page_of(student, offer)}file/")
    assert (served.status_code, served["Content-Type"]) == (200, "application/pdf")
    other = offers.posted(year.school, office)
    assert client.get(f"{page_of(student, other)}file/").status_code == 404


def test_the_list_asks_as_much_for_thirty(signed_in, year, student, office, offer):
    client = signed_in(student.user)
    client.get(page_of(student))
    few = asked(client, page_of(student))
    for number in range(29):
        offers.posted(year.school, office, title=f"Offre {number}")
    assert asked(client, page_of(student)) == few


def asked(client, address):
    """How many queries the page takes."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_one_leaves_the_digest_from_ones_page_and_comes_back(signed_in, student):
    client = signed_in(student.user)
    for wanted in ("no", "yes"):
        shown = client.get(page_of(student)).content.decode()
        assert f'name="wanted" value="{wanted}"' in shown
        answer = client.post(f"{page_of(student)}digest/", {"wanted": wanted})
        assert answer["Location"] == page_of(student)
        assert StudentFile.objects.get().offers_by_mail is (wanted == "yes")


def test_one_leaves_by_the_link_of_the_mail_without_signing_in(student):
    """To read the page changes nothing, as when a program looks at it."""
    link = f"/contrat-pro/digest/{leave_token(student)}/"
    browser = Client()
    page = browser.get(link)
    assert page.status_code == 200
    assert student.full_name not in text(page)
    assert StudentFile.objects.get().offers_by_mail
    for wanted in (False, False, True):
        done = browser.post(link, {"wanted": "yes" if wanted else "no"}, follow=True)
        assert done.redirect_chain == [(link, 302)]
        assert StudentFile.objects.get().offers_by_mail is wanted
    assert browser.post(f"/contrat-pro/digest/{student.ref}:faux/").status_code == 404
