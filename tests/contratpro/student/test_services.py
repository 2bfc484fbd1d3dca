"""A student claims their file, says who they are, takes a risk in writing (R-PRO-4)."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from allauth.account.models import EmailAddress

from common.models import JournalEntry
from common.refusals import DomainError, NotAllowedError
from contratpro.models import ConditionFact
from contratpro.states import StudentState
from contratpro.student.services.own import (
    StudentIdentity,
    claim_file,
    confirm_identity,
    take_risk,
    tell_circumstances,
)
from tests.factories import accounts
from tests.factories import contratpro as contracts

pytestmark = pytest.mark.servers

NOW = datetime(2025, 3, 4, 10, 0, tzinfo=UTC)
WHO = StudentIdentity(
    first_names="Élodie",
    birth_name="Cœur",
    usual_name="",
    born_on=date(2003, 5, 4),
    nationality="FR",
    phone="+33612345678",
)
WORDS = "Je prends le risque."


def refusal(act, **said):
    with pytest.raises(DomainError) as caught:
        act(**said)
    return [one.code for one in caught.value.refusals]


@pytest.fixture
def listed(year):
    return contracts.student(year, StudentState.INVITED, user=None, email="Elodie@exemple.fr")


@pytest.fixture
def owner(db):
    return accounts.UserFactory(email="elodie@exemple.fr")


def test_whoever_proved_the_address_claims_the_file_once(listed, owner):
    for _ in range(2):
        claim_file(student=listed, actor=owner, now=NOW)

    listed.refresh_from_db()
    assert listed.user == owner
    claims = JournalEntry.objects.filter(verb="claim", object_ref=listed.ref)
    assert claims.count() == 1


def test_another_proved_address_of_the_account_is_as_good(listed):
    former_candidate = accounts.candidate()
    EmailAddress.objects.create(user=former_candidate, email="elodie@exemple.fr", verified=True)

    assert claim_file(student=listed, actor=former_candidate, now=NOW).user == former_candidate


@pytest.mark.parametrize("verified", [False, None])
def test_an_address_that_is_not_proved_claims_nothing(listed, verified):
    stranger = accounts.UserFactory()
    if verified is False:
        EmailAddress.objects.create(user=stranger, email="elodie@exemple.fr", verified=False)

    with pytest.raises(NotAllowedError):
        claim_file(student=listed, actor=stranger, now=NOW)
    with pytest.raises(NotAllowedError):
        confirm_identity(student=listed, identity=WHO, actor=stranger, now=NOW)


def test_a_file_that_is_claimed_is_of_nobody_else(listed, owner):
    claim_file(student=listed, actor=owner, now=NOW)
    other = accounts.UserFactory()
    EmailAddress.objects.filter(user=owner).update(user=other, primary=False)

    with pytest.raises(NotAllowedError):
        claim_file(student=listed, actor=other, now=NOW)


def test_an_account_has_one_file_of_a_year(year, listed, owner):
    contracts.student(year, user=owner, email="autre@exemple.fr")

    assert refusal(claim_file, student=listed, actor=owner, now=NOW) == [
        "another_file_of_this_year"
    ]


def test_confirming_claims_and_keeps_who_the_student_is(listed, owner):
    confirm_identity(student=listed, identity=WHO, actor=owner, now=NOW)

    listed.refresh_from_db()
    assert (listed.user, listed.state, listed.full_name) == (owner, "confirmed", "Élodie Cœur")
    assert (listed.born_on, listed.nationality, listed.sort_key) == (
        date(2003, 5, 4),
        "FR",
        "coeur elodie",
    )
    entries = JournalEntry.objects.filter(object_ref=listed.ref).order_by("pk")
    assert [entry.verb for entry in entries] == ["add", "claim", "confirm"]
    assert "Élodie" not in str([entry.data for entry in entries])


def test_confirming_again_notes_what_changed_and_nothing_else(listed, owner):
    confirm_identity(student=listed, identity=WHO, actor=owner, now=NOW)
    confirm_identity(student=listed, identity=WHO, actor=owner, now=NOW)
    named = replace(WHO, usual_name="Lebœuf")
    confirm_identity(student=listed, identity=named, actor=owner, now=NOW)

    changes = JournalEntry.objects.filter(object_ref=listed.ref, verb="change_identity")
    assert [entry.data for entry in changes] == [{"changed": ["usual_name"]}]


@pytest.mark.parametrize("state", [StudentState.INTENDS, StudentState.FEASIBLE])
def test_who_the_office_was_asked_about_stays_as_it_is(year, state):
    student = contracts.student(year, state)
    circumstances = {"grant_holder": True, "long_internship": False}

    assert refusal(
        confirm_identity, student=student, identity=WHO, actor=student.user, now=NOW
    ) == ["identity_is_kept"]
    assert refusal(
        tell_circumstances, student=student, **circumstances, actor=student.user, now=NOW
    ) == ["identity_is_kept"]


def test_circumstances_are_kept_and_noted_when_they_change(year):
    student = contracts.student(year)
    for _ in range(2):
        tell_circumstances(
            student=student, grant_holder=True, long_internship=False, actor=student.user, now=NOW
        )

    student.refresh_from_db()
    assert (student.grant_holder, student.long_internship) == (True, False)
    assert JournalEntry.objects.filter(verb="tell_circumstances").count() == 1


def test_circumstances_wait_for_the_identity(year):
    student = contracts.student(year, StudentState.INVITED)

    assert refusal(
        tell_circumstances,
        student=student,
        grant_holder=True,
        long_internship=False,
        actor=student.user,
        now=NOW,
    ) == ["identity_not_confirmed"]


def test_a_risk_is_taken_in_words_with_its_day(student):
    take_risk(student=student, key="toeic", statement=WORDS, actor=student.user, now=NOW)

    fact = ConditionFact.objects.get(student=student)
    assert (fact.key, fact.state, fact.note, fact.said_at) == ("toeic", "own_risk", WORDS, NOW)
    assert (fact.by, fact.said_by) == (student.user, "student")
    entry = JournalEntry.objects.get(object_type="contract_condition")
    assert (entry.verb, entry.to_state) == ("take_risk", "own_risk")


def test_what_was_said_not_to_hold_may_be_at_risk_too(student, office):
    ConditionFact.objects.create(
        student=student,
        key="sio",
        state="not_held",
        said_by="registrar",
        by=office,
        said_at=NOW,
    )

    fact = take_risk(student=student, key="sio", statement=WORDS, actor=student.user, now=NOW)

    assert (fact.state, fact.by) == ("own_risk", student.user)


@pytest.mark.parametrize("key", ["meeting", "department-head", "year-3"])
def test_what_refuses_or_waits_is_at_nobodys_risk(student, key):
    assert refusal(
        take_risk, student=student, key=key, statement=WORDS, actor=student.user, now=NOW
    ) == ["no_risk_to_take"]


def test_a_risk_is_taken_once(student):
    take_risk(student=student, key="toeic", statement=WORDS, actor=student.user, now=NOW)

    assert refusal(
        take_risk, student=student, key="toeic", statement=WORDS, actor=student.user, now=NOW
    ) == ["no_risk_to_take"]


def test_a_condition_that_does_not_concern_the_student_is_unknown(student):
    with pytest.raises(LookupError):
        take_risk(student=student, key="home-school", statement="x", actor=student.user, now=NOW)


def test_who_withdrew_takes_no_risk(year):
    student = contracts.student(year, StudentState.WITHDRAWN)

    assert refusal(
        take_risk, student=student, key="toeic", statement=WORDS, actor=student.user, now=NOW
    ) == ["student_withdrawn"]


def test_nobody_takes_a_risk_for_a_student(student, office):
    with pytest.raises(NotAllowedError):
        take_risk(student=student, key="toeic", statement=WORDS, actor=office, now=NOW)
