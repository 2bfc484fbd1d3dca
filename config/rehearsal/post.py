"""The worker of a rehearsal: the real delivery, at hours of its own, to a mail server that keeps everything."""

from datetime import datetime, time, timedelta
from functools import partial

from config.rehearsal.recording import EmailBackend
from config.rehearsal.season import Season
from notifications.delivery.services import deliver

ROUND = time(23, 55)


def plan_rounds(season: Season, until: datetime) -> None:
    """Once a day, all that is due."""
    day = season.notice.opens_at.astimezone(season.zone).date()
    while (at := datetime.combine(day, ROUND, season.zone)) <= until:
        season.agenda.plan(at, "", "", season.deliver)
        day += timedelta(days=1)


def send_due(at: datetime) -> int:
    EmailBackend.clock = clock = partial(_stopped, at)
    deliver(clock=clock)
    return 0


def _stopped(at: datetime) -> datetime:
    return at
