"""A wrong announced decision is rectified by two people (domain-model.md, section 2.7)."""

from datetime import timedelta

import pytest
import time_machine

from admissions.announcing.rules import AnnouncedDecision, may_confirm, may_rectify
from admissions.announcing.services.rectifying import (
    confirm_rectification,
    correct_told_mark,
    give_up_rectification,
    propose_rectification,
)
from admissions.models import Seat
from admissions.models.sealed import Decision, Mark, Rectification, Sitting
from admissions.states import CandidacyState, RectificationState
from apprenticeship.models import JobProject
from common.models import JournalEntry
from common.refusals import DomainError, NotAllowedError
from notifications.delivery.services import compose
from notifications.models import Notification
from tests.admissions.test_twins import KEPT, WALKED, WARM, Twin, differing, of_a_dossier, twin
from tests.factories import accounts, apprenticeship, jury
from tests.factories import announcing as told
from tests.test_rights import _words

pytestmark = pytest.mark.servers

LATER = told.FILE_RESULTS + timedelta(days=1)
REASON = "Inversion de deux dossiers."


@pytest.fixture(autouse=True)
def _the_day_after(db):
    with time_machine.travel(LATER, tick=False):
        yield


def propose(candidacy, outcome="standard", *assessments, actor=None, reason=REASON, stage="file"):
    return propose_rectification(
        candidacy_ref=candidacy.ref,
        stage_key=stage,
        outcome_key=outcome,
        assessments=assessments,
        reason=reason,
        actor=actor or told.president(),
        now=LATER,
    )


def confirm(row, actor=None):
    return confirm_rectification(ref=row.ref, actor=actor or accounts.clerk(), now=LATER)


def rectified(candidacy, outcome, *assessments):
    confirm(propose(candidacy, outcome, *assessments))
    return told.reread(candidacy)


def reasons(command):
    with pytest.raises(DomainError) as refused:
        command()
    return [refusal.code for refusal in refused.value.refusals]


@pytest.mark.parametrize("state", CandidacyState)
def test_only_what_still_stands_is_rectified(state):
    allowed = {CandidacyState.IN_SELECTION, CandidacyState.SELECTED, CandidacyState.REJECTED}
    verdict = may_rectify(AnnouncedDecision(state=state, announced=True, superseded=False))
    assert bool(verdict) == (state in allowed)


def test_of_a_trainee_it_says_why_not():
    verdict = may_rectify(
        AnnouncedDecision(state=CandidacyState.TRAINEE, announced=True, superseded=False)
    )
    assert [refusal.code for refusal in verdict.refusals] == [
        "candidacy_is_on_a_supplementary_list"
    ]


def test_all_that_is_against_it_is_said():
    verdict = may_rectify(
        AnnouncedDecision(state=CandidacyState.ADMITTED, announced=False, superseded=True)
    )
    assert [refusal.code for refusal in verdict.refusals] == [
        "decision_is_not_announced",
        "later_decision_is_announced",
        "admission_to_revert_before_rectifying",
    ]


def test_a_rejection_becomes_the_next_stage_with_its_tests():
    candidacy = told.announced("rejected")
    changed = rectified(candidacy, "standard", "english")
    assert told.standing(changed) == ("in_selection", "tests", "standard")
    assert list(
        Decision.objects.values_list("version", "state", "outcome__key").order_by("version")
    ) == [
        (1, "rectified", "rejected"),
        (2, "announced", "standard"),
    ]
    sittings = Sitting.objects.order_by("assessment__key").values_list(
        "assessment__key", "state", "called_at"
    )
    assert list(sittings) == [("english", "called", LATER), ("recorded-interview", "called", LATER)]


def test_the_next_stage_becomes_a_rejection_and_its_calls_are_excused():
    candidacy = told.announced("standard", "english")
    told.plan(candidacy, "second-interview")
    told.decide(candidacy, "admissible")
    changed = rectified(candidacy, "rejected")
    assert told.standing(changed) == ("rejected", "", "rejected")
    assert set(Sitting.objects.values_list("state", flat=True)) == {"excused"}
    assert list(Decision.objects.filter(stage__key="tests").values_list("state", flat=True)) == [
        "cancelled"
    ]


