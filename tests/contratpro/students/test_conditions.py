"""Who says whether a condition holds, with which evidence, and what an answer to step 1 rests on (R-PRO-4)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from common.journal import Stamp
from common.models import JournalEntry, StoredFile
from common.moves import begin
from common.refusals import DomainError, NotAllowedError
from contratpro.models import ConditionFact
from contratpro.service.services import accept_project, refuse_project
from contratpro.states import FactState, StudentState
from contratpro.students.rules import seen_of_fact
from contratpro.students.services.conditions import (
    deny_condition,
    forget_condition,
    hold_condition,
)
from contratpro.vocabulary import Party
from notifications.models import Notification
from tests.factories import accounts, contracts, contratpro, files, invoices

pytestmark = pytest.mark.servers

NOW = datetime(2025, 3, 4, 9, 0, tzinfo=UTC)
NOTHING = seen_of_fact(FactState.UNKNOWN)
REFUSING = ("meeting", "core-resits", "passage-resits", "no-mobility", "department-head")


def seen(fact):
    return seen_of_fact(fact.state, fact.said_at)


def pdf(name="releve.pdf"):
    return SimpleUploadedFile(name, files.pdf(), "application/pdf")


@pytest.fixture
def say(student, office):
    def do(command, key="core-resits", actor=office, at=NOW, **said):
        said.setdefault("seen", NOTHING)
        return command(ref=student.ref, key=key, actor=actor, now=at, **said)

    return do


def test_what_is_said_is_kept_with_who_when_and_evidence(say, office):
    """R-PRO-4."""
    fact = say(hold_condition, note=" Relevé du jury ", evidence=pdf())
    fact.refresh_from_db()
    assert (fact.state, fact.said_by, fact.by, fact.said_at, fact.note) == (
        FactState.HELD,
        Party.REGISTRAR,
        office,
        NOW,
        "Relevé du jury",
    )
    assert (fact.evidence.name, fact.evidence.purpose) == ("releve.pdf", "contract_evidence")
    entry = JournalEntry.objects.get(object_type="contract_condition")
    assert (entry.verb, entry.to_state, entry.data) == (
        "hold",
        "held",
        {"condition": "core-resits"},
    )


def test_the_same_twice_is_said_once_and_a_note_is_amended(say):
    first = say(hold_condition, note="Vu")
    assert say(hold_condition, note="Vu", seen="whatever").pk == first.pk
    say(hold_condition, note="Vu deux fois", seen=seen(first), evidence=pdf())
    assert ConditionFact.objects.get().note == "Vu deux fois"
    verbs = JournalEntry.objects.filter(object_type="contract_condition").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == ["hold", "amend"]


def test_what_somebody_else_said_meanwhile_is_not_written_over(say):
    say(hold_condition)
    with pytest.raises(DomainError, match="moved_meanwhile"):
        say(deny_condition)
    with pytest.raises(DomainError, match="moved_meanwhile"):
        say(forget_condition, reason="Erreur")


def test_what_was_said_by_mistake_is_forgotten_with_its_evidence(say):
    fact = say(hold_condition, evidence=pdf())
    denied = say(deny_condition, seen=seen(fact), at=NOW + timedelta(hours=1))
    assert (denied.state, denied.evidence.name) == (FactState.NOT_HELD, "releve.pdf")
    for _ in range(2):
        forgotten = say(forget_condition, seen=seen(denied), reason="Mauvais élève")
    assert (forgotten.state, forgotten.note) == (FactState.UNKNOWN, "")
    assert ConditionFact.objects.get().evidence is None
    assert StoredFile.objects.get().state == StoredFile.State.DROPPED
    assert JournalEntry.objects.filter(verb="forget").get().reason == "Mauvais élève"


def test_new_evidence_takes_the_place_of_the_former(say):
    fact = say(hold_condition, evidence=pdf())
    say(hold_condition, seen=seen(fact), evidence=pdf("autre.pdf"))
    assert sorted(StoredFile.objects.values_list("name", "state")) == [
        ("autre.pdf", "kept"),
        ("releve.pdf", "dropped"),
    ]


def test_a_risk_is_the_students_own(say, student):
    fact = ConditionFact(
        student=student, key="toeic", said_by=Party.STUDENT, by=student.user, said_at=NOW
    )
    begin_risk(fact)
    for command, said in ((deny_condition, {}), (forget_condition, {"reason": "x"})):
        with pytest.raises(DomainError, match="risk_is_the_students"):
            say(command, key="toeic", seen=seen(fact), **said)
    assert say(hold_condition, key="toeic", seen=seen(fact)).state is FactState.HELD


def begin_risk(fact):
    begin(fact, FactState.OWN_RISK, Stamp.of(fact.by, NOW), verb="take_risk")


def test_a_head_says_what_heads_say_of_their_students(say, year):
    head, elsewhere = contratpro.head(year), contratpro.head(year, "GCBD")
    option_head, other_option = (
        contratpro.head(year, "2IA", "IL"),
        contratpro.head(year, "2IA", "IASD"),
    )
    with_agreement = {"key": "department-head"}
    fact = say(hold_condition, actor=head, **with_agreement)
    assert (fact.said_by, fact.by) == (Party.DEPARTMENT_HEAD, head)
    say(deny_condition, actor=option_head, seen=seen(fact), **with_agreement)
    for actor in (elsewhere, other_option, accounts.direction(year.school)):
        with pytest.raises(NotAllowedError):
            say(hold_condition, actor=actor, **with_agreement)
    with pytest.raises(NotAllowedError):
        say(hold_condition, actor=head, key="core-resits")


def test_no_condition_of_the_year_and_no_withdrawn_file(say, year, office):
    with pytest.raises(LookupError):
        say(hold_condition, key="nothing")
    gone = contratpro.student(year, StudentState.WITHDRAWN)
    with pytest.raises(DomainError, match="student_withdrawn"):
        hold_condition(ref=gone.ref, key="meeting", seen=NOTHING, actor=office, now=NOW)


def test_a_project_is_feasible_once_nothing_stands_against_it(say, student, office, risks):
    """R-PRO-4: every reason at once, with its article."""
    one = {"ref": student.ref, "actor": office, "now": NOW}
    with pytest.raises(DomainError) as refused:
        accept_project(**one)
    assert [
        (r.code, r.params["condition"], r.params["article"]) for r in refused.value.refusals
    ] == [("condition_unknown", key, "4") for key in REFUSING]
    for key in REFUSING:
        say(hold_condition, key=key)
    for _ in range(2):
        accepted = accept_project(**one)
    assert accepted.state is StudentState.FEASIBLE
    assert student.steps.get().key == "intention"
    mail = Notification.objects.get(kind="contratpro.answer")
    assert (mail.to, mail.about) == (student.user.email, student.ref)


@pytest.fixture
def risks(student):
    for key in ("sio", "toeic"):
        begin_risk(
            ConditionFact(
                student=student, key=key, said_by=Party.STUDENT, by=student.user, said_at=NOW
            )
        )


def test_a_project_is_refused_with_a_reason_and_answered_again(say, student, office):
    one = {"ref": student.ref, "actor": office, "now": NOW}
    with pytest.raises(DomainError, match="project_refusal_needs_reason"):
        refuse_project(reason=" ", **one)
    for _ in range(2):
        refused = refuse_project(reason="Sans réunion, rien.", **one)
    assert (refused.state, refused.reason) == (StudentState.REFUSED, "Sans réunion, rien.")
    with pytest.raises(DomainError, match="no_intention_to_answer"):
        accept_project(**one)
    assert Notification.objects.filter(kind="contratpro.answer").count() == 1


def test_a_project_whose_contract_is_signed_is_refused_no_more(year, office):
    signed = invoices.signed_papers(year, office, born_on=contracts.BORN)
    with pytest.raises(DomainError, match="project_has_signed_contract"):
        refuse_project(ref=signed.ref, reason="x", actor=office, now=NOW)
    signed.refresh_from_db()
    assert signed.state is StudentState.FEASIBLE
    assert not Notification.objects.filter(kind="contratpro.answer", about=signed.ref).exists()


def test_only_the_office_answers(student, year):
    for actor in (contratpro.head(year), accounts.direction(year.school), student.user):
        with pytest.raises(NotAllowedError):
            accept_project(ref=student.ref, actor=actor, now=NOW)
        with pytest.raises(NotAllowedError):
            refuse_project(ref=student.ref, reason="x", actor=actor, now=NOW)
