"""The screen on which a school changes the number of places (R-PLA-4)."""

import pytest

from accounts.models import User
from admissions.models import Seat
from campaigns.models import Pool
from notifications.models import Notification
from tests.factories import accounts
from tests.factories import admissions as dossiers
from tests.factories import apprenticeship as jobs

pytestmark = pytest.mark.usefixtures("in_july")

PAGE = "/admin/seats/capacity/ales-2022/infres-sr-1/"
WHY = "Un groupe de plus."


@pytest.fixture
def admin(signed_in):
    dossiers.campaign()
    return signed_in(accounts.school_admin())


def text(response):
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_more_places_go_to_those_who_wait_and_the_change_is_remembered(admin):
    waiting = jobs.many_seated(24)[22:]
    before = text(admin.get(PAGE))
    assert "2 candidats attendent une place" in before
    assert "À partir de 24 places, plus personne n’attend." in before

    sent = admin.post(PAGE, {"places": "23", "reason": WHY})

    assert (sent.status_code, sent["Location"]) == (
        302,
        "/admin/seats/?campaign=ales-2022&pool=infres-sr-1",
    )
    assert [Seat.objects.get(pk=seat.pk).place_no for seat in waiting] == [23, None]
    told = Notification.objects.filter(
        kind__in=("admissions.place_held", "apprenticeship.employer_news")
    )
    assert sorted(told.values_list("to", flat=True)) == sorted(
        [
            waiting[0].application.person.user.email,
            waiting[0].candidacy.job_projects.get().employer_email,
        ]
    )
    page = text(admin.get(PAGE))
    assert "de 22 à 23" in page
    assert WHY in page


def test_a_change_outlives_the_account_of_whoever_made_it(admin, signed_in):
    assert "Personne n’attend de place." in text(admin.get(PAGE))
    admin.post(PAGE, {"places": "23", "reason": WHY})
    User.objects.all().delete()
    page = text(signed_in(accounts.school_admin()).get(PAGE))
    assert "de 22 à 23, par un compte supprimé depuis" in page


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"places": "23", "reason": ""}, "Saisissez le motif"),
        ({"places": "", "reason": WHY}, "Saisissez le nombre de places"),
        ({"places": "21", "reason": WHY}, "22"),
    ],
)
def test_what_is_refused_stays_typed_and_changes_nothing(admin, sent, said):
    page = admin.post(PAGE, sent)
    assert page.status_code == 422
    assert said in text(page)
    assert Pool.objects.get(key="infres-sr-1").opened is None


def test_the_board_leads_there_for_those_who_may(admin, client, signed_in):
    assert PAGE in text(admin.get("/admin/seats/?pool=infres-sr-1"))
    office = signed_in(accounts.company_office())
    assert PAGE not in text(office.get("/admin/seats/?pool=infres-sr-1"))


def test_the_page_says_the_most_that_the_notice_gives(admin):
    """R-PLA-2: of year 2."""
    page = "/admin/seats/capacity/ales-2022/bat-2/"
    assert "Jamais plus de 1." in text(admin.get(page))
    assert "Jamais plus" not in text(admin.get(PAGE))

    refused = admin.post(page, {"places": "2", "reason": WHY})

    assert refused.status_code == 422
    assert "Il ne peut pas en être ouvert plus de 1" in text(refused)
    assert Pool.objects.get(key="bat-2").opened is None
