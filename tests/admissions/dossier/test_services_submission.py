from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from admissions.dossier.selectors.dossiers import get_dossier
from admissions.dossier.services import drafts, endings
from admissions.dossier.services.submission import submit_application
from admissions.models import Application
from campaigns.editing.services.loading import load_campaign
from common.journal import SYSTEM
from common.models import Job, JournalEntry
from common.refusals import DomainError
from notifications.mails import _mails
from notifications.models import Notification
from tests.factories import admissions as dossiers
from tests.factories import campaigns

pytestmark = [pytest.mark.django_db, pytest.mark.servers]
NOW, RECEIVED, LAST_SECOND = dossiers.STARTED, dossiers.SUBMITTED, dossiers.LAST_SECOND
SECOND = timedelta(seconds=1)


def codes(error):
    return [refusal.code for refusal in error.value.refusals]


def states(application):
    return {
        row.programme.code: row.state for row in application.candidacies.select_related("programme")
    }


def charges(application):
    return {charge.key: charge.cents for charge in application.charges.all()}


def receipts():
    return sorted(
        Notification.objects.filter(kind="admissions.receipt").values_list("dedupe_key", flat=True)
    )


def nothing_was_submitted(application):
    row = dossiers.reread(application)
    return (
        row.state == "draft"
        and not row.submissions.exists()
        and not row.charges.exists()
        and set(states(row).values()) <= {"draft"}
        and not Notification.objects.exists()
        and not Job.objects.filter(kind="admissions.recap").exists()
    )


def test_a_submission_moves_all_at_once():
    """R-APP-1, R-APP-2, R-APP-6: candidacies, verdicts, charges, notice accepted, receipt, recap."""
    application = dossiers.submitted()
    assert (application.state, application.received_at) == ("submitted", RECEIVED)
    rows = application.submissions.values_list("number", "kind", "received_at", "notice__number")
    assert list(rows) == [(1, "submitted", RECEIVED, 1)]
    assert application.accepted_notice == application.campaign.current_version
    rows = application.candidacies.values_list("programme__code", "state", "verdict", "route")
    assert list(rows) == [
        ("BAT-1", "submitted", "eligible", "a"),
        ("MKX-1", "submitted", "jury", "d"),
    ]
    assert charges(application) == {"1:BAT-1": 7700, "1:MKX-1": 2200}
    assert {charge.tier for charge in application.charges.all()} == {"standard"}
    assert receipts() == [f"receipt:{application.ref}:1"]
    assert [job.key for job in Job.objects.filter(kind="admissions.recap")] == [
        f"recap:{application.ref}:1"
    ]


def test_the_receipt_is_for_the_candidate_on_behalf_of_the_organiser():
    """R-APP-1"""
    application = dossiers.submitted()
    message = Notification.objects.get()
    assert (message.kind, message.to, message.language) == (
        "admissions.receipt",
        application.person.user.email,
        "fr",
    )
    assert message.refs == {"application": application.ref, "number": "1"}
    assert message.school == application.campaign.organiser


def test_grant_holders_are_charged_less_and_give_their_notice():
    """R-APP-2, R-APP-3"""
    application = dossiers.filled(grant_holder=True)
    assert dossiers.piece_of(application, "grant-notice").needed == "submission"
    dossiers.give_all(application)
    assert charges(dossiers.submit(application)) == {"1:BAT-1": 2200, "1:MKX-1": 1100}


@pytest.mark.parametrize(
    ("received_at", "in_time"),
    [
        (LAST_SECOND, True),
        (LAST_SECOND + timedelta(microseconds=999_999), True),
        (LAST_SECOND.astimezone(ZoneInfo("Pacific/Auckland")), True),
        (LAST_SECOND + SECOND, False),
        ((LAST_SECOND + SECOND).astimezone(ZoneInfo("America/Los_Angeles")), False),
        (datetime(2022, 3, 9, 7, 59, 59, tzinfo=ZoneInfo("Asia/Tokyo")), True),
        (datetime(2022, 3, 9, 8, 0, 0, tzinfo=ZoneInfo("Asia/Tokyo")), False),
    ],
)
def test_in_time_is_to_the_second_when_it_was_received(received_at, in_time):
    """R-CAL-1"""
    application = dossiers.complete()
    if in_time:
        assert dossiers.submit(application, received_at).received_at == received_at
    else:
        with pytest.raises(DomainError) as error:
            dossiers.submit(application, received_at)
        assert codes(error) == ["campaign_is_closed"]
        assert nothing_was_submitted(application)


