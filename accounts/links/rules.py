"""Whether a signed link still works."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from common.rules import ALLOWED, Verdict, refused

LASTS = timedelta(days=30)  # a link to a company, or to another school
PAUSE = timedelta(minutes=5)  # before another link goes to the same address
A_DAY = timedelta(days=1)
MOST_LINKS = 10  # by subject and day: a link goes to whoever is named, and nobody asked for it


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFacts:
    expires_at: datetime
    single_use: bool
    used_at: datetime | None = None
    revoked_at: datetime | None = None


def still_works(link: LinkFacts | None, *, now: datetime) -> Verdict:
    """Why a link may not be followed: the one reason that tells its holder most, what they did themselves first."""
    if link is None:
        return refused("link_unknown")
    if link.single_use and link.used_at:
        return refused("link_used")
    if link.revoked_at:
        return refused("link_revoked")
    if now > link.expires_at:
        return refused("link_expired")
    return ALLOWED
