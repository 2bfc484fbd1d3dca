"""Two people say yes, for one revision; one may stop it (domain-model.md §2.2, §5)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from campaigns.calendar.services.arming import (
    arm_run,
    confirm_run,
    disarm_run,
    free_run,
    hold_run,
    retry_run,
    skip_run,
    start_late_run,
)
from campaigns.calendar.services.engine import perform_run
from campaigns.models import MilestoneRun
from campaigns.states import RunState
from common.models import JournalEntry
from common.refusals import DomainError, NotAllowedError
from tests.campaigns.calendar.conftest import RESULTS_AT, SEARCH_AT, run_of
from tests.factories import accounts

pytestmark = pytest.mark.servers

DAY = timedelta(days=1)
BEFORE = RESULTS_AT - DAY


@pytest.fixture
def results(campaign) -> MilestoneRun:
    return run_of(campaign, "file-results")


@pytest.fixture
def search(campaign) -> MilestoneRun:
    return run_of(campaign, "y1-search")


@pytest.fixture
def announced(results, clerk, president) -> MilestoneRun:
    arm_run(run_id=results.pk, actor=clerk, now=BEFORE)
    confirm_run(run_id=results.pk, actor=president, now=BEFORE)
    assert perform_run(run_id=results.pk, now=RESULTS_AT)
    results.refresh_from_db()
    return results


def refusal(command, **given) -> str:
    with pytest.raises(DomainError) as refused:
        command(**given)
    return refused.value.refusals[0].code


@pytest.mark.parametrize(
    "make",
    [
        accounts.juror,
        accounts.programme_head,
        accounts.company_office,
        lambda _school: accounts.administrator(),
    ],
)
def test_no_other_role_arms(results, campaign, make):
    user = make(campaign.organiser)

    with pytest.raises(NotAllowedError):
        arm_run(run_id=results.pk, actor=user, now=BEFORE)


def test_nobody_arms_for_another_school(results):
    stranger = accounts.president(accounts.other_school())

    with pytest.raises(NotAllowedError):
        arm_run(run_id=results.pk, actor=stranger, now=BEFORE)


def test_one_person_is_not_two(results, clerk):
    assert refusal(confirm_run, run_id=results.pk, actor=clerk, now=BEFORE) == "run_not_armed"
    arm_run(run_id=results.pk, actor=clerk, now=BEFORE)
    assert arm_run(run_id=results.pk, actor=clerk, now=BEFORE).armed_at == BEFORE
    assert (
        refusal(confirm_run, run_id=results.pk, actor=clerk, now=BEFORE) == "run_takes_two_people"
    )


def test_the_database_itself_refuses_the_same_person_twice(results, clerk):
    agreed = {"armed_by": clerk, "armed_at": BEFORE, "confirmed_by": clerk, "confirmed_at": BEFORE}

    with pytest.raises(IntegrityError), transaction.atomic():
        MilestoneRun.objects.filter(pk=results.pk).update(**agreed)


def test_a_second_person_does_not_arm_again(results, clerk, president):
    arm_run(run_id=results.pk, actor=clerk, now=BEFORE)

    assert refusal(arm_run, run_id=results.pk, actor=president, now=BEFORE) == "run_armed_already"


def test_what_was_shown_is_what_is_agreed_on(results, clerk):
    given = {"run_id": results.pk, "actor": clerk, "now": BEFORE}

    assert refusal(arm_run, **given, revision=results.revision + 1) == "run_moved_meanwhile"
    assert arm_run(**given, revision=results.revision).armed_by == clerk


def test_what_takes_nobody_is_not_armed(search, clerk):
    assert refusal(arm_run, run_id=search.pk, actor=clerk, now=BEFORE) == "run_takes_nobody"


def test_disarming_takes_both_back(results, clerk, president, work):
    arm_run(run_id=results.pk, actor=clerk, now=BEFORE)
    confirm_run(run_id=results.pk, actor=president, now=BEFORE)

    disarm_run(run_id=results.pk, actor=president, now=BEFORE)

    assert not perform_run(run_id=results.pk, now=RESULTS_AT)
    assert work.asked == []


def test_what_is_held_does_nothing_and_is_agreed_on_again(results, clerk, president, work):
    arm_run(run_id=results.pk, actor=clerk, now=BEFORE)
    confirm_run(run_id=results.pk, actor=president, now=BEFORE)
    hold_run(run_id=results.pk, actor=clerk, now=BEFORE, reason="panne")
    assert refusal(arm_run, run_id=results.pk, actor=clerk, now=BEFORE) == "run_is_held"
    assert not perform_run(run_id=results.pk, now=RESULTS_AT)

    free_run(run_id=results.pk, actor=president, now=RESULTS_AT)

    assert not perform_run(run_id=results.pk, now=RESULTS_AT)
    results.refresh_from_db()
    assert (results.state, results.armed_by, results.confirmed_by) == (RunState.PLANNED, None, None)


def test_it_is_skipped_with_a_reason(search, clerk, work):
    assert (
        refusal(skip_run, run_id=search.pk, actor=clerk, reason=" ", now=BEFORE)
        == "run_skipped_without_reason"
    )

    skip_run(run_id=search.pk, actor=clerk, reason="fait par courrier", now=BEFORE)

    assert not perform_run(run_id=search.pk, now=SEARCH_AT)
    assert (
        JournalEntry.objects.get(verb="skip", object_ref="y1-search").reason == "fait par courrier"
    )


def test_only_what_failed_is_retried(search, clerk, work):
    assert retry_run(run_id=search.pk, actor=clerk, now=BEFORE).state == RunState.PLANNED
    assert perform_run(run_id=search.pk, now=SEARCH_AT)
    assert refusal(retry_run, run_id=search.pk, actor=clerk, now=SEARCH_AT) == "run_is_done"


def test_a_late_announcement_is_a_run_of_its_own_that_takes_two_people(
    announced, clerk, president, work
):
    late = start_late_run(milestone_id=announced.milestone_id, actor=clerk, now=RESULTS_AT + DAY)

    assert (late.late, late.revision, late.due_at) == (
        True,
        announced.revision + 1,
        RESULTS_AT + DAY,
    )
    assert not perform_run(run_id=late.pk, now=RESULTS_AT + DAY)
    arm_run(run_id=late.pk, actor=clerk, now=RESULTS_AT + DAY)
    confirm_run(run_id=late.pk, actor=president, now=RESULTS_AT + DAY)
    assert perform_run(run_id=late.pk, now=RESULTS_AT + DAY)
    assert [due.late for due in work.asked] == [False, True]


def test_there_is_no_late_announcement_while_one_may_still_act(results, search, clerk):
    assert (
        refusal(start_late_run, milestone_id=results.milestone_id, actor=clerk, now=RESULTS_AT)
        == "run_still_open"
    )
    perform_run(run_id=search.pk, now=SEARCH_AT)
    given = {"milestone_id": search.milestone_id, "actor": clerk, "now": SEARCH_AT}
    assert refusal(start_late_run, **given) == "run_takes_no_late_one"
