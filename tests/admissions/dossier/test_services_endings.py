from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from pytest_django.asserts import assertContains

from accounts.models import Person
from admissions.checking.services import ask_pieces, refuse_document
from admissions.dossier.services import drafts, endings
from admissions.models import Application
from campaigns.models import Campaign
from common import jobs
from common.models import JournalEntry
from common.refusals import DomainError, NotAllowedError
from notifications.models import Notification
from tests.factories import accounts
from tests.factories import admissions as dossiers

pytestmark = [pytest.mark.django_db, pytest.mark.servers]
NOW, LAST_SECOND, ENDED = dossiers.SUBMITTED, dossiers.LAST_SECOND, dossiers.ENDED
DAY = timedelta(days=1)


def codes(error):
    return [refusal.code for refusal in error.value.refusals]


def states(application):
    return {
        row.programme.code: row.state for row in application.candidacies.select_related("programme")
    }


def told(kind):
    return list(Notification.objects.filter(kind=f"admissions.{kind}").order_by("pk"))


@pytest.mark.parametrize("at", [NOW + DAY, ENDED])
def test_a_dossier_is_withdrawn_at_any_time_and_at_once(at):
    """R-APP-9"""
    application = dossiers.submitted()
    endings.withdraw_application(now=at, **dossiers.whose(application))
    again = endings.withdraw_application(now=at + DAY, **dossiers.whose(application))
    assert (again.state, again.ended_at) == ("withdrawn", at)
    assert states(application) == {"BAT-1": "withdrawn", "MKX-1": "withdrawn"}
    assert [message.refs["programmes"] for message in told("withdrawal")] == ["BAT-1 MKX-1"]
    assert sum(charge.cents for charge in application.charges.all()) == 9900


def test_a_draft_is_withdrawn_without_a_message():
    application = dossiers.filled()
    endings.withdraw_application(now=NOW, **dossiers.whose(application))
    assert dossiers.reread(application).state == "withdrawn"
    assert told("withdrawal") == []


def test_one_programme_is_withdrawn_and_the_others_stay():
    """R-APP-9"""
    application = dossiers.submitted()
    bat = application.candidacies.get(programme__code="BAT-1")
    by = dossiers.whose(application)
    endings.withdraw_candidacy(candidacy_ref=bat.ref, now=NOW + DAY, **by)
    endings.withdraw_candidacy(candidacy_ref=bat.ref, now=NOW + DAY, **by)
    assert states(application) == {"BAT-1": "withdrawn", "MKX-1": "submitted"}
    assert dossiers.reread(application).state == "submitted"
    assert [message.refs["programmes"] for message in told("withdrawal")] == ["BAT-1"]


def test_two_withdrawals_in_the_same_second_are_both_told():
    application = dossiers.submitted(programmes=("BAT-1", "INFRES-SR-1", "MKX-1"))
    for code in ("BAT-1", "MKX-1"):
        candidacy = application.candidacies.get(programme__code=code)
        endings.withdraw_candidacy(
            candidacy_ref=candidacy.ref, now=NOW, **dossiers.whose(application)
        )
    assert [message.refs["programmes"] for message in told("withdrawal")] == ["BAT-1", "MKX-1"]


def test_withdrawing_from_the_last_programme_withdraws_the_dossier():
    application = dossiers.submitted(programmes=("BAT-1",))
    bat = application.candidacies.get()
    returned = endings.withdraw_candidacy(
        candidacy_ref=bat.ref, now=NOW + DAY, **dossiers.whose(application)
    )
    assert (returned.state, dossiers.reread(application).state) == ("withdrawn", "withdrawn")
    assert len(told("withdrawal")) == 1


def test_a_programme_added_and_not_submitted_does_not_keep_a_dossier_alive():
    """What is left would be a submitted dossier with nothing submitted in it."""
    application = dossiers.submitted(programmes=("BAT-1",))
    by = dossiers.whose(application)
    drafts.choose_programmes(codes=["MKX-1"], now=NOW, **by)
    bat = application.candidacies.get(programme__code="BAT-1")
    endings.withdraw_candidacy(candidacy_ref=bat.ref, now=NOW + DAY, **by)
    assert dossiers.reread(application).state == "withdrawn"
    assert states(application) == {"BAT-1": "withdrawn", "MKX-1": "withdrawn"}
    assert [message.refs["programmes"] for message in told("withdrawal")] == ["BAT-1"]


def test_what_was_asked_of_a_programme_withdrawn_is_awaited_no_more():
    application = dossiers.submitted()
    first = application.candidacies.get(programme__code="BAT-1")
    by = {"ref": application.ref, "actor": dossiers.clerk_of(application), "now": dossiers.CHECKED}
    letter = application.documents.get(subject_key=first.ref)
    refuse_document(document_ref=letter.ref, reason="Illisible", **by)
    ask_pieces(until=dossiers.DUE, **by)

    whose = dossiers.whose(application)
    endings.withdraw_candidacy(candidacy_ref=first.ref, now=dossiers.CHECKED, **whose)

    left = dossiers.reread(application)
    assert (left.state, left.pieces_due_on) == ("submitted", None)


