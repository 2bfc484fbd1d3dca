"""The central service's check: pieces accepted or refused, fees settled, pieces asked for, dossiers handed over."""

from datetime import date, timedelta

import pytest

from admissions.checking.services import (
    accept_document,
    ask_pieces,
    cancel_payment,
    declare_complete,
    record_payment,
    refuse_document,
    uncheck_document,
    waive_charges,
)
from admissions.dossier.selectors.dossiers import get_dossier
from admissions.dossier.services import drafts, endings
from admissions.models import Application, Payment
from campaigns.models import Campaign
from common.models import JournalEntry
from common.refusals import DomainError, NotAllowedError
from notifications.models import Notification
from tests.factories import accounts, files
from tests.factories import admissions as dossiers

pytestmark = [pytest.mark.django_db, pytest.mark.servers]
NOW = dossiers.CHECKED


def by_clerk(application: Application, **more):
    return {"ref": application.ref, "actor": dossiers.clerk_of(application), "now": NOW, **more}


def document(application, key="photo"):
    return application.documents.get(requirement__key=key)


def codes(error) -> list[str]:
    return [refusal.code for refusal in error.value.refusals]


def verbs(application) -> list[str]:
    rows = JournalEntry.objects.filter(object_ref=application.ref, at=NOW)
    return list(rows.order_by("pk").values_list("verb", flat=True))


def kinds() -> list[str]:
    return list(Notification.objects.order_by("pk").values_list("kind", flat=True))


def test_a_piece_is_accepted_refused_and_unchecked():
    """R-APP-8."""
    application = dossiers.submitted()
    piece = document(application)
    clerk = dossiers.clerk_of(application)

    accept_document(document_ref=piece.ref, **by_clerk(application))
    accepted = document(application)
    refuse_document(document_ref=piece.ref, reason=" Illisible. ", **by_clerk(application))
    refused = document(application)
    uncheck_document(document_ref=piece.ref, **by_clerk(application))
    given = document(application)

    assert (accepted.state, accepted.reason, accepted.checked_at, accepted.checked_by) == (
        "accepted",
        "",
        NOW,
        clerk,
    )
    assert (refused.state, refused.reason, refused.checked_by) == ("refused", "Illisible.", clerk)
    assert (given.state, given.reason, given.checked_at, given.checked_by) == (
        "given",
        "",
        None,
        None,
    )
    assert verbs(application) == ["accept_document", "refuse_document", "uncheck_document"]
    assert kinds() == ["admissions.receipt"]


def test_a_piece_is_refused_for_a_reason_only():
    application = dossiers.submitted()
    with pytest.raises(DomainError) as error:
        refuse_document(
            document_ref=document(application).ref, reason="  ", **by_clerk(application)
        )
    assert codes(error) == ["piece_refusal_needs_reason"]


def test_files_given_meanwhile_are_not_accepted_unseen():
    application = dossiers.submitted()
    piece = document(application)
    with pytest.raises(DomainError) as error:
        accept_document(document_ref=piece.ref, seen=["older"], **by_clerk(application))
    assert codes(error) == ["piece_changed_meanwhile"]
    assert document(application).state == "given"


def test_nobody_but_the_central_service_checks():
    application = dossiers.submitted()
    piece = document(application)
    for actor in (
        application.person.user,
        accounts.clerk(accounts.other_school()),
        accounts.administrator(),
    ):
        with pytest.raises(NotAllowedError):
            accept_document(ref=application.ref, document_ref=piece.ref, actor=actor, now=NOW)
        with pytest.raises(NotAllowedError):
            waive_charges(ref=application.ref, reason="Non.", actor=actor, now=NOW)
        with pytest.raises(NotAllowedError):
            declare_complete(ref=application.ref, actor=actor, now=NOW)


def test_a_transfer_and_a_waiver_settle_the_fees_and_are_taken_out():
    """R-APP-2."""
    application = dossiers.submitted()

    paid = record_payment(cents=5000, note=" VIR 12 ", **by_clerk(application))
    waived = waive_charges(reason="Geste de l’école.", **by_clerk(application))
    settled = get_dossier(ref=application.ref, now=NOW).fees
    cancel_payment(payment_ref=waived.ref, **by_clerk(application))
    cancel_payment(payment_ref=waived.ref, **by_clerk(application))
    left = get_dossier(ref=application.ref, now=NOW).fees

    assert (paid.method, paid.cents, paid.note) == ("transfer", 5000, "VIR 12")
    assert (waived.method, waived.cents, waived.note) == ("waiver", 4900, "Geste de l’école.")
    assert (settled.charged, settled.settled, settled.balance) == (9900, 9900, 0)
    assert (left.settled, left.balance) == (5000, 4900)
    assert verbs(application) == ["record_payment", "waive_charges", "cancel_payment"]


@pytest.mark.parametrize(
    ("command", "words", "code"),
    [
        (record_payment, {"cents": 0}, "amount_is_nothing"),
        (waive_charges, {"reason": " "}, "waiver_needs_reason"),
    ],
)
def test_what_settles_nothing_is_refused(command, words, code):
    application = dossiers.submitted()
    with pytest.raises(DomainError) as error:
        command(**words, **by_clerk(application))
    assert codes(error) == [code]
    assert not Payment.objects.exists()


