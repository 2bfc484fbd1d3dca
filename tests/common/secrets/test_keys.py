"""Keys: made once, read by their owner alone, given by the environment instead, missed clearly when they are lost."""

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from common.secrets import keys

SAID = "le numéro 1 85 05 78 006 084 – à personne"


def test_what_is_encrypted_is_read_again_and_says_nothing():
    stored = keys.encrypt(SAID)
    assert keys.is_encrypted(stored)
    assert "numéro" not in stored
    assert keys.encrypt(SAID) != stored
    assert keys.decrypt(stored) == SAID


def test_the_first_value_makes_the_file_and_the_next_ones_keep_it(folder):
    keys.encrypt(SAID)
    made = keys.key_file().read_bytes()
    keys.encrypt(SAID)
    assert keys.key_file() == folder / "encryption_keys"
    assert keys.key_file().read_bytes() == made
    assert [path.name for path in folder.iterdir()] == ["encryption_keys"]


def test_only_its_owner_reads_the_file():
    keys.encrypt(SAID)
    assert keys.key_file().stat().st_mode & 0o777 == 0o600
    keys.write_keys(["one"], rotating=False)
    assert keys.key_file().stat().st_mode & 0o777 == 0o600


def test_two_processes_that_begin_together_keep_one_key():
    keys.encrypt(SAID)
    made = keys.key_file().read_bytes()
    keys.make_key_file()  # the other saw no file, and came second
    assert keys.key_file().read_bytes() == made


def test_the_newest_key_encrypts_and_the_older_ones_still_read():
    before = keys.encrypt(SAID)
    [old] = keys.read_keys()
    new = keys.new_key()
    keys.write_keys([new, old], rotating=False)
    assert keys.decrypt(before) == SAID
    after = keys.encrypt(SAID)
    keys.write_keys([new], rotating=False)
    assert keys.decrypt(after) == SAID


def test_a_lost_key_is_told_with_its_remedy():
    stored = keys.encrypt(SAID)
    keys.write_keys([keys.new_key()], rotating=False)
    with pytest.raises(keys.UnreadableSecretError) as lost:
        keys.decrypt(stored)
    assert str(lost.value) == (
        f"No key of {keys.key_file()} reads this value. Take the lost keys from a copy of that file,"
        " and add them as lines below those that are there."
    )


def test_reading_makes_no_key_where_the_file_is_lost():
    stored = keys.encrypt(SAID)
    keys.key_file().unlink()
    with pytest.raises(keys.UnreadableSecretError, match="Take the lost keys from a copy"):
        keys.decrypt(stored)
    assert not keys.key_file().exists()


def test_a_line_that_is_no_key_is_named():
    keys.write_keys([keys.new_key(), "cut-sho"], rotating=False)
    with pytest.raises(ImproperlyConfigured) as refused:
        keys.encrypt(SAID)
    assert str(refused.value) == f"{keys.key_file()}:3: this line is no key."


def test_a_key_added_as_the_last_line_without_an_end_counts():
    """An editor, or `printf`, leaves no end of line: a rotation would write the file again without that key."""
    lost = keys.new_key()
    keys.write_keys([keys.new_key()], rotating=False)
    with keys.key_file().open("a", encoding="ascii") as file:
        file.write(lost)
    assert keys.read_keys()[1:] == (lost,)


def test_what_is_not_encrypted_is_not_taken_for_it():
    with pytest.raises(keys.UnreadableSecretError) as refused:
        keys.decrypt("gAAAA plain words")
    assert str(refused.value) == "This value is not encrypted: manage.py rotate_keys mends it."


def test_keys_that_the_environment_gives_need_no_file(settings):
    settings.ENCRYPTION_KEYS = (keys.new_key(),)
    stored = keys.encrypt(SAID)
    assert keys.decrypt(stored) == SAID
    assert not keys.key_file().exists()
    settings.ENCRYPTION_KEYS = (keys.new_key(),)
    with pytest.raises(keys.UnreadableSecretError) as lost:
        keys.decrypt(stored)
    assert str(lost.value) == (
        "No key of ENCRYPTION_KEYS reads this value: add the key that it was encrypted with."
    )


def test_one_rotation_at_a_time():
    with keys.locked(), pytest.raises(keys.RotationUnderWayError), keys.locked():
        pass


def test_the_format_is_that_of_fernet():
    """So that another programme with the key reads what is stored."""
    stored = keys.encrypt(SAID)
    [key] = keys.read_keys()
    assert Fernet(key).decrypt(stored.removeprefix("fernet:")).decode() == SAID
