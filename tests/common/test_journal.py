"""The journal keeps what it was told."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, transaction

from common.fields import Subject
from common.journal import SYSTEM, Actor, Stamp, note, note_all
from common.models import JournalEntry

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.servers]


DOSSIER = Subject("application", "abc", "ales-2022")


def test_an_entry_says_who_did_what_to_which_object():
    stamp = Stamp.of(Actor("user", "7"), NOW, fields=["phone"])

    note(DOSSIER, "submit", stamp, source="draft", target="submitted")

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
    note_all([DOSSIER, DOSSIER], "submit", Stamp.of(SYSTEM, NOW))

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        JournalEntry.objects.update(verb="withdraw")
    assert set(JournalEntry.objects.values_list("verb", flat=True)) == {"submit"}

    row = JournalEntry.objects.first()
    row.reason = "second thoughts"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        row.save()


def test_the_purge_may_delete_an_entry():
    note(DOSSIER, "submit", Stamp.of(SYSTEM, NOW))

    assert JournalEntry.objects.all().delete()[0] == 1


def test_entries_written_together_each_say_their_own(django_assert_num_queries):
    rows = [Subject("pool", ref, "ales-2022", {"first": True}) for ref in ("a", "b")]

    with django_assert_num_queries(1):
        note_all(rows, "rise", Stamp.of(SYSTEM, NOW, why="left"), data=lambda row: {"of": row.ref})

    assert list(JournalEntry.objects.order_by("pk").values_list("object_ref", "data")) == [
        ("a", {"first": True, "why": "left", "of": "a"}),
        ("b", {"first": True, "why": "left", "of": "b"}),
    ]
