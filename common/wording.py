"""Codes of refusals to sentences. Each app registers its own when it loads."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.functional import Promise

from common.rules.refusals import Refusal
from common.templatetags.rentree import euros, file_size, localized, short_day

_sentences: dict[str, str | Promise] = {}
_for_staff: dict[str, str | Promise] = {}


def register(sentences: Mapping[str, str | Promise]) -> None:
    """Add sentences by code. Raises ValueError for a code that is already taken."""
    taken = _sentences.keys() & sentences.keys()
    if taken:
        raise ValueError(f"these codes have a sentence already: {sorted(taken)}")
    _sentences.update(sentences)


def register_for_staff(sentences: Mapping[str, str | Promise]) -> None:
    """What staff read instead of a sentence that speaks to the candidate."""
    _for_staff.update(sentences)


def say(refusal: Refusal) -> str:
    """The sentence for a refusal, in the active language."""
    return _filled(_sentences[refusal.code], refusal)


def say_to_staff(refusal: Refusal) -> str:
    """The same fact, told of the candidate in the third person."""
    return _filled(_for_staff.get(refusal.code, _sentences[refusal.code]), refusal)


def _filled(sentence: str | Promise, refusal: Refusal) -> str:
    return str(sentence) % {name: _shown(name, value) for name, value in refusal.params.items()}


def known_codes() -> frozenset[str]:
    return frozenset(_sentences)


def _shown(name: str, value: object) -> object:
    if isinstance(value, Mapping):  # a text of the notice
        return localized(value)
    if name.endswith("_bytes") and isinstance(value, int):
        return file_size(value)
    if name.endswith("_cents") and isinstance(value, int):
        return euros(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return short_day(value)
    return ", ".join(map(str, value)) if isinstance(value, tuple) else value
