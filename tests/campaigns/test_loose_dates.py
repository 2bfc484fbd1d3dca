"""What a notice gives as "from" a day, or in words about a month, is never said as a firm day (R-CAL-5, R-CAL-7)."""

from datetime import date, datetime

import pytest
from django.utils import translation
from icalendar import Calendar
from pydantic import ValidationError

from admissions.checking.selectors import file_reviews
from campaigns.calendar.presentation.phrases import when
from campaigns.document.schema import Milestone as Date
from campaigns.document.shift import shift
from campaigns.editing.services.moving import move_milestone
from campaigns.models import Milestone
from campaigns.notice.rows import document_of
from tests.factories import accounts
from tests.factories.admissions import PARIS
from tests.factories.campaigns import (
    albi_2021_document,
    ales_2022_document,
    ales_2024_document,
    load,
)

DOCUMENTS = {
    "albi-2021": albi_2021_document(),
    "ales-2022": ales_2022_document(),
    "ales-2024": ales_2024_document(),
}
ALBI = DOCUMENTS["albi-2021"]
SAID = [
    (
        "albi-2021",
        "test-days",
        "de fin mars au 9 avril 2021",
        "from the end of March to 9 April 2021",
    ),
    (
        "albi-2021",
        "academic-results",
        "à partir du lundi 19 avril 2021",
        "from Monday 19 April 2021 on",
    ),
    ("albi-2021", "search", "à partir du lundi 19 avril 2021", "from Monday 19 April 2021 on"),
    ("albi-2021", "contract", "à partir du dimanche 4 juillet 2021", "from Sunday 4 July 2021 on"),
    (
        "albi-2021",
        "harmonisation",
        "fin août ou début septembre 2021",
        "at the end of August or in early September 2021",
    ),
    ("albi-2021", "integration", "fin septembre 2021", "at the end of September 2021"),
    ("albi-2021", "final-list", "lundi 20 septembre 2021", "Monday 20 September 2021"),
    ("albi-2021", "term", "lundi 4 octobre 2021", "Monday 4 October 2021"),
    ("ales-2022", "y1-search", "à partir du mardi 10 mai 2022", "from Tuesday 10 May 2022 on"),
    ("ales-2022", "y2-search", "à partir du mardi 7 juin 2022", "from Tuesday 7 June 2022 on"),
    ("ales-2022", "y1-second-interviews", "du 19 au 25 avril 2022", "from 19 to 25 April 2022"),
    ("ales-2022", "y2-results", "mercredi 1er juin 2022", "Wednesday 1 June 2022"),
    ("ales-2024", "y1-search", "à partir du jeudi 2 mai 2024", "from Thursday 2 May 2024 on"),
    (
        "ales-2024",
        "y1-live-search",
        "à partir du jeudi 23 mai 2024",
        "from Thursday 23 May 2024 on",
    ),
]


@pytest.mark.parametrize(("slug", "key", "french", "english"), SAID)
def test_a_date_is_said_as_its_notice_says_it(slug, key, french, english):
    """R-CAL-3, R-CAL-4, R-CAL-5"""
    window = DOCUMENTS[slug].window(key)
    for language, words in (("fr", french), ("en", english)):
        with translation.override(language):
            assert when(window, "Europe/Paris").replace("\N{NO-BREAK SPACE}", " ") == words


@pytest.mark.parametrize(
    ("key", "starts_at", "ends_at"),
    [
        ("test-days", None, "2021-04-09T23:59:59+02:00"),
        ("academic-results", "2021-04-19T10:00:00+02:00", None),
        ("harmonisation", None, None),
        ("integration", None, None),
        ("final-list", "2021-09-20T00:00:00+02:00", "2021-09-20T23:59:59+02:00"),
    ],
)
@pytest.mark.django_db
def test_the_api_gives_no_day_that_the_notice_does_not(client, key, starts_at, ends_at):
    """R-CAL-5"""
    load(ALBI)
    dates = {
        row["key"]: row for row in client.get("/api/v1/campaigns/albi-2021").json()["calendar"]
    }
    row = dates[key]
    assert [_instant(row["starts_at"]), _instant(row["ends_at"])] == [
        _instant(starts_at),
        _instant(ends_at),
    ]
    assert row["words"]


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


