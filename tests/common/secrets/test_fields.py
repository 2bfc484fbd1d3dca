"""An encrypted column: plain in Python, nothing in the database, nothing to be looked up by."""

import pytest
from django.core.exceptions import FieldError
from django.db import connection

from common.secrets.fields import EncryptedTextField
from common.secrets.keys import UnreadableSecretError, decrypt

SAID = "1 85 05 78 006 084"


def stored(row) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM common_confidence WHERE id = %s", [row.pk])
        return cursor.fetchone()[0]


def test_a_row_is_written_encrypted_and_read_plain(confidence):
    row = confidence.objects.create(pk=1, text=SAID)
    assert decrypt(stored(row)) == SAID
    row.refresh_from_db()
    assert row.text == SAID
    assert list(confidence.objects.values_list("text", flat=True)) == [SAID]


def test_it_is_changed_by_every_way_of_writing(confidence):
    row = confidence.objects.create(pk=1, text=SAID)
    confidence.objects.filter(pk=1).update(text="two")
    assert decrypt(stored(row)) == "two"
    row.text = "three"
    confidence.objects.bulk_update([row], ["text"])
    assert decrypt(stored(row)) == "three"


def test_nothing_is_nothing(confidence):
    row = confidence.objects.create(pk=1, text=None)
    assert stored(row) is None
    assert confidence.objects.get(text__isnull=True) == row


def test_no_row_is_looked_up_by_it(confidence):
    with pytest.raises(FieldError, match="text is encrypted: rows cannot be looked up by it"):
        confidence.objects.filter(text=SAID)


@pytest.mark.parametrize("option", ["primary_key", "unique", "db_index"])
def test_it_is_neither_unique_nor_indexed(option):
    with pytest.raises(FieldError, match="can be neither unique nor indexed"):
        EncryptedTextField(**{option: True})


def test_a_plain_value_in_its_column_is_refused(confidence):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO common_confidence VALUES (1, 'plain')")
    with pytest.raises(UnreadableSecretError, match="rotate_keys mends it"):
        confidence.objects.get()
