"""Inside the scratch process: an empty database, the campaign, the play, the report."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any, TextIO

from campaigns.document.diplomas import DiplomaRow
from campaigns.document.schema import CampaignDocument
from campaigns.editing.services.loading import load_campaign
from campaigns.models import Campaign
from campaigns.vocabulary import CampaignState
from common.journal import SYSTEM
from rehearsal.agenda import Progress
from rehearsal.campaign import gathering
from rehearsal.campaign import season as cast
from rehearsal.campaign.acts import (
    agreeing,
    applying,
    checking,
    dates,
    hiring,
    hosting,
    judging,
    sitting,
)
from rehearsal.campaign.acts.hosting import LONGEST_MONTH
from rehearsal.campaign.crowd import Paper, one_paper
from rehearsal.campaign.season import Season
from rehearsal.people.candidates import Candidate, invent
from rehearsal.report import Report
from rehearsal.scratch import on_scratch, send_due
from rehearsal.stage import Bar, RecordingBackend

ROUND = time(23, 55)


def plan_rounds(season: Season, until: datetime) -> None:
    """Once a day, all that is due."""
    day = season.notice.opens_at.astimezone(season.zone).date()
    while (at := datetime.combine(day, ROUND, season.zone)) <= until:
        season.agenda.plan(at, "", "", season.deliver)
        day += timedelta(days=1)


def play(
    *,
    season: Season,
    candidates: Sequence[Candidate],
    paper: Paper,
    until: datetime,
    progress: Progress,
) -> None:
    """`paper` gives the file of each piece. What was planned for after `until` is given up."""
    season.fates = {who.email: who.fate for who in candidates if who.fate}
    applying.plan(season, candidates, paper)
    checking.plan(season)
    judging.plan(season)
    dates.plan(season)
    sitting.plan(season)
    agreeing.plan(season)
    hiring.plan(season)
    hosting.plan(season)
    plan_rounds(season, until)
    season.play(until, progress)


PREPARED = timedelta(days=12)  # before the opening
AFTERWARDS = timedelta(days=2)  # after the last date of the calendar


def stage(order: dict[str, Any], out: TextIO) -> Report:
    return on_scratch(partial(rehearsed, order, out))


def rehearsed(order: dict[str, Any], out: TextIO) -> Report:
    """Load what `order` holds, play it whole and judge it, in the caller's transaction."""
    RecordingBackend.letters.clear()
    document = published(CampaignDocument.from_stored(order["document"]))
    diplomas = [DiplomaRow.model_validate(row) for row in order["diplomas"]]
    prepared_at = document.opens_at - PREPARED
    load_campaign(document=document, diplomas=diplomas, actor=SYSTEM, now=prepared_at)
    campaign = Campaign.objects.select_related("organiser", "current_version").get(
        slug=document.campaign.slug
    )
    end = last_day(document) + AFTERWARDS
    season = Season(
        campaign=campaign,
        notice=document,
        seed=order["seed"],
        cast=cast.engage(campaign, prepared_at),
        deliver=send_due,
    )
    people = invent(document, count=order["candidates"], seed=order["seed"])
    with Bar(out, document.opens_at, end) as bar:
        play(season=season, candidates=people, paper=one_paper(), until=end, progress=bar.reach)
    return gathering.report_of(season, order["candidates"])


def published(document: CampaignDocument) -> CampaignDocument:
    """A draft is rehearsed as it will be lived."""
    header = document.campaign.model_copy(update={"state": CampaignState.PUBLISHED})
    return document.model_copy(update={"campaign": header})


def last_day(document: CampaignDocument) -> datetime:
    windows = [document.window(key) for key in document.calendar]
    last = max(
        moment for window in windows for moment in (window.starts_at, window.ends_at) if moment
    )
    extra = document.search.supplementary
    return last + LONGEST_MONTH * extra.months_after if extra else last
