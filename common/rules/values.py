"""Small values that all parts share: whole cents, and text folded for search and order."""

import unicodedata
from typing import NewType

Cents = NewType("Cents", int)

NOT_DECOMPOSED = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)


def fold(text: str) -> str:
    """`text` without case, accents and punctuation, its words apart by one space."""
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(NOT_DECOMPOSED)
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join("".join(char if char.isalnum() else " " for char in letters).split())