def test_who_was_excused_by_a_rectification_is_called_again_by_the_next_one():
    """R-SEL-7: the hour set for the first call is not that of the second."""
    candidacy = told.announced("standard", "english")
    Sitting.objects.update(starts_at=told.FILE_RESULTS, place="Salle 12")
    rectified(candidacy, "rejected")
    Sitting.objects.filter(assessment__key="english").update(called_at=told.FILE_RESULTS)
    rectified(candidacy, "standard")
    sittings = Sitting.objects.order_by("assessment__key")
    assert list(
        sittings.values_list("assessment__key", "state", "called_at", "starts_at", "place")
    ) == [
        ("english", "excused", told.FILE_RESULTS, told.FILE_RESULTS, "Salle 12"),
        ("recorded-interview", "called", LATER, None, ""),
    ]


def test_one_selected_by_mistake_gives_the_seat_back():
    candidacy = told.announced("excellence")
    apprenticeship.seated(candidacy)
    changed = rectified(candidacy, "rejected")
    assert told.standing(changed) == ("rejected", "", "rejected")
    assert list(Seat.objects.values_list("state", "released_why")) == [("released", "rectified")]
    assert list(JobProject.objects.values_list("state", flat=True)) != ["approved"]


def test_the_candidate_is_told_at_once_what_it_replaces_and_why():
    candidacy = told.announced("rejected")
    rectified(candidacy, "excellence")
    message = Notification.objects.get(dedupe_key=f"decision:{candidacy.ref}:file:2")
    message.language = "fr"
    said = compose([message])[0][1]
    title = candidacy.programme.title["fr"]
    assert said.subject == f"Réponse rectifiée à votre candidature\N{NO-BREAK SPACE}: {title}"
    lines = [line.replace("\N{NO-BREAK SPACE}", " ") for line in said.text.splitlines() if line]
    assert lines[:2] == [
        "Cette réponse remplace celle qui vous a été envoyée le lundi 4 avril 2022 et qui était erronée.",
        f"Motif : {REASON}",
    ]


def test_whoever_may_confirm_is_told_but_for_who_proposed_it():
    candidacy = told.announced("rejected")
    clerk, president = accounts.clerk(), told.president()
    propose(candidacy, actor=president)
    asked = Notification.objects.filter(kind="admissions.rectification_to_confirm").values_list(
        "to", flat=True
    )
    assert clerk.email in asked
    assert president.email not in asked


def test_it_takes_two_people():
    candidacy = told.announced("rejected")
    row = propose(candidacy)
    assert reasons(lambda: confirm(row, told.president())) == ["rectification_needs_another_person"]
    assert told.standing(candidacy) == ("rejected", "", "rejected")


@pytest.mark.parametrize("role", ["juror", "programme_head", "company_office", "administrator"])
def test_nobody_else_proposes_or_confirms(role):
    candidacy = told.announced("rejected")
    other = getattr(accounts, role)()
    with pytest.raises(NotAllowedError):
        propose(candidacy, actor=other)
    row = propose(candidacy)
    with pytest.raises(NotAllowedError):
        confirm(row, other)


def test_what_changes_nothing_or_says_no_reason_is_refused():
    candidacy = told.announced("rejected")
    assert reasons(lambda: propose(candidacy, "rejected")) == ["rectification_changes_nothing"]
    assert reasons(lambda: propose(candidacy, reason=" ")) == ["rectification_needs_reason"]
    assert reasons(lambda: propose(candidacy, "excellence", stage="tests")) == [
        "decision_is_not_announced"
    ]
    assert not Rectification.objects.exists()


def test_the_same_again_is_the_same_and_another_replaces_it():
    candidacy = told.announced("rejected")
    first = propose(candidacy)
    assert propose(candidacy) == first
    second = propose(candidacy, "excellence")
    assert list(Rectification.objects.order_by("pk").values_list("pk", "state")) == [
        (first.pk, "given_up"),
        (second.pk, "proposed"),
    ]
    assert reasons(lambda: confirm(first)) == ["rectification_is_given_up"]


def test_confirmed_twice_it_is_done_once():
    candidacy = told.announced("rejected")
    row = propose(candidacy)
    confirm(row)
    confirm(row)
    assert Decision.objects.count() == 2
    assert reasons(
        lambda: give_up_rectification(ref=row.ref, actor=accounts.clerk(), now=LATER)
    ) == ["rectification_is_confirmed"]