def test_all_that_is_missing_is_said_at_once():
    """R-APP-5: the deadline, the notice, the fields and the pieces together."""
    application = dossiers.started(phone="", city="")
    by = dossiers.whose(application)
    drafts.add_title(title=dossiers.TITLE, now=NOW, **by)
    with pytest.raises(DomainError) as error:
        submit_application(accepted_version=7, received_at=LAST_SECOND + SECOND, **by)
    assert codes(error) == [
        "campaign_is_closed",
        "notice_has_changed",
        "missing_phone",
        "missing_city",
        "missing_baccalaureate",
        "missing_baccalaureate_year",
        "missing_programme",
        "missing_grant_holder",
        *["missing_piece"] * 5,
    ]
    assert nothing_was_submitted(application)


def test_a_missing_letter_names_its_programme():
    application = dossiers.complete()
    drafts.choose_programmes(
        codes=["BAT-1", "MKX-1", "INFRES-DL-1"], now=NOW, **dossiers.whose(application)
    )
    with pytest.raises(DomainError) as error:
        dossiers.submit(application)
    assert [
        (refusal.code, refusal.params["subject"]["en"]) for refusal in error.value.refusals
    ] == [("missing_piece_of", "Computing and networks, Software development track – first year")]


def test_a_programme_that_the_studies_no_longer_open_is_not_submitted():
    """R-ELI-6"""
    application = dossiers.complete()
    title = application.titles.get()
    short = drafts.TitleInput(
        kind="OTHER", name="Certificat", ects=60, status="obtained", on=date(2021, 6, 1)
    )
    drafts.change_title(title_ref=title.ref, title=short, now=NOW, **dossiers.whose(application))
    dossiers.give_all(application)
    with pytest.raises(DomainError) as error:
        dossiers.submit(application)
    assert codes(error) == ["programme_not_eligible", "programme_not_eligible"]
    assert nothing_was_submitted(application)


def test_a_notice_that_changed_meanwhile_is_read_first():
    """R-APP-6"""
    application = dossiers.complete()
    dossier = get_dossier(ref=application.ref, now=RECEIVED)
    shown = dossier.current_version
    _change_the_notice()
    with pytest.raises(DomainError) as error:
        submit_application(
            accepted_version=shown,
            agreed=dossier.filmed,
            received_at=RECEIVED,
            **dossiers.whose(application),
        )
    assert codes(error) == ["notice_has_changed"]
    assert nothing_was_submitted(application)
    assert dossiers.submit(application).accepted_notice.number == shown + 1


def test_a_submitted_dossier_keeps_the_notice_that_it_accepted():
    """R-APP-6"""
    application = dossiers.submitted()
    _change_the_notice()
    dossier = get_dossier(ref=application.ref, now=RECEIVED)
    assert (dossier.version, dossier.current_version) == (1, 2)


def test_submitting_twice_submits_once():
    """A double click, or two tabs: the same receipt, even after the deadline."""
    application = dossiers.submitted()
    again = dossiers.submit(application, RECEIVED + SECOND)
    late = dossiers.submit(application, LAST_SECOND + SECOND)
    assert (again.received_at, late.received_at) == (RECEIVED, RECEIVED)
    assert late.submissions.count() == 1
    assert receipts() == [f"receipt:{application.ref}:1"]
    assert charges(application) == {"1:BAT-1": 7700, "1:MKX-1": 2200}


