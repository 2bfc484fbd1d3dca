"""From the outbox to a mail server: what is sent, what waits, what is set aside."""

import logging
import smtplib
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends import locmem
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common import leases
from notifications import tasks
from notifications.delivery import services as delivery
from notifications.delivery.rules import MAIL_LEASE, Fate
from notifications.delivery.services import BATCH, RUN_FOR, MailLine, claim, expire, sweep
from notifications.models import Notification
from notifications.queue import enqueue
from notifications.states import MessageAction
from tests.notifications.conftest import NOW, note, secret
from tests.notifications.mails import NoteMail, UnwrittenMail
from tests.smtp import Sink, free_port, serving

pytestmark = [pytest.mark.django_db, pytest.mark.servers]
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _quiet(caplog):
    with caplog.at_level(logging.CRITICAL):
        yield


@pytest.fixture
def sink(settings):
    """A real mail server, and the product set to use it."""
    sink = Sink()
    with serving(sink) as port:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.EMAIL_TIMEOUT = 5
        yield sink


def deliver(now=NOW) -> None:
    delivery.deliver(clock=lambda: now)


def row(number: int = 1) -> Notification:
    return Notification.objects.get(to=f"p{number}@example.org")


def state(number: int = 1) -> tuple:
    message = row(number)
    return message.state, message.attempts, message.doubts


# --- Words ----------------------------------------------------------------------


def test_a_message_in_its_recipients_language(sink, settings):
    settings.DEFAULT_FROM_EMAIL = "Rentrée <rentree@ecole.example>"
    enqueue(
        [note(1, language="en", reply_to="admissions@ecole.example")],
        now=NOW,
    )
    deliver()

    [taken] = sink.taken
    assert taken["Subject"] == "Note 1 (en)"
    assert taken["From"] == "Rentrée <rentree@ecole.example>"
    assert taken["To"] == "p1@example.org"
    assert taken["Reply-To"] == "admissions@ecole.example"
    assert taken["Auto-Submitted"] == "auto-generated"
    assert taken["Content-Language"] == "en"
    assert taken["Message-ID"] == row().message_id
    assert taken.get_content_type() == "multipart/alternative"
    assert taken.get_body(("plain",)).get_content() == (
        "L'élève & <Zoé>\n\nn'a rien à faire.\n\n—\n"
        "This message was sent by Rentrée. To answer it, write to admissions@ecole.example.\n"
        f"{settings.BASE_URL}\n"
    )
    html = taken.get_body(("html",)).get_content()
    assert "<p>L'élève &amp; &lt;Zoé&gt;</p>" in html
    assert '<html lang="en">' in html


def test_an_html_part_calls_nothing_from_elsewhere(sink, settings):
    enqueue([note()], now=NOW)
    deliver()

    html = sink.taken[0].get_body(("html",)).get_content()
    for way in ("src=", "url(", "@import", "<link", "<script"):
        assert way not in html


def test_what_was_said_is_kept(sink):
    enqueue([note()], now=NOW)
    deliver()

    kept = row()
    assert (kept.state, kept.sent_at, kept.subject, kept.last_error) == (
        "sent",
        NOW,
        "Note 1 (fr)",
        "",
    )
    assert kept.body.startswith("L'élève & <Zoé>\n\nn'a rien à faire.\n")
    assert kept.refs == {"number": "1"}


def test_a_code_is_kept_neither_in_the_text_nor_in_the_references(sink):
    enqueue([secret()], now=NOW)
    deliver()

    assert sink.taken[0]["Subject"] == "Code 123456"
    kept = row()
    assert (kept.state, kept.subject, kept.body, kept.refs) == ("sent", "", "", {})


def test_a_code_that_was_refused_is_forgotten_too(sink):
    sink.to_recipient["p1@example.org"] = "550 no such user"
    enqueue([secret()], now=NOW)
    deliver()

    assert (row().state, row().refs) == ("failed", {})


def test_a_code_that_waits_is_still_known(sink):
    sink.to_recipient["p1@example.org"] = "450 come back"
    enqueue([secret()], now=NOW)
    deliver()
    assert (row().state, row().body, row().refs) == (
        "queued",
        "",
        {"number": "1", "code": "123456"},
    )

    sink.to_recipient.clear()
    deliver(NOW + MINUTE)
    assert sink.taken[0]["Subject"] == "Code 123456"


