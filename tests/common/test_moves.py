"""One writer for all states: the source compared, the columns written along, the journal told, the slower refused."""

import pytest
from django.db import transaction

from accounts.services import create_person_for
from admissions.models import Application
from admissions.states import ApplicationAction, ApplicationState
from campaigns.models import MilestoneRun
from campaigns.states import RunAction, RunState
from common.journal import SYSTEM, Stamp
from common.models import Job, JournalEntry
from common.moves import begin, move, move_all, move_unnoted
from common.refusals import DomainError
from common.rules import IllegalMoveError
from common.states import JobAction, JobState
from tests.factories import accounts, jury
from tests.factories import admissions as dossiers

pytestmark = pytest.mark.django_db
STAMP = Stamp.of(SYSTEM, jury.ENTERED, "closed")
WITHDRAW = ApplicationAction.WITHDRAW


def entries(verb: str) -> list[tuple]:
    found = JournalEntry.objects.filter(verb=verb).order_by("pk")
    return list(found.values_list("object_ref", "from_state", "to_state", "reason"))


def state_of(row: Application) -> str:
    return Application.objects.get(pk=row.pk).state


def test_a_row_is_moved_with_its_columns_and_journalled():
    dossier = dossiers.started()

    move(dossier, WITHDRAW, STAMP, ended_at=STAMP.at)

    assert (dossier.state, dossier.ended_at) == ("withdrawn", STAMP.at)
    assert Application.objects.filter(state="withdrawn", ended_at=STAMP.at).get() == dossier
    assert entries("withdraw") == [(dossier.ref, "draft", "withdrawn", "closed")]


def test_an_entry_may_have_another_verb():
    dossier = dossiers.started()

    move(dossier, WITHDRAW, STAMP, "leave", ended_at=STAMP.at)

    assert entries("leave") == [(dossier.ref, "draft", "withdrawn", "closed")]


def test_whoever_read_the_state_before_another_is_refused_and_writes_nothing():
    read_before = dossiers.started()
    move(Application.objects.get(pk=read_before.pk), WITHDRAW, STAMP, ended_at=STAMP.at)

    with pytest.raises(DomainError, match="moved_meanwhile"), transaction.atomic():
        move(read_before, ApplicationAction.LAPSE, STAMP, ended_at=STAMP.at)

    assert state_of(read_before) == ApplicationState.WITHDRAWN
    assert entries("lapse") == []


def test_what_the_table_does_not_have_is_a_mistake_of_the_program():
    dossier = dossiers.started()

    with pytest.raises(IllegalMoveError):
        move(dossier, ApplicationAction.DECLARE_COMPLETE, STAMP)

    assert state_of(dossier) == ApplicationState.DRAFT


def test_rows_of_two_states_move_together(django_assert_num_queries):
    drafts = [dossiers.started(), dossiers.started()]
    submitted = dossiers.submitted()
    rows = list(Application.objects.select_related("campaign").order_by("pk"))

    with django_assert_num_queries(4):  # for each state, the rows and the journal
        move_all(rows, WITHDRAW, STAMP, ended_at=STAMP.at)

    assert {state_of(row) for row in rows} == {"withdrawn"}
    assert sorted(entries("withdraw")) == sorted(
        [(row.ref, "draft", "withdrawn", "closed") for row in drafts]
        + [(submitted.ref, "submitted", "withdrawn", "closed")]
    )


def test_one_that_moved_meanwhile_holds_back_all():
    first, second = dossiers.started(), dossiers.started()
    move(Application.objects.get(pk=second.pk), WITHDRAW, STAMP, ended_at=STAMP.at)

    with pytest.raises(DomainError, match="moved_meanwhile"), transaction.atomic():
        move_all([first, second], ApplicationAction.LAPSE, STAMP, ended_at=STAMP.at)

    assert state_of(first) == ApplicationState.DRAFT


def test_the_caller_may_note_the_move_itself():
    dossier = dossiers.started()

    move_all([dossier], WITHDRAW, None, ended_at=STAMP.at)

    assert state_of(dossier) == ApplicationState.WITHDRAWN
    assert entries("withdraw") == []


def test_a_column_compared_besides_the_state_refuses_too():
    milestone = dossiers.campaign().milestones.first()
    run = MilestoneRun(milestone=milestone, due_at=STAMP.at, revision=7)
    begin(run, RunState.PLANNED, STAMP, verb="plan")
    MilestoneRun.objects.filter(pk=run.pk).update(revision=8)

    with pytest.raises(DomainError, match="moved_meanwhile"), transaction.atomic():
        move(run, RunAction.HOLD, STAMP)


def test_a_row_begins_in_its_first_state():
    draft = dossiers.started()
    person = create_person_for(user=accounts.candidate(), now=STAMP.at)
    row = Application(
        campaign=draft.campaign, person=person, email="a@exemple.fr", started_at=STAMP.at
    )

    begin(row, ApplicationState.DRAFT, STAMP, verb="begin")

    assert state_of(row) == "draft"
    assert entries("begin") == [(row.ref, "", "draft", "closed")]


def test_machines_move_what_is_where_the_action_starts():
    jobs = [
        Job.objects.create(kind="count", key=str(number), run_at=STAMP.at, **fields)
        for number, fields in enumerate([{}, {}, {"state": "done"}])
    ]

    assert move_unnoted(Job.objects.all(), JobAction.CLAIM, lease_until=STAMP.at) == 2
    assert move_unnoted(Job.objects.filter(pk=jobs[0].pk), JobAction.FINISH) == 1
    assert move_unnoted(Job.objects.filter(pk=jobs[0].pk), JobAction.FINISH) == 0

    assert list(Job.objects.order_by("key").values_list("state", "lease_until")) == [
        (JobState.DONE, None),
        (JobState.RUNNING, STAMP.at),
        (JobState.DONE, None),
    ]
