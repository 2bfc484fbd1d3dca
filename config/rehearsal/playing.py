"""A whole campaign, played by invented people up to a moment, and left as it stands then."""

from collections.abc import Sequence
from datetime import datetime

from campaigns.models import Campaign
from campaigns.selectors import notice
from config.rehearsal.acts import applying, checking, dates, judging, sitting
from config.rehearsal.cast import Cast
from config.rehearsal.crowd import Paper
from config.rehearsal.people import Candidate
from config.rehearsal.post import plan_rounds
from config.rehearsal.season import Progress, Season


def play(
    *,
    campaign: Campaign,
    candidates: Sequence[Candidate],
    cast: Cast,
    seed: str,
    until: datetime,
    progress: Progress,
    paper: Paper,
) -> Season:
    """`paper` gives the file of each piece. What was planned for later is given up."""
    assert campaign.current_version_id
    season = Season(
        campaign=campaign,
        notice=notice(campaign.current_version_id),
        seed=seed,
        cast=cast,
        fates={who.email: who.fate for who in candidates if who.fate},
    )
    applying.plan(season, candidates, paper)
    checking.plan(season)
    judging.plan(season)
    dates.plan(season)
    sitting.plan(season)
    plan_rounds(season, until)
    season.play(until, progress)
    return season
