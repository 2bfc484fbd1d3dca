"""Private files: kept under a random reference, dropped, purged, destroyed once their term is over."""

import hashlib
import logging
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any, BinaryIO, cast

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import ProtectedError, QuerySet

from common import jobs
from common.files.inspection import inspect, reduced
from common.files.rules import MEDIA_TYPES, Controls, clean_name, judge, may_be_reduced
from common.models import StoredFile
from common.refs import new_ref
from common.refusals import DomainError

logger = logging.getLogger(__name__)
KEPT, DROPPED = StoredFile.State.KEPT, StoredFile.State.DROPPED
DESTROYED = StoredFile.State.DESTROYED
UNFINISHED = timedelta(
    days=1
)  # no transaction lasts that long: bytes without a row by then never get one


def keep(
    *, upload: "UploadedFile[Any]", controls: Controls, purpose: str, now: datetime
) -> StoredFile:
    """Keep a file that a person gave, a picture made to fit, or raise DomainError with every reason not to."""
    content: File[Any] = upload
    found = inspect(cast("BinaryIO", upload), upload.size or 0, controls)
    refusals = judge(found, controls)
    smaller = (
        reduced(cast("BinaryIO", upload), upload.size or 0, controls)
        if may_be_reduced(found, refusals)
        else None
    )
    if smaller:
        content, found = smaller, inspect(cast("BinaryIO", smaller), smaller.size, controls)
        refusals = judge(found, controls)
    if refusals or found.format is None:
        raise DomainError(*refusals)
    name = clean_name(upload.name or "", found.format)
    return _store(
        content, name=name, media_type=MEDIA_TYPES[found.format], purpose=purpose, now=now
    )


def keep_made(
    *, content: bytes, name: str, media_type: str, purpose: str, now: datetime
) -> StoredFile:
    """Keep a file that we made ourselves."""
    return _store(ContentFile(content), name=name, media_type=media_type, purpose=purpose, now=now)


def drop(*, file: StoredFile, now: datetime) -> None:
    """Say that nothing points to the file any more; the sweep removes it."""
    StoredFile.objects.filter(pk=file.pk).update(state=DROPPED, purge_after=now)


@transaction.atomic
def destroy(*, files: QuerySet[StoredFile], now: datetime) -> int:
    """Destroy files that are still pointed to: bytes, fingerprint and the name that somebody gave.

    The rows stay and say since when. Returns how many they are; bytes that a crash leaves go as unfinished ones do.
    """
    kept = files.filter(state=KEPT).select_for_update(of=("self",))
    found = dict(kept.values_list("pk", "content"))
    StoredFile.objects.filter(pk__in=found).update(
        state=DESTROYED, destroyed_at=now, name="", sha256="", bytes=0, content=""
    )
    transaction.on_commit(partial(_delete, found.values()))
    return len(found)


def purge_dropped(now: datetime) -> None:
    """Remove what was dropped: first the row, then, once that is sure, the bytes."""
    for file in StoredFile.objects.filter(state=DROPPED, purge_after__lte=now).order_by("pk")[:500]:
        try:
            with transaction.atomic():
                file.delete()
        except ProtectedError:
            logger.exception("file %s was dropped but something still points to it", file.ref)
        else:
            _delete([str(file.content)] if file.content else [])


def purge_unfinished(_: Mapping[str, str], now: datetime) -> None:
    """Remove bytes whose row was never committed, or outlived it."""
    storage = _storage()
    if not storage.exists(""):
        return  # nothing was ever kept
    for folder in storage.listdir("")[0]:
        names = {f"{folder}/{name}" for name in storage.listdir(folder)[1]}
        known = set(
            StoredFile.objects.filter(content__startswith=f"{folder}/").values_list(
                "content", flat=True
            )
        )
        for name in sorted(names - known):
            if storage.get_modified_time(name) < now - UNFINISHED:
                storage.delete(name)
                logger.warning("removed %s, which no row points to", name)


def sweep(now: datetime) -> None:
    purge_dropped(now)
    jobs.schedule(
        kind="common.purge_unfinished", key=f"purge_unfinished:{now.date()}", ids={}, run_at=now
    )


def _store(
    content: "File[Any]", *, name: str, media_type: str, purpose: str, now: datetime
) -> StoredFile:
    ref = new_ref()
    sha256 = _digest(content.chunks())
    content.seek(0)
    return StoredFile.objects.create(
        ref=ref,
        sha256=sha256,
        bytes=content.size,
        media_type=media_type,
        name=name,
        purpose=purpose,
        kept_at=now,
        content=_storage().save(f"{ref[:2]}/{ref}", content),
    )


def _delete(names: Iterable[str]) -> None:
    for name in names:
        _storage().delete(name)


def _storage() -> Storage:
    return StoredFile.content.field.storage


def _digest(chunks: Iterator[bytes]) -> str:
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()
