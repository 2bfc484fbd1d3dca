"""Two texts side by side, and the page of who finds that someone else was quicker."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from common.drafts.rules import Change, Content, changes, fingerprint

Label = Callable[[str], str]  # of a field
Reading = Callable[[str, str], str]  # a value as one reads it, and the field that it is of


@dataclass(frozen=True, slots=True, kw_only=True)
class BothTexts:
    """A field that two texts do not say alike, in words."""

    label: str
    before: str
    after: str


def side_by_side(rows: Iterable[Change], label: Label, reading: Reading) -> list[BothTexts]:
    return [
        BothTexts(
            label=label(row.field),
            before=reading(row.before, row.field),
            after=reading(row.after, row.field),
        )
        for row in rows
    ]


def quicker_page(
    theirs: Content, mine: Content, fields: Sequence[str], label: Label, reading: Reading
) -> Mapping[str, object]:
    """What `screens/quicker.html` shows: their text beside mine, and all of mine to be sent again."""
    return {
        "both": side_by_side(changes(theirs, mine, fields), label, reading),
        "mine": [(name, mine.get(name, "")) for name in fields],
        "seen": fingerprint(theirs),
    }