def test_facts_are_gathered_by_batch(sink, facts):
    enqueue([note(number) for number in range(50)], now=NOW)
    deliver()

    assert facts.batches == [20, 20, 10]
    assert len(sink.taken) == 50
    assert len(sink.sessions) == 1


@pytest.mark.parametrize(("messages", "looks"), [(1, 1), (BATCH, 2), (BATCH + 1, 2)])
def test_after_a_batch_that_is_not_full_nothing_more_is_looked_for(sink, messages, looks):
    enqueue([note(number) for number in range(messages)], now=NOW)
    with CaptureQueriesContext(connection) as asked:
        deliver()

    assert len(sink.taken) == messages
    assert sum(f"LIMIT {BATCH}" in query["sql"] for query in asked) == looks


def test_messages_leave_in_the_order_in_which_they_were_written(sink):
    for message in (note(1), secret(2), note(3), secret(4)):
        enqueue([message], now=NOW)
    deliver()

    assert [str(taken["Subject"]) for taken in sink.taken] == [
        "Note 1 (fr)",
        "Code 123456",
        "Note 3 (fr)",
        "Code 123456",
    ]


@pytest.mark.parametrize("sensitive", [False, True])
def test_a_message_that_has_nothing_to_say_any_more_does_not_leave(
    sink, facts, monkeypatch, sensitive
):
    monkeypatch.setattr(NoteMail, "sensitive", sensitive)
    enqueue([note(1), note(2), note(3)], now=NOW)
    facts.untrue = {"1", "2"}
    deliver()
    assert [str(taken["To"]) for taken in sink.taken] == ["p3@example.org"]
    assert [state(number) for number in (1, 2, 3)] == [
        ("cancelled", 0, 0),
        ("cancelled", 0, 0),
        ("sent", 1, 0),
    ]
    assert (row(2).refs == {}) is sensitive


def test_one_message_that_cannot_be_written_holds_up_no_other(sink, facts):
    facts.unknown = {"2"}
    enqueue([note(1), note(2), note(3)], now=NOW)
    deliver()

    assert sorted(str(taken["To"]) for taken in sink.taken) == ["p1@example.org", "p3@example.org"]
    assert state(2) == ("queued", 1, 0)
    assert row(2).due_at == NOW + MINUTE
    assert row(2).last_error == "LookupError: no such number"


def test_a_message_without_a_template_waits_for_whoever_writes_it(sink):
    enqueue([note(1, mail=UnwrittenMail), note(2)], now=NOW)
    deliver()

    assert state(1) == ("queued", 1, 0)
    assert row(1).last_error.startswith("TemplateDoesNotExist")
    assert state(2) == ("sent", 1, 0)


def test_a_kind_of_a_newer_version_waits(sink):
    enqueue([note(1)], now=NOW)
    Notification.objects.update(kind="tests.newer")
    deliver()

    assert state() == ("queued", 1, 0)
    assert sink.taken == []


# --- Answers of the mail server ---------------------------------------------------


def test_not_before_its_time(sink):
    enqueue([note()], now=NOW)
    deliver(NOW - timedelta(seconds=1))

    assert sink.taken == []
    assert state() == ("queued", 0, 0)


@pytest.mark.parametrize("at", ["to_recipient", "to_data"])
def test_a_temporary_refusal_waits_longer_each_time(sink, at):
    getattr(sink, at)["p1@example.org"] = "451 greylisted"
    enqueue([note(1), note(2)], now=NOW)
    deliver()

    assert state(1) == ("queued", 1, 0)
    assert row(1).due_at == NOW + MINUTE
    assert "greylisted" in row(1).last_error
    assert state(2) == ("sent", 1, 0)

    deliver(NOW + MINUTE)
    assert row(1).due_at == NOW + 3 * MINUTE

    getattr(sink, at).clear()
    deliver(NOW + 3 * MINUTE)
    assert state(1) == ("sent", 3, 0)
    assert row(1).last_error == ""


def test_after_enough_temporary_refusals_it_is_given_up(sink):
    sink.to_recipient["p1@example.org"] = "451 greylisted"
    enqueue([note()], now=NOW)
    now = NOW
    for _ in range(MAIL_LEASE.tries):
        deliver(now)
        now += timedelta(hours=2)

    assert state() == ("failed", MAIL_LEASE.tries, 0)


