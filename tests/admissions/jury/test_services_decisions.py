"""Proposing, recording and undoing a decision: what is written, what is refused, and that nothing else moves."""

import pytest

from accounts.models import User
from admissions.jury.rules import JuryTest
from admissions.jury.services.decisions import (
    propose_decision,
    record_decision,
    token,
    undo_decision,
)
from admissions.models import Application, Candidacy
from admissions.models.sealed import Decision, Sitting
from campaigns.vocabulary import Medium
from common.models import JournalEntry
from common.refusals import DomainError, NotAllowedError
from notifications.models import Notification
from tests.factories import accounts, jury
from tests.factories import admissions as dossiers

pytestmark = [pytest.mark.django_db, pytest.mark.servers]


@pytest.fixture
def candidacy() -> Candidacy:
    return jury.entered("BAT-1")


@pytest.fixture
def juror() -> User:
    return jury.member("year-1")


def decide(command, candidacy, outcome="standard", **changes):
    return command(candidacy_ref=candidacy.ref, outcome_key=outcome, now=jury.DECIDED, **changes)


def decided(candidacy) -> list[tuple[int, str, str, list[str]]]:
    rows = Decision.objects.filter(candidacy=candidacy).order_by("version")
    return [(row.version, row.outcome.key, row.state, row.assessments) for row in rows]


def planned(candidacy) -> list[str]:
    return list(
        Sitting.objects.filter(candidacy=candidacy, state="planned").values_list(
            "assessment__key", flat=True
        )
    )


def everything_told(candidacy) -> list[object]:
    """Every column that a candidate's page may read."""
    return [
        list(Application.objects.filter(pk=candidacy.application_id).values()),
        list(
            Candidacy.objects.filter(application=candidacy.application_id).order_by("pk").values()
        ),
        list(Notification.objects.order_by("pk").values()),
    ]


@pytest.mark.parametrize("outcome", ["excellence", "standard", "rejected"])
def test_an_outcome_of_the_stage_is_recorded(candidacy, juror, outcome):
    """R-SEL-1"""
    decision = decide(record_decision, candidacy, outcome, note=" Bon dossier. ", actor=juror)

    assert decided(candidacy) == [(1, outcome, "recorded", [])]
    assert (decision.by, decision.note) == (juror, "Bon dossier.")
    assert (decision.recorded_at, decision.proposed_at, decision.announced_at) == (
        jury.DECIDED,
        None,
        None,
    )


def test_year_1_sits_the_recorded_interview_and_english_case_by_case(candidacy, juror):
    """R-SEL-6: the second interview is called to later, by another milestone."""
    other = jury.entered("BAT-1")

    decide(record_decision, candidacy, actor=juror)
    decide(record_decision, other, assessments=["english"], actor=juror)

    assert planned(candidacy) == ["recorded-interview"]
    assert planned(other) == ["recorded-interview", "english"]
    assert decided(other) == [(1, "standard", "recorded", ["english"])]


def test_year_2_sits_english_and_the_interview_and_the_orals_chosen():
    """R-SEL-2"""
    juror = jury.member("year-2")
    plain, oral = jury.entered("BAT-2"), jury.entered("BAT-2")

    decide(record_decision, plain, "pre-admissible", actor=juror)
    decide(
        record_decision,
        oral,
        "pre-admissible",
        assessments=["english", oral_about("Béton armé")],
        actor=juror,
    )

    assert planned(plain) == ["english", "jury-interview"]
    assert planned(oral) == ["english", "jury-interview", "optional-oral"]
    assert decided(oral) == [(1, "pre-admissible", "recorded", [])]


def oral_about(nature, medium=Medium.VIDEO):
    return JuryTest(key="optional-oral", nature=nature, medium=medium)


