"""The announcement of a milestone: who is moved, called and told, never twice and never early."""

import pytest
from django.db import transaction

from admissions.announcing.services.opening import preview
from admissions.dossier.services.endings import withdraw_candidacy
from admissions.dossier.services.reminding import remind_drafts
from admissions.jury.services.decisions import propose_decision
from admissions.models.sealed import Decision, Sitting
from campaigns.models import Milestone
from common.models import JournalEntry
from notifications.models import Notification
from tests.factories import accounts, jury
from tests.factories import admissions as dossiers
from tests.factories import announcing as told

pytestmark = [pytest.mark.django_db, pytest.mark.servers]
AT = told.FILE_RESULTS


def outbox():
    """What an announcement put in the outbox: kind and key, the refs of rows left out."""
    rows = Notification.objects.exclude(kind="admissions.receipt").order_by("pk")
    return [(row.kind.removeprefix("admissions."), row.dedupe_key) for row in rows]


def sittings(candidacy):
    rows = Sitting.objects.filter(candidacy=candidacy).order_by("assessment__position")
    return [(row.assessment.key, row.state) for row in rows.select_related("assessment")]


@pytest.mark.parametrize(
    ("programme", "outcome", "standing"),
    [
        ("BAT-1", "excellence", ("selected", "", "excellence")),
        ("BAT-1", "standard", ("in_selection", "tests", "standard")),
        ("BAT-1", "rejected", ("rejected", "", "rejected")),
        ("BAT-2", "pre-admissible", ("in_selection", "tests", "pre-admissible")),
        ("BAT-2", "rejected", ("rejected", "", "rejected")),
    ],
)
def test_each_kind_of_outcome_moves_a_candidacy_along_the_graph(programme, outcome, standing):
    """R-SEL-1, R-SEL-2"""
    candidacy = told.candidacy(programme)
    told.decide(candidacy, outcome)
    assert told.standing(candidacy) == ("in_selection", "file", "")
    called = {"standard": 1, "pre-admissible": 2}.get(outcome, 0)  # the tests that all sit
    assert told.run("file-results", AT) == {"announced": 1, "called": called, "undecided": 0}
    assert told.standing(candidacy) == standing
    assert told.reread(candidacy).told_at == AT
    decision = Decision.objects.get(candidacy=candidacy)
    assert (decision.state, decision.announced_at) == ("announced", AT)
    kind = decision.outcome.kind
    assert outbox() == [(f"decision_{kind}", f"decision:{candidacy.ref}:file:1")]


def test_the_tests_chosen_with_a_decision_are_called_with_it_in_one_message():
    """R-SEL-6"""
    candidacy = told.candidacy()
    told.decide(candidacy, "standard", "english")
    assert told.run("file-results", AT) == {"announced": 1, "called": 2, "undecided": 0}
    assert sittings(candidacy) == [
        ("recorded-interview", "called"),
        ("english", "called"),
    ]
    assert outbox() == [("decision_next", f"decision:{candidacy.ref}:file:1")]


def test_a_call_inside_a_stage_is_told_on_its_own_day():
    candidacy = told.announced("standard")
    told.plan(candidacy, "second-interview")
    assert sittings(candidacy) == [
        ("recorded-interview", "called"),
        ("second-interview", "planned"),
    ]
    assert told.run("y1-second-call", told.SECOND_CALL) == {
        "announced": 0,
        "called": 1,
        "undecided": 0,
    }
    assert sittings(candidacy) == [("recorded-interview", "called"), ("second-interview", "called")]
    assert outbox()[1:] == [("call", f"call:{candidacy.ref}:y1-second-call:1")]
    assert told.standing(candidacy) == ("in_selection", "tests", "standard")


def test_nobody_is_told_by_another_milestone():
    candidacy = told.candidacy()
    told.decide(candidacy, "standard", "english")
    for key in ("y1-second-call", "y1-results", "y2-results"):
        assert told.run(key, AT) == {"announced": 0, "called": 0, "undecided": 0}
    assert (told.standing(candidacy), outbox()) == (("in_selection", "file", ""), [])


def test_an_announcement_that_runs_again_tells_nothing_more():
    told.decide(told.candidacy(), "standard", "english")
    told.run("file-results", AT)
    said, noted = outbox(), JournalEntry.objects.count()
    assert told.run("file-results", AT) == {"announced": 0, "called": 0, "undecided": 0}
    assert (outbox(), JournalEntry.objects.count()) == (said, noted)


def test_those_undecided_stay_sealed_and_staff_are_told_how_many():
    school = dossiers.campaign().organiser
    staff = [accounts.clerk(school), told.president(), accounts.school_admin(school)]
    accounts.clerk(accounts.other_school())
    decided, undecided = told.candidacy(), told.candidacy("MKX-1")
    told.decide(decided, "excellence")
    assert told.run("file-results", AT) == {"announced": 1, "called": 0, "undecided": 1}
    assert told.standing(undecided) == ("in_selection", "file", "")
    assert outbox() == [
        ("decision_accepted", f"decision:{decided.ref}:file:1"),
        *(("undecided", f"undecided:ales-2022:file-results:1:{user.pk}") for user in staff),
    ]
    rows = Notification.objects.filter(kind="admissions.undecided")
    assert {row.refs["undecided"] for row in rows} == {"1"}


