"""Calls inside a stage, presence, marks, conflicts."""

from datetime import timedelta

import pytest

from accounts.models import User
from admissions.jury.services.decisions import give_mark, record_decision
from admissions.jury.services.members import declare_conflict
from admissions.jury.services.sittings import plan_sitting, record_presence, unplan_sitting
from admissions.models import Candidacy
from admissions.models.sealed import Conflict, Decision, Mark, Sitting
from admissions.states import SittingAction
from campaigns.models import MilestoneRun
from common.models import JournalEntry
from common.refusals import DomainError, NotAllowedError
from tests.admissions.jury.test_services_decisions import everything_told
from tests.factories import jury

pytestmark = [pytest.mark.django_db, pytest.mark.servers]

SECOND = "second-interview"


@pytest.fixture
def candidacy() -> Candidacy:
    return jury.entered("BAT-1", stage="tests")


@pytest.fixture
def juror() -> User:
    return jury.member("year-1")


def act(command, candidacy, key=SECOND, *, now=jury.MARKED, **changes):
    return command(candidacy_ref=candidacy.ref, assessment_key=key, now=now, **changes)


def sittings(candidacy) -> list[tuple[str, str]]:
    return list(Sitting.objects.filter(candidacy=candidacy).values_list("assessment__key", "state"))


def journal(candidacy, kind) -> list[tuple[str, dict]]:
    rows = JournalEntry.objects.filter(object_ref=candidacy.ref, object_type=kind).order_by("pk")
    return list(rows.values_list("verb", "data"))


def test_the_second_interview_is_planned_and_taken_back(candidacy, juror):
    """R-SEL-6: at the jury's call, told on 15 April."""
    before = everything_told(candidacy)

    act(plan_sitting, candidacy, actor=juror)
    act(plan_sitting, candidacy, actor=juror)
    assert sittings(candidacy) == [(SECOND, "planned")]
    act(unplan_sitting, candidacy, actor=juror)
    act(unplan_sitting, candidacy, actor=juror)

    assert sittings(candidacy) == []
    assert everything_told(candidacy) == before
    assert journal(candidacy, "sitting") == [
        ("plan", {"assessment": SECOND}),
        ("undo", {"assessment": SECOND}),
    ]


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("recorded-interview", "call_is_announced"),
        ("english", "call_is_announced"),
        ("jury-interview", "assessment_not_offered"),
        ("nothing", "assessment_not_offered"),
    ],
)
def test_only_a_later_call_of_the_stage_is_planned(candidacy, juror, key, code):
    jury.performed("file-results")

    with pytest.raises(DomainError, match=code):
        act(plan_sitting, candidacy, key, actor=juror)


def test_a_test_for_all_calls_nobody_one_by_one(candidacy, juror):
    with pytest.raises(DomainError, match="assessment_is_for_all"):
        act(plan_sitting, candidacy, "recorded-interview", now=jury.DECIDED, actor=juror)


def test_the_calls_close_once_they_are_told(candidacy, juror):
    """An announcement that nobody armed waits, and so do the calls."""
    act(plan_sitting, candidacy, actor=juror)
    other, late = jury.entered("BAT-1", stage="tests"), jury.MARKED + timedelta(days=4)

    act(plan_sitting, other, now=late, actor=juror)
    act(unplan_sitting, other, now=late, actor=juror)
    jury.performed("y1-second-call")

    with pytest.raises(DomainError, match="call_is_announced"):
        act(plan_sitting, other, now=late, actor=juror)
    with pytest.raises(DomainError, match="call_is_announced"):
        act(unplan_sitting, candidacy, now=late, actor=juror)


def test_of_an_old_calendar_the_day_alone_counts(candidacy, juror):
    MilestoneRun.objects.all().delete()

    act(plan_sitting, candidacy, actor=juror)
    with pytest.raises(DomainError, match="call_is_announced"):
        act(unplan_sitting, candidacy, now=jury.MARKED + timedelta(days=4), actor=juror)


def test_what_was_called_is_not_taken_back(candidacy, juror):
    jury.called(candidacy, SECOND)

    with pytest.raises(DomainError, match="already_called"):
        act(unplan_sitting, candidacy, actor=juror)


