"""When and in what notice the stories are played: that of a real session, moved by whole weeks around today."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from accounts.models import User
from campaigns.document.schema import CampaignDocument
from campaigns.document.shift import shift
from common.datafile.values import Text
from rehearsal.people.candidates import moved

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


SOURCE, SLUG = "ales-2022", "ales-demo"
SUFFIX: Text = {"fr": "(démonstration)", "en": "(demonstration)"}
DAYS_LEFT = 10  # at least, before the deadline; at most a week more
CONTACT = {
    "email": "apprentissage@example.org",
    "phone": "+33 4 65 71 00 00",
}  # neither can be reached


def demonstration_notice(source: CampaignDocument, now: datetime) -> CampaignDocument:
    return moved_notice(source, weeks_between(source.last_second, now), SLUG, SUFFIX)


def moved_notice(source: CampaignDocument, weeks: int, slug: str, suffix: Text) -> CampaignDocument:
    """That session some weeks later, with nobody real to write to."""
    moved = shift(source, weeks=weeks, slug=slug, suffix=suffix)
    title = {
        language: words.replace(str(source.campaign.session), str(moved.campaign.session))
        for language, words in moved.campaign.title.items()
        if isinstance(words, str)
    }
    contact = moved.campaign.contact.model_copy(update=CONTACT)
    header = moved.campaign.model_copy(update={"title": title, "contact": contact})
    return moved.model_copy(update={"campaign": header})


def weeks_between(deadline: datetime, now: datetime) -> int:
    """By how many weeks to move a deadline for it to be some days after `now`."""
    days = (now.date() + timedelta(days=DAYS_LEFT) - deadline.date()).days
    return -(-days // 7)
