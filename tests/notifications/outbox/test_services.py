"""What staff decide about a message, and what it leaves behind."""

from datetime import timedelta

import pytest

from common.models import JournalEntry
from common.refusals import DomainError, NotAllowedError
from notifications.delivery.services import claim
from notifications.models import Notification
from notifications.outbox.services import cancel_message, mark_bounced, resend_message
from notifications.queue import enqueue
from notifications.states import Bounce, MessageState, Priority
from tests.factories import accounts
from tests.notifications.conftest import NOW, note, secret

LATER = NOW + timedelta(hours=3)
pytestmark = [pytest.mark.django_db, pytest.mark.servers]


def queued(number: int = 1) -> Notification:
    enqueue([note(number, school_id=accounts.SchoolFactory().pk, about="dossier")], now=NOW)
    return Notification.objects.get(dedupe_key=f"note:{number}")


def in_state(state: str, **fields) -> Notification:
    """A message with what that state implies, put there as rows: this is about what comes after."""
    implied = {"sent": {"sent_at": NOW}, "bounced": {"sent_at": NOW, "bounce": "other"}}.get(
        state, {}
    )
    lease = {"lease_until": LATER} if state in {"leased", "sending"} else {}
    row = queued()
    Notification.objects.filter(pk=row.pk).update(state=state, **implied | lease | fields)
    return row


def journal() -> list[tuple]:
    rows = JournalEntry.objects.filter(object_type="message").order_by("pk")
    return [(row.verb, row.scope, row.from_state, row.to_state, row.reason) for row in rows]


@pytest.mark.parametrize("state", ["failed", "unknown", "bounced"])
def test_a_message_is_sent_again_as_if_it_never_was(
    state, nudges, django_capture_on_commit_callbacks
):
    row = in_state(state, attempts=12, doubts=2, last_error="TimeoutError: timed out")
    with django_capture_on_commit_callbacks(execute=True):
        resend_message(message_id=row.pk, actor=accounts.clerk(), now=LATER)

    again = Notification.objects.get(pk=row.pk)
    assert (again.state, again.due_at, again.attempts, again.doubts) == ("queued", LATER, 0, 0)
    assert (again.last_error, again.sent_at, again.bounce) == ("", None, "")
    assert again.message_id == row.message_id
    assert nudges == ["notifications.deliver"]
    assert journal() == [("resend_message", "imt-mines-ales", state, "queued", "")]


def test_a_mail_came_back():
    row = in_state("sent")
    for _ in range(2):
        mark_bounced(
            message_id=row.pk, bounce=Bounce.MAILBOX_FULL, actor=accounts.school_admin(), now=LATER
        )

    row.refresh_from_db()
    assert (row.state, row.bounce, row.sent_at) == ("bounced", "mailbox_full", NOW)
    assert journal() == [("bounce_message", "imt-mines-ales", "sent", "bounced", "mailbox_full")]


def test_a_message_is_kept_from_leaving():
    row = queued()
    for _ in range(2):
        cancel_message(message_id=row.pk, actor=accounts.clerk(), now=LATER)

    assert claim(now=LATER) == []
    assert journal() == [("cancel_message", "imt-mines-ales", "queued", "cancelled", "")]


def test_a_secret_that_does_not_leave_is_forgotten():
    enqueue([secret()], now=NOW)
    Notification.objects.update(school=accounts.SchoolFactory())
    row = Notification.objects.get()
    cancel_message(message_id=row.pk, actor=accounts.clerk(), now=LATER)

    row.refresh_from_db()
    assert row.refs == {}


@pytest.mark.parametrize(
    ("act", "legal", "done", "code"),
    [
        (resend_message, {"failed", "unknown", "bounced"}, "queued", "message_not_to_resend"),
        (cancel_message, {"queued"}, "cancelled", "message_not_waiting"),
    ],
)
@pytest.mark.parametrize("state", [state.value for state in MessageState])
def test_any_other_state_refuses(act, legal, done, code, state):
    if state in {*legal, done}:
        return
    row, clerk = in_state(state), accounts.clerk()

    with pytest.raises(DomainError) as refused:
        act(message_id=row.pk, actor=clerk, now=LATER)

    assert [refusal.code for refusal in refused.value.refusals] == [code]


def test_a_secret_is_not_sent_again():
    enqueue([secret()], now=NOW)
    Notification.objects.update(school=accounts.SchoolFactory(), state="failed", refs={})
    clerk = accounts.clerk()

    with pytest.raises(DomainError) as refused:
        resend_message(message_id=Notification.objects.get().pk, actor=clerk, now=LATER)

    assert [refusal.code for refusal in refused.value.refusals] == ["message_forgotten"]


@pytest.mark.parametrize(
    "role", ["juror", "president", "programme_head", "company_office", "administrator", "stranger"]
)
def test_others_decide_on_no_message(role):
    row = queued()
    actor = (
        accounts.clerk(accounts.other_school()) if role == "stranger" else getattr(accounts, role)()
    )

    with pytest.raises(NotAllowedError):
        cancel_message(message_id=row.pk, actor=actor, now=LATER)

    assert Notification.objects.get().state == "queued"


def test_whoever_waits_goes_before_a_mass():
    for number, priority in enumerate(
        [Priority.MASS, Priority.NORMAL, Priority.AWAITED, Priority.MASS]
    ):
        row = queued(number)
        Notification.objects.filter(pk=row.pk).update(priority=priority)

    assert [row.dedupe_key for row in claim(now=NOW)] == ["note:2", "note:1", "note:0", "note:3"]
