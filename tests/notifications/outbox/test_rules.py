"""What a person may do with a message, in every state; what an error means."""

import pytest

from notifications.outbox.rules import acts_on, trouble_of
from notifications.states import MessageState

# resend, bounce, cancel
MAY = {
    "queued": (False, False, True),
    "leased": (False, False, False),
    "sending": (False, False, False),
    "sent": (False, True, False),
    "failed": (True, False, False),
    "unknown": (True, False, False),
    "bounced": (True, False, False),
    "cancelled": (False, False, False),
}


@pytest.mark.parametrize("state", list(MessageState))
@pytest.mark.parametrize("forgotten", [False, True])
def test_what_may_be_done_in_each_state(state, forgotten):
    acts = acts_on(state, forgotten=forgotten)
    resend, bounce, cancel = MAY[state.value]

    assert (bool(acts.resend), bool(acts.bounce), bool(acts.cancel)) == (
        resend and not forgotten,
        bounce,
        cancel,
    )
    if forgotten and resend:
        assert [refusal.code for refusal in acts.resend.refusals] == ["message_forgotten"]


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        ("", None),
        ("SMTPRecipientsRefused: {'a@b.fr': (550, b'5.1.1 No such user')}", "no_such_address"),
        ("SMTPRecipientsRefused: {'a550@b.fr': (452, b'4.2.2 Over quota')}", "mailbox_full"),
        ("SMTPDataError: (552, b'Mailbox full')", "mailbox_full"),
        ("SMTPDataError: (554, b'Looks like spam')", "refused"),
        ("SMTPDataError: (451, b'Greylisted')", "asked_to_wait"),
        ("SMTPResponseException: (421, b'Too busy')", "asked_to_wait"),
        ("SMTPSenderRefused: (550, b'Not yours', 'x@y.fr')", "our_sender"),
        ("SMTPServerDisconnected: Connection unexpectedly closed", "line_dropped"),
        ("TimeoutError: timed out", "line_dropped"),
        ("ConnectionResetError: [Errno 104]", "line_dropped"),
        ("its process died", "line_dropped"),
        ("LookupError: no kind of message is registered as 'x'", "not_written"),
        ("TemplateSyntaxError: 550", "not_written"),
    ],
)
def test_an_error_in_plain_words(error, trouble):
    assert trouble_of(error) == trouble