def test_given_up_nothing_changes_and_nobody_is_told():
    candidacy = told.announced("rejected")
    row = propose(candidacy)
    give_up_rectification(ref=row.ref, actor=told.president(), now=LATER)
    assert told.standing(candidacy) == ("rejected", "", "rejected")
    assert not Notification.objects.filter(dedupe_key=f"decision:{candidacy.ref}:file:2").exists()


def test_the_journal_holds_each_step_out_of_sight():
    candidacy = told.announced("rejected")
    confirm(propose(candidacy))
    steps = JournalEntry.objects.filter(object_type="rectification").order_by("pk")
    assert list(steps.values_list("verb", "to_state")) == [
        ("propose", "proposed"),
        ("confirm", "confirmed"),
    ]
    moved = JournalEntry.objects.filter(object_type="candidacy", verb="rectify_next").get()
    assert (moved.from_state, moved.to_state) == ("rejected", "in_selection")


@pytest.mark.parametrize("walked", WALKED)
def test_a_candidate_learns_nothing_before_it_is_confirmed(walked):
    someone = told.candidacy()
    words = _words(someone.application, someone)
    twins: dict[str, Twin] = {name: twin("rejected", words) for name in (WARM, "plain", "proposed")}
    told.run("file-results", told.FILE_RESULTS)
    propose(twins["proposed"].candidacy)
    twins[WARM].own_walk(KEPT)
    names = walked("owner") & of_a_dossier()
    assert differing(twins["plain"].own_walk(names), twins["proposed"].own_walk(names)) == []


def pages(candidacy):
    where = "/admin/jury/ales-2022/year-1/file/announced/"
    return where, f"{where}{candidacy.ref}/"


def test_a_president_proposes_and_a_colleague_confirms(signed_in):
    candidacy = told.announced("rejected")
    listed, page = pages(candidacy)
    name = candidacy.application.full_name
    president = signed_in(told.president())
    assert name in president.get(listed).content.decode()
    assert name not in president.get(listed, {"q": "personne"}).content.decode()
    empty = president.post(page, {"outcome": "standard", "note": ""})
    assert (empty.status_code, Rectification.objects.count()) == (422, 0)
    sent = president.post(
        page, {"outcome": "standard", "assessments": ["standard/english"], "note": REASON}
    )
    assert sent.status_code == 302
    row = Rectification.objects.get()
    own = f"/admin/rectifications/{row.ref}/"
    mine = president.post(own)
    assert mine.status_code == 422
    assert "Vous êtes la première des deux personnes" in mine.content.decode()
    assert 'class="confirm' not in mine.content.decode()
    clerk = signed_in(accounts.with_second_factor(accounts.clerk()))
    assert name in clerk.get("/admin/rectifications/").content.decode()
    assert REASON in clerk.get(own).content.decode()
    assert clerk.post(own).status_code == 302
    assert told.standing(candidacy) == ("in_selection", "tests", "standard")
    assert name not in clerk.get("/admin/rectifications/").content.decode()
    settled = clerk.get(own).content.decode()
    assert "Cette rectification a été confirmée" in settled
    assert 'class="confirm' not in settled
    assert "give-up/" not in settled


@pytest.mark.parametrize(
    ("state", "against"),
    [
        (RectificationState.PROPOSED, ()),
        (RectificationState.CONFIRMED, ("rectification_is_confirmed",)),
        (RectificationState.GIVEN_UP, ("rectification_is_given_up",)),
    ],
)
def test_what_is_settled_is_settled(state, against):
    assert tuple(refusal.code for refusal in may_confirm(state).refusals) == against


def test_a_colleague_gives_it_up(signed_in):
    row = propose(told.announced("rejected"))
    clerk = signed_in(accounts.with_second_factor(accounts.clerk()))
    assert clerk.post(f"/admin/rectifications/{row.ref}/give-up/").status_code == 302
    row.refresh_from_db()
    assert row.state == "given_up"


