"""Who searches is told once that the search begins, then of the places left at the rhythm of the file."""

from datetime import date, datetime, time, timedelta
from importlib import import_module

import pytest
from django.apps import apps

from admissions.models import Candidacy
from apprenticeship.models import PlacesNews, SearchNews
from apprenticeship.search.rules import day_of_telling
from apprenticeship.search.services.opening import START_SEARCH, tell_those_selected_since
from apprenticeship.search.services.places import tell_places_left
from campaigns.calendar.effects import Due
from campaigns.document.schema import Milestone as Date
from campaigns.models import Milestone, MilestoneRun, SearchRule
from notifications.models import Notification
from tests.apprenticeship.search.test_services import flat, letters
from tests.factories import admissions as dossiers
from tests.factories import apprenticeship as seats
from tests.factories import campaigns

pytestmark = [pytest.mark.django_db, pytest.mark.servers]
FIRST = datetime(2022, 5, 10, 10, tzinfo=dossiers.PARIS)
SECOND = datetime(2022, 5, 23, 10, tzinfo=dossiers.PARIS)
WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def _two_dates_open_the_search():
    """As in 2024: one for each phase."""
    document = campaigns.ales_2022_document()
    later = Date.model_validate(
        {
            "from": date(2022, 5, 23),
            "action": "start_search",
            "for": ["year-1"],
            "title": {"fr": "Aide après la phase complémentaire"},
        }
    )
    calendar = {**document.calendar, "y1-live-search": later}
    campaigns.load(document.model_copy(update={"calendar": calendar}))


def begin(key: str = "y1-search", at: datetime = FIRST) -> int:
    milestone = Milestone.objects.get(key=key)
    due = Due(run=None, milestone=milestone, campaign=dossiers.campaign(), now=at, late=False)
    told = START_SEARCH.perform(due)["told"]
    MilestoneRun.objects.filter(milestone=milestone).update(state="done", finished_at=at)
    return told


def told(kind: str = "search_open") -> list[str]:
    rows = Notification.objects.filter(kind=f"apprenticeship.{kind}").order_by("pk")
    return [row.about for row in rows]


def selected_at(at: datetime, **changes) -> Candidacy:
    candidacy = seats.selected(**changes)
    Candidacy.objects.filter(pk=candidacy.pk).update(told_at=at)
    return candidacy


def test_who_was_told_on_the_first_date_is_not_told_on_the_second():
    """R-CAL-4, R-JOB-1: A24 has two, 2 May and 23 May."""
    candidacy = seats.selected()

    assert [begin(), begin("y1-live-search", SECOND)] == [1, 0]
    assert told() == [candidacy.application.ref]


def test_who_is_selected_on_the_second_date_is_told_by_one_of_the_two():
    """R-CAL-4, R-JOB-1: the date itself, and the sweep of the first one."""
    begin()
    candidacy = selected_at(SECOND)

    begin("y1-live-search", SECOND)
    tell_those_selected_since(SECOND + timedelta(minutes=1))

    assert told() == [candidacy.application.ref]


def test_two_sweeps_tell_once():
    """R-JOB-1"""
    begin()
    begin("y1-live-search", SECOND)
    candidacy = selected_at(SECOND + WEEK)

    for minutes in (1, 2):
        tell_those_selected_since(SECOND + WEEK + timedelta(minutes=minutes))

    assert told() == [candidacy.application.ref]


def test_several_candidacies_of_a_dossier_are_one_letter():
    """R-JOB-1, R-JOB-3: it gives the places of each."""
    candidacy = seats.selected("BAT-1", also=("MKX-1",))
    seats.select(candidacy.application, "MKX-1")

    assert begin() == 1

    [letter] = letters("search_open")
    assert "Bâtiment – première année : 40 sur 40" in flat(letter.text)
    assert "Mécatronique – première année : 40 sur 40" in flat(letter.text)
    assert "Bâtiment – première année, Mécatronique – première année" in letter.subject
    assert SearchNews.objects.count() == 2


def test_a_programme_that_is_won_later_has_its_own_letter():
    """R-JOB-1: another fact, and of it alone."""
    candidacy = seats.selected("BAT-1", also=("MKX-1",))
    begin()
    seats.select(candidacy.application, "MKX-1")

    begin("y1-live-search", SECOND)

    first, second = (flat(letter.text) for letter in letters("search_open"))
    assert "Mécatronique" not in first
    assert "Bâtiment" not in second


