"""Codes of refusals to sentences. Each app registers its own when it loads."""

from collections.abc import Mapping

from django.utils.functional import Promise

from common.rules.refusals import Refusal

_sentences: dict[str, str | Promise] = {}


def register(sentences: Mapping[str, str | Promise]) -> None:
    """Add sentences by code. Raises ValueError for a code that is already taken."""
    taken = _sentences.keys() & sentences.keys()
    if taken:
        raise ValueError(f"these codes have a sentence already: {sorted(taken)}")
    _sentences.update(sentences)


def say(refusal: Refusal) -> str:
    """The sentence for a refusal, in the active language."""
    return str(_sentences[refusal.code]) % dict(refusal.params)


def known_codes() -> frozenset[str]:
    return frozenset(_sentences)