@pytest.mark.parametrize(
    ("presence", "state"),
    [(SittingAction.SIT, "sat"), (SittingAction.MISS, "absent"), (SittingAction.EXCUSE, "excused")],
)
def test_presence_is_noted_once(candidacy, juror, presence, state):
    jury.called(candidacy, "english")

    act(record_presence, candidacy, "english", presence=presence, actor=juror)
    act(record_presence, candidacy, "english", presence=presence, actor=juror)

    assert sittings(candidacy) == [("english", state)]
    other = SittingAction.MISS if presence is SittingAction.SIT else SittingAction.SIT
    with pytest.raises(DomainError, match="presence_is_recorded"):
        act(record_presence, candidacy, "english", presence=other, actor=juror)


def test_presence_is_of_those_called(candidacy, juror):
    act(plan_sitting, candidacy, actor=juror)

    with pytest.raises(DomainError, match="not_called_to_assessment"):
        act(record_presence, candidacy, presence=SittingAction.SIT, actor=juror)
    with pytest.raises(DomainError, match="not_called_to_assessment"):
        act(record_presence, candidacy, "english", presence=SittingAction.SIT, actor=juror)


def test_a_mark_is_given_and_corrected(candidacy, juror):
    jury.called(candidacy, "english")

    act(give_mark, candidacy, "english", hundredths=1250, actor=juror)
    act(give_mark, candidacy, "english", hundredths=1300, actor=juror)
    act(give_mark, candidacy, "english", hundredths=1300, actor=juror)
    act(give_mark, candidacy, "english", hundredths=900, actor=jury.member("year-1"))

    assert list(Mark.objects.order_by("pk").values_list("hundredths", "scale")) == [
        (1300, 20),
        (900, 20),
    ]
    english = {"assessment": "english"}
    assert journal(candidacy, "mark") == [
        ("give_mark", english),
        ("correct_mark", english),
        ("give_mark", english),
    ]


@pytest.mark.parametrize("hundredths", [-1, 2001])
def test_a_mark_stays_within_its_scale(candidacy, juror, hundredths):
    jury.called(candidacy, "english")

    with pytest.raises(DomainError, match="mark_out_of_scale"):
        act(give_mark, candidacy, "english", hundredths=hundredths, actor=juror)


def test_only_those_called_are_marked(candidacy, juror):
    act(plan_sitting, candidacy, actor=juror)
    jury.called(candidacy, "recorded-interview")
    act(record_presence, candidacy, "recorded-interview", presence=SittingAction.MISS, actor=juror)

    for key, code in [
        (SECOND, "not_called_to_assessment"),
        ("english", "not_called_to_assessment"),
        ("recorded-interview", "did_not_sit"),
        ("jury-interview", "assessment_not_offered"),
    ]:
        with pytest.raises(DomainError, match=code):
            act(give_mark, candidacy, key, hundredths=1000, actor=juror)


def test_a_conflict_closes_the_dossier_and_leaves_the_decision(juror):
    candidacy = jury.entered("BAT-1")
    jury.recorded(candidacy, "excellence", by=juror)
    before = everything_told(candidacy)

    declare_conflict(candidacy_ref=candidacy.ref, actor=juror, now=jury.DECIDED)

    assert Conflict.objects.filter(user=juror, application=candidacy.application).count() == 1
    assert Decision.objects.get().state == "recorded"
    assert journal(candidacy, "conflict") == [("declare_conflict", {"decisions": 1})]
    assert everything_told(candidacy) == before
    again = {"candidacy_ref": candidacy.ref, "actor": juror, "now": jury.DECIDED}
    with pytest.raises(NotAllowedError, match="not_your_candidacy"):
        declare_conflict(**again)
    with pytest.raises(NotAllowedError, match="not_your_candidacy"):
        record_decision(outcome_key="rejected", **again)


def test_a_stranger_plans_marks_and_declares_nothing(candidacy):
    stranger = jury.member("year-2")
    jury.called(candidacy, "english")

    for command, more in (
        (plan_sitting, {}),
        (unplan_sitting, {}),
        (record_presence, {"presence": SittingAction.SIT}),
        (give_mark, {"hundredths": 1000}),
    ):
        with pytest.raises(NotAllowedError, match="not_your_candidacy"):
            act(command, candidacy, "english", actor=stranger, **more)
    with pytest.raises(NotAllowedError, match="not_your_candidacy"):
        declare_conflict(candidacy_ref=candidacy.ref, actor=stranger, now=jury.MARKED)