def test_the_preview_counts_letters_that_are_still_to_be_written():
    """R-JOB-1"""
    candidacy = seats.selected("BAT-1", also=("MKX-1",))
    seats.select(candidacy.application, "MKX-1")
    milestone = Milestone.objects.get(key="y1-search")

    before = START_SEARCH.preview(milestone, FIRST)
    begin()

    assert [before, START_SEARCH.preview(milestone, FIRST)] == [{"told": 1}, {"told": 0}]


@pytest.mark.parametrize(
    ("days", "day"), [(0, None), (6, None), (7, 7), (13, 7), (14, 14), (27, 21)]
)
def test_the_days_of_a_rhythm(days, day):
    """R-JOB-3: the first days have the letter of the beginning."""
    first = date(2022, 5, 10)
    expected = first + timedelta(days=day) if day else None
    assert day_of_telling(first, 7, first + timedelta(days=days)) == expected


def seat_elsewhere() -> None:
    seats.seated(seats.selected(), at=FIRST + timedelta(hours=1))


def test_the_places_left_are_told_on_the_day_and_once():
    """R-JOB-3, A22 §9.1: the count of places left, by the sheets that were registered."""
    candidacy = seats.selected()
    begin()
    seat_elsewhere()

    for at in (WEEK - timedelta(seconds=1), WEEK, WEEK + timedelta(hours=3)):
        tell_places_left(FIRST + at)

    assert told("places_left") == [candidacy.application.ref]
    assert "Systèmes et réseaux – première année : 21 sur 22" in flat(
        letters("places_left")[0].text
    )


def test_nothing_is_told_while_nothing_has_changed():
    """R-JOB-3: a letter has something to say."""
    seats.selected()
    begin()

    tell_places_left(FIRST + WEEK)
    assert told("places_left") == []

    seat_elsewhere()
    tell_places_left(FIRST + WEEK + timedelta(hours=1))
    assert told("places_left") == []

    tell_places_left(FIRST + 2 * WEEK)
    tell_places_left(FIRST + 3 * WEEK)
    assert len(told("places_left")) == 1


def test_who_holds_a_place_or_was_never_told_of_the_search_is_told_no_count():
    """R-JOB-3: admissible candidates who still search; what is sealed stays sealed."""
    begin()
    seat_elsewhere()
    dossiers.submitted()

    tell_places_left(FIRST + WEEK)

    assert told("places_left") == []


def test_no_search_no_count():
    """R-JOB-3: no date has opened a search yet."""
    seats.selected()
    seat_elsewhere()
    tell_places_left(FIRST + WEEK)
    assert not PlacesNews.objects.exists()


def test_a_file_without_a_rhythm_tells_no_count():
    """R-JOB-3: B21 prints none."""
    seats.selected()
    begin()
    seat_elsewhere()
    SearchRule.objects.update(seats_told_days=None)
    tell_places_left(FIRST + WEEK)
    assert not PlacesNews.objects.exists()


def test_a_draft_or_an_archived_campaign_tells_nobody():
    """R-JOB-3"""
    seats.selected()
    begin()
    seat_elsewhere()
    campaign = dossiers.campaign()
    campaign.state = "archived"
    campaign.save(update_fields=["state"])
    tell_places_left(FIRST + WEEK)
    assert not PlacesNews.objects.exists()


def test_nobody_is_told_once_the_last_day_to_sign_is_past():
    """R-JOB-3, R-JOB-6: three months after the start of term, at Alès."""
    seats.selected()
    begin()
    seat_elsewhere()
    late = datetime.combine(date(2022, 12, 13), time(10), tzinfo=dossiers.PARIS)
    tell_places_left(late)
    assert not PlacesNews.objects.exists()


def test_hundreds_are_told_in_few_queries(django_assert_max_num_queries):
    """R-JOB-3"""
    seats.many_selected(600)
    begin()
    seat_elsewhere()

    with django_assert_max_num_queries(45):
        tell_places_left(FIRST + WEEK)
    assert PlacesNews.objects.get().people == 600


def test_of_two_letters_of_an_earlier_release_the_first_began_it_and_the_last_counts():
    """R-JOB-1, R-JOB-3"""
    candidacy = selected_at(FIRST)
    for at, left in ((FIRST, 20), (SECOND, 12)):
        Notification.objects.create(
            dedupe_key=f"{at}",
            kind="apprenticeship.search_open",
            school=dossiers.campaign().organiser,
            language="fr",
            to="someone@example.org",
            refs={"candidacy": candidacy.ref, "left": str(left)},
            queued_at=at,
            due_at=at,
        )

    import_module("apprenticeship.migrations.0010_told_already").remember_who_was_told(apps, None)

    news = SearchNews.objects.get()
    assert (news.candidacy, news.begun_at, news.left) == (candidacy, FIRST, 12)