@pytest.mark.parametrize("at", ["to_recipient", "to_data"])
def test_a_permanent_refusal_is_told_to_staff(sink, at):
    getattr(sink, at)["p1@example.org"] = "550 no such user"
    enqueue([note(1), note(2)], now=NOW)
    deliver()

    assert state(1) == ("failed", 1, 0)
    assert "no such user" in row(1).last_error
    assert state(2) == ("sent", 1, 0)


def test_a_server_out_of_reach_costs_no_attempt(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    enqueue([note(1), note(2)], now=NOW)
    deliver()

    assert [state(1), state(2)] == [("queued", 0, 0)] * 2
    assert row(1).due_at == NOW + MINUTE


def test_a_line_cut_after_the_text_leaves_a_doubt(sink):
    """Taken or not, nobody here can tell: it is sent once more, under the same Message-ID."""
    sink.drops_after = ["p1@example.org"]
    enqueue([note(1), note(2)], now=NOW)
    deliver()
    assert state(1) == ("queued", 1, 1)
    assert state(2) == ("sent", 1, 0)

    deliver(NOW + MINUTE)
    assert state(1) == ("sent", 2, 1)
    assert sink.ids() == [row(1).message_id, row(2).message_id, row(1).message_id]


def test_a_line_cut_before_the_text_is_the_same_doubt(sink):
    sink.drops_before = ["p1@example.org"]
    enqueue([note()], now=NOW)
    deliver()
    deliver(NOW + MINUTE)

    assert state() == ("sent", 2, 1)
    assert sink.ids() == [row().message_id]


def test_after_the_second_doubt_it_waits_for_a_person(sink):
    sink.drops_after = ["p1@example.org"] * 3
    enqueue([note()], now=NOW)
    for minutes in range(5):
        deliver(NOW + minutes * MINUTE)

    assert state() == ("unknown", 2, 2)
    assert len(sink.taken) == 2


def test_a_line_that_fell_silent_between_two_messages_is_no_doubt(sink):
    """A server closes a line that was idle for long: a new one is opened before the message is begun."""
    enqueue([note(1), note(2)], now=NOW)
    with MailLine() as line:
        assert line.connect()
        line._connection.connection.sock.close()
        line._connection.connection.sock = None
        assert line.connect()
        assert line.send(EmailMessage("a", "b", to=["p1@example.org"])).fate is Fate.ACCEPTED
    assert len(sink.taken) == 1


def test_a_server_that_takes_leave_badly_took_the_message_all_the_same(sink, monkeypatch):
    def rude(self):
        raise smtplib.SMTPException("what now?")

    monkeypatch.setattr(smtplib.SMTP, "quit", rude)
    enqueue([note()], now=NOW)
    deliver()

    assert state() == ("sent", 1, 0)


# --- Leases -----------------------------------------------------------------------


def test_what_a_dead_process_had_claimed_is_free_again(sink):
    enqueue([note()], now=NOW)
    claim(now=NOW)

    expire(now=NOW + MAIL_LEASE.lasts)
    assert state() == ("leased", 0, 0)

    expire(now=NOW + MAIL_LEASE.lasts + timedelta(seconds=1))
    assert state() == ("queued", 0, 0)


def test_what_a_dead_process_was_sending_is_sent_again_once(sink):
    enqueue([note()], now=NOW)
    now = NOW
    for doubts, after in ((1, "queued"), (2, "unknown")):
        [claimed] = claim(now=now)
        assert leases.renew(claimed, MessageAction.START, MAIL_LEASE, now)
        now += MAIL_LEASE.lasts + timedelta(seconds=1)
        expire(now=now)
        assert state() == (after, 0, doubts)
        now += MINUTE
    assert row().lease_until is None
    assert row().last_error == "its process died"


def test_a_restart_between_claim_and_send_costs_no_mail(sink):
    enqueue([note()], now=NOW)
    claim(now=NOW)  # and the process ends

    later = NOW + MAIL_LEASE.lasts + timedelta(seconds=1)
    enqueue([note()], now=later)  # the fact told again is the same mail, by its key
    deliver(later)
    assert sink.taken == []

    sweep(later)
    deliver(later)
    deliver(later + MINUTE)
    assert state() == ("sent", 1, 0)
    assert sink.ids() == [row().message_id]
    assert Notification.objects.count() == 1


def test_a_restart_after_the_send_sends_once_more_under_the_same_id(sink):
    enqueue([note()], now=NOW)
    [(claimed, letter)] = delivery.compose(claim(now=NOW))
    assert leases.renew(claimed, MessageAction.START, MAIL_LEASE, NOW)
    with MailLine() as line:
        assert line.connect()
        assert line.send(delivery.to_email(claimed, letter)).fate is Fate.ACCEPTED
    # and the process ends before it says so

    later = NOW + MAIL_LEASE.lasts + timedelta(seconds=1)
    sweep(later)
    deliver(later + MINUTE)
    deliver(later + 2 * MINUTE)
    assert state() == ("sent", 1, 1)
    assert sink.ids() == [row().message_id] * 2


def test_two_deliverers_take_different_messages():
    enqueue([note(number) for number in range(25)], now=NOW)

    first, second, third = (claim(now=NOW) for _ in range(3))

    assert (len(first), len(second), len(third)) == (20, 5, 0)
    assert {row.pk for row in first}.isdisjoint(row.pk for row in second)


def test_a_deliverer_that_overslept_sends_nothing(sink, facts):
    """Its lease was over, another has taken the message since."""
    enqueue([note()], now=NOW)
    later = NOW + MAIL_LEASE.lasts + timedelta(seconds=1)

    def oversleep() -> None:
        expire(now=later)
        assert len(claim(now=later)) == 1

    facts.meanwhile = oversleep
    deliver()

    assert sink.taken == []
    assert state() == ("leased", 0, 0)
    assert row().lease_until == later + MAIL_LEASE.lasts


def test_a_deliverer_that_has_run_for_long_hands_over(nudges, django_capture_on_commit_callbacks):
    enqueue([note(number) for number in range(3)], now=NOW)
    hours = iter([NOW, NOW, NOW, NOW, NOW])  # then it is late
    late = NOW + RUN_FOR

    with django_capture_on_commit_callbacks(execute=True):
        delivery.deliver(clock=lambda: next(hours, late))

    states = list(Notification.objects.order_by("pk").values_list("state", "lease_until"))
    assert states == [("sent", None), ("queued", None), ("queued", None)]
    assert nudges == ["notifications.deliver"]


def test_a_tick_frees_what_is_left_and_nudges_while_something_is_due(
    nudges, django_capture_on_commit_callbacks
):
    enqueue([note()], now=NOW)
    claim(now=NOW)
    nudges.clear()

    with django_capture_on_commit_callbacks(execute=True):
        sweep(NOW)
    assert nudges == []

    with django_capture_on_commit_callbacks(execute=True):
        sweep(NOW + MAIL_LEASE.lasts + timedelta(seconds=1))
    assert nudges == ["notifications.deliver"]


def test_the_task_of_the_workers(sink):
    with time_machine.travel(NOW, tick=False):
        enqueue([note()], now=NOW)
        tasks.deliver()

    assert row().sent_at == NOW


def test_a_bug_of_ours_is_no_doubt(monkeypatch):
    """The message did not leave: it waits, whoever mends the bug finds it."""

    def broken(self, messages):
        raise ValueError("Header values can't contain newlines")

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", broken)
    enqueue([note()], now=NOW)
    deliver()

    assert state() == ("queued", 1, 0)
    assert row().last_error == "ValueError: Header values can't contain newlines"
    assert mail.outbox == []


def test_a_server_that_cannot_take_such_an_address_refuses_it(monkeypatch):
    def unable(self, messages):
        raise smtplib.SMTPNotSupportedError("SMTPUTF8 not supported")

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", unable)
    enqueue([note()], now=NOW)
    deliver()

    assert state() == ("failed", 1, 0)


def test_a_server_that_refuses_our_own_address_loses_no_message(monkeypatch):
    """A sender that was set up wrong concerns every message: they wait for it to be mended."""

    def unwilling(self, messages):
        raise smtplib.SMTPSenderRefused(553, b"sender not allowed", "rentree@ecole.example")

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", unwilling)
    enqueue([note()], now=NOW)
    deliver()

    assert state() == ("queued", 1, 0)
    assert "sender not allowed" in row().last_error
