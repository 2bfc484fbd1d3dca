"""The outbox. What is said to people is a row first, written with the fact that it tells."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from notifications.models import Notification

# From a batch of references to what the templates need, one context per reference, in order.
Builder = Callable[[Sequence[Mapping[str, str]]], Sequence[Mapping[str, object]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of message: templates `<template>/{subject,body}.txt` and `body.html`.

    A sensitive one (codes, links) keeps neither its body nor its references once sent.
    """

    name: str
    template: str
    build: Builder
    sensitive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    kind: str
    dedupe_key: str
    to: str
    language: str
    refs: Mapping[str, str]
    school_id: int | None = None


kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    kinds[kind.name] = kind


def enqueue(messages: Iterable[Message], *, now: datetime) -> None:
    """Write messages in the caller's transaction; one that is there already is left as it is."""
    rows = [_row(message, now) for message in messages]
    Notification.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


def message_id(dedupe_key: str, domain: str) -> str:
    """One Message-ID per message, whatever the number of times it is sent."""
    return f"<{hashlib.sha256(dedupe_key.encode()).hexdigest()[:32]}@{domain}>"
