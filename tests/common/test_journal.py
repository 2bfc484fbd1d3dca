"""The journal keeps what it was told."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, transaction

from common.journal import SYSTEM, Actor, Entry, note
from common.models import JournalEntry

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.servers]


def entry(**fields) -> Entry:
    facts = {"at": NOW, "actor": SYSTEM, "verb": "submit", "scope": "ales-2022"}
    return Entry(**facts | {"object_type": "application", "object_ref": "abc"} | fields)


def test_an_entry_says_who_did_what_to_which_object():
    note(
        entry(
            actor=Actor("user", "7"),
            from_state="draft",
            to_state="submitted",
            data={"fields": ["phone"]},
        )
    )

    row = JournalEntry.objects.values().get()
    del row["id"]
    assert row == {
        "at": NOW,
        "actor_kind": "user",
        "actor_ref": "7",
        "on_behalf_of": "",
        "verb": "submit",
        "scope": "ales-2022",
        "object_type": "application",
        "object_ref": "abc",
        "from_state": "draft",
        "to_state": "submitted",
        "reason": "",
        "data": {"fields": ["phone"]},
    }


def test_the_database_refuses_to_change_an_entry():
    note(entry(), entry())

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        JournalEntry.objects.update(verb="withdraw")
    assert set(JournalEntry.objects.values_list("verb", flat=True)) == {"submit"}

    row = JournalEntry.objects.first()
    row.reason = "second thoughts"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        row.save()


def test_the_purge_may_delete_an_entry():
    note(entry())

    assert JournalEntry.objects.all().delete()[0] == 1
