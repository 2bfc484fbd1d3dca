"""Runs follow the notice (R-CAL-6, R-CAL-7; domain-model.md §2.13)."""

import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from campaigns.calendar.services.arming import arm_run
from campaigns.calendar.services.engine import perform_run
from campaigns.document.schema import Milestone as Date
from campaigns.editing.services.loading import load_campaign
from campaigns.editing.services.moving import move_milestone
from campaigns.editing.services.setup import change_notice
from campaigns.editing.services.versions import record_version
from campaigns.models import Milestone, MilestoneRun
from campaigns.states import RunState
from campaigns.vocabulary import CampaignState, MilestoneStatus
from common.journal import SYSTEM
from common.models import JournalEntry
from common.refusals import DomainError, NotAllowedError
from tests.campaigns.calendar.conftest import LOADED, RESULTS_AT, SEARCH_AT, run_of
from tests.factories import campaigns

pytestmark = pytest.mark.servers

ACTING = [
    "reminder",
    "file-results",
    "y1-second-call",
    "y1-results",
    "y1-search",
    "y2-results",
    "y2-search",
]
NOW = datetime(2022, 3, 1, 9, 0, tzinfo=UTC)


def paris(*when: int) -> datetime:
    return datetime(2022, *when, tzinfo=ZoneInfo("Europe/Paris"))


def states(campaign) -> dict[str, str]:
    return dict(
        MilestoneRun.objects.filter(milestone__campaign=campaign).values_list(
            "milestone__key", "state"
        )
    )


def load(now, **header):
    document = campaigns.ales_2022_document()
    document = document.model_copy(update={"campaign": document.campaign.model_copy(update=header)})
    campaigns.load_nomenclature()
    load_campaign(document=document, actor=SYSTEM, now=now)


def test_each_date_that_does_something_has_a_run(campaign):
    """R-CAL-2, R-CAL-3"""
    assert states(campaign) == dict.fromkeys(ACTING, "planned")
    assert run_of(campaign, "file-results").due_at == RESULTS_AT


def test_loading_again_changes_nothing(campaign):
    before = list(MilestoneRun.objects.values())

    load(NOW)

    assert list(MilestoneRun.objects.values()) == before


@pytest.mark.django_db
def test_a_draft_plans_nothing_until_it_is_published():
    load(LOADED, state=CampaignState.DRAFT)
    assert MilestoneRun.objects.count() == 0

    load(datetime(2022, 4, 10, tzinfo=UTC))

    skipped = MilestoneRun.objects.filter(state=RunState.SKIPPED.value)
    assert sorted(skipped.values_list("milestone__key", flat=True)) == ["file-results", "reminder"]
    assert MilestoneRun.objects.filter(state=RunState.PLANNED.value).count() == len(ACTING) - 2


@pytest.mark.django_db
def test_an_old_notice_does_nothing(work):
    load(datetime(2022, 12, 1, tzinfo=UTC))

    assert set(MilestoneRun.objects.values_list("state", flat=True)) == {"skipped"}
    assert not any(perform_run(run_id=run.pk, now=NOW) for run in MilestoneRun.objects.all())


def test_a_moved_date_is_planned_anew_and_disarmed(campaign, clerk, school_admin, work):
    """R-CAL-6"""
    run = run_of(campaign, "file-results")
    arm_run(run_id=run.pk, actor=clerk, now=NOW)

    move_milestone(
        milestone_id=run.milestone_id,
        to=date(2022, 4, 1),
        actor=school_admin,
        reason="jury prolongé",
        now=NOW,
    )

    run.refresh_from_db()
    assert (run.revision, run.armed_by, run.due_at) == (2, None, RESULTS_AT - timedelta(days=3))
    campaign.refresh_from_db()
    assert (campaign.current_version.number, campaign.current_version.reason) == (
        2,
        "jury prolongé",
    )
    moved = JournalEntry.objects.get(verb="move_milestone")
    assert (moved.object_ref, moved.reason) == ("file-results", "jury prolongé")
    assert moved.data["to"][0].startswith("2022-04-01T")


