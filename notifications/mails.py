"""One class a mail: what it says, to whom, by which key it is written once, and how its facts are read.

A feature's `mails` module holds its classes; the app registers the module when Django loads.
"""

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import Field, dataclass, field, fields
from datetime import UTC, date, datetime
from enum import StrEnum
from itertools import takewhile
from types import ModuleType, NoneType
from typing import Any, ClassVar, Self, get_args

from django.utils.functional import Promise

from common.journal import HasSubject
from common.models import JournalEntry
from notifications.states import Audience, Priority

SAMPLE_AT = datetime(2027, 3, 9, 11, 0, tzinfo=UTC)  # an hour for samples
# What a row of the outbox keeps of the facts of a mail.
Payload = Mapping[str, str]
# What the templates need: facts, never worded text. The words are the templates', in the recipient's language.
# It may give `reply_to`, the address of the service that answers.
Context = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    address: str
    language: str
    school_id: int | None = None  # the school that the mail leaves from
    about: str = ""  # the reference of the dossier that the mail belongs to


@dataclass(frozen=True, kw_only=True)
class Mail(ABC):
    """What is written to one person about one fact. A subclass adds its facts as fields, and says what is below.

    A fact that may be missing from rows queued by a former version is typed `… | None`.
    """

    name: ClassVar[str] = ""  # as its rows call it: the app, then the mail; empty: a base of others
    label: ClassVar[str | Promise]  # how staff call it
    when: ClassVar[str | Promise]  # when it is sent, in one sentence
    audience: ClassVar[Audience]
    sensitive: ClassVar[bool] = False  # codes and links: forgotten once its fate is known
    priority: ClassVar[Priority] = Priority.NORMAL

    recipient: Recipient

    @property
    @abstractmethod
    def key(self) -> str:
        """The person and the fact, and no clock: the same fact is told once, however often it is queued."""

    @classmethod
    @abstractmethod
    def sample(cls) -> Context:
        """Invented facts, for the catalogue."""

    @classmethod
    def samples(cls) -> Sequence[Context]:
        """The cases that are worded otherwise, the most usual first."""
        return [cls.sample()]

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context | None]:
        """What the templates need for each mail, in order, read for all of them at once: here, their own facts.

        None for one of which nothing is true any more: it does not leave.
        """
        return [{fact.name: getattr(mail, fact.name) for fact in _facts(cls)} for mail in batch]

    @classmethod
    def folder(cls) -> str:
        """Of `subject.txt`, `body.txt` and `body.html`: `<app>/<feature>/mail/<the end of the name>`."""
        modules = cls.__module__.split(".")
        feature = takewhile(lambda module: not module.endswith("mails"), modules)
        return "/".join([*feature, "mail", cls.name.partition(".")[2]])

    def dump(self) -> dict[str, str]:
        """The facts as the row keeps them, without those that are not there."""
        kept = {}
        for fact in _facts(type(self)):
            value = getattr(self, fact.name)
            if value is not None:
                kept[payload_key(fact)] = _way_of(fact).dump(value)
        return kept

    @classmethod
    def load(cls, recipient: Recipient, payload: Payload) -> Self:
        """The mail of a row. Raises KeyError if a fact lacks that must be there."""
        found = {fact.name: _loaded(fact, payload) for fact in _facts(cls)}
        return cls(recipient=recipient, **found)


@dataclass(frozen=True, slots=True)
class Way:
    """How a value is kept in a row, and read back."""

    dump: Callable[[Any], str]
    load: Callable[[str], Any]


WAYS: Mapping[Any, Way] = {
    str: Way(str, str),
    int: Way(str, int),
    datetime: Way(datetime.isoformat, datetime.fromisoformat),
    date: Way(date.isoformat, date.fromisoformat),
    tuple[str, ...]: Way(" ".join, lambda kept: tuple(kept.split())),  # codes
}
AS_JSON = Way(json.dumps, json.loads)
PAYLOAD_KEY = "payload_key"  # in the metadata of a field


def number_of(row: HasSubject, *verbs: str) -> int:
    """Which time it is that this was done to a row, for a key; asked by who holds its lock, once it is noted.

    Counted by what the row is in the journal, which may be by the reference of another. The journal is append-only:
    the number of a fact never changes.
    """
    subject = row.in_journal()
    done = JournalEntry.objects.filter(object_type=subject.kind, object_ref=subject.ref)
    return done.filter(verb__in=verbs).count()


def in_row(key: str) -> Any:
    """A fact that its rows keep under another name than its field."""
    return field(metadata={PAYLOAD_KEY: key})


def payload_key(fact: "Field[Any]") -> str:
    return str(fact.metadata.get(PAYLOAD_KEY, fact.name))


def _facts(mail: type[Mail]) -> "list[Field[Any]]":
    return [fact for fact in fields(mail) if fact.name != "recipient"]


def _loaded(fact: "Field[Any]", payload: Payload) -> Any:
    key = payload_key(fact)
    if key not in payload and NoneType in get_args(fact.type):
        return None
    return _way_of(fact).load(payload[key])


def _way_of(fact: "Field[Any]") -> Way:
    """By the type of the field, or by that which it has when it is there."""
    present = [part for part in get_args(fact.type) if part is not NoneType]
    kind = present[0] if NoneType in get_args(fact.type) else fact.type
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return Way(str, kind)
    return WAYS.get(kind, AS_JSON)


_mails: dict[str, type[Mail]] = {}


def register_mails(*modules: ModuleType) -> None:
    """Have every mail of these modules known by its name."""
    for module in modules:
        for mail in mails_of(module):
            _mails[mail.name] = mail


def mails_of(module: ModuleType) -> list[type[Mail]]:
    """The mails that a module defines, in its order; not the bases that they share."""
    found = []
    for value in vars(module).values():
        is_mail = isinstance(value, type) and issubclass(value, Mail) and "name" in vars(value)
        if is_mail and value.__module__ == module.__name__:
            found.append(value)
    return found


def mail_named(name: str) -> type[Mail]:
    """The class; LookupError when this version of the product does not know it."""
    try:
        return _mails[name]
    except KeyError:
        raise LookupError(f"no mail is registered as {name!r}") from None


def all_mails() -> list[type[Mail]]:
    """Every mail, in the order in which a campaign lives."""
    return list(_mails.values())


def is_sensitive(name: str) -> bool:
    return name in _mails and _mails[name].sensitive


def kinds_to(audience: Audience) -> list[str]:
    """The names of the mails to those people."""
    return sorted(mail.name for mail in all_mails() if mail.audience is audience)


def readable_kinds() -> list[str]:
    """The mails that their recipient finds again in the dossier: those to its candidate."""
    own = [mail for mail in all_mails() if mail.audience is Audience.CANDIDATE]
    return sorted(mail.name for mail in own if not mail.sensitive)


def labels() -> dict[str, str | Promise]:
    """Every mail by its name, as staff call it."""
    return {mail.name: mail.label for mail in all_mails()}