def test_a_draft_owes_nothing():
    application = dossiers.filled()
    with pytest.raises(DomainError) as nothing:
        record_payment(cents=100, **by_clerk(application))
    with pytest.raises(DomainError) as left:
        waive_charges(reason="Non.", **by_clerk(application))
    assert (codes(nothing), codes(left)) == (["nothing_is_charged"], ["nothing_is_left_to_pay"])


def test_pieces_are_asked_for_by_a_day_then_given_and_the_dossier_is_checked_again():
    """R-APP-5: a refused piece is replaced after the deadline too; given again it is unchecked."""
    application = dossiers.asked()
    asked = (application.state, application.pieces_due_on)
    piece = dossiers.piece_of(application, "photo", NOW)

    dossiers.give(
        application, piece, files.upload(files.jpeg(), "nouvelle.jpg"), now=NOW + timedelta(days=1)
    )

    answered, given = dossiers.reread(application), document(application)
    assert asked == ("incomplete", dossiers.DUE)
    assert (answered.state, answered.pieces_due_on) == ("submitted", None)
    assert (given.state, given.reason, given.checked_at) == ("given", "", None)
    assert [row.file.name for row in given.files.all()] == ["nouvelle.jpg"]
    assert kinds() == ["admissions.receipt", "admissions.pieces_asked"]


def test_every_asking_is_a_message_of_its_own():
    application = dossiers.asked()
    again = by_clerk(application, now=NOW + timedelta(days=4))
    ask_pieces(until=date(2022, 3, 25), **again)
    assert dossiers.reread(application).pieces_due_on == date(2022, 3, 25)
    assert kinds().count("admissions.pieces_asked") == 2


def test_undoing_the_refusal_answers_for_the_candidate():
    application = dossiers.asked()
    uncheck_document(document_ref=document(application).ref, **by_clerk(application))
    assert dossiers.reread(application).state == "submitted"


@pytest.mark.parametrize(
    ("until", "code"), [(date(2022, 3, 9), "day_is_past"), (dossiers.DUE, "nothing_to_ask")]
)
def test_what_may_not_be_asked(until, code):
    application = dossiers.submitted() if code == "nothing_to_ask" else dossiers.asked()
    with pytest.raises(DomainError) as error:
        ask_pieces(until=until, **by_clerk(application))
    assert codes(error) == [code]


def test_a_complete_dossier_enters_the_first_stage_and_the_candidate_is_told():
    """R-APP-8: the jury's list is in the order of names."""
    application = dossiers.handed_over()

    rows = application.candidacies.select_related("stage", "programme")
    entered = [(row.programme.code, row.state, row.stage.key, row.sort_key) for row in rows]
    key = application.sort_key
    assert (application.state, application.completed_at) == ("complete", NOW)
    assert entered == [
        ("BAT-1", "in_selection", "file", key),
        ("MKX-1", "in_selection", "file", key),
    ]
    assert kinds() == ["admissions.receipt", "admissions.complete"]
    again = declare_complete(**by_clerk(application))
    assert (again.state, kinds().count("admissions.complete")) == ("complete", 1)


def test_a_dossier_that_is_handed_over_again_is_told_again():
    """Complete, withdrawn, opened again since the deadline was moved (R-CAL-6), submitted."""
    application = dossiers.handed_over()
    by = dossiers.whose(application)
    endings.withdraw_application(now=NOW, **by)
    later = NOW + timedelta(days=2)
    Campaign.objects.update(last_second=NOW + timedelta(days=1))
    endings.reopen_application(now=NOW, **by)
    drafts.choose_programmes(codes=["BAT-1"], now=NOW, **by)
    dossiers.checked(dossiers.submit(application, NOW), later)

    declare_complete(**by_clerk(application, now=later))

    told = Notification.objects.filter(kind="admissions.complete").order_by("pk")
    assert [message.refs["number"] for message in told] == ["1", "2"]
    assert [message.refs["programmes"] for message in told] == ["BAT-1 MKX-1", "BAT-1"]


def test_what_keeps_a_dossier_from_the_jury_is_said_at_once():
    """R-APP-2, R-APP-5."""
    application = dossiers.submitted()
    refuse_document(
        document_ref=document(application).ref, reason="Illisible.", **by_clerk(application)
    )
    with pytest.raises(DomainError) as error:
        declare_complete(**by_clerk(application, now=dossiers.SUBMITTED))
    found = codes(error)
    assert (found[0], found[-1]) == ("candidate_may_still_change", "fees_are_due")
    assert {"refused_piece", "unchecked_piece"} <= set(found)
    assert dossiers.reread(application).state == "submitted"


def test_what_the_admission_needs_is_checked_once_the_dossier_is_complete():
    """R-APP-5, R-JOB-5."""
    application = dossiers.handed_over()
    dossiers.give(application, dossiers.piece_of(application, "diploma-to-come", NOW), now=NOW)
    piece = document(application, "diploma-to-come")

    refuse_document(
        document_ref=piece.ref, reason="Ce n’est pas un diplôme.", **by_clerk(application)
    )
    told = kinds()
    accept_document(document_ref=piece.ref, **by_clerk(application))
    with pytest.raises(DomainError) as error:
        uncheck_document(document_ref=document(application).ref, **by_clerk(application))

    assert told[-1] == "admissions.piece_refused"
    assert document(application, "diploma-to-come").state == "accepted"
    assert codes(error) == ["dossier_is_complete"]