def test_the_lists_cost_the_same_at_three_and_at_three_hundred(
    signed_in, django_assert_num_queries
):
    someone = told.announced("rejected")
    president = signed_in(told.president())
    listed, _ = pages(someone)
    many(someone, 2)
    with django_assert_num_queries(14):
        president.get(listed)
    many(someone, 297)
    with django_assert_num_queries(14):
        assert "300" in president.get(listed).content.decode()


def many(someone, count):
    rows = apprenticeship.many_selected(count, "BAT-1")
    first = Decision.objects.get(candidacy=someone)
    Decision.objects.bulk_create(
        Decision(
            candidacy=row,
            stage_id=first.stage_id,
            outcome_id=first.outcome_id,
            state="announced",
            by_id=first.by_id,
            recorded_at=jury.DECIDED,
            announced_at=told.FILE_RESULTS,
        )
        for row in rows
    )


def rejected_by_a_mark(hundredths=400):
    """Marked and rejected at the tests, and told."""
    candidacy = told.announced("standard", "english")
    test = candidacy.stage.assessments.get(key="english")
    test.eliminates_at = 4
    test.save(update_fields=["eliminates_at"])
    mark = jury.marked(candidacy, "english", hundredths, by=jury.member("year-1"))
    told.decide(candidacy, "not-admissible", now=jury.MARKED)
    told.run("y1-results", told.TEST_RESULTS)
    return told.reread(candidacy), mark


def correct(candidacy, mark, hundredths=1400, actor=None, stage="tests"):
    return correct_told_mark(
        candidacy_ref=candidacy.ref,
        stage_key=stage,
        mark_id=mark.pk,
        hundredths=hundredths,
        actor=actor or told.president(),
        now=LATER,
    )


def test_a_mark_typed_wrong_is_put_right_then_the_decision_is():
    """R-SEL-5: 4 typed for 14."""
    candidacy, mark = rejected_by_a_mark()
    assert told.standing(candidacy) == ("rejected", "", "not-admissible")
    assert reasons(lambda: propose(candidacy, "admissible", stage="tests")) == ["mark_eliminates"]

    correct(candidacy, mark)
    correct(candidacy, mark)

    mark.refresh_from_db()
    assert (mark.hundredths, mark.given_at) == (1400, LATER)
    entry = JournalEntry.objects.get(verb="correct_mark")
    assert (entry.object_type, entry.actor_ref) == ("mark", str(told.president().pk))
    assert told.standing(told.reread(candidacy)) == ("rejected", "", "not-admissible")
    confirm(propose(candidacy, "admissible", stage="tests"))
    assert told.standing(told.reread(candidacy)) == ("selected", "", "admissible")


def test_a_mark_is_put_right_by_who_may_rectify_while_it_may_be():
    """R-SEL-5: within its scale, of that candidacy, and of nobody told of more since."""
    candidacy, mark = rejected_by_a_mark()

    with pytest.raises(NotAllowedError, match="not_president_of_this_jury"):
        correct(candidacy, mark, actor=mark.by)
    assert reasons(lambda: correct(candidacy, mark, 2001)) == ["mark_out_of_scale"]
    assert reasons(lambda: correct(candidacy, mark, stage="file")) == [
        "later_decision_is_announced"
    ]
    other = told.announced("rejected")
    with pytest.raises(Mark.DoesNotExist):
        correct(other, mark, stage="file")
    mark.refresh_from_db()
    assert mark.hundredths == 400


def test_the_page_puts_a_mark_right(signed_in):
    """R-SEL-5"""
    candidacy, mark = rejected_by_a_mark()
    president = signed_in(told.president())
    page = f"/admin/jury/ales-2022/year-1/tests/announced/{candidacy.ref}/"
    own = f"{page}marks/{mark.pk}/"
    assert f'action="{own}?' in president.get(page).content.decode()

    refused = president.post(own, {"mark": "25"})
    kept = president.post(own, {"mark": "14"})

    assert refused.status_code == 422
    assert "Une note va de 0 à 20." in refused.content.decode()
    back = [answer.url.partition("?")[0] for answer in (kept, president.get(own))]
    assert back == [page, page]
    mark.refresh_from_db()
    assert mark.hundredths == 1400
    assert president.post(f"{page}marks/{mark.pk + 1}/", {"mark": "14"}).status_code == 404
    assert signed_in(mark.by).post(own, {"mark": "12"}).status_code == 404