def test_a_proposal_plans_nothing_until_it_is_recorded(candidacy, juror):
    colleague = jury.member("year-1")

    decide(
        propose_decision,
        candidacy,
        assessments=["english"],
        note="Anglais à vérifier.",
        actor=juror,
    )
    assert (decided(candidacy), planned(candidacy)) == (
        [(1, "standard", "proposed", ["english"])],
        [],
    )
    decision = decide(record_decision, candidacy, assessments=["english"], actor=colleague)

    assert decided(candidacy) == [(1, "standard", "recorded", ["english"])]
    assert planned(candidacy) == ["recorded-interview", "english"]
    assert (decision.by, decision.note) == (colleague, "Anglais à vérifier.")


def test_another_outcome_recorded_over_a_proposal_cancels_it(candidacy, juror):
    decide(propose_decision, candidacy, "rejected", actor=juror)

    decide(record_decision, candidacy, "excellence", actor=jury.member("year-1"))

    assert decided(candidacy) == [
        (1, "rejected", "cancelled", []),
        (2, "excellence", "recorded", []),
    ]


def test_another_proposal_replaces_the_first(candidacy, juror):
    decide(propose_decision, candidacy, "rejected", actor=juror)

    decide(propose_decision, candidacy, "standard", actor=jury.member("year-1"))

    assert decided(candidacy) == [(1, "rejected", "cancelled", []), (2, "standard", "proposed", [])]


def test_changing_ones_mind_undoes_then_records(candidacy, juror):
    decide(record_decision, candidacy, assessments=["english"], actor=juror)

    decide(record_decision, candidacy, actor=juror)
    assert planned(candidacy) == ["recorded-interview"]
    decide(record_decision, candidacy, "rejected", actor=juror)

    assert decided(candidacy) == [
        (1, "standard", "cancelled", ["english"]),
        (2, "standard", "cancelled", []),
        (3, "rejected", "recorded", []),
    ]
    assert planned(candidacy) == []


@pytest.mark.parametrize("command", [propose_decision, record_decision])
def test_the_same_decision_again_changes_nothing(candidacy, juror, command):
    first = decide(command, candidacy, note="Oui.", actor=juror)
    entries = JournalEntry.objects.count()

    assert decide(command, candidacy, note="Oui.", actor=juror) == first
    assert decide(command, candidacy, actor=juror) == first
    assert JournalEntry.objects.count() == entries


def test_what_is_undone_leaves_a_cancelled_version_and_no_sitting(candidacy, juror):
    decide(record_decision, candidacy, assessments=["english"], actor=juror)

    undone = undo_decision(candidacy_ref=candidacy.ref, actor=juror, now=jury.DECIDED)

    assert (decided(candidacy), planned(candidacy)) == (
        [(1, "standard", "cancelled", ["english"])],
        [],
    )
    assert undone.state == "cancelled"
    assert undo_decision(candidacy_ref=candidacy.ref, actor=juror, now=jury.DECIDED) is None


def test_a_colleague_does_not_undo_but_the_president_does(candidacy, juror):
    colleague, president = jury.member("year-1"), jury.president()
    decide(record_decision, candidacy, actor=juror)

    with pytest.raises(NotAllowedError, match="not_president_of_this_jury"):
        undo_decision(candidacy_ref=candidacy.ref, actor=colleague, now=jury.DECIDED)
    with pytest.raises(DomainError, match="recorded_by_another"):
        decide(record_decision, candidacy, "rejected", actor=colleague)
    assert decided(candidacy) == [(1, "standard", "recorded", [])]
    decide(record_decision, candidacy, "rejected", actor=president)

    assert decided(candidacy) == [(1, "standard", "cancelled", []), (2, "rejected", "recorded", [])]


def test_nothing_is_proposed_over_what_is_recorded(candidacy, juror):
    decide(record_decision, candidacy, actor=juror)

    with pytest.raises(DomainError, match="decision_is_recorded"):
        decide(propose_decision, candidacy, "rejected", actor=juror)


