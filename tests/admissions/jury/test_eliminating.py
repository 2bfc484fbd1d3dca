"""Eliminatory marks: a rejection that is proposed, seen by the jury, and never announces itself (R-SEL-5)."""

import pytest

from accounts.models import User
from admissions.announcing.services.opening import against_announcing
from admissions.jury.rules import eliminates
from admissions.jury.services.decisions import (
    give_mark,
    propose_decision,
    record_decision,
    undo_decision,
)
from admissions.models import Candidacy
from admissions.models.sealed import Decision, Mark
from campaigns.models import Assessment
from common.models import JournalEntry
from common.refusals import DomainError
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


def test_what_the_jury_proposed_stands(candidacy, juror):
    propose_decision(
        candidacy_ref=candidacy.ref, outcome_key="admissible", actor=juror, now=jury.MARKED
    )

    mark(candidacy, 100, juror)

    assert standing() == [("admissible", "proposed", None)]


@pytest.mark.parametrize("decide", [propose_decision, record_decision])
def test_nobody_is_selected_while_an_eliminatory_mark_stands(candidacy, juror, decide):
    """R-SEL-5: whoever decides, the president too; a better mark opens the way."""
    president = jury.president()
    mark(candidacy, 400, juror)
    chosen = {"candidacy_ref": candidacy.ref, "outcome_key": "admissible", "now": jury.DECIDED}

    for who in (juror, president):
        with pytest.raises(DomainError, match="mark_eliminates"):
            decide(**chosen, actor=who)
    assert standing() == [("not-admissible", "proposed", "english")]
    mark(candidacy, 401, juror)

    assert decide(**chosen, actor=juror).outcome.key == "admissible"


def test_a_proposal_that_a_mark_overtakes_is_not_recorded(candidacy, juror):
    """R-SEL-5"""
    chosen = {"candidacy_ref": candidacy.ref, "outcome_key": "admissible", "actor": juror}
    propose_decision(**chosen, now=jury.MARKED)
    mark(candidacy, 400, juror)

    with pytest.raises(DomainError, match="mark_eliminates"):
        record_decision(**chosen, now=jury.DECIDED)
    assert standing() == [("admissible", "proposed", None)]


@pytest.mark.parametrize("earlier", [[], [500]])
def test_a_mark_that_would_eliminate_who_is_selected_is_refused(candidacy, juror, earlier):
    """R-SEL-5: given or corrected; the decision is to be undone first."""
    for hundredths in earlier:
        mark(candidacy, hundredths, juror)
    record_decision(
        candidacy_ref=candidacy.ref, outcome_key="admissible", actor=juror, now=jury.DECIDED
    )

    with pytest.raises(DomainError, match="mark_eliminates_selected"):
        mark(candidacy, 400, juror)
    assert list(Mark.objects.values_list("hundredths", flat=True)) == earlier
    undo_decision(candidacy_ref=candidacy.ref, actor=juror, now=jury.DECIDED)
    mark(candidacy, 400, juror)

    assert standing() == [("not-admissible", "proposed", "english")]


def test_the_page_says_why_a_selection_is_refused(candidacy, juror, signed_in):
    """R-SEL-5"""
    mark(candidacy, 250, juror)

    page = signed_in(juror).post(
        f"{TESTS}{candidacy.ref}/record/", {"outcome": "admissible", "seen": "1-proposed"}
    )

    said = page.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert page.status_code == 422
    assert (
        "La note de l’épreuve « Évaluation du niveau d’anglais » est éliminatoire : aucun résultat qui retient ce "
        "candidat ne peut être enregistré tant qu’elle demeure."
    ) in said


def test_what_a_change_of_the_notice_makes_eliminatory_is_not_armed(candidacy, juror):
    """R-SEL-5: a mark given before it was."""
    Assessment.objects.filter(stage=candidacy.stage).update(eliminates_at=2)
    mark(candidacy, 400, juror)
    record_decision(
        candidacy_ref=candidacy.ref, outcome_key="admissible", actor=juror, now=jury.DECIDED
    )
    milestone = candidacy.stage.announce
    assert against_announcing(milestone, jury.DECIDED)

    Assessment.objects.filter(stage=candidacy.stage).update(eliminates_at=4)

    assert [row.code for row in against_announcing(milestone, jury.DECIDED).refusals] == [
        "mark_eliminates_accepted"
    ]


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
