"""The screens of the school's admissions office, and what its candidate and the central service read."""

import re

import pytest
import time_machine
from django.utils.html import strip_tags

from admissions.handover.services import hand_over, send_back
from admissions.models import Application
from tests.factories import accounts
from tests.factories import admissions as dossiers
from tests.factories import handover as office

pytestmark = pytest.mark.django_db
LIST = "/admin/office/"


@pytest.fixture(autouse=True)
def _at_that_time():
    with time_machine.travel(office.NOW, tick=False):
        yield


def words(response):
    assert response.status_code == 200
    return re.sub(r"[\s\u00a0]+", " ", strip_tags(response.content.decode()))


def shown(page):
    [seen] = re.findall(r'name="seen" value="(\w+)"', page.content.decode())
    return seen


def state(application):
    return dossiers.reread(application).state


def test_the_list_has_what_waits_and_hands_over_what_is_ticked(signed_in):
    """R-APP-8"""
    first, second = office.waiting(), office.waiting()
    client = signed_in(office.office())
    said = words(client.get(LIST))
    assert first.ref in said
    assert second.ref in said

    done = client.post(f"{LIST}campaigns/{dossiers.SLUG}/ticked/", {"ref": [first.ref]})
    assert done["Location"] == f"{LIST}?campaign={dossiers.SLUG}"
    assert "1 dossier est transmis." in words(client.get(done["Location"]))
    assert (state(first), state(second)) == ("complete", "at_office")


def test_nothing_ticked_hands_over_nothing(signed_in):
    """R-APP-8"""
    application = office.waiting()
    client = signed_in(office.office())
    done = client.post(f"{LIST}campaigns/{dossiers.SLUG}/ticked/", follow=True)
    assert "Rien n’a été transmis" in words(done)
    assert state(application) == "at_office"


def test_all_are_handed_over_once_the_page_has_said_what_it_does(signed_in):
    """R-APP-8, R-SEL-12"""
    application = office.waiting()
    client = signed_in(office.office())
    path = f"{LIST}campaigns/{dossiers.SLUG}/all/"
    before = words(client.get(path))
    assert "1 dossier attend" in before
    assert "Ils sont désormais étudiés par le jury de recrutement." in before
    assert state(application) == "at_office"
    client.post(path, {"seen": shown(client.get(path))})
    assert state(application) == "complete"


def test_others_than_the_page_has_counted_are_not_handed_over(signed_in):
    """R-APP-8, R-SEL-12"""
    first = office.waiting()
    client = signed_in(office.office())
    path = f"{LIST}campaigns/{dossiers.SLUG}/all/"
    seen = shown(client.get(path))
    second = office.waiting()
    refused = client.post(path, {"seen": seen})
    assert refused.status_code == 422
    assert "rouvrez cette page" in refused.content.decode()
    assert (state(first), state(second)) == ("at_office", "at_office")


def test_a_dossier_is_read_then_handed_over(signed_in):
    """R-APP-8"""
    application = office.waiting()
    client = signed_in(office.office())
    page = words(client.get(f"{LIST}{application.ref}/"))
    assert application.full_name in page
    assert "Déclaré complet le" in page
    before = words(client.get(f"{LIST}{application.ref}/hand-over/"))
    assert "Il est désormais étudié par le jury de recrutement, pour 2 formations." in before
    done = client.post(f"{LIST}{application.ref}/hand-over/")
    assert done["Location"] == f"{LIST}?campaign={dossiers.SLUG}"
    assert state(application) == "complete"


def test_the_central_service_reads_why_it_came_back(signed_in):
    """R-APP-8"""
    application = office.waiting()
    client = signed_in(office.office())
    client.post(f"{LIST}{application.ref}/send-back/", {"reason": office.REASON})
    clerk = accounts.with_second_factor(dossiers.clerk_of(application))
    assert office.REASON in words(signed_in(clerk).get(f"/admin/dossiers/{application.ref}/"))


def test_its_candidate_follows_it_from_the_check_to_the_jury(signed_in):
    """R-APP-8"""
    application = office.waiting()
    path = f"/dossiers/{application.ref}/"
    client = signed_in(application.person.user)
    waiting = words(client.get(path))
    assert "Vérifié par le service central : complet" in waiting
    assert "Au service des admissions de l’école" in waiting
    assert "étudié par" not in waiting

    by = {"ref": application.ref, "actor": office.office(), "now": office.NOW}
    hand_over(**by)
    assert "Complet, étudié par le jury de recrutement" in words(client.get(path))


def test_its_candidate_reads_nothing_of_why_it_was_sent_back(signed_in):
    """R-APP-8"""
    application = office.waiting()
    by = {"ref": application.ref, "actor": office.office(), "now": office.NOW}
    send_back(**by, reason=office.REASON)
    said = words(signed_in(application.person.user).get(f"/dossiers/{application.ref}/"))
    assert office.REASON not in said
    assert "Vérification par le service central" in said


@pytest.mark.parametrize("role", ["clerk", "juror", "president", "programme_head"])
def test_for_others_the_office_does_not_exist(signed_in, role):
    """R-APP-8"""
    application = office.waiting()
    someone = accounts.with_second_factor(getattr(accounts, role)(application.campaign.organiser))
    client = signed_in(someone)
    for path in ("", f"{application.ref}/", f"{application.ref}/hand-over/"):
        assert client.get(LIST + path).status_code == 404
    assert client.post(f"{LIST}{application.ref}/hand-over/").status_code == 404
    assert state(application) == "at_office"


def test_a_school_without_an_office_has_no_such_screen(signed_in):
    """R-APP-8: as at Alès."""
    application = dossiers.handed_over()
    admin = accounts.with_second_factor(accounts.school_admin(application.campaign.organiser))
    client = signed_in(admin)
    assert client.get(LIST).status_code == 404
    assert "Dossiers complets" not in words(client.get("/admin/seats/"))
    assert Application.objects.get().state == "complete"


def test_the_list_takes_as_many_queries_for_three_as_for_one(signed_in, django_assert_num_queries):
    """R-APP-8"""
    client = signed_in(office.office())
    office.waiting()
    client.get(LIST)
    with django_assert_num_queries(11):
        client.get(LIST)
    office.waiting(), office.waiting()
    with django_assert_num_queries(11):
        client.get(LIST)
