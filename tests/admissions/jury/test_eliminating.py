"""Eliminatory marks: a rejection that is proposed, seen by the jury, and never announces itself (R-SEL-5)."""

import pytest

from accounts.models import User
from admissions.jury.rules import eliminates
from admissions.jury.services.decisions import give_mark, propose_decision, record_decision
from admissions.models import Candidacy
from admissions.models.sealed import Decision
from campaigns.models import Assessment
from common.models import JournalEntry
from tests.admissions.jury.test_services_decisions import everything_told
from tests.factories import jury

pytestmark = pytest.mark.servers

TESTS = "/admin/jury/ales-2022/year-1/tests/"


@pytest.mark.parametrize(
    ("marks", "at", "out"),
    [
        ([400], 4, True),
        ([401], 4, False),
        ([300, 500], 4, True),
        ([300, 501], 4, False),
        ([0], 0, True),
        ([], 4, False),
        ([0], None, False),
    ],
)
def test_the_mean_of_the_marks_eliminates(marks, at, out):
    """R-SEL-5"""
    assert eliminates(marks, at) is out


@pytest.fixture
def candidacy(db) -> Candidacy:
    row = jury.entered("BAT-1", stage="tests")
    Assessment.objects.filter(stage=row.stage).update(eliminates_at=4)
    jury.called(row, "english")
    jury.called(row, "recorded-interview")
    return row


@pytest.fixture
def juror(db) -> User:
    return jury.member("year-1")


def mark(candidacy, hundredths, by, key="english"):
    give_mark(
        candidacy_ref=candidacy.ref,
        assessment_key=key,
        hundredths=hundredths,
        actor=by,
        now=jury.MARKED,
    )


def standing():
    rows = Decision.objects.exclude(state="cancelled")
    return list(rows.values_list("outcome__key", "state", "eliminated_by__key"))


def test_an_eliminatory_mark_proposes_the_rejection(candidacy, juror):
    """R-SEL-5: nothing that the candidate reads has changed."""
    before = everything_told(candidacy)

    mark(candidacy, 400, juror)

    assert standing() == [("not-admissible", "proposed", "english")]
    assert everything_told(candidacy) == before
    assert JournalEntry.objects.filter(object_type="decision", verb="propose").count() == 1


def test_a_better_mark_takes_the_proposal_back(candidacy, juror):
    mark(candidacy, 400, juror)
    mark(candidacy, 500, juror)

    assert standing() == []


def test_another_eliminatory_mark_takes_its_place(candidacy, juror):
    mark(candidacy, 400, juror)
    mark(candidacy, 100, juror, "recorded-interview")
    mark(candidacy, 1500, juror)

    assert standing() == [("not-admissible", "proposed", "recorded-interview")]


def test_a_colleague_s_mark_may_save(candidacy, juror):
    mark(candidacy, 300, juror)
    mark(candidacy, 900, jury.member("year-1"))

    assert standing() == []


@pytest.mark.parametrize(
    ("decide", "state"), [(propose_decision, "proposed"), (record_decision, "recorded")]
)
def test_what_the_jury_decided_stands(candidacy, juror, decide, state):
    decide(candidacy_ref=candidacy.ref, outcome_key="admissible", actor=juror, now=jury.MARKED)

    mark(candidacy, 100, juror)

    assert standing() == [("admissible", state, None)]


def test_the_jury_records_the_proposal_or_decides_otherwise(candidacy, juror):
    mark(candidacy, 100, juror)
    record_decision(
        candidacy_ref=candidacy.ref, outcome_key="not-admissible", actor=juror, now=jury.DECIDED
    )

    mark(candidacy, 1500, juror)

    assert standing() == [("not-admissible", "recorded", "english")]


def test_the_page_says_where_the_proposal_comes_from(candidacy, juror, signed_in):
    mark(candidacy, 250, juror)
    client = signed_in(juror)

    html = client.get(f"{TESTS}{candidacy.ref}/").content.decode()
    listed = client.get(f"{TESTS}?decision=proposed").content.decode()

    assert "par une note éliminatoire (Évaluation du niveau d’anglais)" in html
    assert "Note éliminatoire\N{NO-BREAK SPACE}: 4 sur 20 ou moins." in html
    assert candidacy.ref in listed


def test_a_mark_is_out_of_its_own_scale(candidacy, juror, signed_in):
    Assessment.objects.filter(stage=candidacy.stage).update(scale=100)
    client = signed_in(juror)

    refused = client.post(f"{TESTS}{candidacy.ref}/tests/english/mark/", {"mark": "100,5"})
    mark(candidacy, 9950, juror)

    assert "Une note va de 0 à 100." in refused.content.decode()
    assert standing() == []