def test_a_programme_not_submitted_is_unticked_rather_than_withdrawn():
    application = dossiers.filled()
    bat = application.candidacies.get(programme__code="BAT-1")
    with pytest.raises(DomainError) as error:
        endings.withdraw_candidacy(candidacy_ref=bat.ref, now=NOW, **dossiers.whose(application))
    assert codes(error) == ["candidacy_is_draft"]


def test_a_withdrawn_programme_may_be_chosen_again_then_left_again():
    application = dossiers.submitted()
    by = dossiers.whose(application)
    bat = application.candidacies.get(programme__code="BAT-1")
    endings.withdraw_candidacy(candidacy_ref=bat.ref, now=NOW, **by)
    drafts.choose_programmes(codes=["BAT-1"], now=NOW, **by)
    assert states(application) == {"BAT-1": "draft", "MKX-1": "submitted"}
    drafts.choose_programmes(codes=[], now=NOW, **by)
    assert states(application) == {"BAT-1": "withdrawn", "MKX-1": "submitted"}


def test_a_withdrawn_dossier_is_opened_again_before_the_deadline():
    application = dossiers.withdrawn()
    endings.reopen_application(now=LAST_SECOND, **dossiers.whose(application))
    again = endings.reopen_application(now=LAST_SECOND, **dossiers.whose(application))
    assert (again.state, again.ended_at) == ("draft", None)
    assert states(application) == {"BAT-1": "withdrawn", "MKX-1": "withdrawn"}


def test_a_draft_that_lapsed_is_opened_again_once_the_deadline_is_moved(client):
    """R-CAL-6"""
    application = dossiers.lapsed()
    Campaign.objects.update(last_second=ENDED + DAY)
    client.force_login(application.person.user)
    with time_machine.travel(ENDED, tick=False):
        assertContains(client.get(f"/dossiers/{application.ref}/"), "La date limite a été déplacée")
    again = endings.reopen_application(now=ENDED, **dossiers.whose(application))
    assert (again.state, again.ended_at) == ("draft", None)
    assert states(application) == {"BAT-1": "draft", "MKX-1": "draft"}


def test_after_the_deadline_a_withdrawal_is_for_good():
    application = dossiers.withdrawn()
    with pytest.raises(DomainError) as error:
        endings.reopen_application(
            now=LAST_SECOND + timedelta(seconds=1), **dossiers.whose(application)
        )
    assert codes(error) == ["campaign_is_closed"]


def test_withdrawing_opening_again_and_withdrawing_are_told_each_time():
    application = dossiers.withdrawn()
    by = dossiers.whose(application)
    endings.reopen_application(now=NOW + DAY, **by)
    drafts.choose_programmes(codes=["BAT-1"], now=NOW + DAY, **by)
    dossiers.give_all(application, NOW + DAY)
    dossiers.submit(application, NOW + 2 * DAY)
    endings.withdraw_application(now=NOW + 3 * DAY, **by)
    assert [message.refs["programmes"] for message in told("withdrawal")] == [
        "BAT-1 MKX-1",
        "BAT-1",
    ]


def test_the_central_service_refuses_a_dossier_for_a_reason():
    """R-APP-5"""
    application = dossiers.refused(reason="  Relevé de notes illisible. ")
    assert (application.state, application.ended_at) == ("refused", ENDED)
    assert application.refusal_reason == "Relevé de notes illisible."
    assert states(application) == {"BAT-1": "refused", "MKX-1": "refused"}
    assert [message.dedupe_key for message in told("refusal")] == [f"refusal:{application.ref}"]


def test_refusing_twice_tells_once_and_keeps_the_first_reason():
    application = dossiers.refused()
    clerk = accounts.clerk(application.campaign.organiser)
    again = endings.refuse_application(
        ref=application.ref, actor=clerk, reason="Autre", now=ENDED + DAY
    )
    assert (again.refusal_reason, len(told("refusal"))) == ("Relevé de notes illisible.", 1)


def test_a_dossier_without_an_account_is_written_to_at_its_own_address():
    application = dossiers.submitted()
    Person.objects.filter(pk=application.person_id).update(user=None)
    clerk = accounts.clerk(application.campaign.organiser)
    endings.refuse_application(ref=application.ref, actor=clerk, reason="Incomplet", now=ENDED)
    assert (dossiers.reread(application).state, len(told("refusal"))) == ("refused", 1)
    assert Notification.objects.get(kind="admissions.refusal").to == application.email


def test_a_refusal_drops_what_was_never_submitted():
    application = dossiers.submitted()
    drafts.choose_programmes(codes=["INFRES-SR-1"], now=NOW, **dossiers.whose(application))
    clerk = accounts.clerk(application.campaign.organiser)
    endings.refuse_application(ref=application.ref, actor=clerk, reason="Incomplet", now=ENDED)
    assert states(application) == {"BAT-1": "refused", "MKX-1": "refused"}


