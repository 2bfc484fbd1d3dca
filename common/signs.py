"""How a state is shown: in a word, with an icon and a tone; never by its colour alone."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Sign:
    word: str | Promise
    icon: str
    tone: str
