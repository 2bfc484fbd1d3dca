"""Text as it is sorted and searched: the same on every database, without its collations."""

import unicodedata

NOT_DECOMPOSED = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


def fold(text: str) -> str:
    """`text` without case, accents and punctuation, its words apart by one space."""
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(NOT_DECOMPOSED)
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join("".join(char if char.isalnum() else " " for char in letters).split())