def test_what_is_proposed_only_is_undecided():
    candidacy = told.candidacy()
    propose_decision(
        candidacy_ref=candidacy.ref,
        outcome_key="excellence",
        actor=told.president(),
        now=jury.DECIDED,
    )
    assert told.run("file-results", AT) == {"announced": 0, "called": 0, "undecided": 1}
    assert told.standing(candidacy) == ("in_selection", "file", "")


def test_decided_late_waits_for_a_late_run_which_tells_nobody_else():
    told.announced("rejected")
    late = told.candidacy("MKX-1")
    told.run("file-results", AT, revision=2)
    told.decide(late, "standard", "english")
    before = outbox()
    assert told.run("file-results", told.SECOND_CALL, revision=3, late=True) == {
        "announced": 1,
        "called": 2,
        "undecided": 0,
    }
    assert outbox()[len(before) :] == [("decision_next", f"decision:{late.ref}:file:1")]
    assert told.reread(late).told_at == told.SECOND_CALL


def test_who_withdrew_in_between_is_never_told():
    """domain-model.md §2.8"""
    candidacy = told.candidacy()
    told.decide(candidacy, "excellence")
    withdraw_candidacy(
        candidacy_ref=candidacy.ref, now=jury.DECIDED, **dossiers.whose(candidacy.application)
    )
    assert told.run("file-results", AT) == {"announced": 0, "called": 0, "undecided": 0}
    assert [kind for kind, _ in outbox()] == ["withdrawal"]
    assert Decision.objects.get().state == "cancelled"


def test_an_announcement_undone_leaves_nothing():
    candidacy = told.candidacy()
    told.decide(candidacy, "standard", "english")
    noted = JournalEntry.objects.count()
    with transaction.atomic():
        told.run("file-results", AT)
        transaction.set_rollback(True)
    assert told.standing(candidacy) == ("in_selection", "file", "")
    assert sittings(candidacy) == [("recorded-interview", "planned"), ("english", "planned")]
    assert (outbox(), JournalEntry.objects.count()) == ([], noted)


def test_the_journal_has_a_line_for_each_candidacy_moved_and_called():
    candidacy = told.candidacy()
    told.decide(candidacy, "standard", "english")
    told.run("file-results", AT)
    rows = JournalEntry.objects.filter(at=AT).order_by("pk")
    run = {"milestone": "file-results", "run": 1}
    assert [(row.verb, row.object_type, row.object_ref, row.data) for row in rows] == [
        (
            "announce_next",
            "candidacy",
            candidacy.ref,
            {**run, "stage": "file", "outcome": "standard"},
        ),
        (
            "call",
            "sitting",
            candidacy.ref,
            {**run, "assessments": ["recorded-interview", "english"]},
        ),
    ]


def test_a_preview_says_how_many_and_nothing_of_outcomes():
    chosen, refused = told.candidacy(), told.candidacy("MKX-1")
    told.candidacy("BAT-1")
    told.decide(chosen, "standard", "english")
    told.decide(refused, "rejected")
    milestone = Milestone.objects.get(key="file-results")
    expected = {"announced": 2, "called": 2, "undecided": 1}
    assert preview(milestone, AT) == expected
    assert told.run("file-results", AT) == expected
    told.plan(chosen, "second-interview")
    second_call = Milestone.objects.get(key="y1-second-call")
    assert preview(second_call, told.CALLED_BY_JURY) == {
        "announced": 0,
        "called": 1,
        "undecided": 0,
    }


def test_an_announcement_takes_as_many_statements_whatever_the_number(django_assert_num_queries):
    """Chunk by chunk: a chunk of two costs what one of six does."""
    for count in (2, 6):
        for number in range(count):
            told.decide(told.candidacy(), ("standard", "rejected")[number % 2])
        with django_assert_num_queries(19):
            told.run("file-results", AT)


def test_those_with_a_draft_are_reminded_once_a_run():
    """R-CAL-2"""
    draft, other = dossiers.filled(), dossiers.started()
    told.candidacy()
    milestone = Milestone.objects.select_related("campaign").get(key="deadline")
    due = told.Due(
        run=told.Run(),
        milestone=milestone,
        campaign=milestone.campaign,
        now=dossiers.SUBMITTED,
        late=False,
    )
    for _ in range(2):
        assert remind_drafts(due) == {"reminded": 2}
    assert outbox() == [
        ("draft_reminder", f"reminder:{row.ref}:deadline:1") for row in (draft, other)
    ]
