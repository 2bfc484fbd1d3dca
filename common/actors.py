"""Who did it. Kept as a kind and a reference, so that it outlives the account."""

from dataclasses import dataclass
from typing import Protocol


class HasKey(Protocol):
    pk: int


@dataclass(frozen=True, slots=True)
class Actor:
    kind: str
    ref: str

    @classmethod
    def user(cls, user: HasKey) -> "Actor":
        return cls("user", str(user.pk))

    @classmethod
    def link(cls, link: HasKey) -> "Actor":
        """Whoever followed a signed link: its row says to whom it was sent."""
        return cls("link", str(link.pk))


SYSTEM = Actor("system", "")
