"""The calendar's screens: read by those who work for the school, acted on by those who may."""

import pytest

from campaigns.calendar.presentation.phrases import DONE_WITH_DATE
from campaigns.editing.services.versions import record_version
from campaigns.models import Milestone, MilestoneRun
from campaigns.states import RunAction
from common.journal import SYSTEM
from tests.campaigns.calendar.conftest import LOADED, run_of
from tests.factories import accounts

LIST = "/admin/calendar/"
QUERIES = 9
RESULTS = "/admin/calendar/ales-2022/file-results/"


@pytest.fixture
def sign_in(client):
    known = set()

    def sign_in(user):
        client.force_login(user if user.pk in known else accounts.with_second_factor(user))
        known.add(user.pk)
        return client

    return sign_in


def test_two_people_agree_through_the_screens(campaign, clerk, president, sign_in):
    page = sign_in(clerk).get(RESULTS + "arm/").content.decode()
    assert "Personnes prévenues\N{NO-BREAK SPACE}: 12" in page
    assert sign_in(clerk).post(RESULTS + "arm/", {"revision": 1}).status_code == 302
    assert RESULTS + "confirm/" not in sign_in(clerk).get(RESULTS).content.decode()
    refused = sign_in(clerk).post(RESULTS + "confirm/", {"revision": 1})
    assert (
        refused.status_code,
        "une autre personne doit la confirmer" in refused.content.decode(),
    ) == (422, True)

    assert sign_in(president).post(RESULTS + "confirm/", {"revision": 1}).status_code == 302

    run = run_of(campaign, "file-results")
    assert (run.armed_by, run.confirmed_by) == (clerk, president)


def test_the_first_of_the_two_has_no_button_and_the_second_reads_who_armed(
    campaign, clerk, president, sign_in
):
    sign_in(clerk).post(RESULTS + "arm/", {"revision": 1})

    mine = sign_in(clerk).get(RESULTS + "confirm/").content.decode()
    theirs = sign_in(president).get(RESULTS + "confirm/").content.decode()

    assert "Vous êtes la première des deux personnes" in mine
    assert 'class="confirm' not in mine
    assert f"Validée par {clerk.email}" in theirs
    assert 'class="confirm' in theirs


@pytest.mark.parametrize("make", [accounts.juror, accounts.programme_head, accounts.company_office])
def test_readers_learn_no_figure(campaign, make, sign_in):
    page = sign_in(make(campaign.organiser)).get(RESULTS)

    assert page.status_code == 200
    assert "Personnes prévenues" not in page.content.decode()
    assert "sous scellé" not in page.content.decode()


def test_a_date_is_moved_with_its_reason(campaign, school_admin, sign_in):
    client = sign_in(school_admin)
    assert client.post(RESULTS + "move/", {"day": "01/04/2022"}).status_code == 422

    sent = client.post(
        RESULTS + "move/", {"day": "01/04/2022", "hour": "14:30", "reason": "jury avancé"}
    )

    assert sent["Location"] == RESULTS
    assert run_of(campaign, "file-results").due_at.isoformat() == "2022-04-01T12:30:00+00:00"
    assert "jury avancé" in client.get(RESULTS).content.decode()


def test_the_same_number_of_queries_whatever_the_number_of_dates(
    campaign, clerk, sign_in, django_assert_num_queries
):
    client = sign_in(clerk)
    client.get(LIST)
    with django_assert_num_queries(QUERIES):
        client.get(LIST)

    model = Milestone.objects.get(campaign=campaign, key="y1-search")
    dates = [
        Milestone(
            campaign=campaign,
            key=f"search-{number}",
            position=100 + number,
            title={"fr": "Une date au nom bien long, comme en portent les notices"},
            starts_at=model.starts_at,
            all_day=True,
            status="firm",
            action="start_search",
        )
        for number in range(300)
    ]
    Milestone.objects.bulk_create(dates)
    record_version(campaign=campaign, reason="", by=SYSTEM, now=LOADED)
    assert MilestoneRun.objects.count() == 307

    with django_assert_num_queries(QUERIES):
        client.get(LIST)


def test_whatever_is_done_has_words():
    assert {action.value for action in RunAction} <= DONE_WITH_DATE.keys()