def test_a_date_moves_to_an_hour_of_the_campaigns_zone(campaign, school_admin):
    run = run_of(campaign, "y1-search")
    noon = datetime(2022, 5, 12, 12, 0, tzinfo=ZoneInfo("Europe/Paris"))

    move_milestone(
        milestone_id=run.milestone_id, to=noon, actor=school_admin, reason="salle", now=NOW
    )

    run.refresh_from_db()
    assert run.due_at == noon


def test_a_window_keeps_its_length(campaign, school_admin):
    tests = Milestone.objects.get(campaign=campaign, key="y2-tests")

    moved = move_milestone(
        milestone_id=tests.pk, to=date(2022, 5, 11), actor=school_admin, reason="grève", now=NOW
    )

    days = [
        moment.astimezone(ZoneInfo("Europe/Paris")).date()
        for moment in (moved.starts_at, moved.ends_at)
    ]
    assert days == [date(2022, 5, 11), date(2022, 5, 26)]


def test_what_has_acted_no_longer_moves(campaign, school_admin, work):
    run = run_of(campaign, "y1-search")
    perform_run(run_id=run.pk, now=SEARCH_AT)
    given = {"milestone_id": run.milestone_id, "actor": school_admin, "now": SEARCH_AT}

    with pytest.raises(DomainError, match="milestone_acted"):
        move_milestone(**given, to=date(2022, 6, 1), reason="trop tard")


def test_a_clerk_moves_no_date_and_nobody_without_a_reason(campaign, clerk, school_admin):
    given = {
        "milestone_id": run_of(campaign, "y1-search").milestone_id,
        "to": date(2022, 5, 12),
        "now": NOW,
    }

    with pytest.raises(NotAllowedError):
        move_milestone(**given, actor=clerk, reason="demain")
    with pytest.raises(DomainError, match="milestone_moved_without_reason"):
        move_milestone(**given, actor=school_admin, reason=" ")


def test_nothing_acts_on_a_date_that_is_only_assumed(campaign, school_admin, work):
    """R-CAL-7"""
    search = Milestone.objects.get(campaign=campaign, key="y1-search")
    search.status = MilestoneStatus.ASSUMED.value
    change_notice(
        campaign_id=campaign.pk, save=[(search, ["status"])], reason="", actor=school_admin, now=NOW
    )
    run = run_of(campaign, "y1-search")
    assert not perform_run(run_id=run.pk, now=SEARCH_AT)

    move_milestone(
        milestone_id=search.pk,
        to=date(2022, 5, 10),
        actor=school_admin,
        reason="confirmée",
        now=SEARCH_AT,
    )

    assert perform_run(run_id=run.pk, now=SEARCH_AT)


def test_what_hangs_on_an_assumed_date_waits_too(campaign, school_admin, work):
    """R-CAL-7"""
    search = Milestone.objects.get(campaign=campaign, key="y1-search")
    search.relative_to, search.relative_hours, search.all_day = "term", -24, False
    fields = ["relative_to", "relative_hours", "all_day"]
    change_notice(
        campaign_id=campaign.pk, save=[(search, fields)], reason="", actor=school_admin, now=NOW
    )
    run = run_of(campaign, "y1-search")

    assert run.assumed
    assert not perform_run(run_id=run.pk, now=run.due_at)


def test_a_provisional_date_acts(campaign, school_admin, work):
    search = Milestone.objects.get(campaign=campaign, key="y1-search")
    search.status = MilestoneStatus.PROVISIONAL.value
    change_notice(
        campaign_id=campaign.pk, save=[(search, ["status"])], reason="", actor=school_admin, now=NOW
    )

    assert perform_run(run_id=run_of(campaign, "y1-search").pk, now=SEARCH_AT)


def test_a_skipped_date_that_is_given_again_is_planned(campaign, school_admin):
    document_now = datetime(2022, 5, 11, tzinfo=UTC)
    MilestoneRun.objects.all().delete()
    record_version(campaign=campaign, reason="", by=SYSTEM, now=document_now)
    skipped = run_of(campaign, "y1-search")
    assert skipped.state == RunState.SKIPPED

    move_milestone(
        milestone_id=skipped.milestone_id,
        to=date(2022, 5, 20),
        actor=school_admin,
        reason="report",
        now=document_now,
    )

    assert [
        (run.revision, run.state)
        for run in MilestoneRun.objects.filter(milestone=skipped.milestone_id)
    ] == [
        (1, "skipped"),
        (2, "planned"),
    ]


