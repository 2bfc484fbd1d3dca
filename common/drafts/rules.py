"""A text that is filled in over several visits: kept word for word, compared, and never written over unseen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

LONGEST = 20_000  # characters kept of one field: what is over a form's limit is kept too, and shown to be shortened
Content = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A field that two texts do not say alike."""

    field: str
    before: str
    after: str


class QuickerError(Exception):
    """Someone saved another text since the page was opened; `theirs` is what they saved."""

    def __init__(self, theirs: Content) -> None:
        super().__init__("the text was changed since the page was opened")
        self.theirs = theirs


def word_for_word(
    typed: Mapping[str, object], fields: Sequence[str], longest: int = LONGEST
) -> dict[str, str]:
    """Each field as it was typed, readable or not, or as it is stored; empty where it is neither.

    What no field is named after is left out, so that a draft of before a field was added or taken away is still read.
    """
    return {name: str(typed.get(name) or "")[:longest] for name in fields}


def changes(before: Content, after: Content, fields: Sequence[str]) -> tuple[Change, ...]:
    """What was rewritten between two texts, in the order of their fields."""
    pairs = ((name, before.get(name, ""), after.get(name, "")) for name in fields)
    return tuple(
        Change(field=name, before=old, after=new) for name, old, new in pairs if old != new
    )


def fingerprint(content: Mapping[str, object]) -> str:
    """Changes when the content does. A page carries it, to say what it was filled in front of."""
    return sha256(repr(sorted(content.items())).encode()).hexdigest()[:16]


def seen_of(stored: Mapping[str, object], fields: Sequence[str]) -> str:
    """What a page says that it has seen: the fingerprint of the text that it was filled in front of."""
    return fingerprint(word_for_word(stored, fields))


def refuse_if_unseen(
    stored: Mapping[str, object], mine: Content, seen: str, fields: Sequence[str]
) -> None:
    """Raises QuickerError if `mine` would replace a text that its author has not seen.

    A page of before this was asked says nothing of what it has seen, and is trusted.
    """
    theirs = word_for_word(stored, fields)
    if seen and seen != fingerprint(theirs) and changes(theirs, mine, fields):
        raise QuickerError(theirs)
