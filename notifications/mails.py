"""The kinds of messages, registered by the parts that write them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

Refs = Mapping[str, str]
# A context holds facts, never worded text: the words are the templates', in the recipient's language.
Context = Mapping[str, object]
# From a batch of references to what the templates need, one context per reference, in order.
Builder = Callable[[Sequence[Refs]], Sequence[Context]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of message: templates `<template>/subject.txt`, `body.txt` and `body.html`.

    A context may give `reply_to`, the address of the service that answers.
    A sensitive kind (codes, links) keeps neither its text nor its references once its fate is known.
    `label`: how staff call it in the outbox; its name where none is given.
    A readable kind is written to the person whom its dossier (`Message.about`) belongs to, who finds it again there.
    """

    name: str
    template: str
    build: Builder
    sensitive: bool = False
    readable: bool = False
    label: str | Promise = ""


_kinds: dict[str, Kind] = {}


def register_kinds(*kinds: Kind) -> None:
    _kinds.update({kind.name: kind for kind in kinds})


def kind_named(name: str) -> Kind:
    """The kind; LookupError when this version of the product does not know it."""
    try:
        return _kinds[name]
    except KeyError:
        raise LookupError(f"no kind of message is registered as {name!r}") from None


def is_sensitive(name: str) -> bool:
    return name in _kinds and _kinds[name].sensitive


def readable_kinds() -> list[str]:
    return sorted(kind.name for kind in _kinds.values() if kind.readable and not kind.sensitive)


def labels() -> dict[str, str | Promise]:
    """Every kind by its name, as staff call it."""
    return {kind.name: kind.label or kind.name for kind in _kinds.values()}
