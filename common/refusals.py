"""Refusals raised and put in words: each app registers a sentence for each of its codes."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from common.formats import euros, file_size, localized, short_day
from common.rules import Refusal, Verdict


class DomainError(Exception):
    """A command was refused by a rule; carries every reason as a code with its figures."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__(", ".join(refusal.code for refusal in refusals))
        self.refusals = refusals

    @classmethod
    def of(cls, code: str, **params: object) -> "DomainError":
        return cls(Refusal(code, params))


class NotAllowedError(DomainError):
    """The actor may not do this to that object."""


def require(verdict: Verdict) -> None:
    """Raise NotAllowedError unless the verdict allows."""
    if not verdict:
        raise NotAllowedError(*verdict.refusals)


def refuse_unless(verdict: Verdict) -> None:
    """Raise DomainError with every reason against what is asked."""
    if not verdict:
        raise DomainError(*verdict.refusals)


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


SENTENCES = {
    "moved_meanwhile": _(
        "Somebody else has just acted on it, and nothing of yours was done. Look at the page again, then decide."
    ),
    "file_empty": _(
        "This file is empty. Open it on your device to check it, then choose it again."
    ),
    "file_too_big": _(
        "This file is over the limit of %(max_bytes)s. To make it lighter: scan again in black and white at 150 dpi, "
        "export the PDF as “small file” or “minimum size”, or reduce the picture's dimensions."
    ),
    "file_wrong_type": _(
        "Whatever its name says, this file is not in an accepted format (%(formats)s). "
        "Open it on your device, save or print it in one of these, then choose the new file."
    ),
    "file_too_many_pixels": _(
        "This picture measures %(width)s × %(height)s pixels, the limit is %(max_pixels)s on either side. "
        "Reduce it with the “Resize” command of your pictures application, then choose it again."
    ),
    "file_unpacks_too_big": _(
        "This file is too large once unpacked to be opened safely. "
        "Scan the document again at 300 dpi at most, or reduce the picture's dimensions."
    ),
    "file_animated": _(
        "This picture is animated. Save it as a still picture (JPG or PNG), then choose it again."
    ),
    "file_corrupt": _(
        "This file is damaged: it cannot be read to its end. Open it on your device; if it shows well, "
        "print it to a new PDF or save the picture again. If not, make the scan again."
    ),
    "file_encrypted": _(
        "This PDF is protected by a password or restricts what may be done with it. "
        "Open it, print it to a new PDF without protection, then choose the new file."
    ),
    "file_active": _(
        "This PDF holds something other than pages to read: a script, an attached file, a film or a form that sends "
        "data. Open it, print it to a new PDF, then choose the new file."
    ),
    "table_of_old_excel": _(
        "This is a spreadsheet of an old Excel (.xls). Open it, save it as .xlsx or as .csv, then choose the new file."
    ),
    "table_unreadable": _(
        "This file cannot be read as a spreadsheet. Open it on your device, save it as .xlsx or as .csv, then choose "
        "the new file."
    ),
    "table_too_long": _("This spreadsheet has more than %(rows)s lines. Give it in several files."),
    "table_lacks_columns": _(
        "No line of this spreadsheet names these columns: %(columns)s. Give each its name on the line above the first "
        "person."
    ),
    "table_not_shown": _(
        "These lines are not those that were shown to you. Choose the spreadsheet again and look at what it changes."
    ),
    "cell_missing": _("“%(column)s” is empty."),
    "cell_too_long": _("“%(column)s” is too long: it begins with “%(text)s”."),
    "cell_not_text": _("“%(column)s” holds a formula or unreadable signs: “%(text)s”."),
    "cell_not_a_date": _(
        "“%(column)s” is not a date: “%(text)s”. Type day, month and the four figures of the year."
    ),
    "cell_not_yes_or_no": _("“%(column)s” is neither yes nor no: “%(text)s”."),
}
