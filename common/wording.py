"""Codes of refusals to sentences. Each app registers its own when it loads."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common.rules.refusals import Refusal

KILO, KIBI = 1000, 1024
_sentences: dict[str, str | Promise] = {}


def register(sentences: Mapping[str, str | Promise]) -> None:
    """Add sentences by code. Raises ValueError for a code that is already taken."""
    taken = _sentences.keys() & sentences.keys()
    if taken:
        raise ValueError(f"these codes have a sentence already: {sorted(taken)}")
    _sentences.update(sentences)


def say(refusal: Refusal) -> str:
    """The sentence for a refusal, in the active language."""
    return str(_sentences[refusal.code]) % {name: _shown(name, value) for name, value in refusal.params.items()}


def size(count: int) -> str:
    """A number of bytes as people say it: 2 MB, whether the limit was counted in thousands or in 1024s."""
    step = KILO if count % KILO == 0 else KIBI
    if count < step * step:
        return _("%(count)s\u00a0kB") % {"count": number_format(-(-count // step))}
    tenths = -(-count * 10 // (step * step))
    megabytes = tenths // 10 if tenths % 10 == 0 else tenths / 10
    return _("%(count)s\u00a0MB") % {"count": number_format(megabytes)}


def known_codes() -> frozenset[str]:
    return frozenset(_sentences)


def _shown(name: str, value: object) -> object:
    if isinstance(value, Mapping):  # a text of the notice
        return value.get(get_language() or "") or value["fr"]
    if name.endswith("_bytes") and isinstance(value, int):
        return size(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return date_format(value)
    return ", ".join(map(str, value)) if isinstance(value, tuple) else value
