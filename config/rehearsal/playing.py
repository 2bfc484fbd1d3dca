"""A whole campaign, played by invented people up to a moment, and left as it stands then."""

from collections.abc import Sequence
from datetime import datetime

from config.rehearsal.acts import applying, checking, dates, hiring, hosting, judging, sitting
from config.rehearsal.crowd import Paper
from config.rehearsal.people import Candidate
from config.rehearsal.post import plan_rounds
from config.rehearsal.season import Progress, Season


def play(*, season: Season, candidates: Sequence[Candidate], paper: Paper, until: datetime, progress: Progress) -> None:
    """`paper` gives the file of each piece. What was planned for after `until` is given up."""
    season.fates = {who.email: who.fate for who in candidates if who.fate}
    applying.plan(season, candidates, paper)
    checking.plan(season)
    judging.plan(season)
    dates.plan(season)
    sitting.plan(season)
    hiring.plan(season)
    hosting.plan(season)
    plan_rounds(season, until)
    season.play(until, progress)
