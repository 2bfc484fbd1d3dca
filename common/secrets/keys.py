"""Texts kept encrypted, and their keys, apart from SECRET_KEY.

Keys are Fernet's, the newest first: the first one encrypts, every one of them decrypts. They are those of the setting
ENCRYPTION_KEYS, or else the lines of a file that is made once. The file is read for each value, so that a process which
was started before a rotation encrypts with the new key at once.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, flock
from functools import lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

MARK = "fernet:"  # in front of what is encrypted: nothing else is taken for it
FILE_NAME = "encryption_keys"
HEADER = (
    "# Keys of what is kept encrypted, the newest first. Keep a copy apart from the database's."
)
ROTATING = "# A rotation is under way: manage.py rotate_keys goes on with the first key."


class UnreadableSecretError(Exception):
    """What is stored cannot be decrypted: its key is lost, or it was never encrypted."""


class RotationUnderWayError(Exception):
    """Another process is changing the keys."""


def encrypt(text: str) -> str:
    """Encrypt with the newest key; the first call of all makes the first key."""
    return _sealed_by(_cipher(made_if_missing=True), text)


def decrypt(stored: str) -> str:
    """Read what `encrypt` made. Raises UnreadableSecretError if no key reads it."""
    if not is_encrypted(stored):
        raise UnreadableSecretError("This value is not encrypted: manage.py rotate_keys mends it.")
    try:
        return _cipher().decrypt(stored.removeprefix(MARK)).decode()
    except InvalidToken:
        raise UnreadableSecretError(_lost()) from None


def is_encrypted(stored: str) -> bool:
    return stored.startswith(MARK)


def renewed(stored: str) -> str:
    """The same secret under the first key, be it plain or under another key; itself if it is under it already.

    Raises UnreadableSecretError if no key reads it.
    """
    keys = read_keys()
    newest = _cipher_of(keys[:1])
    if not is_encrypted(stored):
        return _sealed_by(newest, stored)
    try:
        newest.decrypt(stored.removeprefix(MARK))
    except InvalidToken:
        return _sealed_by(newest, decrypt(stored))
    return stored


def _sealed_by(cipher: MultiFernet, text: str) -> str:
    return MARK + cipher.encrypt(text.encode()).decode()


def _cipher(*, made_if_missing: bool = False) -> MultiFernet:
    keys = read_keys()
    if not keys and made_if_missing:
        make_key_file()
        keys = read_keys()
    if not keys:
        raise UnreadableSecretError(_lost())
    return _cipher_of(keys)


@lru_cache(maxsize=8)
def _cipher_of(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def _lost() -> str:
    if settings.ENCRYPTION_KEYS:
        return "No key of ENCRYPTION_KEYS reads this value: add the key that it was encrypted with."
    return (
        f"No key of {key_file()} reads this value. Take the lost keys from a copy of that file, and add"
        " them as lines below those that are there."
    )


def key_file() -> Path:
    return Path(settings.VAR_DIR) / FILE_NAME


def read_keys() -> tuple[str, ...]:
    """The keys at hand, newest first; none if the file is not there."""
    given: Sequence[str] = settings.ENCRYPTION_KEYS
    if given:
        return tuple(given)
    lines = _lines()
    for number, line in enumerate(lines, 1):
        if not line.startswith("#") and not is_key(line):
            raise ImproperlyConfigured(f"{key_file()}:{number}: this line is no key.")
    return tuple(line for line in lines if not line.startswith("#"))


def is_key(text: str) -> bool:
    try:
        Fernet(text)
    except ValueError:
        return False
    return True


def make_key_file() -> bool:
    """Make the file with a first key. False if it is there, or if another process makes it at the same moment."""
    with _written_beside([HEADER, new_key()]) as draft:
        try:
            os.link(draft, key_file())
        except FileExistsError:
            return False
        _keep_its_name()
    return True


def new_key() -> str:
    return Fernet.generate_key().decode()


def is_rotating() -> bool:
    """Whether a rotation began and did not come to its end."""
    return ROTATING in _lines()


def write_keys(keys: Sequence[str], *, rotating: bool) -> None:
    """Replace the file whole: it is never seen half-written."""
    with _written_beside([HEADER, *([ROTATING] if rotating else []), *keys]) as draft:
        draft.replace(key_file())
        _keep_its_name()


@contextmanager
def locked() -> Iterator[None]:
    """One rotation at a time. Raises RotationUnderWayError if there is one already."""
    lock = key_file().with_suffix(".lock")
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as held:
        try:
            flock(held, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            raise RotationUnderWayError from None
        yield


def _lines() -> list[str]:
    try:
        return key_file().read_text(encoding="ascii").splitlines()
    except FileNotFoundError:
        return []


def _keep_its_name() -> None:
    """A file is on the disk for good under its name once its folder is: no cut of power brings back the former keys."""
    folder = os.open(key_file().parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def _written_beside(lines: Sequence[str]) -> Iterator[Path]:
    """A file whose lines are on the disk and that only its owner may read; removed unless it was moved."""
    folder = key_file().parent
    folder.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", dir=folder, prefix=f".{FILE_NAME}-", delete=False) as file:
        file.write("\n".join([*lines, ""]))
        file.flush()
        os.fsync(file.fileno())
    try:
        yield Path(file.name)
    finally:
        Path(file.name).unlink(missing_ok=True)
