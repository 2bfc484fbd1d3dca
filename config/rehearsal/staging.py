"""Inside the scratch process: an empty database, the campaign, the play, the report."""

import gc
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TextIO

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from campaigns.document.diplomas import DiplomaRow
from campaigns.document.schema import CampaignDocument
from campaigns.editing.services.loading import load_campaign
from campaigns.models import Campaign
from campaigns.vocabulary import CampaignState
from common.journal import SYSTEM
from config.rehearsal import cast, gathering, recording
from config.rehearsal.acts.hosting import LONGEST_MONTH
from config.rehearsal.crowd import one_paper
from config.rehearsal.people import invent
from config.rehearsal.playing import play
from config.rehearsal.post import send_due
from config.rehearsal.progress import Bar
from config.rehearsal.report import Report
from config.rehearsal.season import Season

PREPARED = timedelta(days=12)  # before the opening
AFTERWARDS = timedelta(days=2)  # after the last date of the calendar


def stage(order: dict[str, Any], out: TextIO) -> Report:
    """Nothing of it is ever committed: no message can reach a broker, and there is nothing to undo."""
    database = Path(settings.DATABASES["default"]["NAME"])
    assert database.parent == settings.VAR_DIR, "a rehearsal has a database of its own"
    assert not database.exists(), "made for it"
    call_command("migrate", verbosity=0, interactive=False)
    _make_room()
    settings.EMAIL_BACKEND = f"{recording.__name__}.EmailBackend"
    with transaction.atomic():
        report = rehearsed(order, out)
        transaction.set_rollback(True)
    return report


def _make_room() -> None:
    """One long transaction: its pages stay in memory, and what is loaded for good is not looked through again."""
    with connection.cursor() as cursor:
        for pragma in ("cache_size=-400000", "temp_store=MEMORY", "synchronous=OFF"):
            cursor.execute(f"PRAGMA {pragma}")
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)


def rehearsed(order: dict[str, Any], out: TextIO) -> Report:
    """Load what `order` holds, play it whole and judge it, in the caller's transaction."""
    recording.EmailBackend.letters.clear()
    document = published(CampaignDocument.model_validate(order["document"]))
    diplomas = [DiplomaRow.model_validate(row) for row in order["diplomas"]]
    prepared_at = document.opens_at - PREPARED
    load_campaign(document=document, diplomas=diplomas, actor=SYSTEM, now=prepared_at)
    campaign = Campaign.objects.select_related("organiser", "current_version").get(slug=document.campaign.slug)
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
    last = max(moment for window in windows for moment in (window.starts_at, window.ends_at) if moment)
    extra = document.search.supplementary
    return last + LONGEST_MONTH * extra.months_after if extra else last
