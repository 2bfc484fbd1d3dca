"""Versions of a document: immutable, one for each change of what it says."""

from dataclasses import replace
from typing import Any, Protocol, TypeVar

from django.db.models import Manager

from common.datafile.values import StoredDocument
from common.datafile.writing import canonical, digest, says_the_same
from common.journal import HasSubject, Stamp, note
from common.models import DocumentVersion

Version = TypeVar("Version", bound=DocumentVersion)


class Versioned(HasSubject, Protocol):
    """A row whose document is kept in versions."""

    current_version: Any

    def save(self, *, update_fields: list[str]) -> None: ...


def write_version(
    owner: Versioned, versions: Manager[Version], document: StoredDocument, stamp: Stamp
) -> Version:
    """The version that says what the document says, new or current.

    `versions` are those of the owner, whose row the caller has locked.
    """
    current: Version | None = owner.current_version
    if current and says_the_same(current.document, document):
        return current
    stored = canonical(document)
    version = versions.create(
        number=current.number + 1 if current else 1,
        sha256=digest(stored),
        document=stored,
        reason=stamp.reason,
        by=f"{stamp.actor.kind}:{stamp.actor.ref}".rstrip(":"),
        at=stamp.at,
    )
    owner.current_version = version
    owner.save(update_fields=["current_version"])
    said = {"version": version.number, "sha256": version.sha256}
    note(owner, "record_version", replace(stamp, data=said))
    return version
