"""When and in what notice the stories are played."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from accounts.models import User
from campaigns.document.schema import CampaignDocument
from config.rehearsal.people import moved

NIGHT_ENDS, NIGHT, MORNING = 7, timedelta(hours=7), timedelta(hours=9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    notice: CampaignDocument
    version: int  # number of the notice's version that is accepted
    now: datetime
    clerk: User

    @property
    def slug(self) -> str:
        return self.notice.campaign.slug

    @property
    def year(self) -> tuple[int, int]:
        first, last = self.notice.campaign.academic_year
        return first.year, last.year

    def moved(self, day: date) -> date:
        """A day of the session that was copied, in this one."""
        return moved(day, self.notice)

    def moment(self, draw: Random, earliest: float, latest: float) -> datetime:
        """In the daytime, between two parts (0 to 1) of the time since the first morning."""
        opening = self.notice.opens_at + MORNING
        return self.awake(opening + (self.now - opening) * draw.uniform(earliest, latest))

    def awake(self, at: datetime) -> datetime:
        """The same moment, or some hours later or earlier if it was in the night."""
        if at.astimezone(self.notice.zone).hour >= NIGHT_ENDS:
            return at
        return at + NIGHT if at + NIGHT < self.now else at - NIGHT


class Watch:
    """Tells the time of each act of someone, from a first to a last one."""

    def __init__(self, draw: Random, start: datetime, end: datetime) -> None:
        self._draw, self._at, self._end = draw, start, end

    def next(self) -> datetime:
        """A little later: each act takes a small part of the time that is left."""
        at = self._at
        self._at += (self._end - at) * self._draw.uniform(0.02, 0.14)
        return at

    def last(self) -> datetime:
        return self._end
