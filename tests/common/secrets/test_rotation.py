"""`rotate_keys`: everything under a new key, in batches, gone on with when stopped, older keys dropped if asked."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from common.secrets import keys, rotation
from common.secrets.rotation import rotate_keys

pytestmark = pytest.mark.django_db


class Stopped(BaseException):
    """Somebody pressed Ctrl-C."""


def at_once(_seconds: float) -> None:
    """Nothing is under way."""


def rotate(*, new_key: bool = True, drop_old: bool = False, wait=at_once):
    said = []
    renewal = rotate_keys(new_key=new_key, drop_old=drop_old, say=said.append, wait=wait)
    return renewal, said


def columns(confidence) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM common_confidence ORDER BY id")
        return [text for (text,) in cursor.fetchall()]


def fill(confidence, count: int) -> None:
    for number in range(1, count + 1):
        confidence.objects.create(pk=number, text=f"text {number}")


def read(confidence) -> list[str]:
    return list(confidence.objects.order_by("pk").values_list("text", flat=True))


def test_every_row_goes_under_a_new_key_and_the_old_one_is_kept(confidence):
    fill(confidence, 3)
    [old] = keys.read_keys()
    renewal, said = rotate()
    new, kept = keys.read_keys()
    assert kept == old != new
    assert (renewal.secrets, renewal.changed, renewal.unreadable) == (3, 3, [])
    assert said == [
        f"A new key is the first of {keys.key_file()}.",
        "common.Confidence.text: 3 read, 3 put under the first key.",
        "Old keys kept: 1.",
    ]
    keys.write_keys([new], rotating=False)
    assert read(confidence) == ["text 1", "text 2", "text 3"]


def test_the_old_key_is_dropped_once_nothing_is_under_it(confidence):
    fill(confidence, 2)
    [old] = keys.read_keys()
    _, said = rotate(drop_old=True)
    [new] = keys.read_keys()
    assert new != old
    assert said[-2:] == [
        "common.Confidence.text: 2 read, 0 put under the first key.",
        "Old keys dropped: 1.",
    ]
    assert read(confidence) == ["text 1", "text 2"]


def test_rows_go_by_batches(confidence, monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 2)
    fill(confidence, 5)
    renewal, said = rotate()
    assert renewal.changed == 5
    assert said[1:-1] == [
        "common.Confidence.text: 2 read, 2 put under the first key.",
        "common.Confidence.text: 4 read, 4 put under the first key.",
        "common.Confidence.text: 5 read, 5 put under the first key.",
    ]


def test_stopped_halfway_it_goes_on_with_the_same_key(confidence, monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 2)
    fill(confidence, 4)
    [old] = keys.read_keys()

    def stop_at_the_first_batch(line: str) -> None:
        if "2 read" in line:
            raise Stopped

    with pytest.raises(Stopped):
        rotate_keys(new_key=True, drop_old=True, say=stop_at_the_first_batch, wait=at_once)
    new, kept = keys.read_keys()
    assert kept == old
    assert read(confidence) == ["text 1", "text 2", "text 3", "text 4"]

    renewal, said = rotate(drop_old=True)
    assert said[0] == "Going on with the rotation that was stopped."
    assert said[2] == "common.Confidence.text: 4 read, 2 put under the first key."
    assert keys.read_keys() == (new,)
    assert (renewal.changed, read(confidence)) == (0, ["text 1", "text 2", "text 3", "text 4"])


def test_a_rotation_that_came_to_its_end_is_not_gone_on_with():
    rotate()
    _, said = rotate()
    assert len(keys.read_keys()) == 2
    assert said[0] == f"A new key is the first of {keys.key_file()}."


def test_with_the_same_key_only_what_is_behind_is_renewed(confidence):
    fill(confidence, 1)
    [old] = keys.read_keys()
    new = keys.new_key()
    keys.write_keys([new, old], rotating=False)
    confidence.objects.create(pk=2, text="text 2")
    renewal, said = rotate(new_key=False)
    assert (renewal.secrets, renewal.changed) == (2, 1)
    assert keys.read_keys() == (new, old)
    assert said[-1] == "Old keys kept: 1."


def test_a_plain_value_of_before_is_encrypted(confidence):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO common_confidence VALUES (1, 'plain'), (2, NULL)")
    renewal, _ = rotate()
    assert (renewal.secrets, renewal.changed) == (1, 1)
    assert read(confidence) == ["plain", None]


def test_what_no_key_reads_is_left_named_and_keeps_the_old_keys(confidence):
    fill(confidence, 1)
    keys.write_keys([keys.new_key()], rotating=False)
    confidence.objects.create(pk=2, text="text 2")
    before = columns(confidence)[0]
    renewal, said = rotate(drop_old=True)
    assert renewal.unreadable == ["common.Confidence.text 1"]
    assert columns(confidence)[0] == before
    assert said[-1] == "Old keys kept, for secrets may still need them: 1."
    with pytest.raises(CommandError) as refused:
        call_command("rotate_keys", "--same-key", verbosity=0)
    assert str(refused.value) == (
        "No key reads 1 of these secrets, left as they were:\n  common.Confidence.text 1"
    )


def test_a_row_written_meanwhile_keeps_what_was_written(confidence):
    fill(confidence, 1)
    store = rotation.column_store(confidence._meta.get_field("text"))

    class WrittenMeanwhile(rotation.Renewal):
        def renew(self, stored: str, place: str) -> str:
            confidence.objects.filter(pk=1).update(text="newer")
            return keys.encrypt("older")

    list(store(WrittenMeanwhile()))
    assert read(confidence) == ["newer"]


def test_keys_that_the_environment_gives_are_used_and_left(confidence, settings):
    old, new = keys.new_key(), keys.new_key()
    settings.ENCRYPTION_KEYS = (old,)
    fill(confidence, 2)
    settings.ENCRYPTION_KEYS = (new, old)
    _, said = rotate(drop_old=True)
    assert said == [
        "common.Confidence.text: 2 read, 2 put under the first key.",
        "Looking again in 60 seconds, for what is being written.",
        "common.Confidence.text: 2 read, 0 put under the first key.",
        "The first key of ENCRYPTION_KEYS reads everything: the others may go from it.",
    ]
    assert not keys.key_file().exists()
    settings.ENCRYPTION_KEYS = (new,)
    assert read(confidence) == ["text 1", "text 2"]


def test_what_a_slow_request_writes_under_the_old_key_is_not_lost(confidence):
    fill(confidence, 1)
    [encrypted_before] = columns(confidence)
    waits = []

    def write_at_the_first(_seconds: float) -> None:
        if not waits:
            with connection.cursor() as cursor:
                cursor.execute("UPDATE common_confidence SET text = %s", [encrypted_before])
        waits.append(len(keys.read_keys()))

    rotate(drop_old=True, wait=write_at_the_first)
    assert waits == [2, 2]
    assert len(keys.read_keys()) == 1
    assert read(confidence) == ["text 1"]


def test_a_key_that_another_process_makes_meanwhile_is_kept(confidence, monkeypatch):
    """It saw no file either, and encrypts with the key that it made."""
    new_key = keys.new_key

    def after_the_other() -> str:
        monkeypatch.setattr(keys, "new_key", new_key)
        fill(confidence, 1)
        return new_key()

    monkeypatch.setattr(keys, "new_key", after_the_other)
    rotate()
    assert len(keys.read_keys()) == 2
    assert read(confidence) == ["text 1"]


def test_the_command_says_what_it_did(confidence, capsys, monkeypatch):
    monkeypatch.setattr(rotation, "IN_FLIGHT", 0)
    fill(confidence, 1)
    call_command("rotate_keys", "--drop-old")
    assert capsys.readouterr().out.splitlines()[-1] == "Old keys dropped: 1."
    with keys.locked(), pytest.raises(CommandError, match="Another rotation is under way"):
        call_command("rotate_keys")