def test_a_programme_is_added_before_the_deadline():
    """Only the new candidacy moves; it is charged as a further one; a second receipt tells it alone."""
    application = dossiers.submitted()
    drafts.choose_programmes(codes=["INFRES-SR-1"], now=RECEIVED, **dossiers.whose(application))
    assert states(application) == {
        "BAT-1": "submitted",
        "INFRES-SR-1": "draft",
        "MKX-1": "submitted",
    }
    dossiers.give_all(application, RECEIVED)
    application = dossiers.submit(application, RECEIVED + SECOND)
    assert set(states(application).values()) == {"submitted"}
    kinds = application.submissions.values_list("number", "kind")
    assert (list(kinds), application.received_at) == (
        [(1, "submitted"), (2, "added")],
        dossiers.SUBMITTED,
    )
    assert application.last_submission.received_at == RECEIVED + SECOND
    assert charges(application) == {"1:BAT-1": 7700, "1:MKX-1": 2200, "2:INFRES-SR-1": 2200}
    assert receipts() == [f"receipt:{application.ref}:1", f"receipt:{application.ref}:2"]
    told = [
        [each["code"] for each in submission.receipt["programmes"]]
        for submission in application.submissions.all()
    ]
    assert told == [["BAT-1", "MKX-1"], ["INFRES-SR-1"]]


def test_a_dossier_withdrawn_and_submitted_again_is_received_then():
    application = dossiers.withdrawn()
    endings.reopen_application(now=RECEIVED, **dossiers.whose(application))
    drafts.choose_programmes(codes=["BAT-1"], now=RECEIVED, **dossiers.whose(application))
    dossier = get_dossier(ref=application.ref, now=RECEIVED)
    dossiers.give_all(application, RECEIVED)
    application = dossiers.submit(application, RECEIVED + SECOND)
    assert not dossier.added
    assert application.received_at == RECEIVED + SECOND
    last = application.last_submission
    assert (last.number, last.kind) == (2, "submitted")
    assert last.content["received_at"] == (RECEIVED + SECOND).isoformat()


def test_a_programme_added_but_not_submitted_in_time_stays_out():
    application = dossiers.submitted()
    drafts.choose_programmes(codes=["INFRES-SR-1"], now=RECEIVED, **dossiers.whose(application))
    dossiers.give_all(application, RECEIVED)
    with pytest.raises(DomainError) as error:
        dossiers.submit(application, LAST_SECOND + SECOND)
    assert codes(error) == ["campaign_is_closed"]
    assert states(application) == {
        "BAT-1": "submitted",
        "INFRES-SR-1": "draft",
        "MKX-1": "submitted",
    }
    assert dossiers.reread(application).state == "submitted"
    before, after = (
        get_dossier(ref=application.ref, now=at) for at in (LAST_SECOND, LAST_SECOND + SECOND)
    )
    assert (
        [row.code for row in before.to_submit]
        == [row.code for row in after.left_out]
        == ["INFRES-SR-1"]
    )
    assert (before.left_out, after.to_submit) == ((), ())
    assert (before.fees.total, after.fees.total) == (12100, 9900)
    assert [
        len([row for row in each.pieces if row.key == "motivation"]) for each in (before, after)
    ] == [3, 2]


def test_what_was_left_out_does_not_bring_a_newer_notice_in():
    """R-APP-6: after the deadline the notice accepted is the one that binds."""
    application = dossiers.submitted()
    drafts.choose_programmes(codes=["INFRES-SR-1"], now=RECEIVED, **dossiers.whose(application))
    _change_the_notice()
    versions = [
        get_dossier(ref=application.ref, now=at).version
        for at in (LAST_SECOND, LAST_SECOND + SECOND)
    ]
    assert versions == [2, 1]


def test_withdrawn_reopened_and_submitted_again_is_charged_once():
    """R-APP-2, R-APP-9: fees are not refunded, nor asked twice for the same programmes."""
    application = dossiers.withdrawn()
    by = dossiers.whose(application)
    endings.reopen_application(now=RECEIVED, **by)
    drafts.choose_programmes(codes=["BAT-1"], now=RECEIVED, **by)
    dossiers.give_all(application, RECEIVED)
    application = dossiers.submit(application, RECEIVED + timedelta(days=2))
    assert states(application) == {"BAT-1": "submitted", "MKX-1": "withdrawn"}
    assert charges(application) == {"1:BAT-1": 7700, "1:MKX-1": 2200}
    assert [row.receipt["owed"] for row in application.submissions.all()] == [9900, 9900]