@pytest.mark.django_db
def test_the_feed_says_it_and_leaves_out_what_has_no_day(client):
    """R-CAL-5, R-CAL-7"""
    load(ALBI)
    feed = Calendar.from_ical(
        client.get("/api/v1/campaigns/albi-2021/calendar.ics?lang=fr").content
    )
    events = {str(event["uid"]).partition(".")[0]: event for event in feed.walk("VEVENT")}

    assert events.keys() & {"harmonisation", "integration", "reminder"} == set()
    tests, results = events["test-days"], events["academic-results"]
    assert tests.decoded("dtstart") == date(2021, 4, 9)
    assert "(de fin mars au 9\N{NO-BREAK SPACE}avril 2021)" in tests["summary"]
    assert "(à partir du lundi 19\N{NO-BREAK SPACE}avril 2021)" in results["summary"]
    assert "(" not in events["final-list"]["summary"]


@pytest.mark.django_db
def test_the_page_says_it_and_gives_machines_no_day(client):
    """R-CAL-5"""
    load(ALBI)
    page = client.get("/campaigns/albi-2021/").content.decode()
    assert "<time>de fin mars au 9\N{NO-BREAK SPACE}avril 2021</time>" in page
    assert "<time>fin août ou début septembre 2021</time>" in page
    assert "29\N{NO-BREAK SPACE}mars" not in page
    assert "30\N{NO-BREAK SPACE}août" not in page
    assert "Rappel aux candidatures" not in page


@pytest.mark.django_db
def test_a_first_answer_that_may_move_or_is_from_a_day_on_is_told_so():
    """R-CAL-5: 24 March is provisional; 19 April a first day."""
    campaign = load(ALBI)
    [review] = file_reviews(campaign)
    assert (review.firm, review.open_ended) == (False, False)


@pytest.mark.django_db
def test_words_are_stored_and_come_back():
    """R-CAL-7"""
    campaign = load(ALBI)
    assert document_of(campaign) == ALBI


@pytest.mark.django_db
def test_the_day_that_the_school_gives_replaces_the_words():
    """R-CAL-6, R-CAL-7"""
    campaign = load(ALBI)
    row = Milestone.objects.get(campaign=campaign, key="integration")
    actor = accounts.school_admin(campaign.organiser)

    move_milestone(
        milestone_id=row.pk,
        to=date(2021, 9, 27),
        actor=actor,
        reason="Dates fixées",
        now=datetime(2021, 7, 1, tzinfo=PARIS),
    )

    window = document_of(campaign).window("integration")
    assert (dict(window.about), window.firm_start) == ({}, datetime(2021, 9, 27, tzinfo=PARIS))


def test_a_campaign_moved_in_time_leaves_the_words_behind():
    """R-CAL-7: the month of a demonstration is another."""
    moved = shift(ALBI, weeks=60, slug="demo", suffix={"fr": "(démo)"})
    row = moved.calendar["test-days"]
    assert (row.about, row.status) == (None, "provisional")


@pytest.mark.parametrize(
    "row",
    [
        {"on": "2021-09-20", "about": {}},
        {"on": "2021-09-20", "about": {"on": {"fr": "fin"}, "from": {"fr": "fin"}}},
        {"on": "2021-09-20", "about": {"from": {"fr": "fin septembre"}}},
        {"relative": {"to": "term", "by": "-24h"}, "about": {"on": {"fr": "fin"}}},
        {"on": "2021-09-20", "about": {"on": {"fr": "fin"}}, "action": "announce"},
    ],
    ids=["no words", "both", "no start", "counted from another", "acts on a day not given"],
)
def test_words_that_say_nothing_clear_are_refused(row):
    """R-CAL-7"""
    with pytest.raises(ValidationError, match="expected"):
        Date.model_validate({"title": {"fr": "Titre"}, **row})


def test_what_acts_may_have_words_until_the_school_gives_the_day():
    """R-CAL-7: as an assumed date, it waits."""
    row = {"on": "2021-09-20", "about": {"on": {"fr": "fin"}}, "action": "announce"}
    assert Date.model_validate({"title": {"fr": "Titre"}, "status": "assumed", **row}).about


def test_albi_prints_no_rhythm_of_places_left():
    """R-JOB-3: only Alès says that they are told."""
    assert ALBI.search.seats_told is None


def test_the_contract_may_start_three_months_before_the_training():
    """R-CAL-5"""
    starts_at, term = ALBI.window("contract").starts_at, ALBI.window("term").starts_at
    assert (starts_at.month + 3, starts_at.day) == (term.month, term.day)


def test_every_programme_of_albi_has_one_last_day():
    """R-CAL-5, R-JOB-5"""
    assert {ALBI.search_ends_on(row) for row in ALBI.programmes} == {date(2021, 9, 20)}