def test_a_refusal_keeps_what_was_submitted_once_and_withdrawn():
    """What is said of it, and charged for it, is not undone by having chosen it again."""
    application = dossiers.submitted()
    by = dossiers.whose(application) | {"now": dossiers.SUBMITTED + timedelta(hours=1)}
    first = application.candidacies.get(programme__code="BAT-1")
    endings.withdraw_candidacy(candidacy_ref=first.ref, **by)
    drafts.choose_programmes(codes=["BAT-1"], **by)

    clerk = dossiers.clerk_of(application)
    endings.refuse_application(ref=application.ref, actor=clerk, reason="Non", now=by["now"])

    assert states(application) == {"BAT-1": "withdrawn", "MKX-1": "refused"}
    assert application.documents.filter(subject_key=first.ref).exists()


def test_a_refusal_says_why():
    application = dossiers.submitted()
    clerk = accounts.clerk(application.campaign.organiser)
    with pytest.raises(DomainError) as error:
        endings.refuse_application(ref=application.ref, actor=clerk, reason=" ", now=ENDED)
    assert codes(error) == ["refusal_needs_reason"]


def test_a_draft_is_not_refused():
    application = dossiers.filled()
    clerk = accounts.clerk(application.campaign.organiser)
    with pytest.raises(DomainError) as error:
        endings.refuse_application(ref=application.ref, actor=clerk, reason="Non", now=ENDED)
    assert codes(error) == ["dossier_is_draft"]


def test_only_a_clerk_of_the_school_refuses():
    application = dossiers.submitted()
    strangers = [
        application.person.user,
        accounts.candidate(),
        accounts.juror(application.campaign.organiser),
        accounts.school_admin(application.campaign.organiser),
        accounts.administrator(),
        accounts.clerk(accounts.other_school()),
    ]
    for stranger in strangers:
        with pytest.raises(NotAllowedError):
            endings.refuse_application(ref=application.ref, actor=stranger, reason="Non", now=ENDED)
    assert dossiers.reread(application).state == "submitted"


def test_drafts_lapse_once_the_deadline_is_well_past():
    """R-CAL-1: what was received in the last second may still be at work ten minutes later."""
    draft, sent, gone = dossiers.filled(), dossiers.submitted(), dossiers.withdrawn()
    endings.lapse_drafts(LAST_SECOND + timedelta(minutes=10))
    assert dossiers.reread(draft).state == "draft"
    endings.lapse_drafts(LAST_SECOND + timedelta(minutes=10, seconds=1))
    endings.lapse_drafts(LAST_SECOND + DAY)
    assert [dossiers.reread(row).state for row in (draft, sent, gone)] == [
        "lapsed",
        "submitted",
        "withdrawn",
    ]
    entries = JournalEntry.objects.filter(verb="lapse")
    assert [(entry.object_ref, entry.actor_kind, entry.scope) for entry in entries] == [
        (draft.ref, "system", "ales-2022")
    ]


def test_a_submission_received_in_time_is_taken_minutes_after_the_deadline():
    """R-CAL-1"""
    application = dossiers.complete()
    endings.lapse_drafts(LAST_SECOND + timedelta(minutes=9))
    assert dossiers.submit(application, LAST_SECOND).state == "submitted"


def test_many_drafts_lapse_in_batches(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(endings, "BATCH", 2)
    for _ in range(5):
        dossiers.started()
    endings.lapse_drafts(ENDED)
    assert set(Application.objects.values_list("state", flat=True)) == {"lapsed"}
    with django_assert_num_queries(3):  # savepoint, nothing found, release
        endings.lapse_drafts(ENDED)


def test_the_tick_lapses_drafts():
    application = dossiers.filled()
    jobs.sweep(ENDED)
    assert dossiers.reread(application).state == "lapsed"


BROKEN = [
    ("draft", {"state": "submitted"}),
    ("draft", {"state": "withdrawn"}),
    ("draft", {"ended_at": NOW}),
    ("draft", {"refusal_reason": "Non"}),
    ("submitted", {"state": "refused", "ended_at": NOW}),
    ("submitted", {"accepted_notice": None}),
    ("submitted", {"received_at": None}),
]


@pytest.mark.parametrize(
    ("state", "change"), BROKEN, ids=[f"{state} {[*change]}" for state, change in BROKEN]
)
def test_the_database_refuses_a_state_without_what_goes_with_it(state, change):
    application = dossiers.submitted() if state == "submitted" else dossiers.started()
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(**change)


def test_the_database_refuses_a_second_dossier():
    """R-APP-1"""
    first = dossiers.started()
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.create(
            campaign=first.campaign, person=first.person, email="a@exemple.fr", started_at=NOW
        )