def test_a_grant_that_is_no_longer_held_is_made_up_for():
    """R-APP-2: what is due is the price of the set less what was charged."""
    application = dossiers.withdrawn(grant_holder=True)
    by = dossiers.whose(application)
    endings.reopen_application(now=RECEIVED, **by)
    drafts.declare_grant_holder(grant_holder=False, now=RECEIVED, **by)
    drafts.choose_programmes(codes=["BAT-1", "MKX-1"], now=RECEIVED, **by)
    application = dossiers.submit(application, RECEIVED + timedelta(days=2))
    assert charges(application) == {"1:BAT-1": 2200, "1:MKX-1": 1100, "2:BAT-1": 6600}


def test_the_record_is_what_was_submitted():
    application = dossiers.submitted(
        birth_name="Cœur", first_names="Élodie", usual_name="", nationality="FR"
    )
    submission = dossiers.last_submission(application)
    record = submission.content
    assert record["person"]["birth_name"] == "Cœur"
    assert record["studies"] == {"baccalaureate": "STI2D", "year": 2019}
    assert [(row["code"], row["verdict"], row["article"]) for row in record["programmes"]] == [
        ("BAT-1", "eligible", "1.1.1"),
        ("MKX-1", "jury", "1.2"),
    ]
    assert record["received_at"] == "2022-02-20T21:04:35+01:00"
    assert submission.receipt["owed"] == 9900
    assert [piece["key"] for piece in submission.receipt["awaited"]] == [
        "current-marks",
        "diploma-to-come",
        "last-marks",
    ]
    photo = next(piece for piece in record["pieces"] if piece["key"] == "photo")
    assert [file["name"] for file in photo["files"]] == ["photo.jpg"]
    assert len(photo["files"][0]["sha256"]) == 64


def test_the_journal_keeps_every_move():
    application = dossiers.submitted()
    moves = JournalEntry.objects.filter(to_state="submitted").order_by("pk")
    assert [(entry.object_type, entry.verb, entry.from_state, entry.scope) for entry in moves] == [
        ("candidacy", "submit", "draft", "ales-2022"),
        ("candidacy", "submit", "draft", "ales-2022"),
        ("application", "submit", "draft", "ales-2022"),
    ]
    assert {entry.actor_ref for entry in moves} == {str(application.person.user_id)}


def test_if_the_receipt_cannot_be_written_nothing_is_submitted(monkeypatch):
    """The receipt is part of the fact that it tells."""
    application = dossiers.complete()
    monkeypatch.delitem(_mails, "admissions.receipt")
    with pytest.raises(LookupError):
        dossiers.submit(application)
    assert nothing_was_submitted(application)


def test_nobody_else_is_touched():
    other = dossiers.complete()
    dossiers.submitted()
    assert dossiers.reread(other).state == "draft"
    assert states(other) == {"BAT-1": "draft", "MKX-1": "draft"}


def _change_the_notice():
    document = campaigns.ales_2022_document()
    header = document.campaign.model_copy(update={"summary": {"fr": "Texte corrigé."}})
    load_campaign(
        document=document.model_copy(update={"campaign": header}),
        actor=SYSTEM,
        now=NOW,
        reason="a word corrected",
    )
    assert Application.objects.first().campaign.current_version.number == 2


def test_nobody_submits_without_agreeing_to_each_film():
    """R-APP-6, R-SEL-9: the command is told which, whoever calls it."""
    application = dossiers.complete()
    shown = get_dossier(ref=application.ref, now=RECEIVED)
    said = {"accepted_version": shown.current_version, "received_at": RECEIVED}
    by = dossiers.whose(application)
    assert list(shown.filmed) == ["year-1/tests/recorded-interview"]

    for agreed in ((), ["year-2/tests/recorded-interview"]):
        with pytest.raises(DomainError) as error:
            submit_application(agreed=agreed, **said, **by)
        assert codes(error) == ["film_not_agreed"]
    assert nothing_was_submitted(application)

    assert submit_application(agreed=shown.filmed, **said, **by).state == "submitted"