def test_a_planned_run_leaves_with_its_date(campaign, school_admin):
    search = Milestone.objects.get(campaign=campaign, key="y1-search")

    change_notice(campaign_id=campaign.pk, delete=[search], reason="", actor=school_admin, now=NOW)

    assert "y1-search" not in states(campaign)
    assert JournalEntry.objects.filter(verb="remove", object_ref="y1-search").count() == 1


def test_a_date_that_has_acted_stays_in_the_notice(campaign, school_admin, work):
    search = Milestone.objects.get(campaign=campaign, key="y1-search")
    perform_run(run_id=run_of(campaign, "y1-search").pk, now=SEARCH_AT)

    with pytest.raises(DomainError, match="notice_part_in_use"):
        change_notice(
            campaign_id=campaign.pk, delete=[search], reason="", actor=school_admin, now=SEARCH_AT
        )


def test_a_date_that_no_longer_does_anything_has_no_run(campaign, school_admin):
    search = Milestone.objects.get(campaign=campaign, key="y1-search")
    search.action = ""

    change_notice(
        campaign_id=campaign.pk, save=[(search, ["action"])], reason="", actor=school_admin, now=NOW
    )

    assert "y1-search" not in states(campaign)


@pytest.mark.parametrize("zone", ["America/Montreal", "Pacific/Auckland", "UTC"])
def test_the_hour_is_that_of_the_campaign_whatever_the_clock_of_the_machine(
    campaign, work, zone, settings
):
    settings.TIME_ZONE = zone
    run = run_of(campaign, "y1-search")

    assert not perform_run(
        run_id=run.pk, now=(SEARCH_AT - timedelta(seconds=1)).astimezone(ZoneInfo(zone))
    )
    assert perform_run(run_id=run.pk, now=SEARCH_AT.astimezone(ZoneInfo(zone)))


CLOSING = {"title": {"fr": "Liste définitive"}, "action": "close_search"}


def closing(**when) -> MilestoneRun:
    """The run of a date that closes the search, in the notice of 2022."""
    document = campaigns.ales_2022_document()
    last = Date.model_validate(CLOSING | when)
    calendar = {**document.calendar, "final-list": last}
    campaign = campaigns.load(document.model_copy(update={"calendar": calendar}))
    return run_of(campaign, "final-list")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("when", "acts_at"),
    [
        ({"on": "2022-09-20"}, paris(9, 21)),
        ({"from": "2022-09-01", "until": "2022-09-20"}, paris(9, 21)),
        ({"until": "2022-09-20"}, paris(9, 21)),
        ({"on": "2022-09-20 12:00"}, paris(9, 20, 12, 0, 1)),
        ({"on": "2022-10-30"}, paris(10, 31)),  # a day of 25 hours
    ],
    ids=["a day", "a window", "an end", "an hour", "the clock goes back"],
)
def test_what_closes_the_search_acts_once_its_last_second_is_over(when, acts_at):
    """R-CAL-1, R-JOB-5: the last day is a whole one, as that of a deadline is."""
    assert closing(**when).due_at == acts_at


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("to", "last_second"),
    [(date(2022, 9, 27), paris(9, 27, 23, 59, 59)), (paris(9, 27, 18), paris(9, 27, 18))],
    ids=["a day", "an hour"],
)
def test_a_last_day_that_moves_stays_whole_unless_an_hour_is_given(school_admin, to, last_second):
    """R-CAL-1, R-CAL-6"""
    run = closing(on="2022-09-20")

    moved = move_milestone(
        milestone_id=run.milestone_id, to=to, actor=school_admin, reason="Report", now=NOW
    )

    run.refresh_from_db()
    assert moved.ends_at == last_second
    assert run.due_at == last_second + timedelta(seconds=1)


@pytest.mark.django_db
@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
def test_the_zone_of_the_server_moves_no_last_day(zone, monkeypatch):
    """R-CAL-1"""
    with monkeypatch.context() as server:
        server.setenv("TZ", zone)
        time.tzset()
        acts_at = closing(on="2022-09-20").due_at
    time.tzset()
    assert acts_at == paris(9, 21)
