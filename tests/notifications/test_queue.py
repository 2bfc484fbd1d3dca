"""What is said is a row first, in the transaction of what it tells."""

from dataclasses import dataclass

import pytest
from django.db import transaction

from notifications.models import Notification
from notifications.queue import enqueue
from tests.notifications.conftest import NOW, note
from tests.notifications.mails import NoteMail

pytestmark = [pytest.mark.django_db, pytest.mark.servers]


@dataclass(frozen=True, kw_only=True)
class StrayMail(NoteMail):
    name = "tests.stray"


def test_a_message_is_a_row_and_a_nudge(nudges, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        enqueue([note(1), note(2)], now=NOW)

    rows = Notification.objects.order_by("pk").values_list(
        "dedupe_key", "to", "refs", "state", "due_at"
    )
    assert list(rows) == [
        ("note:1", "p1@example.org", {"number": "1"}, "queued", NOW),
        ("note:2", "p2@example.org", {"number": "2"}, "queued", NOW),
    ]
    assert nudges == ["notifications.deliver"]


def test_the_same_message_twice_is_one(nudges):
    enqueue([note(1)], now=NOW)
    enqueue([note(1, address="other@example.org"), note(2)], now=NOW)

    rows = Notification.objects.order_by("pk").values_list("dedupe_key", "to")
    assert list(rows) == [("note:1", "p1@example.org"), ("note:2", "p2@example.org")]


def test_no_message_is_no_nudge(nudges, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        enqueue([], now=NOW)

    assert nudges == []


def test_a_message_goes_with_its_transaction(nudges, django_capture_on_commit_callbacks):
    def fail() -> None:
        with transaction.atomic():
            enqueue([note()], now=NOW)
            raise ZeroDivisionError

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ZeroDivisionError):
        fail()

    assert not Notification.objects.exists()
    assert nudges == []


def test_a_mail_that_nobody_registered_is_refused():
    with pytest.raises(LookupError, match=r"tests\.stray"):
        enqueue([note(mail=StrayMail)], now=NOW)


def test_a_message_has_one_message_id_whatever_becomes_of_it(settings):
    settings.DEFAULT_FROM_EMAIL = "Rentrée <rentree@ecole.example>"
    enqueue([note(1), note(2)], now=NOW)

    first, second = Notification.objects.order_by("pk").values_list("message_id", flat=True)
    # sha256 of "note:1", its first 32 figures
    assert first == "<6e1e51866a9a4b2a59df8566eb792d6e@ecole.example>"
    assert second != first