@pytest.mark.parametrize("command", [propose_decision, record_decision])
def test_a_form_filled_before_a_colleague_acted_is_refused(candidacy, juror, command):
    president = jury.president()
    seen = token(None)
    decide(propose_decision, candidacy, "excellence", actor=juror)

    with pytest.raises(DomainError, match="decided_meanwhile"):
        decide(command, candidacy, "rejected", seen=seen, actor=president)
    decide(command, candidacy, "rejected", seen=token(Decision.objects.get()), actor=president)

    assert decided(candidacy)[0] == (1, "excellence", "cancelled", [])


@pytest.mark.parametrize(
    ("outcome", "assessments", "code"),
    [
        ("admissible", [], "outcome_not_of_stage"),
        ("pre-admissible", [], "outcome_not_of_stage"),
        ("standard", ["second-interview"], "assessment_not_offered"),
        ("standard", ["jury-interview"], "assessment_not_offered"),
        ("rejected", ["english"], "assessment_not_offered"),
    ],
)
def test_what_is_not_of_the_stage_is_refused(candidacy, juror, outcome, assessments, code):
    with pytest.raises(DomainError, match=code):
        decide(record_decision, candidacy, outcome, assessments=assessments, actor=juror)
    assert decided(candidacy) == []


def test_only_a_candidacy_at_a_stage_is_decided():
    juror = jury.member("year-1")
    waiting = dossiers.submitted(programmes=("BAT-1",)).candidacies.get()

    with pytest.raises(NotAllowedError, match="not_your_candidacy"):
        decide(record_decision, waiting, actor=juror)


@pytest.mark.parametrize(
    "stranger",
    [
        lambda: jury.member("year-2"),
        lambda: jury.member("year-1", programme="MKX-1"),
        accounts.juror,
        accounts.clerk,
        accounts.school_admin,
        accounts.programme_head,
        accounts.company_office,
        accounts.administrator,
        lambda: accounts.president(accounts.other_school()),
    ],
)
def test_nobody_else_decides(candidacy, stranger):
    user = stranger()

    for command in (propose_decision, record_decision):
        with pytest.raises(NotAllowedError, match="not_your_candidacy"):
            decide(command, candidacy, actor=user)
    with pytest.raises(NotAllowedError, match="not_your_candidacy"):
        undo_decision(candidacy_ref=candidacy.ref, actor=user, now=jury.DECIDED)


def test_a_member_who_is_no_longer_a_juror_decides_nothing(candidacy, juror):
    juror.grants.all().delete()

    with pytest.raises(NotAllowedError, match="not_your_candidacy"):
        decide(record_decision, candidacy, actor=juror)


def test_no_column_that_a_candidate_reads_changes(candidacy, juror):
    """domain-model §2.3"""
    before = everything_told(candidacy)

    decide(propose_decision, candidacy, "excellence", actor=juror)
    decide(record_decision, candidacy, assessments=["english"], note="Vu.", actor=juror)
    decide(record_decision, candidacy, "rejected", actor=juror)
    undo_decision(candidacy_ref=candidacy.ref, actor=juror, now=jury.DECIDED)

    assert everything_told(candidacy) == before


def test_each_act_is_journalled_without_its_outcome(candidacy, juror):
    decide(propose_decision, candidacy, assessments=["english"], note="Secret.", actor=juror)
    decide(record_decision, candidacy, assessments=["english"], actor=juror)
    undo_decision(candidacy_ref=candidacy.ref, actor=juror, now=jury.DECIDED)

    entries = JournalEntry.objects.filter(
        object_ref=candidacy.ref, object_type__in=["decision", "sitting"]
    )
    assert list(
        entries.order_by("pk").values_list("object_type", "verb", "from_state", "to_state")
    ) == [
        ("decision", "propose", "", "proposed"),
        ("decision", "record", "proposed", "recorded"),
        ("sitting", "plan", "", "planned"),
        ("sitting", "plan", "", "planned"),
        ("decision", "undo", "recorded", "cancelled"),
        ("sitting", "undo", "planned", ""),
        ("sitting", "undo", "planned", ""),
    ]
    assert {str(row.data) for row in entries} == {"{}"}
    assert set(entries.values_list("actor_ref", "scope")) == {(str(juror.pk), dossiers.SLUG)}
